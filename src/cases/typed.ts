import { londonDate, londonTime, toInstant } from '../platform/clock.ts'
import { partsOf } from '../platform/plain-date.ts'
import type { Fields } from '../platform/web/fields.ts'

/** What a form shows: the words of a draft, of what was posted, or of the defaults. */
export type Typed = Pick<Fields, 'text' | 'typed' | 'all'>

/** What was typed, with all of it to keep. */
export type KeptTyping = Typed & Pick<Fields, 'toJSON'>

export function typedFrom(values: Readonly<Record<string, readonly string[]>>): KeptTyping {
  const typed = (name: string) => values[name]?.[0] ?? ''
  return { typed, text: name => typed(name).trim(), all: name => values[name] ?? [], toJSON: () => ({ ...values }) }
}

/** The boxes of a day and time as they must look to say this instant, of an hour that happens twice with which of the two. */
export function typedInstant(name: string, instant: Date): Record<string, string[]> {
  const date = londonDate(instant)
  const { day, month, year } = partsOf(date)
  const reading = toInstant(date, londonTime(instant))
  const isTwice = !reading.ok && reading.error === 'time-happened-twice'
  return {
    [`${name}-day`]: [String(day)],
    [`${name}-month`]: [String(month)],
    [`${name}-year`]: [String(year)],
    [`${name}-time`]: [londonTime(instant)],
    ...(isTwice ? { [`${name}-which`]: [instant < reading.second ? 'first' : 'second'] } : {}),
  }
}
