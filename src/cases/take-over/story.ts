import { v7 as uuid } from 'uuid'
import type { PlainDate } from '../../platform/plain-date.ts'
import { referralTitle } from '../begin-case.ts'
import type { Telling } from '../events.ts'
import type { CaseEvent } from '../status.ts'
import { riskChange } from '../words.ts'
import type { CaseToTakeOver } from './case-to-take-over.ts'

/** One thing that happened, with its line in the timeline. `row` is the id of the row that holds its words. */
export type Chapter = { event: CaseEvent; telling: Telling; row: string }

/**
 * What happened to a case, in the events that the same case would have had if it had been worked on here. What the old system knew stands on
 * its own days. An open case is allocated and taken up on the day of the taking over: its worker has it here from then, and what is due
 * counts from there; otherwise everything would be years late on the first morning.
 */
export function storyOf(one: CaseToTakeOver, system: string, today: PlainDate): Chapter[] {
  const { teamId, serviceArea, referredOn, worker, end } = one
  const story: Chapter[] = []
  const add = (event: CaseEvent, telling: Telling, sourceType = 'case-event') => {
    const row = uuid()
    story.push({ event, row, telling: { ...telling, source: { type: sourceType, id: row } } })
  }
  add(
    { kind: 'referred', data: { teamId, serviceArea, urgency: one.urgency }, occurredOn: referredOn },
    {
      part: 'referral',
      kind: 'referral',
      title: referralTitle({ sourceLabel: one.source.label, urgency: one.urgency }),
      summary: one.reason,
      grave: one.urgency === 'emergency',
    },
    'referral',
  )
  if (one.status === 'referred') return rated(one, referredOn, system, story, add)
  if (one.status === 'declined') {
    const { on, reason, reasonLabel } = end ?? { on: referredOn, reason: '', reasonLabel: 'not said' }
    add(
      { kind: 'declined', data: { reason }, occurredOn: on },
      { part: 'referral', kind: 'referral', title: `Referral declined: ${reasonLabel}` },
    )
    return story
  }
  const isOpen = one.status === 'open'
  const from = isOpen ? today : referredOn
  add({ kind: 'accepted', data: {}, occurredOn: referredOn }, { part: 'referral', kind: 'referral', title: 'Referral accepted' })
  add(
    worker
      ? { kind: 'worker-allocated', data: { teamId, workerId: worker.userId }, occurredOn: from }
      : { kind: 'team-allocated', data: { teamId }, occurredOn: from },
    { part: 'allocation', kind: 'people', title: `Allocated to ${worker?.name ?? one.teamName}`, summary: whyAllocated(one, system) },
    'allocation',
  )
  if (worker) add({ kind: 'work-started', data: {}, occurredOn: from }, { part: 'allocation', kind: 'people', title: 'Work started' })
  rated(one, referredOn, system, story, add)
  if (!isOpen && end) {
    add(
      { kind: 'closed', data: { reason: end.reason, outcome: end.outcome }, occurredOn: end.on },
      { part: 'closure', kind: 'referral', title: `Closed: ${end.reasonLabel}`, summary: closureSummary(one, system) },
      'closure',
    )
  }
  return story
}

type Add = (event: CaseEvent, telling: Telling, sourceType?: string) => void

function rated(one: CaseToTakeOver, on: PlainDate, system: string, story: Chapter[], add: Add): Chapter[] {
  if (one.risk === 'not-rated') return story
  add(
    { kind: 'risk-rated', data: { level: one.risk }, occurredOn: on },
    {
      part: 'risk',
      kind: 'risk',
      title: riskChange('not-rated', one.risk, true),
      summary: whyRated(system),
      grave: one.risk === 'high' || one.risk === 'medium',
    },
    'risk-level',
  )
  return story
}

export const whyAllocated = (one: CaseToTakeOver, system: string): string =>
  one.workerWords ? `Taken over from ${system}, where ${one.workerWords} had it` : `Taken over from ${system}`
export const whyRated = (system: string): string => `As it stood in ${system}`
export const closureSummary = (one: CaseToTakeOver, system: string): string =>
  `Closed in ${system}${one.workerWords ? ` by ${one.workerWords}` : ''}: ${one.end?.reasonLabel ?? 'reason not said'}.`
