/** A source of chance that gives the same row of numbers for the same seed on every machine. */
export type Random = {
  /** A number from 0 up to but not 1. */
  next(): number
  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number
  /** One of the list. */
  pick<T>(list: readonly T[]): T
  /** One of the list, by weight. */
  weighed<T>(list: readonly (readonly [T, number])[]): T
  /** True in so many of a hundred. */
  chance(percent: number): boolean
}

/** Mulberry32 by Tommy Ettinger (public domain): quick, and good enough for people who do not exist. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  return {
    next,
    between: (low, high) => low + Math.floor(next() * (high - low + 1)),
    pick: list => list[Math.floor(next() * list.length)] as (typeof list)[number],
    weighed: list => {
      let total = 0
      for (const [, weight] of list) total += weight
      let left = next() * total
      for (const [value, weight] of list) {
        left -= weight
        if (left < 0) return value
      }
      return (list[list.length - 1] as (typeof list)[number])[0]
    },
    chance: percent => next() * 100 < percent,
  }
}
