import { describe, expect, it } from 'vitest'
import type { PlainTime } from '../platform/clock.ts'
import {
  formatTelephone,
  mayContact,
  needsCare,
  parseTelephone,
  type SafeToContact,
  safeAlways,
  safeToContactWords,
  takesTexts,
} from './contact.ts'

const time = (text: string) => text as PlainTime
const rule = (part: Partial<SafeToContact>): SafeToContact => ({ ...safeAlways, ...part })

describe('a telephone number', () => {
  it.each([
    ['07700 900123', '+447700900123', '07700 900123', true],
    ['+44 (0)7700 900 123', '+447700900123', '07700 900123', true],
    ['0044 1632 960112', '+441632960112', '01632 960112', false],
    ['(01632) 960-112', '+441632960112', '01632 960112', false],
    ['020 7946 0018', '+442079460018', '020 7946 0018', false],
    ['0113 496 0018', '+441134960018', '0113 496 0018', false],
    ['0808 157 0192', '+448081570192', '0808 157 0192', false],
    ['+380 44 123 4567', '+380441234567', '+380 44 123 4567', true],
  ])('%s is kept as %s and shown as %s', (typed, kept, shown, texts) => {
    const reading = parseTelephone(typed)
    expect(reading).toEqual({ ok: true, value: kept })
    if (reading.ok) {
      expect(formatTelephone(reading.value)).toBe(shown)
      expect(takesTexts(reading.value)).toBe(texts)
    }
  })

  it.each(['', '12345', '07700 900', 'ring her mum', '7.7009E+09', '06 1234 56789', '++44'])('[U16] refuses “%s”', typed => {
    expect(parseTelephone(typed).ok).toBe(false)
  })
})

describe('safe to contact', () => {
  const schoolHours = rule({ days: [1, 2, 3, 4, 5], from: time('09:00'), to: time('15:00'), leaveMessage: false })

  it.each([
    [safeAlways, 'call', 7, '23:00', undefined],
    [rule({ use: 'never' }), 'text', 1, '10:00', 'never'],
    [rule({ use: 'text-only' }), 'call', 1, '10:00', 'not-this-way'],
    [rule({ use: 'text-only' }), 'text', 1, '10:00', undefined],
    [rule({ use: 'call-only' }), 'text', 1, '10:00', 'not-this-way'],
    [schoolHours, 'call', 1, '09:00', undefined],
    [schoolHours, 'call', 6, '10:00', 'not-this-day'],
    [schoolHours, 'call', 1, '15:01', 'not-this-time'],
    [schoolHours, 'leave-message', 1, '10:00', 'no-message'],
    [rule({ from: time('21:00'), to: time('06:00') }), 'call', 1, '23:30', undefined],
    [rule({ from: time('21:00'), to: time('06:00') }), 'call', 1, '12:00', 'not-this-time'],
  ] as const)('[U7] %j by %s on day %i at %s: %s', (safe, way, weekday, at, error) => {
    const decision = mayContact(safe, way, { weekday, time: time(at) })
    expect(decision).toEqual(error === undefined ? { ok: true } : { ok: false, error })
  })

  it.each([
    [safeAlways, ''],
    [rule({ use: 'never' }), 'Do not use.'],
    [schoolHours, 'Monday to Friday, 09:00 to 15:00. Do not leave a message.'],
    [rule({ use: 'text-only', days: [2, 4], note: 'Ask for the dentist' }), 'Text only. Tuesday and Thursday. Ask for the dentist.'],
  ])('%j in words: %s', (safe, words) => {
    expect(safeToContactWords(safe)).toBe(words)
    expect(needsCare(safe)).toBe(words !== '')
  })
})
