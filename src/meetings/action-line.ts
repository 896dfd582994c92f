import { addDays, isPlainDate, type PlainDate, parseDateText, weekdayOf } from '../platform/plain-date.ts'
import type { Seat } from './meeting.ts'

/** An action as a chair types it while people talk: 'Change the locks @housing fri'. `when` is what was typed of its day, read or not. */
export type ActionLine = { what: string; who: string; when: string; due: PlainDate | undefined }

const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']

/**
 * Takes such a line apart: after @ whom, by as many words as `isMeant` knows somebody by, else by one; and after that when. A weekday is the next one,
 * never today: what is set on a Wednesday "by Wednesday" is for next week.
 */
export function readActionLine(line: string, today: PlainDate, isMeant: (who: string) => boolean = () => false): ActionLine {
  const at = /(?:^|\s)@([^\s].*)$/s.exec(line)
  if (!at) return { what: line.trim(), who: '', when: '', due: undefined }
  const words = at[1]!.trim().split(/\s+/)
  const most = [...words.keys()].map(n => words.length - n).find(n => isMeant(words.slice(0, n).join(' '))) ?? 1
  const when = words
    .slice(most)
    .join(' ')
    .replace(/^by\s+/i, '')
  return { what: line.slice(0, at.index).trim(), who: words.slice(0, most).join(' '), when, due: readWhen(when, today) }
}

/** 'tomorrow', 'fri', 'in 10 days', '2 weeks', '27/11/2026'. Undefined where it cannot be read. */
export function readWhen(text: string, today: PlainDate): PlainDate | undefined {
  const words = text.trim().toLowerCase()
  if (words === 'today') return today
  if (words === 'tomorrow') return addDays(today, 1)
  if (words === 'yesterday') return addDays(today, -1)
  const later = /^(?:in )?(\d{1,3}) (day|week)s?$/.exec(words)
  if (later) return addDays(today, Number(later[1]) * (later[2] === 'week' ? 7 : 1))
  const day = words.length >= 3 ? days.findIndex(one => words.startsWith(one)) : -1
  if (day >= 0 && /^[a-z]+$/.test(words)) return addDays(today, ((day + 1 - weekdayOf(today) + 6) % 7) + 1)
  if (isPlainDate(words)) return words
  const typed = words ? parseDateText(words) : undefined
  return typed?.ok ? typed.value : undefined
}

/** Whom an action can be given to: an agency, or somebody who sits for it. */
export type Whom<S = Seat> = { seat: S; workerId: string | null; names: readonly string[] }

/** Who is meant by what was typed after @: a name of theirs begins so, or from one of its words on. An agency before anybody of it. */
export function whomMeant<S>(all: readonly Whom<S>[], who: string): Whom<S> | undefined {
  const wanted = who.toLowerCase()
  if (!wanted) return undefined
  const begins = (name: string) =>
    [...name.toLowerCase().matchAll(/[a-zà-ÿ0-9’']+/g)].some(word => name.toLowerCase().startsWith(wanted, word.index))
  const meant = all.filter(one => one.names.some(begins))
  const agencies = meant.filter(one => one.workerId === null)
  return agencies.length === 1 ? agencies[0] : agencies.length === 0 && meant.length === 1 ? meant[0] : undefined
}
