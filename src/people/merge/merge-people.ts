import { type RawBuilder, sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { addressSecretUntil, moveRecord, noteMadeByMerge } from '../../access/index.ts'
import type { Actor } from '../../platform/actor.ts'
import { londonDate } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db/database.ts'
import { authorOf, changePerson, listsOfPerson } from '../change-person.ts'
import { formatClientId } from '../client-id.ts'
import { foldName, type PersonName } from '../names.ts'
import { formatNhsNumber } from '../nhs-number.ts'
import { findRecord } from '../person.queries.ts'
import { contactCareOf, homeShown, type PersonRecord } from '../person.ts'
import { columnsTaken, unitsTaken } from './units.ts'

/**
 * Merges one record into another of the same individual (U27): what was chosen is taken over, everything else of the merged record becomes the
 * kept one's, and the merged one leads to it. The caller has shown that the actor may, sees every case of both, and holds both records
 * (`findRecord` with `lock`).
 */
export async function mergePeople(
  tx: Tx,
  actor: Actor,
  now: Date,
  { kept, merged, taken, reason }: { kept: PersonRecord; merged: PersonRecord; taken: ReadonlySet<string>; reason: string },
): Promise<string> {
  const id = uuid()
  const fields = columnsTaken(kept, merged, taken)
  await changePerson(tx, actor, now, merged, {
    section: 'Record',
    changes: [{ field: 'Record', before: 'Of its own', after: `Merged into LY ${formatClientId(kept.clientId)}` }],
    reason,
    set: sql`removed_at = ${now}, removed_reason = 'Merged into another record', merged_into = ${kept.id}`,
    findable: true,
    action: 'person-merged-away',
  })
  await sql`
    insert into merges (id, kept_id, merged_id, reason, merged_at, merged_by, user_id, fields, readers, editors, withheld)
    select ${id}, p.id, ${merged.id}, ${reason}, ${now}, ${authorOf(actor)}, ${actor.userId}::uuid, ${JSON.stringify(fields)}::jsonb, ${listsOfPerson}
    from people p where p.id = ${kept.id}`.execute(tx)
  await moveRecord(tx, now, { id, kept: kept.id, merged: merged.id })
  await keepOtherNames(tx, now, id, kept, merged)
  await keepOtherNumber(tx, now, id, kept, merged)
  const whole = await findRecord(tx, kept.id)
  if (!whole) throw new Error('A record was merged into one that its merger does not see.')
  await changePerson(tx, actor, now, whole, {
    section: 'Record',
    changes: [
      { field: 'Record', before: null, after: `LY ${formatClientId(merged.clientId)} was merged into this record` },
      ...unitsTaken(kept, merged, taken).map(one => ({ field: one.unit.title, before: one.kept, after: one.merged })),
    ],
    reason,
    set: sql.join([...Object.entries(fields).map(([column, { after }]) => setTo(column, after)), ...(await indexesOf(tx, whole, now))]),
    findable: true,
    action: 'person-merged',
  })
  return id
}

/** The name that was not chosen stays one that the person is found by. */
async function keepOtherNames(tx: Tx, now: Date, mergeId: string, kept: PersonRecord, merged: PersonRecord): Promise<void> {
  const after = await findRecord(tx, kept.id)
  const known = new Set((after?.names ?? []).map(nameKey))
  for (const name of [kept, merged]) {
    if (known.has(nameKey(name)) || (name.given === null && name.family === null)) continue
    known.add(nameKey(name))
    const id = uuid()
    await sql`
      insert into person_names (id, person_id, kind, given_name, family_name, note, recorded_at, readers, editors, withheld)
      select ${id}, p.id, 'alias', ${name.given}, ${name.family}, ${`Of record LY ${formatClientId(name.clientId)} when it was merged`}, ${now}, ${listsOfPerson}
      from people p where p.id = ${kept.id} and (p.given_name, p.family_name) is distinct from (${name.given}, ${name.family})`.execute(tx)
    await noteMadeByMerge(tx, mergeId, 'person_names', id)
  }
}

/** P15: the NHS number of the kept record stands. The other is kept as a number that the person is found by. */
async function keepOtherNumber(tx: Tx, now: Date, mergeId: string, kept: PersonRecord, merged: PersonRecord): Promise<void> {
  if (kept.nhsNumber === null || merged.nhsNumber === null || kept.nhsNumber === merged.nhsNumber) return
  const id = uuid()
  await sql`
    insert into person_identifiers (id, person_id, system, value, recorded_at, readers, editors, withheld)
    select ${id}, p.id, 'NHS number of a merged record', ${formatNhsNumber(merged.nhsNumber)}, ${now}, ${listsOfPerson}
    from people p where p.id = ${kept.id}`.execute(tx)
  await noteMadeByMerge(tx, mergeId, 'person_identifiers', id)
}

const nameKey = ({ given, family }: PersonName): string => foldName(`${given ?? ''}|${family ?? ''}`)

export const setTo = (column: string, value: unknown): RawBuilder<unknown> => sql`${sql.ref(column)} = ${value}`

/** What the banner shows of addresses and contacts, made anew of them: of secret addresses too that whoever merges does not read. */
export async function indexesOf(tx: Tx, record: PersonRecord, now: Date): Promise<RawBuilder<unknown>[]> {
  const today = londonDate(now)
  const until = await addressSecretUntil(tx, record.id, today)
  const { line, postcode } = homeShown(record.addresses, until, today)
  return [
    setTo('address_line', line),
    setTo('postcode', postcode),
    setTo('address_secret_until', until),
    setTo('contact_care', contactCareOf(record.contacts)),
  ]
}
