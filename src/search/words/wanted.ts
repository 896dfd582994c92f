import type { TextSource } from '../../texts/index.ts'
import type { DaysMeant } from './days.ts'

/** What is to be found: the words, as they were typed, and what narrows them. */
export type Wanted = {
  readonly words: string
  readonly source?: TextSource | undefined
  /** Written by one of these users. */
  readonly authors?: readonly string[] | undefined
  /** Of a case of this service: its code. */
  readonly serviceArea?: string | undefined
  /** Of a case that one of these users works now. */
  readonly workers?: readonly string[] | undefined
  readonly days?: DaysMeant | undefined
  readonly personId?: string | undefined
  readonly caseId?: string | undefined
  /** Recorded after this moment. */
  readonly recordedAfter?: Date | undefined
}

/** Where a page ended: the next one goes on behind it. */
export type PlaceInOrder = {
  /** Of `texts.at`, in microseconds: a Date would cut them off. */ readonly micros: number
  readonly id: string
}

/** A stretch of time: marks of its weeks or months, any of which a text has; and what it ends before. Without marks: all before. */
export type Stretch = {
  readonly marks: readonly string[]
  readonly before?: Date
  /** Of the first of several. */ readonly begins?: Date
}

/**
 * The stretches of time that are gone through one after another, each longer than the one before, until a page is full. Few words are so
 * common that the latest weeks do not hold a page of them, and the others are few enough to be sorted whole.
 */
export function stretchesFrom(latest: Date): Stretch[] {
  const month = (back: number) => new Date(Date.UTC(latest.getUTCFullYear(), latest.getUTCMonth() - back, 1))
  const months = (from: number, to: number) => Array.from({ length: to - from }, (_, place) => `~m${monthOf(month(from + place))}`)
  const week = weekOf(latest)
  const weeks = (from: number, to: number) => Array.from({ length: to - from }, (_, place) => `~w${week - from - place}`)
  const begins = (back: number) => new Date((week - back) * weekLong)
  return [
    // One week ahead: clocks differ.
    { marks: weeks(-1, 2), begins: begins(1) },
    { marks: weeks(2, 4), before: begins(1) },
    { marks: weeks(4, 14), before: begins(3) },
    { marks: months(2, 12), before: begins(13) },
    { marks: months(12, 36) },
    { marks: [], before: month(35) },
  ]
}

const weekLong = 7 * 86_400_000
const weekOf = (day: Date): number => Math.floor(day.getTime() / weekLong)

/** '202611', as the marks of `texts.tsv` have it. */
export const monthOf = (day: Date): string => `${day.getUTCFullYear()}${String(day.getUTCMonth() + 1).padStart(2, '0')}`

/** Every month from one moment to another; undefined where they are too many to be worth naming. */
export function monthsBetween(from: Date, to: Date): string[] | undefined {
  const count = (to.getUTCFullYear() - from.getUTCFullYear()) * 12 + to.getUTCMonth() - from.getUTCMonth() + 1
  if (count < 1 || count > 36) return undefined
  return Array.from({ length: count }, (_, place) => monthOf(new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + place, 1))))
}
