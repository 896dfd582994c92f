import { addDays, isRealDate, type PlainDate, partsOf, plainDate } from '../platform/plain-date.ts'

/** How a date of birth that was heard or written wrongly differs from the right one. */
export type DateSlip = 'same' | 'day-out' | 'month-out' | 'year-out' | 'day-and-month-swapped' | 'digits-swapped' | 'one-digit'

/** Every date within one slip of this one, itself included: what search asks for when somebody gives a date of birth. */
export function datesNear(date: PlainDate): ReadonlyMap<PlainDate, DateSlip> {
  const { year, month, day } = partsOf(date)
  const near = new Map<PlainDate, DateSlip>([[date, 'same']])
  const add = (slip: DateSlip, candidate: PlainDate | undefined) => {
    if (candidate !== undefined && !near.has(candidate)) near.set(candidate, slip)
  }
  add('day-out', addDays(date, -1))
  add('day-out', addDays(date, 1))
  add('day-and-month-swapped', realDate(year, day, month))
  add('month-out', realDate(year, month - 1, day))
  add('month-out', realDate(year, month + 1, day))
  add('year-out', realDate(year - 1, month, day))
  add('year-out', realDate(year + 1, month, day))
  // The decade is the figure of a year most often got wrong.
  add('one-digit', realDate(year - 10, month, day))
  add('one-digit', realDate(year + 10, month, day))
  add('digits-swapped', realDate(year, month, swapped(day)))
  add('digits-swapped', realDate(year, swapped(month), day))
  add('digits-swapped', realDate(year - (year % 100) + swapped(year % 100), month, day))
  return near
}

/** How two dates of birth differ, when by one slip; undefined when they are further apart. */
export function slipBetween(a: PlainDate, b: PlainDate): DateSlip | undefined {
  return datesNear(a).get(b) ?? datesNear(b).get(a)
}

/** The slip in words that follow 'the date of birth'. */
export const slipInWords: Record<DateSlip, string> = {
  same: 'is the same',
  'day-out': 'is one day out',
  'month-out': 'is one month out',
  'year-out': 'is one year out',
  'day-and-month-swapped': 'has day and month the other way round',
  'digits-swapped': 'has two figures the other way round',
  'one-digit': 'has one figure different',
}

function swapped(twoFigures: number): number {
  return (twoFigures % 10) * 10 + Math.floor(twoFigures / 10)
}

function realDate(year: number, month: number, day: number): PlainDate | undefined {
  return isRealDate(year, month, day) ? plainDate(year, month, day) : undefined
}
