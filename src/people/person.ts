import { type Actor, may } from '../platform/actor.ts'
import type { PlainTime } from '../platform/clock.ts'
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

/** An address on one line without its postcode. A confidential one is not written where it may be overlooked. */
export function addressOnOneLine(address: Pick<Address, 'kind' | 'lines' | 'town' | 'confidential'>): string {
  if (address.confidential) return 'Address confidential'
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

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}
