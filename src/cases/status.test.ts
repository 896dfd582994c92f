import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { calendarWithout, type Timescales } from '../dues/index.ts'
import { aRule } from '../dues/testing/rules.ts'
import { addDays, asPlainDate, type PlainDate } from '../platform/plain-date.ts'
import { stageOf, stepsOf } from './stage.ts'
import {
  type CaseEvent,
  type CaseEventKind,
  type CaseHappening,
  type CaseState,
  type CaseStatus,
  happen,
  mayHappen,
  moves,
  stateAfter,
} from './status.ts'

const day = asPlainDate('2026-10-02')
const referred: CaseEvent = { kind: 'referred', data: { teamId: 'west', serviceArea: 'early-help' }, occurredOn: day }
const on = (days: number, happening: CaseHappening): CaseEvent => ({ ...happening, occurredOn: addDays(day, days) })

const accepted = on(1, { kind: 'accepted', data: {} })
const toTeam = on(1, { kind: 'team-allocated', data: { teamId: 'east' } })
const toTamsin = on(2, { kind: 'worker-allocated', data: { teamId: 'west', workerId: 'tamsin' } })
const toPetroc = on(9, { kind: 'worker-allocated', data: { teamId: 'west', workerId: 'petroc' } })
const started = on(3, { kind: 'work-started', data: {} })
const begun = (answerSetId: string) => on(5, { kind: 'assessment-started', data: { answerSetId } })
const discarded = (answerSetId: string) => on(6, { kind: 'assessment-discarded', data: { answerSetId } })
const assessed = on(20, { kind: 'assessment-completed', data: { answerSetId: 'a' } })
const planned = on(25, { kind: 'plan-made', data: {} })
const closed = on(90, { kind: 'closed', data: { reason: 'work-done', outcome: 'met' } })
const reopened = on(120, { kind: 'reopened', data: {} })
const rate = (level: 'high' | 'medium' | 'low' | 'not-rated', days = 5) => on(days, { kind: 'risk-rated', data: { level } })

describe('a case is where its events have led it', () => {
  const cases: [string, CaseEvent[], CaseStatus, Partial<CaseState>][] = [
    ['begins referred', [referred], 'referred', { teamId: 'west', workerId: null }],
    ['is accepted', [referred, accepted], 'accepted', { acceptedOn: addDays(day, 1) }],
    ['is declined', [referred, on(1, { kind: 'declined', data: { reason: 'no-place' } })], 'declined', { closedOn: addDays(day, 1) }],
    ['is signposted', [referred, on(1, { kind: 'signposted', data: {} })], 'signposted', {}],
    [
      'is passed on and still waits for a decision',
      [referred, on(1, { kind: 'rerouted', data: { teamId: 'north', serviceArea: 'housing' } })],
      'referred',
      { teamId: 'north', serviceArea: 'housing' },
    ],
    ['waits in a team', [referred, accepted, toTeam], 'with-team', { teamId: 'east', workerId: null }],
    ['goes to a worker at once', [referred, accepted, toTamsin], 'with-worker', { workerId: 'tamsin' }],
    ['is open once work has started', [referred, accepted, toTamsin, started], 'open', { startedOn: addDays(day, 3) }],
    ['is open once an assessment is done', [referred, accepted, toTamsin, assessed], 'open', { assessedOn: addDays(day, 20) }],
    ['stays open when it is handed over', [referred, accepted, toTamsin, started, toPetroc], 'open', { workerId: 'petroc' }],
    ['waits in a team again when it goes to another', [referred, accepted, toTamsin, started, toTeam], 'with-team', { workerId: null }],
    [
      'knows of an assessment that is finished while it waits in a team',
      [referred, accepted, toTamsin, begun('a'), toTeam, assessed],
      'with-team',
      { assessedOn: addDays(day, 20), openAssessments: [] },
    ],
    [
      'knows of an assessment that is finished after it was closed',
      [referred, accepted, toTamsin, begun('a'), closed, on(91, { kind: 'assessment-completed', data: { answerSetId: 'a' } })],
      'closed',
      { assessedOn: addDays(day, 91), openAssessments: [] },
    ],
    [
      'knows of an assessment that is discarded after it was closed',
      [referred, accepted, toTamsin, begun('a'), closed, on(91, { kind: 'assessment-discarded', data: { answerSetId: 'a' } })],
      'closed',
      { assessedOn: null, assessmentStartedOn: null, openAssessments: [] },
    ],
    [
      'is not begun by a form that is completed after it was closed',
      [referred, accepted, closed, on(91, { kind: 'assessment-completed', data: { answerSetId: 'a' } })],
      'closed',
      { assessedOn: addDays(day, 91), startedOn: null },
    ],
    [
      'is closed and nobody works with it',
      [referred, accepted, toTamsin, started, closed],
      'closed',
      { workerId: null, closedOn: addDays(day, 90) },
    ],
    ['waits in its team when it is opened again', [referred, accepted, toTamsin, closed, reopened], 'with-team', { closedOn: null }],
    [
      'is decided again when a refusal is opened again',
      [referred, on(1, { kind: 'declined', data: { reason: 'no-place' } }), reopened],
      'referred',
      { closedOn: null },
    ],
  ]
  test.each(cases)('%s', (_, events, status, expected) => {
    const state = stateAfter(events)
    expect(state).toMatchObject({ status, ...expected, position: events.length })
  })
})

