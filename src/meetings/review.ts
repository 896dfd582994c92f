import { addWorkingDays, type WorkingCalendar } from '../dues/index.ts'
import { addMonths, type PlainDate } from '../platform/plain-date.ts'
import type { ReviewRules } from './kind.ts'
import type { LogEntry } from './log.ts'

// A review that somebody who suffers it asked for, as a sequence of steps: where it stands, what is to be done next and by when. Pure.

export const reviewSteps = ['asked', 'acknowledged', 'met', 'not-met', 'held', 'told', 'dropped'] as const
export type ReviewStepName = (typeof reviewSteps)[number]
export type ReviewStep = { step: ReviewStepName; happenedOn: PlainDate }

/** One review from when it was asked for. The steps are in the order in which they were recorded. */
export type Review<Step extends ReviewStep = ReviewStep> = { steps: readonly [Step, ...Step[]] }

/** What stands, latest first: whatever was taken back is not among the steps. One that is asked for again once it is over is another. */
export function reviewsFrom<Step extends ReviewStep>(steps: readonly Step[]): Review<Step>[] {
  const reviews: [Step, ...Step[]][] = []
  for (const step of steps) {
    if (step.step === 'asked') reviews.push([step])
    else reviews.at(-1)?.push(step)
  }
  return reviews.reverse().map(one => ({ steps: one }))
}

export const has = (review: Review, ...names: readonly ReviewStepName[]): boolean => review.steps.some(one => names.includes(one.step))
export const isOver = (review: Review): boolean => has(review, 'told', 'dropped')
export const lastStep = (review: Review): ReviewStep => review.steps.at(-1)!

/** Whether a step may come next. `undefined`: no review was asked for yet. */
export function mayFollow(review: Review | undefined, step: ReviewStepName): boolean {
  if (step === 'asked') return !review || isOver(review)
  if (!review || isOver(review)) return false
  const isDecided = has(review, 'met', 'not-met')
  if (step === 'acknowledged') return !isDecided && !has(review, 'acknowledged')
  if (step === 'met' || step === 'not-met') return !isDecided
  if (step === 'held') return has(review, 'met') && !has(review, 'held')
  if (step === 'told') return has(review, 'not-met', 'held')
  return true
}

export type ReviewDue = { step: 'acknowledged' | 'decided' | 'held' | 'told'; on: PlainDate }

/** What is to be done next, and by when. */
export function reviewDues(review: Review, rules: ReviewRules, calendar: WorkingCalendar): ReviewDue[] {
  const by = (step: ReviewDue['step'], from: PlainDate, days: number): ReviewDue => ({ step, on: addWorkingDays(calendar, from, days) })
  const asked = review.steps[0].happenedOn
  if (isOver(review)) return []
  if (!has(review, 'met', 'not-met'))
    return [
      ...(has(review, 'acknowledged') ? [] : [by('acknowledged', asked, rules.acknowledgeDays)]),
      by('decided', asked, rules.decideDays),
    ]
  if (mayFollow(review, 'held')) return [by('held', asked, rules.reviewDays)]
  return [by('told', review.steps.findLast(one => one.step !== 'acknowledged')!.happenedOn, rules.tellDays)]
}

type Complaint = Pick<LogEntry, 'happenedOn' | 'toldOn' | 'withdrawnAt'>

/**
 * Complaints that count towards the threshold: made so soon after what they are about, and so short before the review was asked for (Anti-social
 * Behaviour, Crime and Policing Act 2014, section 104). One of which nobody knows when it was made does not count.
 */
export const complaintsThatCount = <One extends Complaint>(complaints: readonly One[], askedOn: PlainDate, rules: ReviewRules): One[] =>
  complaints.filter(
    ({ happenedOn, toldOn, withdrawnAt }) =>
      !withdrawnAt &&
      toldOn !== null &&
      toldOn <= askedOn &&
      toldOn >= addMonths(askedOn, -rules.withinMonths) &&
      toldOn <= addMonths(happenedOn, rules.madeWithinMonths),
  )
