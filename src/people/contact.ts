import type { PlainTime } from '../platform/clock.ts'

/** A telephone number in international form without spaces: '+447700900123'. */
export type Telephone = string & { readonly __telephone: true }

export type TelephoneReading = { readonly ok: true; readonly value: Telephone } | { readonly ok: false; readonly message: string }

/** Reads a UK or international number as people type it: 07700 900 123, +44 (0)1632 960 001, 0044…, 00 380…. */
export function parseTelephone(text: string): TelephoneReading {
  const refused: TelephoneReading = {
    ok: false,
    message: 'Enter a telephone number, like 01632 960 001, 07700 900 982 or +44 808 157 0192',
  }
  const cleaned = text
    .normalize('NFKC')
    .replace(/\(0\)/g, '')
    .replace(/[\s\p{Pd}().]/gu, '')
  const international = cleaned.startsWith('00') ? `+${cleaned.slice(2)}` : cleaned.startsWith('0') ? `+44${cleaned.slice(1)}` : cleaned
  if (!/^\+[1-9]\d{6,14}$/.test(international)) return refused
  // National Numbering Plan: 9 or 10 figures after +44, none beginning with 0, 4 or 6.
  if (international.startsWith('+44') && !/^\+44[1235789]\d{8,9}$/.test(international)) return refused
  return { ok: true, value: international as Telephone }
}

/** As it is dialled and read out in this country: '07700 900123', '01632 960112', '020 7946 0018', '+380 …' elsewhere. */
export function formatTelephone(number: Telephone): string {
  if (!number.startsWith('+44')) return number.replace(/^(\+\d{2,3})(\d{2})(\d{3})(\d+)$/, '$1 $2 $3 $4')
  const national = `0${number.slice(3)}`
  if (/^02/.test(national)) return `${national.slice(0, 3)} ${national.slice(3, 7)} ${national.slice(7)}`
  if (/^0(?:3|8|1\d1|11)/.test(national)) return `${national.slice(0, 4)} ${national.slice(4, 7)} ${national.slice(7)}`
  return `${national.slice(0, 5)} ${national.slice(5)}`
}

/** True of a number that can be sent a text: a UK mobile, or any number abroad. */
export function takesTexts(number: Telephone): boolean {
  return !number.startsWith('+44') || /^\+447[1-57-9]/.test(number)
}

export const contactKinds = ['mobile', 'telephone', 'email', 'other'] as const
export type ContactKind = (typeof contactKinds)[number]
export const contactKindWords: Record<ContactKind, string> = {
  mobile: 'Mobile',
  telephone: 'Telephone',
  email: 'Email',
  other: 'Another way',
}

/** Whether, how and when it is safe to use a contact. A wrong word to the wrong listener can cost a life, so it is exact. */
export type SafeToContact = {
  readonly use: 'any' | 'call-only' | 'text-only' | 'never'
  /** A voice message may be left, or a text that says who it is from. */
  readonly leaveMessage: boolean
  /** Days on which it is safe, Monday 1 to Sunday 7; empty means any day. */
  readonly days: readonly number[]
  /** Between these times only, when both are given. */
  readonly from: PlainTime | null
  readonly to: PlainTime | null
  /** What to know before: 'Ask for the dentist', 'Hang up if a man answers'. */
  readonly note: string | null
}

/** Safe at any time and in any way. */
export const safeAlways: SafeToContact = { use: 'any', leaveMessage: true, days: [], from: null, to: null, note: null }

export type ContactWay = 'call' | 'text' | 'leave-message' | 'email'
export type ContactDecision =
  | { readonly ok: true }
  | { readonly ok: false; readonly error: 'never' | 'not-this-way' | 'no-message' | 'not-this-day' | 'not-this-time' }

/** Whether this contact may be used in this way now. `at` is the weekday and time in London. */
export function mayContact(rule: SafeToContact, way: ContactWay, at: { weekday: number; time: PlainTime }): ContactDecision {
  if (rule.use === 'never') return { ok: false, error: 'never' }
  if (rule.use === 'text-only' && (way === 'call' || way === 'leave-message')) return { ok: false, error: 'not-this-way' }
  if (rule.use === 'call-only' && way === 'text') return { ok: false, error: 'not-this-way' }
  if (way === 'leave-message' && !rule.leaveMessage) return { ok: false, error: 'no-message' }
  if (rule.days.length > 0 && !rule.days.includes(at.weekday)) return { ok: false, error: 'not-this-day' }
  if (rule.from !== null && rule.to !== null && !withinTimes(rule.from, rule.to, at.time)) return { ok: false, error: 'not-this-time' }
  return { ok: true }
}

/** The rule in words, for beside the number: 'Text only. Monday to Friday, 09:00 to 15:00. Do not leave a message.' */
export function safeToContactWords(rule: SafeToContact): string {
  if (rule.use === 'never') return sentence(['Do not use', rule.note])
  const parts: (string | null)[] = [useWords[rule.use]]
  const days = dayWords(rule.days)
  const times = rule.from !== null && rule.to !== null ? `${rule.from} to ${rule.to}` : null
  if (days !== null || times !== null) parts.push([days, times].filter(Boolean).join(', '))
  if (!rule.leaveMessage) parts.push('Do not leave a message')
  parts.push(rule.note)
  return sentence(parts)
}

/** True when anybody about to use the contact must read something first. */
export function needsCare(rule: SafeToContact): boolean {
  return rule.use !== 'any' || !rule.leaveMessage || rule.days.length > 0 || rule.from !== null || rule.note !== null
}

const useWords = { any: null, 'call-only': 'Call only', 'text-only': 'Text only' } as const
const dayNames = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const

// A pair such as 21:00 to 06:00 goes over midnight.
function withinTimes(from: PlainTime, to: PlainTime, time: PlainTime): boolean {
  return from <= to ? time >= from && time <= to : time >= from || time <= to
}

function dayWords(days: readonly number[]): string | null {
  if (days.length === 0 || days.length === 7) return null
  const sorted = [...days].sort((a, b) => a - b)
  const first = sorted[0] ?? 1
  const last = sorted.at(-1) ?? 7
  if (sorted.length > 2 && last - first === sorted.length - 1) return `${dayNames[first - 1]} to ${dayNames[last - 1]}`
  const names = sorted.map(day => dayNames[day - 1])
  return names.length === 1 ? `${names[0]}` : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}

function sentence(parts: readonly (string | null)[]): string {
  return parts
    .filter(part => part !== null && part !== '')
    .map(part => `${part?.replace(/[.\s]+$/, '')}.`)
    .join(' ')
}