describe('what may not happen is refused', () => {
  const cases: [string, CaseEvent[], CaseEvent][] = [
    ['a worker before it is accepted', [referred], toTamsin],
    ['closing before it is accepted', [referred], closed],
    ['accepting twice', [referred, accepted], accepted],
    ['the same worker twice', [referred, accepted, toTamsin], toTamsin],
    ['a flag on a closed case', [referred, accepted, closed], on(91, { kind: 'flag-raised', data: { flagId: 'f' } })],
    ['a new level of risk on a closed case', [referred, accepted, closed], rate('high', 91)],
    ['closing twice', [referred, accepted, closed], closed],
    ['opening again what is open', [referred, accepted, toTamsin], reopened],
    ['resolving a flag that is not there', [referred], on(1, { kind: 'flag-resolved', data: { flagId: 'f' } })],
    ['restricting twice', [referred, on(1, { kind: 'restricted', data: {} })], on(2, { kind: 'restricted', data: {} })],
    ['a second referral', [referred], referred],
  ]
  test.each(cases)('%s', (_, events, event) => {
    expect(happen(stateAfter(events), event)).toBeUndefined()
  })
})

test('[U24] the first level of risk is kept whatever follows', () => {
  const state = stateAfter([referred, rate('not-rated'), rate('medium'), rate('high'), rate('low')])
  expect([state.initialRisk, state.risk]).toEqual(['medium', 'low'])
})

// ── Whatever is allowed, in whatever order, leaves the case making sense. ────────────────────────────────────────────────

const ids = fc.constantFrom('a', 'b', 'c')
const anything: fc.Arbitrary<CaseHappening> = fc.oneof(
  fc
    .constantFrom<CaseEventKind>('accepted', 'signposted', 'work-started', 'plan-made', 'restricted', 'unrestricted', 'reopened')
    .map(kind => ({ kind, data: {} }) as CaseHappening),
  fc.record({ kind: fc.constant('declined' as const), data: fc.record({ reason: ids }) }),
  fc.record({ kind: fc.constantFrom('referred' as const, 'rerouted' as const), data: fc.record({ teamId: ids, serviceArea: ids }) }),
  fc.record({ kind: fc.constant('team-allocated' as const), data: fc.record({ teamId: ids }) }),
  fc.record({ kind: fc.constant('worker-allocated' as const), data: fc.record({ teamId: ids, workerId: ids }) }),
  fc.record({
    kind: fc.constant('risk-rated' as const),
    data: fc.record({ level: fc.constantFrom('high' as const, 'medium' as const, 'low' as const, 'not-rated' as const) }),
  }),
  fc.record({
    kind: fc.constantFrom('flag-raised' as const, 'flag-reviewed' as const, 'flag-resolved' as const),
    data: fc.record({ flagId: ids }),
  }),
  fc.record({
    kind: fc.constantFrom('assessment-started' as const, 'assessment-completed' as const, 'assessment-discarded' as const),
    data: fc.record({ answerSetId: ids }),
  }),
  fc.record({
    kind: fc.constant('review-scheduled' as const),
    data: fc.record({ dueOn: fc.integer({ min: 1, max: 300 }).map(days => addDays(day, days)) }),
  }),
  fc.record({ kind: fc.constant('review-held' as const), data: fc.record({ outcome: ids }) }),
  fc.record({ kind: fc.constant('closed' as const), data: fc.record({ reason: ids, outcome: ids }) }),
)
const days = { triage: 2, allocation: 5, start: 5, assessment: 28, plan: 14, review: 42 }
const targets: Timescales = {
  calendar: calendarWithout([]),
  rules: Object.entries(days).map(([stage, number]) => aRule({ code: stage, anchor: `stage/${stage}`, number })),
}
const ended: readonly CaseStatus[] = ['closed', 'declined', 'signposted']

