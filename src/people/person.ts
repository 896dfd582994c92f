import { type Actor, may } from '../platform/actor.ts'
import type { PlainTime } from '../platform/clock.ts'
import { lowerFirst } from '../platform/first-letter.ts'
import type { PlainDate } from '../platform/plain-date.ts'
import type { ClientId } from './client-id.ts'
import { type ContactKind, formatTelephone, needsCare, type SafeToContact, safeToContactWords, type Telephone } from './contact.ts'
import type { PersonName } from './names.ts'
import type { NhsNumber, NhsNumberStatus } from './nhs-number.ts'
import type { Postcode } from './postcode.ts'

export type PersonId = string & { readonly __personId: true }

/** What every page of a record shows of its person: one row. */
export type Person = PersonName & {
  readonly id: PersonId
  readonly clientId: ClientId
  readonly dateOfBirth: PlainDate | null
  readonly expectedDate: PlainDate | null
  readonly sex: string | null
  readonly gender: string | null
  readonly genderSameAsRegistered: string | null
  readonly pronouns: string | null
  readonly nhsNumber: NhsNumber | null
  readonly nhsNumberStatus: NhsNumberStatus | null
  readonly ethnicCategory: string | null
  readonly language: string | null
  readonly interpreter: string | null
  readonly communicationNeeds: readonly string[]
  readonly needsNote: string | null
  readonly gpName: string | null
  readonly gpPractice: string | null
  readonly gpPracticeCode: string | null
  readonly diedOn: PlainDate | null
  /** Set once a death has been recorded, even when its date is not known. */
  readonly deathRecordedAt: Date | null
  readonly deathRecordedBy: string | null
  readonly deathNote: string | null
  readonly addressLine: string | null
  readonly postcode: Postcode | null
  /** The last day of a secret address, whichever agency keeps it and whether or not the reader may read it. Null: there is none. */
  readonly addressSecretUntil: PlainDate | null
  /** Safe-to-contact rules in words, where there are any: to be read before anybody is rung. */
  readonly contactCare: string | null
  readonly registeredAt: Date
  readonly version: number
  readonly editors: readonly number[]
}

export const nameKinds = ['known-as', 'alias', 'birth', 'previous', 'other-script'] as const
export type NameKind = (typeof nameKinds)[number]
export const nameKindWords: Record<NameKind, string> = {
  'known-as': 'Known as',
  alias: 'Alias',
  birth: 'Name at birth',
  previous: 'Earlier name',
  'other-script': 'Name in another script',
}
export type OtherName = PersonName & {
  readonly id: string
  readonly kind: NameKind
  readonly note: string | null
  readonly recordedAt: Date
  readonly endedAt: Date | null
}

export const addressKinds = ['home', 'temporary', 'refuge', 'custody', 'correspondence', 'no-fixed-abode', 'other'] as const
export type AddressKind = (typeof addressKinds)[number]
export const addressKindWords: Record<AddressKind, string> = {
  home: 'Home',
  temporary: 'Temporary accommodation',
  refuge: 'Refuge or other safe place',
  custody: 'Prison or custody',
  correspondence: 'For letters only',
  'no-fixed-abode': 'No fixed abode',
  other: 'Another address',
}
export type Address = {
  readonly id: string
  readonly kind: AddressKind
  readonly lines: string | null
  readonly town: string | null
  readonly postcode: Postcode | null
  readonly uprn: string | null
  readonly from: PlainDate | null
  readonly to: PlainDate | null
  readonly confidential: boolean
  readonly note: string | null
  /** Of a secret address: the agencies that read it, and those of them that recorded it and change it. Null: whoever reads the person. */
  readonly namedReaders: readonly number[] | null
  readonly keptBy: readonly number[] | null
  readonly recordedAt: Date
  readonly version: number
}

export type Contact = {
  readonly id: string
  readonly kind: ContactKind
  /** A telephone number in international form, an e-mail address, or words. */
  readonly value: string
  /** Null when it is the person's own. */
  readonly whose: string | null
  readonly safe: SafeToContact
  /** Somebody answered STOP from this number: no text is sent to it. */
  readonly textsStopped: boolean
  readonly recordedAt: Date
  readonly version: number
}

export type ExternalId = { readonly id: string; readonly system: string; readonly value: string; readonly recordedAt: Date }

/** A person with all that there can be several of, ended ones left out. */
export type PersonRecord = Person & {
  readonly names: readonly OtherName[]
  readonly addresses: readonly Address[]
  readonly contacts: readonly Contact[]
  readonly externalIds: readonly ExternalId[]
  /** Client ids of records that were merged into this one: it is found by them still. */
  readonly formerClientIds: readonly ClientId[]
}

export type FieldChange = { readonly field: string; readonly before: string | null; readonly after: string | null }

