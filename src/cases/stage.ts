import { datesOf, type Timescales } from '../dues/index.ts'
import { addDays, daysBetween, formatDate, type PlainDate } from '../platform/plain-date.ts'
import { dueWords, type Step } from '../ui/index.ts'
import type { CaseState, Urgency } from './status.ts'

/** What the work is waiting for. Seen from what has happened; nothing stores it as a truth of its own. */
export type Stage = 'triage' | 'allocation' | 'start' | 'assessment' | 'plan' | 'review' | 'ended'

export type StageNow = {
  stage: Stage
  /** As lists show it: 'Waiting for triage', 'Assessment'. */
  words: string
  /** What somebody has to do: 'Decide on the referral'. Empty when the case has ended. */
  nextStep: string
  since: PlainDate
  dueOn: PlainDate | null
}

export function stageOf(state: CaseState, timescales: Timescales): StageNow {
  const { stage, since, started } = whichStage(state)
  const target = stage === 'ended' ? null : targetFrom(timescales, stage, since)
  const asked = stage === 'triage' ? soonest(state.urgency, since, target) : target
  const dueOn = stage === 'review' && state.reviewDueOn ? state.reviewDueOn : asked
  return { stage, since, dueOn, words: stageWords(state, stage), nextStep: started ? nextSteps[stage].started : nextSteps[stage].first }
}

/** By when a stage that began on this day should be over. Null where its service has set no time: nothing is late then. */
export function targetFrom({ rules, calendar }: Timescales, stage: Stage, since: PlainDate): PlainDate | null {
  const rule = stageRule(rules, stage)
  return rule ? datesOf(rule, since, calendar).dueOn : null
}

export const stageRule = (rules: Timescales['rules'], stage: Stage) => rules.find(rule => rule.inUse && rule.anchor === `stage/${stage}`)

/** An emergency is decided on the same day and what is urgent by the next, whatever the target. */
export function soonest(urgency: Urgency, since: PlainDate, target: PlainDate | null): PlainDate | null {
  if (urgency === 'routine') return target
  const latest = urgency === 'emergency' ? since : addDays(since, 1)
  return target !== null && target < latest ? target : latest
}

function whichStage(state: CaseState): { stage: Stage; since: PlainDate; started?: boolean } {
  const { status, referredOn, acceptedOn, allocatedOn, startedOn, assessedOn, plannedOn, reviewedOn, reopenedOn, closedOn } = state
  const latest = (...days: (PlainDate | null)[]) => days.reduce<PlainDate>((one, other) => (other && other > one ? other : one), referredOn)
  switch (status) {
    case 'referred':
      return { stage: 'triage', since: latest(reopenedOn) }
    case 'accepted':
      return { stage: 'allocation', since: latest(acceptedOn) }
    case 'with-team':
      return { stage: 'allocation', since: latest(allocatedOn, reopenedOn) }
    case 'with-worker':
      return { stage: 'start', since: latest(allocatedOn) }
    case 'declined':
    case 'signposted':
    case 'closed':
      return { stage: 'ended', since: latest(closedOn) }
    case 'open':
      if (!assessedOn) return { stage: 'assessment', since: latest(startedOn, reopenedOn), started: state.assessmentStartedOn !== null }
      if (!plannedOn) return { stage: 'plan', since: latest(assessedOn) }
      return { stage: 'review', since: latest(reviewedOn, plannedOn, reopenedOn) }
  }
}

const nextSteps: Record<Stage, { first: string; started: string }> = {
  triage: both('Decide on the referral'),
  allocation: both('Choose a worker'),
  start: both('Start work'),
  assessment: { first: 'Start the assessment', started: 'Finish the assessment' },
  plan: both('Make the plan'),
  review: both('Hold the review'),
  ended: both(''),
}
function both(words: string) {
  return { first: words, started: words }
}

function stageWords(state: CaseState, stage: Stage): string {
  if (stage === 'ended') return state.status === 'closed' ? 'Closed' : state.status === 'declined' ? 'Declined' : 'Signposted'
  return {
    triage: 'Waiting for triage',
    allocation: 'Waiting for a worker',
    start: 'New to the worker',
    assessment: 'Assessment',
    plan: 'Planning',
    review: 'Plan in place',
  }[stage]
}

/** The stages side by side with their dates; lateness in words. */
export function stepsOf(state: CaseState, timescales: Timescales, today: PlainDate): Step[] {
  const now = stageOf(state, timescales)
  const due = (): Pick<Step, 'detail' | 'late'> => {
    if (!now.dueOn) return {}
    const { words, overdue } = dueWords(now.dueOn, today)
    const near = overdue || daysBetween(today, now.dueOn) <= 7
    return { detail: `due ${formatDate(now.dueOn)}${near ? `, ${words}` : ''}`, late: overdue }
  }
  const step = (title: string, stages: readonly Stage[], doneOn: PlainDate | null, detail?: string): Step => {
    if (stages.includes(now.stage)) return { title, state: 'current', ...due() }
    if (doneOn) return { title, state: 'done', detail: detail ?? formatDate(doneOn) }
    return { title, state: 'coming' }
  }
  if (state.status === 'declined' || state.status === 'signposted') {
    return [
      { title: 'Referred', state: 'done', detail: formatDate(state.referredOn) },
      { title: now.words, state: 'current', detail: formatDate(now.since) },
    ]
  }
  return [
    { title: 'Referred', state: 'done', detail: formatDate(state.referredOn) },
    step(
      'Triage',
      ['triage'],
      state.acceptedOn,
      state.acceptedOn ? `accepted ${afterDays(state.referredOn, state.acceptedOn)}` : undefined,
    ),
    step('Allocated', ['allocation', 'start'], state.allocatedOn),
    step('Assessment', ['assessment'], state.assessedOn),
    step('Plan', ['plan'], state.plannedOn),
    step('Review', ['review'], state.reviewedOn),
    {
      title: 'Closed',
      state: now.stage === 'ended' ? 'current' : 'coming',
      detail: state.closedOn ? formatDate(state.closedOn) : undefined,
    },
  ]
}

function afterDays(from: PlainDate, to: PlainDate): string {
  const days = daysBetween(from, to)
  return `${formatDate(to)}, ${days === 0 ? 'the same day' : days === 1 ? 'in 1 day' : `in ${days} days`}`
}
