import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { authorOf, changePerson, listsOfPerson, type Person, type PersonRecord, personColumns } from '../people/index.ts'
import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'

/** A record in a group of records of one individual. */
export type GroupedRecord = {
  readonly recordId: string
  readonly groupId: string
  readonly person: Person
  readonly reason: string
  readonly groupedAt: Date
  readonly groupedBy: string
}

/**
 * The records that are grouped with a person's, through one another too, and the person's own, first. Only those whom the reader may see: a
 * record that they may not is not there, and nobody is reached through it.
 */
export async function groupOf(tx: Tx, personId: string): Promise<GroupedRecord[]> {
  const { rows } = await sql<Person & Omit<GroupedRecord, 'person'>>`
    with recursive reached (person_id) as (
      select ${personId}::uuid
      union select other.person_id from reached r
        join same_person_records mine on mine.person_id = r.person_id and mine.ended_at is null
        join same_person_records other on other.group_id = mine.group_id and other.ended_at is null)
    select ${personColumns}, s.id as "recordId", s.group_id as "groupId", s.reason, s.grouped_at as "groupedAt", s.grouped_by as "groupedBy"
    from reached r join same_person_records s on s.person_id = r.person_id and s.ended_at is null
      join people p on p.id = r.person_id and p.removed_at is null
    order by p.id <> ${personId}, s.grouped_at, p.id`.execute(tx)
  return rows.map(({ recordId, groupId, reason, groupedAt, groupedBy, ...person }) => ({
    recordId,
    groupId,
    reason,
    groupedAt,
    groupedBy,
    person,
  }))
}

/** The other records of the same person that the reader may see, each once. */
export async function othersOfTheSame(tx: Tx, personId: string): Promise<Person[]> {
  const people = new Map((await groupOf(tx, personId)).map(({ person }) => [person.id as string, person]))
  people.delete(personId)
  return [...people.values()]
}

/**
 * Says that two records are of one individual; each is left as it is. The caller holds both. What stands in each one's history names nobody:
 * whoever reads the one may not know of the other.
 */
export async function groupRecords(
  tx: Tx,
  actor: Actor,
  now: Date,
  person: PersonRecord,
  other: PersonRecord,
  reason: string,
): Promise<void> {
  const [mine, theirs] = [await ownRows(tx, person.id), await ownRows(tx, other.id)]
  const groupId = mine[0] ?? theirs[0] ?? uuid()
  for (const [one, groups] of [
    [person, mine],
    [other, theirs],
  ] as const) {
    if (groups.includes(groupId)) continue
    await sql`
      insert into same_person_records (id, group_id, person_id, reason, grouped_at, grouped_by, readers, editors, withheld)
      select ${uuid()}, ${groupId}, p.id, ${reason}, ${now}, ${authorOf(actor)}, ${listsOfPerson} from people p where p.id = ${one.id}`.execute(
      tx,
    )
  }
  for (const one of [person, other])
    await remember(tx, actor, now, one, { before: null, after: 'Grouped with another record of the same person' }, reason, 'person-grouped')
}

/** Takes a record out of its groups. The caller holds the person. */
export async function ungroupRecord(tx: Tx, actor: Actor, now: Date, person: PersonRecord, reason: string): Promise<void> {
  await sql`
    update same_person_records set ended_at = ${now}, ended_by = ${authorOf(actor)}, ended_reason = ${reason}
    where person_id = ${person.id} and ended_at is null`.execute(tx)
  await remember(
    tx,
    actor,
    now,
    person,
    { before: 'Grouped with another record of the same person', after: null },
    reason,
    'person-ungrouped',
  )
}

async function ownRows(tx: Tx, personId: string): Promise<string[]> {
  const { rows } = await sql<{ groupId: string }>`
    select group_id as "groupId" from same_person_records where person_id = ${personId} and ended_at is null order by grouped_at`.execute(
    tx,
  )
  return rows.map(row => row.groupId)
}

const remember = (
  tx: Tx,
  actor: Actor,
  now: Date,
  person: PersonRecord,
  change: { before: string | null; after: string | null },
  reason: string,
  action: string,
): Promise<number> =>
  changePerson(tx, actor, now, person, {
    section: 'Same person',
    changes: [{ field: 'Record', ...change }],
    reason,
    findable: false,
    action,
  })
