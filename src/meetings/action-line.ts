import { addDays, isPlainDate, type PlainDate, parseDateText, weekdayOf } from '../platform/plain-date.ts'

/** An action as a chair types it while people talk: 'Change the locks @housing fri'. Who and when stand after @ together: names have spaces. */
export type ActionLine = { what: string; rest: string }

/** Takes such a line apart at its last @. An address of an e-mail is none: it has no space before it. */
export function readActionLine(line: string): ActionLine {
  const at = /^(.*)(?:^|\s)@(\S.*)$/s.exec(` ${line}`)
  if (!at) return { what: line.trim(), rest: '' }
  return { what: (at[1] ?? '').trim(), rest: (at[2] ?? '').trim() }
}

/** 'safe haven in 3 days' as every who that it could begin with, the longest first, with what is left: when. */
export function whoAndWhen(rest: string): { who: string; when: string }[] {
  const words = rest.split(/\s+/).filter(Boolean)
  return words.map((_, index) => {
    const count = words.length - index
    return {
      who: words.slice(0, count).join(' '),
      when: words
        .slice(count)
        .join(' ')
        .replace(/^by\s+/i, ''),
    }
  })
}

const days = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']

export type When = { ok: true; day: PlainDate } | { ok: false; message: string }
const asTyped = 'like fri, in 10 days or 27/11/2026'

/**
 * 'tomorrow', 'fri', 'in 10 days', '2 weeks', '27/11/2026': by when something is to be done, from today on; what cannot be, with its reason. A weekday is
 * the next one, never today: what is set on a Wednesday "by Wednesday" is for next week.
 */
export function readWhen(text: string, today: PlainDate, earliest = today): When {
  const typed = text.trim()
  if (!typed) return { ok: false, message: `Enter by when, ${asTyped}` }
  const day = dayMeant(typed.toLowerCase(), today)
  if (day === 'no-such-day') return { ok: false, message: `There is no such day as “${typed}”` }
  if (!day) return { ok: false, message: `“${typed}” is not a day: enter by when ${asTyped}` }
  if (day < earliest) return { ok: false, message: 'By when must be today or later' }
  return { ok: true, day }
}

function dayMeant(words: string, today: PlainDate): PlainDate | 'no-such-day' | undefined {
  if (words === 'today') return today
  if (words === 'tomorrow') return addDays(today, 1)
  if (words === 'yesterday') return addDays(today, -1)
  const later = /^(?:in )?(\d{1,3}) (day|week)s?$/.exec(words)
  if (later) return addDays(today, Number(later[1]) * (later[2] === 'week' ? 7 : 1))
  const day = words.length >= 3 ? days.findIndex(one => one.startsWith(words)) : -1
  if (day >= 0) return addDays(today, ((day + 1 - weekdayOf(today) + 6) % 7) + 1)
  if (isPlainDate(words)) return words
  return dateMeant(words, today)
}

/** A date with its year, or without: the next such day. */
function dateMeant(words: string, today: PlainDate): PlainDate | 'no-such-day' | undefined {
  const isWhole = /\d{4}$/.test(words)
  const isDated = /^\d{1,2}(st|nd|rd|th)?[\s/.-]+(\d{1,2}|[a-z]{3,})(,?[\s/.-]+\d{4})?$/.test(words)
  if (!isDated) return undefined
  const years = isWhole ? [''] : [Number(today.slice(0, 4)), Number(today.slice(0, 4)) + 1]
  const read = years.map(year => parseDateText(isWhole ? words : `${words} ${year}`)).flatMap(one => (one.ok ? [one.value] : []))
  return isWhole ? (read[0] ?? 'no-such-day') : (read.find(one => one >= today) ?? 'no-such-day')
}

/** Whether a name is meant by what was typed after @: it begins so, or does from one of its words on. Only letters and figures count. */
export function isMeant(name: string, who: string): boolean {
  const plain = (text: string) =>
    ` ${text
      .toLowerCase()
      .replaceAll(/[^a-zà-ÿ0-9’']+/g, ' ')
      .trim()}`
  return plain(who) !== ' ' && plain(name).includes(plain(who))
}

/** The agency that is meant: by its name, or by what it is. Undefined where it is none of them, or more than one. */
export function seatMeant<S extends { name: string; label: string }>(seats: readonly S[], who: string): S | undefined {
  const meant = seats.filter(seat => isMeant(seat.name, who) || isMeant(seat.label, who))
  return meant.length === 1 ? meant[0] : undefined
}
