import { sql } from 'kysely'
import { auditAll } from '../../audit/index.ts'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'

/** A person as they were when they were put on record. */
export type KnownPerson = { readonly personId: string; readonly version: number }

/** Who of these has been changed since: anything of the record, or an alert, or told apart from somebody. Whom the actor cannot read counts as changed. */
export async function peopleChangedSince(tx: Tx, people: readonly KnownPerson[]): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ id: string }>`
    select p.id from unnest(${people.map(one => one.personId)}::uuid[], ${people.map(one => one.version)}::int[]) as k (id, version)
      join people p on p.id = k.id and p.version = k.version and p.removed_at is null
    where not exists (select from not_duplicates n where n.person_id = p.id or n.other_id = p.id)`.execute(tx)
  const unchanged = new Set(rows.map(row => row.id))
  return new Set(people.map(one => one.personId).filter(id => !unchanged.has(id)))
}

/**
 * Marks people as removed: an import was undone, or they were put on record by mistake. Nothing is deleted. The caller has whoever decides
 * who sees them empty their lists (`hideRemoved`) in the same transaction. Only those whom the actor may change; answers which.
 */
export async function removePeople(
  tx: Tx,
  actor: Actor,
  now: Date,
  personIds: readonly string[],
  because: string,
): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    update people set removed_at = ${now}, removed_reason = ${because} where id = any (${[...personIds]}::uuid[]) and removed_at is null returning id`.execute(
    tx,
  )
  await auditAll(
    tx,
    actor,
    now,
    rows.map(({ id }) => ({ action: 'person-removed', subject: { type: 'person', id }, personId: id, detail: { because } })),
  )
  return rows.map(row => row.id)
}
