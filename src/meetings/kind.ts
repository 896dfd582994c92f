import type { Answer, FormDefinition } from '../forms/index.ts'

/**
 * A kind of meeting: a configuration that reads as data. The engine knows no word of any kind; what a kind asks, whom it is about, what it counts and how
 * it is run by default stand here, in src/marac for one.
 */
export type MeetingKind = {
  code: string
  /** 'MARAC' */
  name: string
  about: string
  /** Over every page of it, and on its papers. */
  classification: string
  /** What somebody who opens the referral needs to know first: when to refer, and what to do at once. */
  criteria: readonly string[]
  defaults: {
    weeks: number
    itemMinutes: number
    quorum: number
    researchDays: number
    closesAfterDays: number
    repeatMonths: number
    repeatAnchor: 'referral' | 'meeting'
  }
  /** Kinds of agency that sit in it, as its return names them. */
  agencies: readonly { code: string; label: string }[]
  /** The parts of an item that can be withheld by themselves, beside the whole. */
  parts: readonly { code: string; label: string }[]
  /** Whom an item is about, and where the referral says so. */
  parties: readonly PartyRole[]
  /** An item is a repeat of an earlier one when it is about the same people in all of these roles. */
  sameIn: readonly string[]
  referral: FormDefinition
  /** One form that everybody on an item reads and changes, also between meetings; null where there is none. */
  shared: FormDefinition | null
  /** Whether an item can go on to further dates once it was talked about; else it comes back by a new referral. */
  staysOn: boolean
  /** The part that a section of the referral belongs to; 'referral' where it is not named. */
  partOfSection: Readonly<Record<string, string>>
  /** The question that says what happened, shown at the head of an item. */
  summary: string
  /** The checklist's score, where there is one. */
  score: string | null
  /** The question of which criteria it meets. */
  criterion: string
  research: { form: FormDefinition; ofAgency: Readonly<Record<string, FormDefinition>> }
  /** What its return counts: an answer, or an age on the day of referral. */
  measures: readonly Measure[]
  /** Whom its figures count beside cases, by the role that they have in them. */
  counted: readonly { role: string; label: string }[]
  /** Its rates, with the range that is recommended where there is one. */
  rates: readonly Rate[]
  /** For whoever reads its figures. */
  aboutFigures: string
}

export type Rate = { code: string; label: string; range?: readonly [number, number]; verified?: boolean } & (
  | { of: 'cases'; count: string }
  /** Cases for every ten thousand of those who live in its area. */
  | { of: 'population'; count: string }
  | { of: 'referred by others than'; agency: string }
)

export type PartyRole = { role: string; label: string; part: string } & (
  | { from: 'questions'; family: string; given: string; born: string }
  | { from: 'rows'; table: string; family: string; given: string; born: string }
)

export type Measure = { code: string; label: string } & (
  | { question: string; is: readonly Answer[] }
  | { ageOf: string; from: number; to: number }
)

export type MeetingKinds = readonly MeetingKind[]

/** The kind of a series. Throws for one that no longer comes with the product: its rows would otherwise be shown without a classification. */
export function kindOf(kinds: MeetingKinds, code: string): MeetingKind {
  const kind = kinds.find(one => one.code === code)
  if (!kind) throw new Error(`There is no kind of meeting called ${code}.`)
  return kind
}

export const partLabel = (kind: MeetingKind, part: string): string => kind.parts.find(one => one.code === part)?.label ?? 'The referral'
export const roleLabel = (kind: MeetingKind, role: string): string => kind.parties.find(one => one.role === role)?.label ?? role
export const agencyLabel = (kind: MeetingKind, code: string): string => kind.agencies.find(one => one.code === code)?.label ?? 'Other'
/** What a kind of agency is asked: a form of its own where it has one. */
export const researchForm = (kind: MeetingKind, category: string): FormDefinition => kind.research.ofAgency[category] ?? kind.research.form
