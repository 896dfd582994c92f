import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { listsOfTwo } from '../access/index.ts'
import { auditAll } from '../audit/index.ts'
import { authorOf } from '../people/index.ts'
import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import { no, ok, type Result } from '../platform/result.ts'
import type { Relationship, Stated } from './relationship.ts'
import type { RelationshipVersion } from './relationships.queries.ts'

export type NewRelationship = Stated & { readonly personId: string; readonly otherId: string | null }

/**
 * Records what two people are to each other. Row-level security lets nobody who may not read both and change one of them; the page has
 * asked before. Audited on both people.
 */
export async function addRelationship(tx: Tx, actor: Actor, now: Date, relationship: NewRelationship): Promise<string> {
  const id = uuid()
  const {
    personId,
    otherId,
    kind,
    kindBack,
    legalRoles,
    legalRolesBack,
    warnings,
    warningsBack,
    otherName,
    otherContact,
    from,
    to,
    note,
    oneSided,
  } = relationship
  const { own, other } = await listsOfTwo(tx, personId, otherId)
  await sql`
    insert into relationships (id, person_id, other_id, other_name, other_contact, kind, kind_back, legal_roles, legal_roles_back, warnings, warnings_back, from_on,
      to_on, note, one_sided, recorded_at, readers, editors, withheld, other_readers, other_editors, other_withheld)
    values (${id}, ${personId}, ${otherId}, ${otherName}, ${otherContact}, ${kind}, ${kindBack}, ${[...legalRoles]}, ${[...legalRolesBack]}, ${[...warnings]},
      ${[...warningsBack]}, ${from}, ${to}, ${note}, ${oneSided}, ${now}, ${own.readers}::int[], ${own.editors}::int[], ${own.withheld}::int[],
      ${other.readers}::int[], ${other.editors}::int[], ${other.withheld}::int[])`.execute(tx)
  await remember(tx, actor, now, { ...relationship, id, version: 1 }, 'added', false)
  return id
}

/** Corrects or ends a relationship that the caller holds (`findRelationship` with `lock`). */
export async function changeRelationship(tx: Tx, actor: Actor, now: Date, before: Relationship, after: Stated): Promise<void> {
  if (isSame(before, after)) return
  await write(tx, { ...before, ...after }, false, now)
  await remember(tx, actor, now, { ...before, ...after, version: before.version + 1 }, 'changed', false)
}

/** Takes back a relationship that was recorded by mistake. It stays in the history. */
export async function removeRelationship(tx: Tx, actor: Actor, now: Date, before: Relationship): Promise<void> {
  await write(tx, before, true, now)
  await remember(tx, actor, now, { ...before, version: before.version + 1 }, 'removed', true)
}

/**
 * Undoes the latest change of a relationship, a removal or an undoing too: it says again what it said before. `versions` are those of this
 * relationship, the newest first. What was only added is taken back.
 */
export async function undoLatest(
  tx: Tx,
  actor: Actor,
  now: Date,
  versions: readonly RelationshipVersion[],
  seen: number,
): Promise<Result<void, 'changed-since' | 'not-there'>> {
  const [latest, before] = versions
  if (!latest) return no('not-there')
  const held = await sql<{ version: number }>`select version from relationships where id = ${latest.relationshipId} for update`.execute(tx)
  if (!held.rows[0]) return no('not-there')
  if (held.rows[0].version !== seen || latest.version !== seen) return no('changed-since')
  const state = before ? before.state : { ...latest.state, removed: true }
  await write(tx, { ...state, id: latest.relationshipId, version: seen }, state.removed, now)
  await remember(tx, actor, now, { ...state, id: latest.relationshipId, version: seen + 1 }, 'undone', state.removed)
  return ok(undefined)
}

async function write(tx: Tx, after: Relationship, removed: boolean, now: Date): Promise<void> {
  const written = await sql`
    update relationships set kind = ${after.kind}, kind_back = ${after.kindBack}, legal_roles = ${[...after.legalRoles]}, legal_roles_back = ${[...after.legalRolesBack]},
      warnings = ${[...after.warnings]}, warnings_back = ${[...after.warningsBack]}, other_name = ${after.otherName}, other_contact = ${after.otherContact},
      from_on = ${after.from}, to_on = ${after.to}, note = ${after.note}, one_sided = ${after.oneSided},
      ended_at = ${removed ? now : null}, version = ${after.version + 1}
    where id = ${after.id} and version = ${after.version}`.execute(tx)
  if (written.numAffectedRows !== 1n) throw new Error('A relationship was changed without having been held.')
}

async function remember(
  tx: Tx,
  actor: Actor,
  now: Date,
  state: Relationship,
  what: RelationshipVersion['what'],
  removed: boolean,
): Promise<void> {
  await sql`
    insert into relationship_versions (id, relationship_id, person_id, other_id, version, at, user_id, author, what, state, readers, editors, withheld,
      other_readers, other_editors, other_withheld)
    select ${uuid()}, r.id, r.person_id, r.other_id, ${state.version}, ${now}, ${actor.userId}::uuid, ${authorOf(actor)}, ${what},
      ${JSON.stringify({ ...state, removed })}::jsonb, r.readers, r.editors, r.withheld, r.other_readers, r.other_editors, r.other_withheld
    from relationships r where r.id = ${state.id}`.execute(tx)
  // Of a relationship that is told of on one side, the other's audit says nothing.
  const told = [state.personId, ...(state.otherId === null || state.oneSided ? [] : [state.otherId])]
  await auditAll(
    tx,
    actor,
    now,
    told.map(personId => ({
      action: `relationship-${what}`,
      subject: { type: 'relationship', id: state.id },
      personId,
      detail: { kind: state.kind, version: state.version },
    })),
  )
}

function isSame(before: Stated, after: Stated): boolean {
  const key = ({
    kind,
    kindBack,
    legalRoles,
    legalRolesBack,
    warnings,
    warningsBack,
    otherName,
    otherContact,
    from,
    to,
    note,
    oneSided,
  }: Stated) =>
    JSON.stringify([kind, kindBack, legalRoles, legalRolesBack, warnings, warningsBack, otherName, otherContact, from, to, note, oneSided])
  return key(before) === key(after)
}
