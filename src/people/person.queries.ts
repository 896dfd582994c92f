import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../platform/db/database.ts'
import { isId } from '../platform/id.ts'
import type { ClientId } from './client-id.ts'
import type { ContactKind, SafeToContact, Telephone } from './contact.ts'
import type { Likeness } from './matching.ts'
import type { Address, Contact, ExternalId, OtherName, Person, PersonId, PersonRecord, PersonVersion } from './person.ts'
import { asTime } from './person.ts'
import { noFixedAbode } from './postcode.ts'

/** The columns of a person under their names in the program, of the table as `p`. */
export const personColumns = sql<Person>`
  p.id, p.client_id as "clientId", p.given_name as given, p.family_name as family, p.date_of_birth as "dateOfBirth",
  p.expected_date as "expectedDate", p.sex, p.gender, p.gender_same_as_registered as "genderSameAsRegistered", p.pronouns,
  p.nhs_number as "nhsNumber", p.nhs_number_status as "nhsNumberStatus", p.ethnic_category as "ethnicCategory", p.language, p.interpreter,
  p.communication_needs as "communicationNeeds", p.needs_note as "needsNote", p.gp_name as "gpName", p.gp_practice as "gpPractice",
  p.gp_practice_code as "gpPracticeCode", p.died_on as "diedOn", p.death_recorded_at as "deathRecordedAt",
  p.death_recorded_by as "deathRecordedBy", p.death_note as "deathNote", p.address_line as "addressLine", p.postcode, p.address_secret_until as "addressSecretUntil", p.contact_care as "contactCare",
  p.registered_at as "registeredAt", p.version, p.editors`

/** A person, for the banner of a page; undefined when there is none that the actor may see. */
export async function findPerson(tx: Tx, id: string): Promise<Person | undefined> {
  if (!isId(id)) return undefined
  const { rows } = await sql<Person>`select ${personColumns} from people p where p.id = ${id} and p.removed_at is null`.execute(tx)
  return rows[0]
}

/** Several people at once, by id: for lists of another module. Those whom the actor may not see are not among them. */
export async function findPeople(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, Person>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<Person>`
    select ${personColumns} from people p where p.id = any (${[...new Set(ids)]}::uuid[]) and p.removed_at is null`.execute(tx)
  return new Map(rows.map(person => [person.id as string, person]))
}

/** A person with names, addresses, contacts and other numbers. `lock` holds the row until the transaction ends, and asks to be an editor. */
export async function findRecord(tx: Tx, id: string, lock = false): Promise<PersonRecord | undefined> {
  if (!isId(id)) return undefined
  if (lock) {
    // Locked on its own: a row that is waited for is read again in the state that the other transaction left.
    const held = await sql`select id from people where id = ${id} and removed_at is null for update`.execute(tx)
    if (held.rows.length === 0) return undefined
  }
  const { rows } = await sql<Person & Parts>`
    select ${personColumns}, ${partsOf(sql.ref('p.id'))} from people p where p.id = ${id} and p.removed_at is null`.execute(tx)
  const row = rows[0]
  return row && withParts(row)
}

/** Several whole people at once, by id. Those whom the actor may not see are not among them. */
export async function findRecords(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, PersonRecord>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<Person & Parts>`
    select ${personColumns}, ${partsOf(sql.ref('p.id'))} from people p where p.id = any (${[...ids]}::uuid[]) and p.removed_at is null`.execute(
    tx,
  )
  return new Map(rows.map(row => [row.id as string, withParts(row)]))
}

/**
 * Every version of a person, the newest first, with those of records that were merged into theirs. What one change said of several addresses stands in a row
 * for each, as each has its own readers; together again here, as far as the reader may read them.
 */
export async function versionsOf(tx: Tx, id: PersonId): Promise<PersonVersion[]> {
  const { rows } = await sql<PersonVersion>`
    with recursive r as (select p.id, null::text as client_id from people p where p.id = ${id} union all
      select m.id, m.client_id from people m join r on m.merged_into = r.id)
    select v.version, v.at, v.author, v.agency, v.section, v.reason, v.changes, r.client_id as "ofRecord"
    from r join person_versions v on v.person_id = r.id order by v.at desc, v.version desc, v.section <> 'Registered', v.id`.execute(tx)
  const whole = Map.groupBy(rows, row => `${row.ofRecord ?? ''} ${row.version}`)
  return [...whole.values()].map(parts => ({ ...parts[0]!, changes: parts.flatMap(part => part.changes) }))
}

export type Candidate = { readonly person: PersonRecord; readonly likeness: Likeness }

/**
 * People, visible to the actor, who have a token of one of these looks. Told apart already: left out. At most `limit`. Whose tokens they
 * are need not be said: the policy of the tokens is the first condition of their index.
 */
