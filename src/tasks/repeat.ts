import { addDays, addMonths, type PlainDate, partsOf, plainDate } from '../platform/plain-date.ts'

export const repeatUnits = ['days', 'weeks', 'months'] as const

/** How often a task comes again. */
export type Repeat = {
  every: number
  unit: (typeof repeatUnits)[number]
  /** The day of the month that it began on: 31 January goes on to 28 February and to 31 March. */
  day: number
  /** The last day on which one may fall. Null: for ever. */
  until: PlainDate | null
}

/** The first day after both of these on which it falls again; null where it has come to its end. Days that were missed are passed over. */
export function nextAfter(repeat: Repeat, dueOn: PlainDate, today: PlainDate): PlainDate | null {
  let next = step(repeat, dueOn)
  while (next <= today) next = step(repeat, next)
  return repeat.until !== null && next > repeat.until ? null : next
}

/** How many times it has fallen due again since the one that is still open: what would have piled up. */
export function missedSince(repeat: Repeat, dueOn: PlainDate, today: PlainDate): number {
  let missed = 0
  for (let next = step(repeat, dueOn); next <= today && (repeat.until === null || next <= repeat.until); next = step(repeat, next)) missed++
  return missed
}

function step({ every, unit, day }: Repeat, from: PlainDate): PlainDate {
  if (unit !== 'months') return addDays(from, every * (unit === 'weeks' ? 7 : 1))
  const month = addMonths(from, every)
  const { year, month: number } = partsOf(month)
  // Back to its own day where the month before had none such.
  const last = partsOf(addDays(plainDate(number === 12 ? year + 1 : year, (number % 12) + 1, 1), -1)).day
  return plainDate(year, number, Math.min(day, last))
}

/** 'every 2 weeks', 'every day until 31/03/2027'. */
export function repeatInWords({ every, unit, until }: Repeat, format: (day: PlainDate) => string): string {
  const often = every === 1 ? { days: 'every day', weeks: 'every week', months: 'every month' }[unit] : `every ${every} ${unit}`
  return until ? `${often} until ${format(until)}` : often
}
