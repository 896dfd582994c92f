import { addDays, isPlainDate, type PlainDate, parseDateText, weekdayOf } from '../platform/plain-date.ts'

/** An action as a chair types it while people talk: 'Managed move options @housing fri'. */
export type ActionLine = { what: string; who: string; due: PlainDate | undefined }

const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']

/**
 * Takes such a line apart: after @ the beginning of an agency's name, and after that when. A weekday is the next one, never today: what is set on a
 * Wednesday "by Wednesday" is for next week.
 */
export function readActionLine(line: string, today: PlainDate): ActionLine {
  const at = /(?:^|\s)@([^\s]+)(?:\s+(?:by\s+)?(.*))?$/s.exec(line)
  if (!at) return { what: line.trim(), who: '', due: undefined }
  return { what: line.slice(0, at.index).trim(), who: at[1] ?? '', due: readWhen(at[2] ?? '', today) }
}

/** 'tomorrow', 'fri', 'in 10 days', '2 weeks', '27/11/2026'. Undefined where it cannot be read. */
export function readWhen(text: string, today: PlainDate): PlainDate | undefined {
  const words = text.trim().toLowerCase()
  if (words === 'today') return today
  if (words === 'tomorrow') return addDays(today, 1)
  const later = /^(?:in )?(\d{1,3}) (day|week)s?$/.exec(words)
  if (later) return addDays(today, Number(later[1]) * (later[2] === 'week' ? 7 : 1))
  const day = words.length >= 3 ? days.findIndex(one => words.startsWith(one)) : -1
  if (day >= 0 && /^[a-z]+$/.test(words)) return addDays(today, ((day + 1 - weekdayOf(today) + 6) % 7) + 1)
  if (isPlainDate(words)) return words
  const typed = words ? parseDateText(words) : undefined
  return typed?.ok ? typed.value : undefined
}

/** The agency that is meant by what was typed after @: its name or its kind begins so, or one word of it does. */
export function seatMeant<S extends { name: string; label: string }>(seats: readonly S[], who: string): S | undefined {
  const wanted = who.toLowerCase()
  if (!wanted) return undefined
  const begins = (text: string) =>
    text.toLowerCase().startsWith(wanted) ||
    text
      .toLowerCase()
      .split(/[^a-zà-ÿ0-9’']+/)
      .some(word => word.startsWith(wanted))
  const meant = seats.filter(seat => begins(seat.name) || begins(seat.label))
  return meant.length === 1 ? meant[0] : undefined
}
