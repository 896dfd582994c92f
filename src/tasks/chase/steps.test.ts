import { describe, expect, test } from 'vitest'
import { addDays, asPlainDate } from '../../platform/plain-date.ts'
import { type ChasingStep, stepReached, stepsFor } from './steps.ts'

const steps: ChasingStep[] = [
  { days: -7, tell: 'assignee' },
  { days: -1, tell: 'assignee' },
  { days: 1, tell: 'assignee' },
  { days: 5, tell: 'leaders' },
  { days: 15, tell: 'leaders' },
]
const dueOn = asPlainDate('2026-03-30')

describe('[F10] the step that has been reached', () => {
  test.each([
    ['eight days before', -8, undefined, undefined],
    ['a week before', -7, -7, undefined],
    ['three days before: still that of a week before', -3, -7, undefined],
    ['the day before, over the night on which the clocks go forward', -1, -1, undefined],
    ['on the day', 0, -1, undefined],
    ['the day after', 1, 1, undefined],
    ['five days after', 5, 1, 5],
    ['three weeks after: the furthest alone', 21, 1, 15],
  ] as const)('%s', (_, days, assignee, leaders) => {
    const today = addDays(dueOn, days)
    expect(stepReached(steps, 'assignee', dueOn, today)?.days).toBe(assignee)
    expect(stepReached(steps, 'leaders', dueOn, today)?.days).toBe(leaders)
  })

  test('what was to be said before the day is not said after it', () => {
    expect(stepReached([{ days: -1, tell: 'assignee' }], 'assignee', dueOn, addDays(dueOn, 1))).toBeUndefined()
  })
})

test('a service with steps of its own has those alone', () => {
  const all = [
    { serviceArea: '', days: 1, tell: 'assignee' as const },
    { serviceArea: 'domestic-abuse', days: 0, tell: 'leaders' as const },
  ]
  expect(stepsFor(all, 'domestic-abuse').map(step => step.days)).toEqual([0])
  expect(stepsFor(all, 'early-help').map(step => step.days)).toEqual([1])
})
