import { addMonths, type PlainDate, partsOf, plainDate } from '../platform/plain-date.ts'
import { criteriaOf, type MeetingKind, type Rate } from './kind.ts'

/** One case that was talked about: what a return counts of it. */
export type Heard = {
  /** Where it was talked about: of a kind whose items stay on, at several. */
  meetingIds: readonly string[]
  isRepeat: boolean
  category: string
  measures: readonly string[]
  criteria: readonly string[]
  people: Readonly<Record<string, number>>
}
export type Count = { code: string; label: string; count: number }
export type RateFound = Rate & { value: number | null }
export type Figures = { counts: Count[]; byAgency: Count[]; byCriterion: Count[]; rates: RateFound[] }

/**
 * What a kind's return counts of what was heard, and its rates: of a hundred cases, or of ten thousand of those who live there. A rate of nothing is no
 * rate, which is not the same as nought.
 */
export function figuresOf(kind: MeetingKind, heard: readonly Heard[], population: number | null): Figures {
  const counts: Count[] = [
    { code: 'meetings', label: 'Meetings', count: new Set(heard.flatMap(one => one.meetingIds)).size },
    { code: 'cases', label: 'Cases', count: heard.length },
    ...kind.counted.map(({ role, label }) => ({ code: role, label, count: heard.reduce((sum, one) => sum + (one.people[role] ?? 0), 0) })),
    { code: 'repeats', label: 'Repeat cases', count: heard.filter(one => one.isRepeat).length },
    ...kind.measures.map(({ code, label }) => ({ code, label, count: heard.filter(one => one.measures.includes(code)).length })),
  ]
  const of = (category: string) =>
    heard.filter(one => (kind.agencies.some(each => each.code === one.category) ? one.category : 'OTH') === category).length
  const named = kind.agencies.some(one => one.code === 'OTH') ? kind.agencies : [...kind.agencies, { code: 'OTH', label: 'Other' }]
  const byAgency = named.map(({ code, label }) => ({ code, label, count: of(code) }))
  const countOf = (rate: Rate): number => {
    if (rate.of === 'referred by others than') return heard.filter(one => one.category !== rate.agency).length
    return counts.find(one => one.code === rate.count)?.count ?? 0
  }
  const rates = kind.rates.map(rate => {
    const base = rate.of === 'population' ? population : heard.length
    const times = rate.of === 'population' ? 10_000 : 100
    return { ...rate, value: base ? Math.round((countOf(rate) / base) * times * 10) / 10 : null }
  })
  const byCriterion = criteriaOf(kind).map(({ code, label }) => ({
    code,
    label,
    count: heard.filter(one => one.criteria.includes(code)).length,
  }))
  return { counts, byAgency, byCriterion, rates }
}

/** A quarter of the calendar: '2026-4'. */
export type Quarter = { key: string; from: PlainDate; to: PlainDate; yearFrom: PlainDate; label: string }

/** The quarter of a day, or the one that is asked for; with the twelve months that end with it. `to` is the first day after. */
export function quarterOf(day: PlainDate, asked = ''): Quarter {
  const typed = /^(20\d\d)-([1-4])$/.exec(asked)
  const parts = partsOf(day)
  const [year, quarter] = typed ? [Number(typed[1]), Number(typed[2])] : [parts.year, Math.ceil(parts.month / 3)]
  const from = plainDate(year, quarter * 3 - 2, 1)
  const to = addMonths(from, 3)
  return { key: `${year}-${quarter}`, from, to, yearFrom: addMonths(to, -12), label: `${months[quarter - 1]} ${year}` }
}
const months = ['January to March', 'April to June', 'July to September', 'October to December']
