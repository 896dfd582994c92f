import { addDays, type PlainDate } from '../platform/plain-date.ts'

/** How long a case has been open, in bands that a leader thinks in. Days are counted from the day on which the referral was accepted. */
export const ageBands = [
  { key: 'month', words: 'Under 4 weeks', from: 0, to: 27 },
  { key: 'quarter', words: '4 weeks to 3 months', from: 28, to: 90 },
  { key: 'half', words: '3 to 6 months', from: 91, to: 181 },
  { key: 'year', words: '6 months to a year', from: 182, to: 364 },
  { key: 'more', words: 'A year and more', from: 365, to: null },
] as const satisfies readonly { key: string; words: string; from: number; to: number | null }[]

export type AgeBand = (typeof ageBands)[number]['key']

/** The days between which a case of this band was opened. Without `notBefore` there is no earliest. */
export function openedWithin(band: AgeBand, today: PlainDate): { notBefore: PlainDate | null; notAfter: PlainDate } {
  const { from, to } = ageBands.find(one => one.key === band)!
  return { notBefore: to === null ? null : addDays(today, -to), notAfter: addDays(today, -from) }
}
