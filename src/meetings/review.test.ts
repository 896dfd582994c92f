import { describe, expect, test } from 'vitest'
import { calendarWithout } from '../dues/index.ts'
import { asPlainDate } from '../platform/plain-date.ts'
import { complaintsThatCount, mayFollow, type ReviewStepName, reviewDues, reviewsFrom } from './review.ts'

const rules = { complaints: 3, withinMonths: 6, madeWithinMonths: 1, acknowledgeDays: 10, decideDays: 15, reviewDays: 20, tellDays: 5 }
const calendar = calendarWithout([asPlainDate('2026-12-25'), asPlainDate('2026-12-28'), asPlainDate('2027-01-01')])
/** Steps of one day each: 'asked 2026-12-01'. */
const steps = (...all: string[]) =>
  all.map(one => ({ step: one.split(' ')[0] as ReviewStepName, happenedOn: asPlainDate(one.split(' ')[1]!) }))
const review = (...all: string[]) => reviewsFrom(steps(...all))[0]!

test('what is asked for again once it is over is another review, the latest first', () => {
  const all = reviewsFrom(steps('asked 2026-01-02', 'dropped 2026-01-05', 'asked 2026-03-01'))
  expect(all.map(one => one.steps.length)).toEqual([1, 2])
})

describe('what may come next', () => {
  test.each<[string[], string]>([
    [[], 'asked'],
    [['asked'], 'acknowledged met not-met dropped'],
    [['asked', 'acknowledged'], 'met not-met dropped'],
    [['asked', 'met'], 'held dropped'],
    [['asked', 'not-met'], 'told dropped'],
    [['asked', 'met', 'held'], 'told dropped'],
    [['asked', 'met', 'held', 'told'], 'asked'],
    [['asked', 'dropped'], 'asked'],
  ])('after %s: %s', (before, next) => {
    const names: ReviewStepName[] = ['asked', 'acknowledged', 'met', 'not-met', 'held', 'told', 'dropped']
    const of = before.length > 0 ? review(...before.map(one => `${one} 2026-12-01`)) : undefined
    expect(names.filter(one => mayFollow(of, one)).join(' ')).toBe(next)
  })
})

describe('by when', () => {
  test.each<[string, string[], string[]]>([
    ['working days from when it was asked for', ['asked 2026-12-01'], ['acknowledged 2026-12-15', 'decided 2026-12-22']],
    ['over the holidays', ['asked 2026-12-18', 'acknowledged 2026-12-19'], ['decided 2027-01-13']],
    ['the review from the request as well', ['asked 2026-12-01', 'met 2026-12-20'], ['held 2026-12-31']],
    ['telling from the decision, or the review', ['asked 2026-12-01', 'not-met 2026-12-04'], ['told 2026-12-11']],
    ['nothing, once it is over', ['asked 2026-12-01', 'not-met 2026-12-04', 'told 2026-12-07'], []],
  ])('%s', (_, all, dues) => expect(reviewDues(review(...all), rules, calendar).map(due => `${due.step} ${due.on}`)).toEqual(dues))
})

test('a complaint counts that was made in time after what it is about, and in time before the review was asked for', () => {
  const complaint = (happened: string, told: string | null, withdrawnAt: Date | null = null) => ({
    happenedOn: asPlainDate(happened),
    toldOn: told ? asPlainDate(told) : null,
    withdrawnAt,
  })
  const counted = complaintsThatCount(
    [
      complaint('2026-11-01', '2026-12-01'),
      complaint('2026-11-01', '2026-12-02'),
      complaint('2026-06-01', '2026-06-10'),
      complaint('2026-06-01', '2026-06-09'),
      complaint('2026-12-11', '2026-12-11'),
      complaint('2026-12-01', null),
      complaint('2026-12-01', '2026-12-01', new Date()),
    ],
    asPlainDate('2026-12-10'),
    rules,
  )
  expect(counted.map(one => `${one.happenedOn} ${one.toldOn}`)).toEqual(['2026-11-01 2026-12-01', '2026-06-01 2026-06-10'])
})