test('no sequence of allowed moves gives a case that contradicts itself', () => {
  fc.assert(
    fc.property(fc.array(anything, { maxLength: 60 }), happenings => {
      const events: CaseEvent[] = [referred]
      let state = stateAfter(events)
      for (const [i, happening] of happenings.entries()) {
        const event = { ...happening, occurredOn: addDays(day, i) } as CaseEvent
        const next = happen(state, event)
        if (!next) continue
        expect(mayHappen(state.status, event.kind)).toBe(true)
        if (state.initialRisk !== 'not-rated') expect(next.initialRisk).toBe(state.initialRisk)
        events.push(event)
        state = next
        expectSense(state)
      }
      // Replaying the list gives the same state: nothing is stored that the list does not say.
      expect(stateAfter(events)).toEqual(state)
    }),
    { numRuns: 2_000 },
  )
})

function expectSense(state: CaseState): void {
  expect(state.workerId !== null).toBe(state.status === 'with-worker' || state.status === 'open')
  expect(state.closedOn !== null).toBe(ended.includes(state.status))
  if (['accepted', 'with-team', 'with-worker', 'open', 'closed'].includes(state.status)) expect(state.acceptedOn).not.toBeNull()
  if (state.status === 'open') expect(state.startedOn).not.toBeNull()
  if (state.openAssessments.length > 0) expect(state.assessmentStartedOn).not.toBeNull()
  if (state.risk !== 'not-rated') expect(state.initialRisk).not.toBe('not-rated')
  expect(new Set(state.openFlags).size).toBe(state.openFlags.length)
  const now = stageOf(state, targets)
  expect(now.stage === 'ended').toBe(ended.includes(state.status))
  expect(now.stage === 'ended' || now.nextStep !== '').toBe(true)
  const steps = stepsOf(state, targets, addDays(day, 100))
  expect(steps.filter(step => step.state === 'current')).toHaveLength(1)
}

test('every status says what may happen in it, and every way out leads somewhere known', () => {
  const statuses = Object.keys(moves)
  for (const [status, allowed] of Object.entries(moves)) {
    for (const to of Object.values(allowed)) expect([...statuses, 'same']).toContain(to)
    expect(
      Object.values(allowed).some(to => to !== 'same'),
      `${status} has no way out`,
    ).toBe(true)
  }
})

describe('what is next, and by when', () => {
  const cases: [string, CaseEvent[], string, string, PlainDate | null][] = [
    ['a new referral', [referred], 'Waiting for triage', 'Decide on the referral', addDays(day, 2)],
    ['accepted', [referred, accepted], 'Waiting for a worker', 'Choose a worker', addDays(day, 6)],
    ['new to a worker', [referred, accepted, toTamsin], 'New to the worker', 'Start work', addDays(day, 7)],
    ['started', [referred, accepted, toTamsin, started], 'Assessment', 'Start the assessment', addDays(day, 31)],
    ['assessing', [referred, accepted, toTamsin, begun('a')], 'Assessment', 'Finish the assessment', addDays(day, 33)],
    [
      'begun by mistake',
      [referred, accepted, toTamsin, begun('a'), discarded('a')],
      'Assessment',
      'Start the assessment',
      addDays(day, 33),
    ],
    [
      'one of two discarded',
      [referred, accepted, toTamsin, begun('a'), begun('b'), discarded('a')],
      'Assessment',
      'Finish the assessment',
      addDays(day, 33),
    ],
    ['assessed', [referred, accepted, toTamsin, started, assessed], 'Planning', 'Make the plan', addDays(day, 34)],
    ['planned', [referred, accepted, toTamsin, started, assessed, planned], 'Plan in place', 'Hold the review', addDays(day, 67)],
    ['closed', [referred, accepted, toTamsin, started, closed], 'Closed', '', null],
  ]
  test.each(cases)('%s', (_, events, words, nextStep, dueOn) => {
    expect(stageOf(stateAfter(events), targets)).toMatchObject({ words, nextStep, dueOn })
  })

  test('an emergency is decided on the same day, and what is urgent by the next', () => {
    const due = (urgency: 'emergency' | 'urgent' | 'routine') =>
      stageOf(stateAfter([{ kind: 'referred', data: { teamId: 'west', serviceArea: 'early-help', urgency }, occurredOn: day }]), targets)
        .dueOn
    expect([due('emergency'), due('urgent'), due('routine')]).toEqual([day, addDays(day, 1), addDays(day, 2)])
  })

  test('lateness is said in words', () => {
    const steps = stepsOf(stateAfter([referred, accepted, toTamsin, started]), targets, addDays(day, 34))
    expect(steps.find(step => step.state === 'current')).toMatchObject({
      title: 'Assessment',
      detail: 'due 02/11/2026, 3 days overdue',
      late: true,
    })
  })
})
