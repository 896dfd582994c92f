import { addDays, addMonths, isPlainDate, type PlainDate, parseDateText, partsOf, plainDate, weekdayOf } from '../../platform/plain-date.ts'

/** Days that somebody means, the first and the last of them among them. Either may be open. */
export type DaysMeant = { readonly from?: PlainDate | undefined; readonly to?: PlainDate | undefined }
export type DaysReading = { ok: true; value: DaysMeant } | { ok: false; message: string }

/**
 * Days as people say them: '27 March 2026', 'March 2026', '2025', 'today', 'last week', 'last 3 months', 'since 1 March 2026',
 * 'before April 2026', '1 March 2026 to 3 April 2026'. A month alone is the latest that has begun.
 */
export function readDays(typed: string, today: PlainDate): DaysReading {
  const text = typed
    .toLowerCase()
    .replace(/[\s,]+/g, ' ')
    .replace(/^(in|on|during) /, '')
    .trim()
  if (text === '') return { ok: true, value: {} }
  const open = /^(since|from|after|before|until|to|up to) (.+)$/.exec(text)
  const between = /^(?:from |between )?(.+?) (?:to|until|and|–|-) (.+)$/.exec(text)
  if (between) {
    const [first, last] = [stretch(between[1]!, today), stretch(between[2]!, today)]
    if (first && last) return inOrder({ from: first.from, to: last.to })
  }
  if (open) {
    const meant = stretch(open[2]!, today)
    if (meant) return { ok: true, value: openEnded(open[1]!, meant) }
  }
  const meant = stretch(text, today)
  if (meant) return { ok: true, value: meant }
  return {
    ok: false,
    message: `“${typed.trim()}” is not a time that can be read. Enter one like 27 March 2026, March 2026, last month or since 1 June 2026`,
  }
}

type Stretch = { from: PlainDate; to: PlainDate }

function openEnded(word: string, { from, to }: Stretch): DaysMeant {
  if (word === 'since' || word === 'from') return { from }
  if (word === 'after') return { from: addDays(to, 1) }
  return word === 'before' ? { to: addDays(from, -1) } : { to }
}

const inOrder = ({ from, to }: Stretch): DaysReading =>
  from <= to ? { ok: true, value: { from, to } } : { ok: false, message: 'The first day must be before the last day' }

function stretch(text: string, today: PlainDate): Stretch | undefined {
  return spoken(text, today) ?? aDay(text) ?? aMonth(text, today) ?? aYear(text)
}

/** Today, yesterday, this and last week, month and year, the last so many of them. A week begins on Monday. */
function spoken(text: string, today: PlainDate): Stretch | undefined {
  if (text === 'today') return { from: today, to: today }
  if (text === 'yesterday') return { from: addDays(today, -1), to: addDays(today, -1) }
  const some = /^(?:the )?(?:last|past) (\d{1,3}|two|three|four|five|six|twelve) (day|week|month|year)s?$/.exec(text)
  if (some) {
    const count = numbers[some[1]!] ?? Number(some[1])
    const unit = some[2]
    const from =
      unit === 'day'
        ? addDays(today, -count)
        : unit === 'week'
          ? addDays(today, -7 * count)
          : addMonths(today, unit === 'month' ? -count : -12 * count)
    return { from, to: today }
  }
  const one = /^(this|last) (week|month|year)$/.exec(text)
  if (!one) return undefined
  const { year, month } = partsOf(today)
  const last = one[1] === 'last'
  if (one[2] === 'week') {
    const monday = addDays(today, 1 - weekdayOf(today) - (last ? 7 : 0))
    return { from: monday, to: addDays(monday, 6) }
  }
  if (one[2] === 'year') return wholeYear(year - (last ? 1 : 0))
  const first = addMonths(plainDate(year, month, 1), last ? -1 : 0)
  return { from: first, to: addDays(addMonths(first, 1), -1) }
}

const numbers: Readonly<Record<string, number>> = { two: 2, three: 3, four: 4, five: 5, six: 6, twelve: 12 }

function aDay(text: string): Stretch | undefined {
  const reading = parseDateText(text)
  return reading.ok ? { from: reading.value, to: reading.value } : undefined
}

function aMonth(text: string, today: PlainDate): Stretch | undefined {
  const typed = /^([a-z]{3,9})(?: (\d{4}))?$/.exec(text) ?? /^(\d{1,2})\/(\d{4})$/.exec(text)
  if (!typed) return undefined
  const { year } = partsOf(today)
  const reading = parseDateText(`1 ${typed[1]} ${typed[2] ?? year}`)
  const slashed = /^\d/.test(text) ? parseDateText(`1/${text}`) : reading
  if (!slashed.ok) return undefined
  const first = typed[2] === undefined && slashed.value > today ? addMonths(slashed.value, -12) : slashed.value
  return { from: first, to: addDays(addMonths(first, 1), -1) }
}

function aYear(text: string): Stretch | undefined {
  const year = /^(19|20)\d{2}$/.test(text) ? Number(text) : undefined
  return year === undefined || !isPlainDate(`${year}-01-01`) ? undefined : wholeYear(year)
}

const wholeYear = (year: number): Stretch => ({ from: plainDate(year, 1, 1), to: plainDate(year, 12, 31) })
