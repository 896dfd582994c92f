import { mayContact, type SafeToContact, type Telephone, takesTexts } from '../people/index.ts'
import { londonDate, londonTime, type PlainTime } from '../platform/clock.ts'
import { type PlainDate, weekdayOf } from '../platform/plain-date.ts'

/** Somebody who might be sent a text because of one case. */
export type Candidate = {
  personId: string
  /** Whose case it is, where the text is about them and goes to a parent or carer. Null: it is this person's own. */
  about: About | null
  caseId: string
  given: string | null
  family: string | null
  dateOfBirth: PlainDate | null
  hasDied: boolean
  /** Read by named people only. */
  restricted: boolean
  mayEdit: boolean
  mobiles: readonly Mobile[]
}
export type About = {
  personId: string
  given: string | null
  family: string | null
  dateOfBirth: PlainDate | null
  hasDied: boolean
  /** Whether whoever is texted is recorded as a parent or carer, without a warning. */
  answering: 'yes' | 'no' | 'warned'
}
export type Mobile = {
  number: Telephone
  /** Null when it is the person's own. */
  whose: string | null
  safe: SafeToContact
  stopped: boolean
  /** Somebody else on record has it as well. */
  shared: boolean
}

/** Why somebody is left out, in the order in which it is said: what cannot be changed first. */
export type LeftOut =
  | 'not-yours'
  | 'deceased'
  | 'about-deceased'
  | 'not-their-carer'
  | 'must-not-hear'
  | 'restricted'
  | 'no-mobile'
  | 'stopped'
  | 'never'
  | 'no-texts'
  | 'no-message'
  | 'somebody-elses'
  | 'shared'
  | 'read-first'
  | 'not-this-day'
  | 'not-this-time'
  | 'quiet-hours'
  | 'number-changed'
  | 'halted'
  | 'field-missing'
  | 'too-long'
  | 'tells-where'

export const leftOutWords: Readonly<Record<LeftOut, string>> = {
  'not-yours': 'You may not change this record',
  deceased: 'Has died',
  'about-deceased': 'Whoever it is about has died',
  'not-their-carer': 'Is not recorded as a parent or carer (any more)',
  'must-not-hear': 'There is a warning between the two: nothing about the one goes to the other',
  restricted: 'The case is restricted: send a text from the case itself',
  'no-mobile': 'No mobile number',
  stopped: 'Asked for no more texts',
  never: 'The number must not be used',
  'no-texts': 'No texts: call only',
  'no-message': 'No message may be left that says who it is from',
  'somebody-elses': 'The phone is somebody else’s',
  shared: 'Somebody else on record has the same number',
  'read-first': 'Something must be known first: send a text from the case itself',
  'not-this-day': 'Not safe on this day',
  'not-this-time': 'Not safe at this time',
  'quiet-hours': 'Quiet hours',
  'number-changed': 'The number on record has changed',
  halted: 'Its sender stopped it',
  'field-missing': 'Something to be filled in is not on record',
  'too-long': 'Too long once it is filled in',
  'tells-where': 'It tells a confidential address or a refuge',
}

/** When texts go out at all. */
export type Hours = { from: PlainTime; to: PlainTime }
export const usualHours: Hours = { from: '08:00' as PlainTime, to: '20:00' as PlainTime }

export type Decision = { ok: true; number: Telephone } | { ok: false; why: LeftOut }

/**
 * Whether somebody may be sent a text now, and at which number. A wrong text read by the wrong person can cost a life, so whatever is in
 * doubt is left out. `alone` is a text to one person by somebody who has their record open: they have read what must be known first.
 */
export function mayText(candidate: Candidate, now: Date, hours: Hours, alone: boolean): Decision {
  if (!candidate.mayEdit) return no('not-yours')
  if (candidate.hasDied) return no('deceased')
  if (candidate.about?.hasDied) return no('about-deceased')
  if (candidate.about && candidate.about.answering !== 'yes')
    return no(candidate.about.answering === 'warned' ? 'must-not-hear' : 'not-their-carer')
  if (candidate.restricted && !alone) return no('restricted')
  const reasons: LeftOut[] = []
  for (const mobile of candidate.mobiles) {
    const why = whyNot(mobile, now, hours, alone)
    if (!why) return { ok: true, number: mobile.number }
    reasons.push(why)
  }
  // Of several numbers, the one that came nearest to being right says why.
  return no(nearestReason(reasons) ?? 'no-mobile')
}

function whyNot({ number, whose, safe, stopped, shared }: Mobile, now: Date, hours: Hours, alone: boolean): LeftOut | undefined {
  if (!takesTexts(number)) return 'no-mobile'
  if (stopped) return 'stopped'
  const time = londonTime(now)
  const allowed = mayContact(safe, 'text', { weekday: weekdayOf(londonDate(now)), time })
  if (!allowed.ok && (allowed.error === 'never' || allowed.error === 'not-this-way')) return unsafe[allowed.error]
  if (!safe.leaveMessage) return 'no-message'
  if (whose !== null) return 'somebody-elses'
  if (shared && !alone) return 'shared'
  if (safe.note !== null && !alone) return 'read-first'
  if (!allowed.ok) return unsafe[allowed.error]
  return time < hours.from || time >= hours.to ? 'quiet-hours' : undefined
}

const unsafe = {
  never: 'never',
  'not-this-way': 'no-texts',
  'no-message': 'no-message',
  'not-this-day': 'not-this-day',
  'not-this-time': 'not-this-time',
} as const satisfies Record<string, LeftOut>

/** Of several reasons, the one that came nearest to being right. */
export const nearestReason = (reasons: readonly LeftOut[]): LeftOut | undefined => order.findLast(why => reasons.includes(why))

const order = Object.keys(leftOutWords) as LeftOut[]
const no = (why: LeftOut): Decision => ({ ok: false, why })
