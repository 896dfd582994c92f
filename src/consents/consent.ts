import type { PlainDate } from '../platform/plain-date.ts'

/** What somebody can be asked to agree to. */
export const purposes = { assess: 'An assessment', share: 'Sharing what is recorded' } as const
export type Purpose = keyof typeof purposes

export type Answer = 'given' | 'refused' | 'withdrawn' | 'not-asked'
export const answerWords: Readonly<Record<Answer, string>> = {
  given: 'Given',
  refused: 'Refused',
  withdrawn: 'Withdrawn',
  'not-asked': 'Not asked',
}

/** Where a consent stands: its last version, and who said what. */
export type Consent = {
  /** The consent that this is a version of. */
  consentId: string
  version: number
  purposes: readonly Purpose[]
  shareWhat: string
  shareWith: string
  answer: Answer
  askedOn: PlainDate
  askedBy: string
  how: string
  answeredBy: string
  /** By what right somebody else answered: empty where the person did. */
  authority: string
  capacity: string
  capacityBecause: string
  evidence: string
  documentId: string | null
  untilOn: PlainDate | null
  /** The lawful reason to go on without it, and what it is in this case. Empty: nobody has. */
  withoutConsent: string
  withoutBecause: string
  /** Why this version was written, where it is not the first. */
  because: string
  author: string
  recordedAt: Date
}

/** What may be done: with a yes in force, against a no, after a yes has run out, or with nobody asked. */
export type Standing = { state: 'given' | 'refused' | 'ran-out' | 'not-asked' | 'unknown'; wentOnWithout: boolean; last: Consent | null }

/**
 * How it stands with a purpose: the last that was asked decides, as it stands now. A yes counts until the end of its last day. Whoever went on
 * without did so for that refusal: another refusal needs another reason.
 */
export function standingFor(consents: readonly Consent[], purpose: Purpose, today: PlainDate): Standing {
  const last = latestOf(consents).find(one => one.purposes.includes(purpose))
  if (!last) return { state: 'unknown', wentOnWithout: false, last: null }
  return { state: stateOf(last, today), wentOnWithout: last.withoutConsent !== '', last }
}

/** A yes counts until the end of its last day. */
export const hasRunOut = ({ answer, untilOn }: Pick<Consent, 'answer' | 'untilOn'>, today: PlainDate): boolean =>
  answer === 'given' && untilOn !== null && untilOn < today

/** Whether somebody with the right to may go on without it: against a no, with nobody asked, or once a yes has run out; once (E4). */
export const mayBeGoneOnWithout = (consent: Consent, today: PlainDate): boolean =>
  consent.withoutConsent === '' && (consent.answer !== 'given' || hasRunOut(consent, today))

function stateOf({ answer, untilOn }: Consent, today: PlainDate): Standing['state'] {
  if (answer === 'given') return hasRunOut({ answer, untilOn }, today) ? 'ran-out' : 'given'
  return answer === 'not-asked' ? 'not-asked' : 'refused'
}

/** Each consent as it stands now: its last version; what was asked last comes first. */
export function latestOf(versions: readonly Consent[]): Consent[] {
  const last = new Map<string, Consent>()
  for (const one of versions) if ((last.get(one.consentId)?.version ?? 0) < one.version) last.set(one.consentId, one)
  const first = new Map(versions.filter(one => one.version === 1).map(one => [one.consentId, one.recordedAt.getTime()]))
  return [...last.values()].sort(
    (a, b) => (first.get(b.consentId) ?? 0) - (first.get(a.consentId) ?? 0) || (a.consentId < b.consentId ? 1 : -1),
  )
}

/** Findings under which nobody's own yes or no counts (Mental Capacity Act 2005; Gillick v West Norfolk and Wisbech AHA [1986] AC 112). */
const cannotDecide: ReadonlySet<string> = new Set(['lacks', 'child-does-not'])
/** Findings that say more than that nothing was in doubt: why has to be written down. */
const needsReasons: ReadonlySet<string> = new Set(['has', 'lacks', 'child-understands', 'child-does-not'])

/** Findings of a child under 16 (Gillick), and of anybody from 16 on (Mental Capacity Act 2005, section 2(5)). A list’s other codes are of any age. */
const ofChildren: ReadonlySet<string> = new Set(['child-understands', 'child-does-not'])
const ofGrownUps: ReadonlySet<string> = new Set(['lacks', 'has', 'no-doubt'])

/** What is wrong with a finding for somebody of this age on the day that they were asked. Null: nothing, or their age is not known. */
export function unlikeTheirAge(capacity: string, age: number | null): string | null {
  if (age === null) return null
  if (age < 16 && ofGrownUps.has(capacity)) return `They were ${age}: select whether they understand it, as of somebody under 16`
  if (age >= 16 && ofChildren.has(capacity)) return `They were ${age}: select whether they can decide it, as of somebody of 16 or over`
  return null
}

export const mayAnswerThemselves = (capacity: string): boolean => !cannotDecide.has(capacity)
export const mustSayWhy = (capacity: string): boolean => needsReasons.has(capacity)
