import { londonDate, type PlainTime, toInstant } from '../platform/clock.ts'
import { addDays, type PlainDate, weekdayOf } from '../platform/plain-date.ts'

/** Days ago and the time on the clock, as stories tell it: `[44, '09:40']`. */
export type When = readonly [daysAgo: number, time: string]

/** The demonstration's days, counted from the one on which it is loaded, so that "overdue" and "this week" are true whenever that is. */
export type Calendar = {
  readonly now: Date
  /** So many days from today; below nought, days ago. */
  day(fromToday: number): PlainDate
  /** The instant, on a working day: Friday's where it would be a week-end's. Never after now. */
  at(when: When): Date
}

export function calendarOf(now: Date): Calendar {
  const today = londonDate(now)
  const day = (fromToday: number) => addDays(today, fromToday)
  const at = ([daysAgo, time]: When) => {
    const wanted = day(-daysAgo)
    // Today is worked on even when somebody looks at the demonstration on a Sunday.
    const weekend = daysAgo === 0 ? 0 : Math.max(0, weekdayOf(wanted) - 5)
    return earlier(instantAt(addDays(wanted, -weekend), time), now)
  }
  return { now, day, at }
}

/** That day, or the Monday after it where it is a week-end's. */
export const workingDayFrom = (date: PlainDate): PlainDate => addDays(date, weekdayOf(date) > 5 ? 8 - weekdayOf(date) : 0)

/** The instant of a time on a day. The hour that the clocks leave out is taken as the one after. */
export function instantAt(date: PlainDate, time: string): Date {
  const reading = toInstant(date, time as PlainTime, 'first')
  if (reading.ok) return reading.value
  const later = toInstant(date, `02${time.slice(2)}` as PlainTime, 'first')
  return later.ok ? later.value : new Date(`${date}T12:00:00Z`)
}

const earlier = (one: Date, other: Date): Date => (one < other ? one : other)