export async function candidatesFor(
  tx: Tx,
  looks: readonly { readonly anyOf: readonly string[]; readonly andAnyOf: readonly string[] }[],
  options: { readonly except?: string; readonly limit?: number } = {},
): Promise<Candidate[]> {
  if (looks.length === 0) return []
  const having = (tokens: readonly string[]) => sql`select person_id from person_tokens where token = any (${[...tokens]}::text[])`
  const found = looks.map(({ anyOf, andAnyOf }) =>
    andAnyOf.length === 0 ? having(anyOf) : sql`select a.person_id from (${having(anyOf)}) a where a.person_id in (${having(andAnyOf)})`,
  )
  const except = options.except ?? null
  const { rows } = await sql<Person & Parts>`
    with found as materialized (select distinct person_id from (${sql.join(found, sql` union all `)}) each limit ${options.limit ?? 100})
    select ${personColumns}, ${partsOf(sql.ref('p.id'))} from found join people p on p.id = found.person_id
    where p.removed_at is null and (${except}::uuid is null or p.id <> ${except}::uuid)
      and not exists (select from not_duplicates n where n.person_id = p.id and n.other_id = ${except}::uuid or n.person_id = ${except}::uuid and n.other_id = p.id)`.execute(
    tx,
  )
  return rows.map(row => {
    const person = withParts(row)
    return { person, likeness: likenessOf(person) }
  })
}

/** What a record is matched by. */
export function likenessOf(person: PersonRecord): Likeness {
  return {
    names: [{ given: person.given, family: person.family }, ...person.names],
    dateOfBirth: person.dateOfBirth,
    expectedDate: person.expectedDate,
    clientId: person.clientId,
    nhsNumber: person.nhsNumber,
    nhsTraced: person.nhsNumberStatus === '01',
    // Everybody with no fixed abode has the same postcode: it says nothing.
    postcodes: person.addresses.flatMap(({ postcode }) => (postcode && postcode !== noFixedAbode ? [postcode] : [])),
    telephones: telephonesOf(person),
    externalIds: person.externalIds,
  }
}

/** The telephone numbers among somebody's contacts. */
export function telephonesOf(person: Pick<PersonRecord, 'contacts'>): Telephone[] {
  return person.contacts
    .filter(contact => contact.kind === 'mobile' || contact.kind === 'telephone')
    .map(contact => contact.value as Telephone)
}

type ContactRow = {
  id: string
  kind: ContactKind
  value: string
  whose: string | null
  use: SafeToContact['use']
  leaveMessage: boolean
  days: number[]
  from: string | null
  to: string | null
  note: string | null
  recordedAt: string
  version: number
  textsStopped: boolean
}
type Parts = {
  names: (Omit<OtherName, 'recordedAt' | 'endedAt'> & { recordedAt: string })[] | null
  addresses: (Omit<Address, 'recordedAt'> & { recordedAt: string })[] | null
  contacts: ContactRow[] | null
  externalIds: (Omit<ExternalId, 'recordedAt'> & { recordedAt: string })[] | null
  formerClientIds: ClientId[]
}

/** What there can be several of, each as one array of JSON: one statement reads a whole person. */
function partsOf(id: RawBuilder<unknown>): RawBuilder<Parts> {
  return sql<Parts>`
    (select json_agg(json_build_object('id', n.id, 'kind', n.kind, 'given', n.given_name, 'family', n.family_name, 'note', n.note, 'recordedAt', n.recorded_at)
        order by n.recorded_at, n.id) from person_names n where n.person_id = ${id} and n.ended_at is null) as names,
    (select json_agg(json_build_object('id', a.id, 'kind', a.kind, 'lines', a.lines, 'town', a.town, 'postcode', a.postcode, 'uprn', a.uprn, 'from', a.from_on,
        'to', a.to_on, 'confidential', a.confidential, 'namedReaders', a.named_readers, 'keptBy', a.kept_by, 'note', a.note, 'recordedAt', a.recorded_at, 'version', a.version)
        order by coalesce(a.to_on, 'infinity') desc, a.from_on desc nulls last, a.id) from person_addresses a where a.person_id = ${id} and a.ended_at is null) as addresses,
    (select json_agg(json_build_object('id', c.id, 'kind', c.kind, 'value', c.value, 'whose', c.whose, 'use', c.safe_use, 'leaveMessage', c.leave_message,
        'days', c.safe_days, 'from', c.safe_from, 'to', c.safe_to, 'note', c.note, 'recordedAt', c.recorded_at, 'version', c.version,
        'textsStopped', exists (select from text_stops x where x.number = c.value and x.started_at is null))
        order by c.recorded_at, c.id) from person_contacts c where c.person_id = ${id} and c.ended_at is null) as contacts,
    (select json_agg(json_build_object('id', i.id, 'system', i.system, 'value', i.value, 'recordedAt', i.recorded_at)
        order by i.system, i.value) from person_identifiers i where i.person_id = ${id} and i.ended_at is null) as "externalIds",
    array(with recursive r as (select m.id, m.client_id from people m where m.merged_into = ${id} union all
        select m.id, m.client_id from people m join r on m.merged_into = r.id) select client_id from r) as "formerClientIds"`
}

function withParts({ names, addresses, contacts, externalIds, ...person }: Person & Parts): PersonRecord {
  return {
    ...person,
    names: (names ?? []).map(name => ({ ...name, recordedAt: new Date(name.recordedAt), endedAt: null })),
    addresses: (addresses ?? []).map(address => ({ ...address, recordedAt: new Date(address.recordedAt) })),
    contacts: (contacts ?? []).map(contactOf),
    externalIds: (externalIds ?? []).map(external => ({ ...external, recordedAt: new Date(external.recordedAt) })),
  }
}

function contactOf({ use, leaveMessage, days, from, to, note, recordedAt, ...contact }: ContactRow): Contact {
  return { ...contact, recordedAt: new Date(recordedAt), safe: { use, leaveMessage, days, from: asTime(from), to: asTime(to), note } }
}
