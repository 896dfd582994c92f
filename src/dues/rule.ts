import { addDays, addMonths, type PlainDate, partsOf } from '../platform/plain-date.ts'
import type { Moments } from './moments.ts'
import { addWorkingDays, type WorkingCalendar, workingDayFrom } from './working-days.ts'

export const units = ['days', 'working-days', 'weeks', 'months'] as const
export const monthEnds = ['last-day', 'next-month'] as const
export const closedDays = ['stays', 'next-working-day', 'previous-working-day'] as const

/** How long after a moment. */
export type Offset = {
  number: number
  unit: (typeof units)[number]
  /** Where the month has no such day: 31 January and a month is 28 February, or 1 March. */
  monthEnd: (typeof monthEnds)[number]
  /** Where it comes to a day on which nobody works. */
  closedDay: (typeof closedDays)[number]
}

/** What is due so long after what, and what settles it. The version that is in force, as data. */
export type DueRule = Offset & {
  id: string
  /** Permanent; a rule of the same code for one service stands in place of the one for every service. */
  code: string
  /** Empty: for every service. */
  serviceArea: string
  version: number
  /** False: this service has no such date. */
  inUse: boolean
  /** What is to be done: 'Hold the review'. */
  words: string
  /** The moment that it counts from, as `moments.ts` names them. */
  anchor: string
  /** The moment that settles it. Empty: for a stage its end, for others somebody who says that it is done. */
  settledBy: string
  /** Once settled it is due again, counted from the day on which it was. */
  repeats: boolean
  /** How many days before it is due it may be done at the earliest, and how many after still count. */
  daysBefore: number | null
  daysAfter: number | null
  /** Raised on the case when it is overdue. Empty: none. */
  flagKind: string
  source: string
  verified: boolean
}

export type DueDates = {
  /** The day that it counts from. */
  begunOn: PlainDate
  /** It may be done from this day on. Null: at any time. */
  opensOn: PlainDate | null
  dueOn: PlainDate
  /** The last day on which it still counts. Null: it is only late. */
  closesOn: PlainDate | null
}

/** So long after a day. The day itself does not count: seven days from a Monday is the Monday after. */
export function offsetFrom(offset: Offset, from: PlainDate, calendar: WorkingCalendar): PlainDate {
  const day = unadjusted(offset, from, calendar)
  if (offset.closedDay === 'stays') return day
  return workingDayFrom(calendar, day, offset.closedDay === 'next-working-day' ? 1 : -1)
}

function unadjusted({ number, unit, monthEnd }: Offset, from: PlainDate, calendar: WorkingCalendar): PlainDate {
  switch (unit) {
    case 'days':
      return addDays(from, number)
    case 'weeks':
      return addDays(from, number * 7)
    case 'working-days':
      return addWorkingDays(calendar, from, number)
    case 'months': {
      const day = addMonths(from, number)
      // The corresponding date, or the last day of a month without one (Dodds v Walker [1981] 1 WLR 1027), unless the rule says the next.
      return monthEnd === 'next-month' && partsOf(day).day < partsOf(from).day ? addDays(day, 1) : day
    }
  }
}

/** When it is due, counted from this day, and between which days it may be done. */
export function datesOf(rule: DueRule, begunOn: PlainDate, calendar: WorkingCalendar): DueDates {
  const dueOn = offsetFrom(rule, begunOn, calendar)
  return {
    begunOn,
    opensOn: rule.daysBefore === null ? null : addDays(dueOn, -rule.daysBefore),
    dueOn,
    closesOn: rule.daysAfter === null ? null : addDays(dueOn, rule.daysAfter),
  }
}

/**
 * What the rule asks for, seen from what has happened: nothing before its moment, nothing once that is settled. A moment that comes again
 * after it was settled asks again.
 */
export function dueBy(rule: DueRule, moments: Moments, calendar: WorkingCalendar): DueDates | null {
  if (!rule.inUse) return null
  const anchor = moments.get(rule.anchor)
  if (anchor === undefined) return null
  const settled = moments.get(settlingMoment(rule))
  if (settled === undefined || settled < anchor) return datesOf(rule, anchor, calendar)
  return rule.repeats ? datesOf(rule, settled, calendar) : null
}

/** What settles a rule: the moment it names, or somebody's word that it is done. */
export const settlingMoment = (rule: Pick<DueRule, 'code' | 'settledBy'>): string => rule.settledBy || `done/${rule.code}`

/** 'Within 15 working days of the day on which the referral was accepted'. */
export function offsetInWords({ number, unit }: Pick<Offset, 'number' | 'unit'>): string {
  if (number === 0) return 'on the same day'
  const one = { days: 'day', 'working-days': 'working day', weeks: 'week', months: 'month' }[unit]
  return `${number} ${one}${number === 1 ? '' : 's'}`
}
