import { expect, test } from 'vitest'
import { shareOut } from './share-out.ts'

const of = (caseId: string, weight: number, ...keptFrom: string[]) => ({ caseId, weight, keptFrom: new Set(keptFrom) })

test('the heaviest go first, each to whoever has least by then', () => {
  const given = shareOut(
    [of('light', 1), of('heavy', 3), of('middling', 2)],
    [
      { userId: 'anna', weight: 0 },
      { userId: 'bryn', weight: 2 },
    ],
  )
  expect(Object.fromEntries(given)).toEqual({ heavy: 'anna', middling: 'bryn', light: 'anna' })
})

test('a case goes to nobody from whom it is withheld, and to nobody at all where that is everybody', () => {
  const receivers = [
    { userId: 'anna', weight: 0 },
    { userId: 'bryn', weight: 50 },
  ]
  expect(Object.fromEntries(shareOut([of('one', 1, 'anna'), of('two', 1, 'anna', 'bryn')], receivers))).toEqual({ one: 'bryn', two: null })
})

test('cases without weight are spread too', () => {
  const cases = ['a', 'b', 'c', 'd'].map(id => of(id, 0))
  const given = [
    ...shareOut(cases, [
      { userId: 'anna', weight: 0 },
      { userId: 'bryn', weight: 0 },
    ]).values(),
  ]
  expect(given.filter(one => one === 'anna')).toHaveLength(2)
})
