import { londonDate, type PlainTime, parseTimeText, toInstant } from '../../platform/clock.ts'
import { type PlainDate, parseDateText } from '../../platform/plain-date.ts'

export type Reading<T> = { ok: true; value: T } | { ok: false; message: string }

/**
 * Reads a date as an export wrote it: dd/mm/yyyy first of all. What cannot be told for certain is refused and not guessed: a year of two
 * figures, a spreadsheet's day number, the American order where it shows.
 */
export function readOldDate(text: string, label: string): Reading<PlainDate> {
  // Exports put midnight behind a date that has no time.
  const date = text.replace(/[ T]0{1,2}:00(:00(\.0+)?)?Z?$/, '').trim()
  if (/^\d{4,6}([.,]\d+)?$/.test(date))
    return refuse(`${label} is ${shown(text)}, a spreadsheet’s number for a day. Format the column as dd/mm/yyyy and export it again`)
  if (/^\d{1,2}[/.\- ]\d{1,2}[/.\- ]\d{1,2}$/.test(date))
    return refuse(`${label} has a year of two figures: ${shown(text)}. Write all four, since 14 may be 1914 or 2014`)
  const american = /^(\d{1,2})\/(\d{1,2})\/\d{4}$/.exec(date)
  if (american && Number(american[2]) > 12 && Number(american[2]) <= 31 && Number(american[1]) <= 12)
    return refuse(`${label} seems to have the month first: ${shown(text)}. Write the day first, dd/mm/yyyy`)
  const reading = parseDateText(date, label)
  if (reading.ok) return reading
  if (/\d/.test(date)) return refuse(`${label} must be a real date, dd/mm/yyyy: ${shown(text)} is none`)
  return refuse(`${label} must be a date: ${shown(text)} is none. Leave it empty where it is not known`)
}

/** A date with a time of day, or without one: then the middle of the day, since no time was kept. */
export function readOldInstant(text: string, label: string): Reading<{ at: Date; note?: string }> {
  const found = /^(.*?)[ T,]+(\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:\.\d+)?)?\s*(?:am|pm)?)Z?$/i.exec(text.trim())
  const date = readOldDate(found?.[1] ?? text, label)
  if (!date.ok) return date
  const time = found ? parseTimeText((found[2] ?? '').replace(/^(\d{1,2}[:.]\d{2})[:.]\d{2}(\.\d+)?/, '$1')) : undefined
  if (found && !time) return refuse(`${label} has a time that is none: ${shown(text)}. Write it like 14:30`)
  const hasTime = time !== undefined && !(time === '00:00' && /0{1,2}[:.]00/.test(found?.[2] ?? ''))
  const instant = toInstant(date.value, hasTime ? time : ('12:00' as PlainTime), 'first')
  if (instant.ok) return { ok: true, value: { at: instant.value } }
  // The hour that the clocks leapt over in March: an hour later is when it can have been.
  const later = `${String(Number(time?.slice(0, 2)) + 1).padStart(2, '0')}${time?.slice(2)}` as PlainTime
  const moved = toInstant(date.value, later, 'first')
  if (!moved.ok) return refuse(`${label} has a time that nobody’s clock showed: ${shown(text)}`)
  return {
    ok: true,
    value: { at: moved.value, note: `${label} ${shown(text)} was in the hour that the clocks left out in spring. Taken as an hour later` },
  }
}

export const isInFuture = (at: Date, now: Date): boolean => londonDate(at) > londonDate(now)

/** A value as a message quotes it: short, on one line. */
export function shown(text: string): string {
  const letters = [...text.replace(/\s+/g, ' ').trim()]
  return `“${letters.length > 40 ? `${letters.slice(0, 39).join('')}…` : letters.join('')}”`
}

const refuse = (message: string): { ok: false; message: string } => ({ ok: false, message })