export type PersonVersion = {
  readonly version: number
  readonly at: Date
  readonly author: string
  /** The agency that the author is named with. */
  readonly agency: number | null
  readonly section: string
  readonly reason: string | null
  readonly changes: readonly FieldChange[]
  /** Null for this record; the client id of one that was merged into it. */
  readonly ofRecord: ClientId | null
}

/** Whether the actor may change this person: a capability, and a place in the row's editors that is not read-only. */
export function mayEdit(actor: Actor, person: Pick<Person, 'editors'>): boolean {
  return may(actor, 'record') && person.editors.some(principal => actor.writePrincipals.includes(principal))
}

/** The address that stands for where the person is: the home of today, else any current one that is not for letters only. */
export function currentAddress(addresses: readonly Address[], today: PlainDate): Address | undefined {
  const current = addresses.filter(address => isCurrent(address, today) && address.kind !== 'correspondence')
  const byStart = [...current].sort((a, b) => ((a.from ?? '') < (b.from ?? '') ? 1 : -1))
  return byStart.find(address => address.kind === 'home') ?? byStart[0]
}

/** Whether an address is one of today's. */
export function isCurrent(address: Pick<Address, 'from' | 'to'>, today: PlainDate): boolean {
  return (address.from === null || address.from <= today) && (address.to === null || address.to >= today)
}

/** Where somebody must not be found: an address that is confidential, or a refuge whether or not anybody ticked that. */
export const isSecretAddress = ({ confidential, kind }: Pick<Address, 'confidential' | 'kind'>): boolean =>
  confidential || kind === 'refuge'

/**
 * Whether somebody must not be found today. Told to whoever reads the person, since not to know it would harm them: no letter goes to any other address,
 * which may be the home that they fled, and nobody is told who lives with them. Of an address that begins later: at once.
 */
export const isHiding = ({ addressSecretUntil }: Pick<Person, 'addressSecretUntil'>, today: PlainDate): boolean =>
  addressSecretUntil !== null && addressSecretUntil >= today

/** Whether somebody has a secret address that the reader is not shown: another service keeps it. */
export const isHidingElsewhere = (person: Pick<PersonRecord, 'addressSecretUntil' | 'addresses'>, today: PlainDate): boolean =>
  isHiding(person, today) && !person.addresses.some(address => isSecretAddress(address) && (address.to === null || address.to >= today))

/** What is said in place of a secret address. */
export const addressKeptElsewhere = 'There is an address that is confidential. It is kept by the service that recorded it'

/** Whether the actor may change an address: a secret one is changed by the agencies that recorded it. */
export const mayChangeAddress = (actor: Actor, { keptBy }: Pick<Address, 'keptBy'>): boolean =>
  keptBy === null || keptBy.some(agency => actor.writePrincipals.includes(agency))

/** The home of today as every page may show it: an index of the addresses, from which nobody learns of a secret one. */
export function homeShown(
  addresses: readonly Address[],
  addressSecretUntil: PlainDate | null,
  today: PlainDate,
): { readonly line: string | null; readonly postcode: Postcode | null } {
  // Neither is any other address shown of somebody who is hiding: it may be the home that they fled.
  if (isHiding({ addressSecretUntil }, today)) return { line: confidentialWords, postcode: null }
  const current = currentAddress(addresses, today)
  return { line: current ? addressOnOneLine(current) : null, postcode: current?.postcode ?? null }
}

export const confidentialWords = 'Address confidential'

/** An address with its postcode, in the words of the history: what it says of a secret one is read by those who read that. */
export const addressInFull = (address: Pick<Address, 'kind' | 'lines' | 'town' | 'postcode'>): string =>
  [addressOnOneLine({ ...address, confidential: false }), address.postcode].filter(Boolean).join(', ')

/** An address on one line without its postcode. A confidential one is not written where it may be overlooked. */
export function addressOnOneLine(address: Pick<Address, 'kind' | 'lines' | 'town' | 'confidential'>): string {
  if (address.confidential) return confidentialWords
  if (address.kind === 'no-fixed-abode') return 'No fixed abode'
  const lines = (address.lines ?? '').split('\n').map(line => line.trim())
  return [...lines, address.town ?? ''].filter(Boolean).join(', ')
}

/** What must be known before the person is contacted, of all contacts, in words for the banner; null when there is nothing. */
export function contactCareOf(contacts: readonly Pick<Contact, 'kind' | 'value' | 'safe'>[]): string | null {
  const careful = contacts.filter(contact => needsCare(contact.safe))
  if (careful.length === 0) return null
  return careful.map(contact => `${contactInWords(contact)}: ${lowerFirst(safeToContactWords(contact.safe))}`).join(' ')
}

/** '07700 900123', or the words as they stand. */
export function contactInWords(contact: Pick<Contact, 'kind' | 'value'>): string {
  return contact.kind === 'mobile' || contact.kind === 'telephone' ? formatTelephone(contact.value as Telephone) : contact.value
}

/** Times of day as they are kept: branded text. */
export const asTime = (text: string | null): PlainTime | null => text as PlainTime | null
