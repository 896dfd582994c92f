import { v7 as uuid } from 'uuid'
import { asPlainDate, type PlainDate } from '../../platform/plain-date.ts'
import type { ClientId } from '../client-id.ts'
import { type ContactKind, type SafeToContact, safeAlways, type Telephone } from '../contact.ts'
import { fieldsInWords } from '../field-words.ts'
import type { PersonName } from '../names.ts'
import type { NhsNumber, NhsNumberStatus } from '../nhs-number.ts'
import {
  type Address,
  addressInFull,
  contactCareOf,
  type FieldChange,
  homeShown,
  isSecretAddress,
  type NameKind,
  type PersonId,
} from '../person.ts'
import type { Postcode } from '../postcode.ts'
import { tokensOf } from '../tokens.ts'

export type NewAddress = Pick<Address, 'kind'> &
  Partial<Pick<Address, 'lines' | 'town' | 'postcode' | 'uprn' | 'from' | 'to' | 'confidential' | 'note'>>
export type NewContact = {
  readonly kind: ContactKind
  readonly value: string
  readonly whose?: string | null
  readonly safe?: SafeToContact
}

/** Somebody to be put on record. What is not known is left out. */
export type NewPerson = PersonName & {
  readonly dateOfBirth?: PlainDate | null
  /** Set for a child not yet born. */
  readonly expectedDate?: PlainDate | null
  readonly sex?: string | null
  readonly gender?: string | null
  readonly pronouns?: string | null
  readonly nhsNumber?: NhsNumber | null
  readonly nhsNumberStatus?: NhsNumberStatus | null
  readonly ethnicCategory?: string | null
  readonly language?: string | null
  readonly interpreter?: string | null
  readonly communicationNeeds?: readonly string[]
  readonly gpName?: string | null
  readonly gpPractice?: string | null
  readonly diedOn?: PlainDate | null
  readonly names?: readonly (PersonName & { readonly kind: NameKind })[]
  readonly addresses?: readonly NewAddress[]
  readonly contacts?: readonly NewContact[]
  readonly externalIds?: readonly { readonly system: string; readonly value: string }[]
}

export type Registered = { readonly id: PersonId; readonly clientId: ClientId }

/** Somebody as the rows that are written of them. */
export type Entry = Registered & {
  readonly tokens: readonly string[]
  readonly row: Record<string, unknown>
  readonly parts: Record<Part, Record<string, unknown>[]>
}
export type Part = 'names' | 'addresses' | 'contacts' | 'identifiers' | 'versions'

export function entryOf(person: NewPerson, id: PersonId, clientId: ClientId, today: PlainDate, keepers: readonly number[]): Entry {
  const addresses = (person.addresses ?? []).map(address => ({
    id: uuid(),
    person_id: id,
    kind: address.kind,
    lines: address.lines ?? null,
    town: address.town ?? null,
    postcode: address.postcode ?? null,
    uprn: address.uprn ?? null,
    from_on: address.from ?? null,
    to_on: address.to ?? null,
    confidential: address.confidential ?? false,
    note: address.note ?? null,
    // A secret one is read by the agency that registers the person, and by nobody else until it says so.
    kept_by: isSecretAddress({ kind: address.kind, confidential: address.confidential ?? false }) ? keepers : null,
  }))
  const secret = addresses.flatMap(({ kept_by, to_on }) => (kept_by ? [to_on ?? asPlainDate('9999-12-31')] : [])).filter(to => to >= today)
  const secretUntil = secret.sort().at(-1) ?? null
  const home = homeShown(addresses.map(asAddress), secretUntil, today)
  const contacts = (person.contacts ?? []).map(contact => contactRow(contact, id))
  return {
    id,
    clientId,
    tokens: tokensOf({
      names: [person, ...(person.names ?? [])],
      dateOfBirth: person.dateOfBirth ?? null,
      expectedDate: person.expectedDate ?? null,
      clientId,
      nhsNumber: person.nhsNumber ?? null,
      postcodes: addresses.filter(address => !address.kept_by && address.postcode !== null).map(address => address.postcode as Postcode),
      telephones: contacts
        .filter(contact => contact.kind !== 'email' && contact.kind !== 'other')
        .map(contact => contact.value as Telephone),
      externalIds: person.externalIds ?? [],
    }),
    row: {
      id,
      client_id: clientId,
      given_name: person.given,
      family_name: person.family,
      date_of_birth: person.dateOfBirth ?? null,
      expected_date: person.expectedDate ?? null,
      sex: person.sex ?? null,
      gender: person.gender ?? null,
      pronouns: person.pronouns ?? null,
      nhs_number: person.nhsNumber ?? null,
      nhs_number_status: person.nhsNumber ? (person.nhsNumberStatus ?? '02') : (person.nhsNumberStatus ?? null),
      ethnic_category: person.ethnicCategory ?? null,
      language: person.language ?? null,
      interpreter: person.interpreter ?? null,
      communication_needs: person.communicationNeeds ?? [],
      gp_name: person.gpName ?? null,
      gp_practice: person.gpPractice ?? null,
      died_on: person.diedOn ?? null,
      address_line: home.line,
      postcode: home.postcode,
      address_secret_until: secretUntil,
      contact_care: contactCareOf((person.contacts ?? []).map(contact => ({ ...contact, safe: contact.safe ?? safeAlways }))),
    },
    parts: {
      versions: [
        { person_id: id, section: 'Registered', about_id: null, named_readers: null, changes: firstVersion(person, contacts) },
        ...addresses.map(address => ({
          person_id: id,
          section: 'Addresses',
          about_id: address.id,
          named_readers: address.kept_by,
          changes: [{ field: 'Address', before: null, after: addressInFull(asAddress(address)) }],
        })),
      ],
      names: (person.names ?? []).map(name => ({
        id: uuid(),
        person_id: id,
        kind: name.kind,
        given_name: name.given,
        family_name: name.family,
      })),
      addresses,
      contacts,
      identifiers: (person.externalIds ?? []).map(external => ({ id: uuid(), person_id: id, ...external })),
    },
  }
}

type AddressRow = {
  id: string
  kind: Address['kind']
  lines: string | null
  town: string | null
  postcode: Postcode | null
  uprn: string | null
  from_on: PlainDate | null
  to_on: PlainDate | null
  confidential: boolean
  note: string | null
  kept_by: readonly number[] | null
}

function asAddress({ from_on, to_on, kept_by, ...row }: AddressRow): Address {
  return { ...row, from: from_on, to: to_on, keptBy: kept_by, namedReaders: kept_by, recordedAt: new Date(0), version: 1 }
}

function contactRow({ kind, value, whose, safe = safeAlways }: NewContact, personId: PersonId) {
  return {
    id: uuid(),
    person_id: personId,
    kind,
    value,
    whose: whose ?? null,
    safe_use: safe.use,
    leave_message: safe.leaveMessage,
    safe_days: safe.days,
    safe_from: safe.from,
    safe_to: safe.to,
    note: safe.note,
  }
}

/** All but the addresses, of which each has a row of its own. */
function firstVersion(person: NewPerson, contacts: readonly { kind: string; value: string }[]): FieldChange[] {
  return [
    ...fieldsInWords(person),
    ...(person.names ?? []).map(name => ['Other name', [name.given, name.family].filter(Boolean).join(' ')] as const),
    ...contacts.map(contact => ['Contact', contact.value] as const),
    ...(person.externalIds ?? []).map(external => [external.system, external.value] as const),
  ]
    .filter(([, after]) => after !== null && after !== '')
    .map(([field, after]) => ({ field, before: null, after }))
}
