import { type RawBuilder, sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { audit } from '../audit/index.ts'
import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import { refreshTokens } from './findable.ts'
import type { FieldChange, Person } from './person.ts'

export type Change = {
  /** The part of the record as its page names it: 'Names', 'Addresses'. */
  readonly section: string
  readonly changes: readonly FieldChange[]
  /** What of it is about an address or a professional, each with those who read it. */
  readonly parts?: readonly ChangePart[]
  readonly reason?: string | null
  /** The columns of `people` to set, when the change is there. */
  readonly set?: RawBuilder<unknown>
  /** Whether anything that people are found by is different now. */
  readonly findable: boolean
  /** What the audit calls it. */
  readonly action: string
}

export type ChangePart = {
  readonly aboutId: string
  /** The agencies that alone read it; null: whoever reads the person. */
  readonly namedReaders: readonly number[] | null
  readonly changes: readonly FieldChange[]
}

/**
 * Writes a change of a person: the row, the version with its author, the tokens, the audit. The caller has the row locked
 * (`findRecord` with `lock`), and has changed whatever table the change is in. Nothing changed: nothing written.
 */
export async function changePerson(
  tx: Tx,
  actor: Actor,
  now: Date,
  person: Pick<Person, 'id' | 'version'>,
  change: Change,
): Promise<number> {
  const whole = { aboutId: null, namedReaders: null, changes: change.changes }
  const parts = [whole, ...(change.parts ?? [])].filter(part => part.changes.length > 0)
  if (parts.length === 0) return person.version
  const version = person.version + 1
  const set = change.set ? sql`${change.set}, version = ${version}` : sql`version = ${version}`
  const updated = await sql<{ readers: number[]; editors: number[]; withheld: number[] }>`
    update people set ${set} where id = ${person.id} and version = ${person.version} returning readers, editors, withheld`.execute(tx)
  const lists = updated.rows[0]
  if (!lists) throw new Error('A person was changed without having been locked.')
  for (const part of parts)
    await sql`
      insert into person_versions (id, person_id, version, at, user_id, author, agency, section, reason, changes, about_id, named_readers, readers, editors, withheld)
      values (${uuid()}, ${person.id}, ${version}, ${now}, ${actor.userId}, ${authorOf(actor)}, ${agencyOf(actor)}, ${change.section}, ${change.reason ?? null},
        ${JSON.stringify(part.changes)}::jsonb, ${part.aboutId}, ${part.namedReaders && [...part.namedReaders]}::int[],
        ${lists.readers}::int[], ${lists.editors}::int[], ${lists.withheld}::int[])`.execute(tx)
  if (change.findable) await refreshTokens(tx, person.id)
  await audit(tx, actor, now, {
    action: change.action,
    subject: { type: 'person', id: person.id },
    personId: person.id,
    // The audit is read by agencies that do not read this.
    detail: {
      version,
      section: change.section,
      fields: parts.flatMap(part => (part.namedReaders ? [] : part.changes.map(each => each.field))),
    },
  })
  return version
}

/** The lists that a new row about this person carries: the person's own. To be spliced into `insert … select … from people p`. */
export const listsOfPerson = sql`p.readers, p.editors, p.withheld`

/** Who is named in a history: somebody and where they work, as they were then. */
export function authorOf(actor: Actor): string {
  return actor.agencyName === '' ? actor.name : `${actor.name}, ${actor.agencyName}`
}

/** The agency with which they are named there; null for the system. */
export const agencyOf = (actor: Actor): number | null => (actor.agencyName === '' ? null : actor.agency)

/** The differences between what was and what is, in words; fields that are the same are left out. */
export function differences(
  fields: readonly (readonly [field: string, before: string | null | undefined, after: string | null | undefined])[],
): FieldChange[] {
  return fields
    .map(([field, before, after]) => ({ field, before: before || null, after: after || null }))
    .filter(change => change.before !== change.after)
}

/** Takes a person out of search and out of every list: an import undone, a record made by mistake. Nothing is deleted. */
export async function removePerson(tx: Tx, actor: Actor, now: Date, person: Pick<Person, 'id' | 'version'>, reason: string): Promise<void> {
  await changePerson(tx, actor, now, person, {
    section: 'Record',
    changes: [{ field: 'Record', before: 'Kept', after: 'Removed' }],
    reason,
    set: sql`removed_at = ${now}, removed_reason = ${reason}`,
    findable: true,
    action: 'person-removed',
  })
}
