import { Temporal } from 'temporal-polyfill'
import { type PlainDate, partsOf } from './plain-date.ts'
import { no, ok, type Result } from './result.ts'

/** Where "now" comes from. It is passed in, so that a test can stand on the night the clocks change. */
export type Clock = { now(): Date }

export const systemClock: Clock = { now: () => new Date() }

/** A clock that stands still at an instant, given as a Date or as ISO 8601 text with its offset. */
export function fixedClock(at: Date | string): Clock {
  const instant = new Date(at)
  if (Number.isNaN(instant.getTime())) throw new RangeError('A fixed clock needs a real instant')
  return { now: () => new Date(instant) }
}

/** A time of day on the clock, 'HH:MM', as branded text. */
export type PlainTime = string & { readonly __plainTime: true }

/** Today's date in London, by this clock. */
export function today(clock: Clock): PlainDate {
  return londonDate(clock.now())
}

/** The calendar date in London at an instant. */
export function londonDate(instant: Date): PlainDate {
  const text = londonText.format(instant)
  return `${text.slice(6, 10)}-${text.slice(3, 5)}-${text.slice(0, 2)}` as PlainDate
}

/** The last day on which something stands that ends at an instant: what ends at midnight had the day before. */
export const lastDayBefore = (end: Date): PlainDate => londonDate(new Date(end.getTime() - 1))

/** The time on the clocks of London at an instant, 'HH:MM'. */
export function londonTime(instant: Date): PlainTime {
  return londonText.format(instant).slice(12, 17) as PlainTime
}

/** '14:00', and on the night that the clocks go back which of the two: '01:30 (winter time)'. */
export const timeInWords = (instant: Date): string => withWhich(instant, time => time)

/** '2:30pm' as sentences show it, with which of the two likewise. */
export const timeInSentence = (instant: Date): string => withWhich(instant, formatTime)

function withWhich(instant: Date, inWords: (time: PlainTime) => string): string {
  const time = londonTime(instant)
  const reading = toInstant(londonDate(instant), time)
  if (reading.ok || reading.error !== 'time-happened-twice') return inWords(time)
  return `${inWords(time)} (${instant < reading.second ? 'summer' : 'winter'} time)`
}

/** '27/03/2026 14:30', as tables show an instant. */
export function formatInstant(instant: Date): string {
  const text = londonText.format(instant)
  return `${text.slice(0, 10)} ${text.slice(12, 17)}`
}

/** '2:30pm', as sentences show a time (GOV.UK style; midnight and midday are words, since 12am is misread). */
export function formatTime(time: PlainTime): string {
  const hour = Number(time.slice(0, 2))
  const minute = time.slice(3, 5)
  if (minute === '00' && hour === 0) return 'midnight'
  if (minute === '00' && hour === 12) return 'midday'
  const shown = hour % 12 === 0 ? 12 : hour % 12
  return `${shown}${minute === '00' ? '' : `:${minute}`}${hour < 12 ? 'am' : 'pm'}`
}

/** Reads a time as typed: 14:30, 14.30, 1430, 9:05, 2:30pm, 2pm. Undefined when it is not a time of day. */
export function parseTimeText(text: string): PlainTime | undefined {
  const found = /^(\d{1,2})(?:[:.]?(\d{2}))?\s*(am|pm)?$/i.exec(text.trim())
  if (!found) return undefined
  const half = found[3]?.toLowerCase()
  // A bare '9' is too likely to be something else: minutes or am/pm must say that it is a time.
  if (found[2] === undefined && half === undefined) return undefined
  let hour = Number(found[1])
  const minute = Number(found[2] ?? '0')
  if (half && (hour < 1 || hour > 12)) return undefined
  if (half === 'am' && hour === 12) hour = 0
  if (half === 'pm' && hour < 12) hour += 12
  if (hour > 23 || minute > 59) return undefined
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}` as PlainTime
}

export type InstantReading =
  | { readonly ok: true; readonly value: Date }
  /** The clocks went forward over this time: nobody's clock showed it. */
  | { readonly ok: false; readonly error: 'time-does-not-exist'; readonly message: string }
  /** The clocks went back: both readings are given, for the person to choose. */
  | { readonly ok: false; readonly error: 'time-happened-twice'; readonly message: string; readonly first: Date; readonly second: Date }

/**
 * The instant at which London's clocks showed this date and time. On the night that the clocks go back, the hour from 1am
 * happens twice: `which` says which is meant (the first is summer time), and without it both are handed back.
 */
export function toInstant(date: PlainDate, time: PlainTime, which?: 'first' | 'second'): InstantReading {
  const { year, month, day } = partsOf(date)
  const wall = Temporal.PlainDateTime.from({ year, month, day, hour: Number(time.slice(0, 2)), minute: Number(time.slice(3, 5)) })
  const earlier = wall.toZonedDateTime(london, { disambiguation: 'earlier' })
  const later = wall.toZonedDateTime(london, { disambiguation: 'later' })
  const first = new Date(earlier.epochMilliseconds)
  if (earlier.epochMilliseconds === later.epochMilliseconds) return { ok: true, value: first }
  if (!earlier.toPlainDateTime().equals(wall)) {
    return { ok: false, error: 'time-does-not-exist', message: 'Time must be one that happened: the clocks went forward over this hour' }
  }
  const second = new Date(later.epochMilliseconds)
  if (which !== undefined) return { ok: true, value: which === 'first' ? first : second }
  return {
    ok: false,
    error: 'time-happened-twice',
    message: 'Select whether this was before or after the clocks went back',
    first,
    second,
  }
}

/**
 * The instants at which London's clocks show one time on each of these days: of a series, which stays at its time whatever the clocks do between.
 * Refused with the first day on which they leave that time out; of one that happens twice, the first.
 */
export function sameTimeOn(days: readonly PlainDate[], time: PlainTime): Result<Date[], PlainDate> {
  const instants: Date[] = []
  for (const day of days) {
    const reading = toInstant(day, time, 'first')
    if (!reading.ok) return no(day)
    instants.push(reading.value)
  }
  return ok(instants)
}

/** The instant at which a day begins in London. Clocks never change at midnight there, so it is always exactly one instant. */
export function startOfDay(date: PlainDate): Date {
  const { year, month, day } = partsOf(date)
  return new Date(Temporal.PlainDate.from({ year, month, day }).toZonedDateTime(london).epochMilliseconds)
}

/** Midday of a day in London: where something stands whose time nobody knows. */
export function middayOf(date: PlainDate): Date {
  const { year, month, day } = partsOf(date)
  return new Date(Temporal.PlainDateTime.from({ year, month, day, hour: 12 }).toZonedDateTime(london).epochMilliseconds)
}

const london = 'Europe/London'

// One formatter, kept: making one costs a hundred times what using it does. It writes '27/03/2026, 14:30'.
const londonText = new Intl.DateTimeFormat('en-GB', {
  timeZone: london,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})
