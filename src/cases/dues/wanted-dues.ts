import { type CaseMoment, datesOf, dueBy, isStageMoment, type Moments, type Timescales } from '../../dues/index.ts'
import type { PlainDate } from '../../platform/plain-date.ts'
import { stageOf, stageRule } from '../stage.ts'
import type { CaseState } from '../status.ts'

/** A date that a case should have, as the row that holds it. */
export type WantedDue = {
  /** `stage`, `review`, or `rule/` and the code of a rule. */
  source: string
  dueOn: PlainDate
  words: string
  ruleId: string | null
  begunOn: PlainDate | null
  opensOn: PlainDate | null
  closesOn: PlainDate | null
  /**
   * The answer that it counts from, with which it is withheld. Such a date stays out of the line of the caseload, which others read; it stands
   * on the case, for whoever may see the answer.
   */
  answer: AnsweredIn | null
}
export type AnsweredIn = { answerSetId: string; section: string }

/** Days that no event of the case holds: by hand, and of forms; and where each was answered. */
export type KeptMoments = { moments: Moments; answers: ReadonlyMap<string, AnsweredIn> }
export const noneKept: KeptMoments = { moments: new Map(), answers: new Map() }

/** Every date that the rules of its service give a case, seen from what has happened to it. None for a case that has ended. */
export function wantedDues(state: CaseState, timescales: Timescales, kept: KeptMoments): WantedDue[] {
  const now = stageOf(state, timescales)
  if (now.stage === 'ended') return []
  const none = { ruleId: null, begunOn: null, opensOn: null, closesOn: null, answer: null }
  const rule = stageRule(timescales.rules, now.stage)
  const target = rule && datesOf(rule, now.since, timescales.calendar)
  const wanted: WantedDue[] = [
    // A stage without a target is still the next step; it sorts last.
    {
      ...none,
      // Where somebody has set another day, the rule's window is not that day's.
      ...(target?.dueOn === now.dueOn ? target : {}),
      source: 'stage',
      dueOn: now.dueOn ?? ('infinity' as PlainDate),
      words: now.nextStep,
      ruleId: rule?.id ?? null,
      begunOn: now.since,
    },
  ]
  // A review that was planned before the work has come to it is due beside the stage.
  if (now.stage !== 'review' && state.reviewDueOn)
    wanted.push({ ...none, source: 'review', dueOn: state.reviewDueOn, words: 'Hold the review' })
  const moments = new Map([...kept.moments, ...momentsOf(state)])
  for (const one of timescales.rules.filter(one => !isStageMoment(one.anchor))) {
    const dates = dueBy(one, moments, timescales.calendar)
    const answer = kept.answers.get(one.anchor) ?? null
    if (dates) wanted.push({ ...dates, source: `rule/${one.code}`, words: one.words, ruleId: one.id, answer })
  }
  return wanted
}

/** The moments that the events of a case hold. */
function momentsOf(state: CaseState): Moments {
  const days: Partial<Record<CaseMoment, PlainDate | null>> = {
    referred: state.referredOn,
    accepted: state.acceptedOn,
    allocated: state.allocatedOn,
    started: state.startedOn,
    'assessment-started': state.assessmentStartedOn,
    assessed: state.assessedOn,
    planned: state.plannedOn,
    reviewed: state.reviewedOn,
    reopened: state.reopenedOn,
  }
  return new Map(Object.entries(days).flatMap(([moment, day]) => (day ? [[moment, day] as const] : [])))
}

/** Whether any rule of the service counts from, or is settled by, something that no event holds: only then are those looked up. */
export const needsKept = ({ rules }: Timescales): boolean => rules.some(rule => rule.inUse && !isStageMoment(rule.anchor))
