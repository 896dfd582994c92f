import { wordsPart } from '../access/index.ts'
import type { Answer, FormDefinition } from '../forms/index.ts'
import type { ListName } from '../lists/index.ts'

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
  /** An item is a repeat of an earlier one when it is about the same people in all of these roles: in the first that it has somebody for in each. */
  sameIn: readonly (readonly string[])[]
  referral: FormDefinition
  /** What earlier versions of the referral asked of one person, and the present one in a table of several. */
  formerly: readonly Formerly[]
  /** One form that everybody on an item reads and changes, also between meetings; null where there is none. */
  shared: FormDefinition | null
  /** Whether an item can go on to further dates once it was talked about; else it comes back by a new referral. */
  staysOn: boolean
  /** What came of an item, once those who run the meeting end the work on it: a list of the authority's. Null where items close by their rule alone. */
  outcomes: ListName | null
  /** Steps that are taken with whoever has this role, in the order of a list of the authority's; null where there are none. */
  stages: Stages | null
  /** What is written down of an item day by day, also between its meetings. */
  logs: readonly LogKind[]
  /** Whether agencies bring documents to an item, beside files that show what was done. */
  documents: boolean
  /** A review that somebody who suffers it may ask for; null where there is none. */
  review: ReviewKind | null
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

export type Stages = {
  role: string
  /** 'Warning stage' */
  label: string
  list: ListName
  /** Why somebody moved from one to another. */
  reasons: ListName
  /** The columns of that role's rows in the referral that say at which stage they are, and since when. */
  inReferral: { stage: string; on: string }
}

/** A log of an item: dated entries of a kind, in free words, by its agencies and those who run the meeting. */
export type LogKind = {
  code: string
  /** 'Complaints' */
  title: string
  /** What belongs there, for whoever writes. */
  about: string
  /** 'Record a complaint' */
  add: string
  /** What an entry can be: a list of the authority's. */
  list: ListName
  /** Whose it is, of those in these roles: who complained, with whom it was. Somebody new is given the role that it `adds`, where it adds any. */
  whose: { label: string; roles: readonly string[]; adds: string | null }
  /** Over the agency that was told, or that did it. */
  agency: string
  /** Over the day on which somebody told of it; null where nobody does. */
  told: string | null
  /** The table of the referral whose rows become its first entries. */
  inReferral: { table: string; on: string; what: string; told: string; family: string; given: string } | null
}

export type ReviewKind = {
  /** 'Case review' */
  name: string
  /** Whose it is to ask for, and the log whose entries count towards its threshold. */
  role: string
  log: string
  /** What a series begins with: whoever runs it, and the authority, change them. */
  rules: ReviewRules
  /** Where the law leaves no more: the highest threshold there may be. */
  mostComplaints: number
  /** What is weighed beside the number of complaints. */
  weighed: readonly { code: string; label: string }[]
  inReferral: { asked: string; on: string }
}

/** When a review is due, and by when each of its steps is: working days from when it was asked for, but for the last. */
export type ReviewRules = {
  /** So many complaints, each made so many months after what it is about at most, so many months before the review is asked for at most. */
  complaints: number
  withinMonths: number
  madeWithinMonths: number
  acknowledgeDays: number
  decideDays: number
  reviewDays: number
  /** From the decision not to review, or from the review. */
  tellDays: number
}

export type Rate = { code: string; label: string; range?: readonly [number, number]; verified?: boolean } & (
  | { of: 'cases'; count: string }
  /** Cases for every ten thousand of those who live in its area. */
  | { of: 'population'; count: string }
  | { of: 'referred by others than'; agency: string }
)

/** Whom an item is about. `address`: where the referral asks for theirs; `eachApart`: one of several can be kept from somebody and the others not. */
export type PartyRole = { role: string; label: string; part: string } & (
  | { from: 'questions'; family: string; given: string; born: string; address?: string }
  | { from: 'rows'; table: string; family: string; given: string; born: string; address?: string; eachApart?: true }
  /** Not somebody but somewhere. */
  | { from: 'places'; table: string; place: string; postcode: string; about: string }
)

/** Questions that are columns of a table now, by column, and which of those are days: what was answered is its first row. */
export type Formerly = { table: string; columns: Readonly<Record<string, string>>; days: readonly string[] }

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
export const roleLabel = (kind: MeetingKind, role: string): string => kind.parties.find(one => one.role === role)?.label ?? role
/** A criterion in a word or two: 'Visible high risk'. */
export const criterionLabel = (kind: MeetingKind, code: string): string =>
  (criteriaOf(kind).find(one => one.code === code)?.label ?? code).split(':')[0]!

/** The criteria of a kind, in words. */
export function criteriaOf(kind: MeetingKind): readonly { code: string; label: string }[] {
  const question = kind.referral.pages
    .flatMap(page => page.sections.flatMap(section => section.questions))
    .find(one => one.code === kind.criterion)
  return question?.type === 'choices' && Array.isArray(question.options) ? question.options : []
}
export const agencyLabel = (kind: MeetingKind, code: string): string => kind.agencies.find(one => one.code === code)?.label ?? 'Other'
/** What a kind of agency is asked: a form of its own where it has one. */
export const researchForm = (kind: MeetingKind, category: string): FormDefinition =>
  kind.research.ofAgency[category]?.form ?? kind.research.form
/** The roles in which an item is compared with earlier ones: the first that it has somebody for in each. */
export const rolesThatRepeat = ({ sameIn }: Pick<MeetingKind, 'sameIn'>, parties: readonly { role: string }[]): readonly string[] =>
  sameIn.find(roles => roles.every(role => parties.some(one => one.role === role))) ?? sameIn[0]!
/** The part that what it answers belongs to. */
export const researchPart = (kind: MeetingKind, category: string): string => kind.research.ofAgency[category]?.part ?? wordsPart
