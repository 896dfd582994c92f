import { wordsPart } from '../access/index.ts'
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
  /** For how many minutes calendars keep a date of it free: not worked out of an agenda, of which a member may not see all. */
  lasts: number
  /** Kinds of agency that sit in it, as its return names them. */
  agencies: readonly { code: string; label: string }[]
  /** The parts of an item that can be withheld by themselves, beside the whole and its free words. */
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
  /** The question that says what happened, shown at the head of an item to whoever reads its free words. */
  summary: string
  /** How to reach somebody safely, and what must never be done: in plain sight for whoever reads that part, wherever somebody is about to be reached. */
  reaching: readonly { question: string; isWarning?: boolean }[]
  /** The checklist's score, where there is one. */
  score: string | null
  /** The question of which criteria it meets. */
  criterion: string
  /** What agencies are asked. What a kind of agency is asked of one part alone belongs to that part: the contact with a victim goes with the victim. */
  research: { form: FormDefinition; ofAgency: Readonly<Record<string, { form: FormDefinition; part: string; reaches?: boolean }>> }
  /**
   * What agencies flag their own records with once an item was heard, for the months in which another incident is a repeat: a code of the list flag-kind,
   * from which day the months run, and what to think of first. Null where nothing is flagged.
   */
  flag: { kind: string; from: 'referral' | 'meeting'; caution: string } | null
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

/** What every kind has beside its own parts. */
export const wordsOfItem = { code: wordsPart, label: 'What happened, and all else that is written in free words' } as const
export const partsOf = (kind: MeetingKind): readonly { code: string; label: string }[] => [...kind.parts, wordsOfItem]
export const partLabel = (kind: MeetingKind, part: string): string => partsOf(kind).find(one => one.code === part)?.label ?? 'The referral'
export const roleLabel = (kind: MeetingKind, role: string): string => kind.parties.find(one => one.role === role)?.label ?? role
/** A criterion in a word or two: 'Visible high risk'. */
export function criterionLabel(kind: MeetingKind, code: string): string {
  const question = kind.referral.pages
    .flatMap(page => page.sections.flatMap(section => section.questions))
    .find(one => one.code === kind.criterion)
  const options = question?.type === 'choices' && Array.isArray(question.options) ? question.options : []
  return (options.find(one => one.code === code)?.label ?? code).split(':')[0]!
}
export const agencyLabel = (kind: MeetingKind, code: string): string => kind.agencies.find(one => one.code === code)?.label ?? 'Other'
/** What a kind of agency is asked: a form of its own where it has one. */
export const researchForm = (kind: MeetingKind, category: string): FormDefinition =>
  kind.research.ofAgency[category]?.form ?? kind.research.form
/** The part that what it answers belongs to. */
export const researchPart = (kind: MeetingKind, category: string): string => kind.research.ofAgency[category]?.part ?? wordsPart
