import { addDays, type PlainDate, weekdayOf } from '../platform/plain-date.ts'

/** Which days are worked on. */
export type WorkingCalendar = { isWorkingDay(day: PlainDate): boolean }

/** Monday to Friday but for these days. */
export function calendarWithout(holidays: Iterable<PlainDate>): WorkingCalendar {
  const closed = new Set(holidays)
  return { isWorkingDay: day => weekdayOf(day) <= 5 && !closed.has(day) }
}

/** So many working days after a day, which itself does not count, whatever day it is. */
export function addWorkingDays(calendar: WorkingCalendar, from: PlainDate, count: number): PlainDate {
  let day = from
  for (let left = count; left > 0; ) {
    day = addDays(day, 1)
    if (calendar.isWorkingDay(day)) left--
  }
  return day
}

/** The day itself where it is worked on, else the nearest one after it, or before it. */
export function workingDayFrom(calendar: WorkingCalendar, from: PlainDate, towards: 1 | -1): PlainDate {
  let day = from
  while (!calendar.isWorkingDay(day)) day = addDays(day, towards)
  return day
}
