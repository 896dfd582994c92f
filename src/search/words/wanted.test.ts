import { expect, it } from 'vitest'
import { monthOf, stretchesFrom } from './wanted.ts'

const dayLong = 86_400_000
/** The stretches that a text of this day is found in. */
const foundIn = (day: Date, latest: Date) =>
  stretchesFrom(latest).flatMap(({ marks, before }, place) =>
    (marks.length === 0 || marks.includes(`~m${monthOf(day)}`) || marks.includes(`~w${Math.floor(day.getTime() / (7 * dayLong))}`)) &&
    (!before || day < before)
      ? [place]
      : [],
  )

it.each(['2026-11-20T10:00:00Z', '2026-01-01T00:00:00Z', '2026-03-31T23:30:00Z', '2024-02-29T12:00:00Z', '2026-12-31T23:59:59Z'])(
  'every day before %s is in one stretch, and the later a day the earlier its stretch',
  text => {
    const latest = new Date(text)
    let last = 0
    for (let back = 0; back < 2_500; back++) {
      const found = foundIn(new Date(latest.getTime() - back * dayLong), latest)
      expect(found, `${back} days before`).toHaveLength(1)
      expect(found[0]).toBeGreaterThanOrEqual(last)
      last = found[0]!
    }
    expect(last).toBe(5)
  },
)
