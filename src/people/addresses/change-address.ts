import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { addressSecretUntil } from '../../access/index.ts'
import { today } from '../../platform/clock.ts'
import { addDays, formatDate } from '../../platform/plain-date.ts'
import type { Visit } from '../../platform/web/routes.ts'
import { type ChangePart, changePerson, differences, listsOfPerson } from '../change-person.ts'
import { findRecord } from '../person.queries.ts'
import { type Address, addressInFull, addressKindWords, homeShown, mayChangeAddress, type PersonRecord } from '../person.ts'
import { letHistoryFollow } from './history-follows.ts'
import type { TypedAddress } from './read-address.ts'
import { readersInWords, type SecretReaders } from './secret-readers.ts'

/** The writing of an address, its version and what follows from it. Who reads it has been worked out (`secretReaders`): null for everybody. */
export async function addAddress(visit: Visit, record: PersonRecord, address: TypedAddress, readers: SecretReaders | null): Promise<void> {
  const id = uuid()
  const parts = visit.fields.has('moved') ? await moveOut(visit, record, address) : []
  await sql`
    insert into person_addresses (id, person_id, kind, lines, town, postcode, uprn, from_on, to_on, confidential, note, recorded_at, named_readers, kept_by,
      readers, editors, withheld)
    select ${id}, p.id, ${address.kind}, ${address.lines}, ${address.town}, ${address.postcode}, ${address.uprn}, ${address.from}, ${address.to},
      ${address.confidential}, ${address.note}, ${visit.clock.now()}, ${readers && [...readers.named]}::int[], ${readers && [...readers.keptBy]}::int[], ${listsOfPerson}
    from people p where p.id = ${record.id}`.execute(visit.tx)
  if (readers) await letHistoryFollow(visit.tx, record.id, { ...address, id }, readers.named)
  const changes = differences([
    [addressKindWords[address.kind], null, addressInFull(address)],
    [`${addressKindWords[address.kind]}: also read by`, null, readersInWords(readers)],
  ])
  await saveChange(visit, record, [...parts, { aboutId: id, namedReaders: readers?.named ?? null, changes }], 'person-address-added')
}

/** Ends the earlier homes on the day before. One that another agency keeps is not ended by somebody who does not know it. */
async function moveOut(visit: Visit, record: PersonRecord, { from }: TypedAddress): Promise<ChangePart[]> {
  const until = addDays(from ?? today(visit.clock), -1)
  const homes = record.addresses.filter(each => each.kind === 'home' && each.to === null && (each.from === null || each.from <= until))
  const left = homes.filter(each => mayChangeAddress(visit.actor, each))
  await sql`
    update person_addresses set to_on = ${until}, version = version + 1 where id = any (${left.map(each => each.id)}::uuid[])`.execute(
    visit.tx,
  )
  return left.map(each => ({
    aboutId: each.id,
    namedReaders: each.namedReaders,
    changes: [
      { field: `${addressKindWords[each.kind]}: moved out`, before: null, after: `${formatDate(until)}, of ${addressInFull(each)}` },
    ],
  }))
}

export async function changeAddress(
  visit: Visit,
  record: PersonRecord,
  before: Address,
  after: TypedAddress,
  readers: SecretReaders | null,
  readBefore: string | null,
): Promise<void> {
  const name = addressKindWords[after.kind]
  const changes = differences([
    [name, addressInFull(before), addressInFull(after)],
    ['Kind of address', addressKindWords[before.kind], name],
    [`${name}: moved in`, before.from && formatDate(before.from), after.from && formatDate(after.from)],
    [`${name}: moved out`, before.to && formatDate(before.to), after.to && formatDate(after.to)],
    [`${name}: confidential`, before.confidential ? 'Yes' : 'No', after.confidential ? 'Yes' : 'No'],
    [`${name}: also read by`, readBefore, readersInWords(readers)],
    [`${name}: UPRN`, before.uprn, after.uprn],
    [`${name}: about`, before.note, after.note],
  ])
  if (changes.length === 0) return
  await sql`
    update person_addresses set kind = ${after.kind}, lines = ${after.lines}, town = ${after.town}, postcode = ${after.postcode}, uprn = ${after.uprn},
      from_on = ${after.from}, to_on = ${after.to}, confidential = ${after.confidential}, note = ${after.note},
      named_readers = ${readers && [...readers.named]}::int[], kept_by = ${readers && [...readers.keptBy]}::int[], version = version + 1
    where id = ${before.id}`.execute(visit.tx)
  // Of what it was and of what it is now: a slip in it was put right perhaps, and the history knows both.
  for (const one of [before, { ...after, id: before.id }]) await letHistoryFollow(visit.tx, record.id, one, readers?.named ?? null)
  await saveChange(visit, record, [{ aboutId: before.id, namedReaders: readers?.named ?? null, changes }], 'person-address-changed')
}

export async function removeAddress(visit: Visit, record: PersonRecord, address: Address): Promise<void> {
  await sql`update person_addresses set ended_at = ${visit.clock.now()}, version = version + 1 where id = ${address.id}`.execute(visit.tx)
  const changes = [{ field: addressKindWords[address.kind], before: addressInFull(address), after: null }]
  await saveChange(visit, record, [{ aboutId: address.id, namedReaders: address.namedReaders, changes }], 'person-address-removed')
}

/** Writes the version, and on to the person what every page shows of addresses. */
async function saveChange(visit: Visit, record: PersonRecord, parts: readonly ChangePart[], action: string): Promise<void> {
  const now = await findRecord(visit.tx, record.id)
  const day = today(visit.clock)
  const until = await addressSecretUntil(visit.tx, record.id, day)
  const { line, postcode } = homeShown(now?.addresses ?? [], until, day)
  await changePerson(visit.tx, visit.actor, visit.clock.now(), record, {
    section: 'Addresses',
    changes: [],
    parts,
    set: sql`address_line = ${line}, postcode = ${postcode}, address_secret_until = ${until}`,
    findable: true,
    action,
  })
}
