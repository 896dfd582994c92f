import type { PlainDate } from '../platform/plain-date.ts'
import type { RiskLevel } from '../ui/index.ts'

/** Where a case stands. Stages of the work inside `open` are seen from what exists: see `stage.ts`. */
export type CaseStatus = 'referred' | 'declined' | 'signposted' | 'accepted' | 'with-team' | 'with-worker' | 'open' | 'closed'

/** How soon somebody must decide on a referral. */
export type Urgency = 'emergency' | 'urgent' | 'routine'

/** What can happen to a case, with the codes and ids that its event keeps. The words are in the table of its kind. */
export type CaseHappening =
  | { kind: 'referred'; data: { teamId: string; serviceArea: string; urgency?: Urgency } }
  | { kind: 'rerouted'; data: { teamId: string; serviceArea: string } }
  | { kind: 'accepted'; data: object }
  | { kind: 'declined'; data: { reason: string } }
  | { kind: 'signposted'; data: object }
  | { kind: 'team-allocated'; data: { teamId: string } }
  | { kind: 'worker-allocated'; data: { teamId: string; workerId: string } }
  | { kind: 'worker-offered'; data: { workerId: string } }
  | { kind: 'offer-declined'; data: { workerId: string } }
  | { kind: 'offer-withdrawn'; data: { workerId: string } }
  | { kind: 'co-worker-added'; data: { workerId: string } }
  | { kind: 'co-worker-ended'; data: { workerId: string } }
  | { kind: 'work-started'; data: object }
  | { kind: 'risk-rated'; data: { level: RiskLevel } }
  | { kind: 'flag-raised'; data: { flagId: string } }
  | { kind: 'flag-reviewed'; data: { flagId: string } }
  | { kind: 'flag-resolved'; data: { flagId: string } }
  | { kind: 'assessment-started'; data: { answerSetId: string } }
  | { kind: 'assessment-discarded'; data: { answerSetId: string } }
  | { kind: 'assessment-completed'; data: { answerSetId: string } }
  | { kind: 'plan-made'; data: object }
  | { kind: 'supervised'; data: { supervisionId: string } }
  | { kind: 'commented'; data: { supervisionId: string } }
  | { kind: 'review-scheduled'; data: { dueOn: PlainDate } }
  | { kind: 'review-held'; data: { outcome: string } }
  | { kind: 'restricted'; data: object }
  | { kind: 'unrestricted'; data: object }
  | { kind: 'closed'; data: { reason: string; outcome: string } }
  | { kind: 'reopened'; data: object }

export type CaseEventKind = CaseHappening['kind']
export type CaseEvent = CaseHappening & { occurredOn: PlainDate }

const duringWork = {
  'risk-rated': 'same',
  'flag-raised': 'same',
  'flag-reviewed': 'same',
  'flag-resolved': 'same',
  supervised: 'same',
  commented: 'same',
  restricted: 'same',
  unrestricted: 'same',
} as const
const offering = { 'worker-offered': 'same', 'offer-declined': 'same', 'offer-withdrawn': 'same', 'co-worker-ended': 'same' } as const
// An assessment that was begun is brought to its end wherever the case has gone meanwhile; the next worker must not be asked for it again.
const begunBefore = { 'assessment-completed': 'same', 'assessment-discarded': 'same' } as const
const casework = { ...begunBefore, 'co-worker-added': 'same', 'review-scheduled': 'same', closed: 'closed' } as const
const ended = { ...begunBefore, 'flag-reviewed': 'same', 'flag-resolved': 'same', restricted: 'same', unrestricted: 'same' } as const

/**
 * Every allowed move: in this status, what may happen, and where it leads. The one place that says so; pages offer what stands here and
 * `happen` refuses the rest.
 */
export const moves = {
  referred: { ...duringWork, accepted: 'accepted', declined: 'declined', signposted: 'signposted', rerouted: 'same' },
  declined: { ...ended, reopened: 'referred' },
  signposted: { ...ended, reopened: 'referred' },
  accepted: { ...duringWork, ...offering, closed: 'closed', 'team-allocated': 'with-team', 'worker-allocated': 'with-worker' },
  'with-team': { ...duringWork, ...offering, ...casework, 'team-allocated': 'same', 'worker-allocated': 'with-worker' },
  'with-worker': {
    ...duringWork,
    ...offering,
    ...casework,
    'team-allocated': 'with-team',
    'worker-allocated': 'same',
    'work-started': 'open',
    'assessment-started': 'open',
    'assessment-completed': 'open',
    'plan-made': 'open',
    'review-held': 'open',
  },
  open: {
    ...duringWork,
    ...offering,
    ...casework,
    'team-allocated': 'with-team',
    'worker-allocated': 'same',
    'assessment-started': 'same',
    'plan-made': 'same',
    'review-held': 'same',
  },
  closed: { ...ended, reopened: 'with-team' },
} as const satisfies Record<CaseStatus, Partial<Record<CaseEventKind, CaseStatus | 'same'>>>

/** Everything that the events of a case say about it now. */
export type CaseState = {
  status: CaseStatus
  serviceArea: string
  urgency: Urgency
  teamId: string
  workerId: string | null
  /** To whom it is offered, while they have not answered. */
  offeredTo: string | null
  referredOn: PlainDate
  acceptedOn: PlainDate | null
  allocatedOn: PlainDate | null
  startedOn: PlainDate | null
  assessmentStartedOn: PlainDate | null
  /** Begun and neither completed nor discarded, by the id of their answers. */
  openAssessments: readonly string[]
  assessedOn: PlainDate | null
  plannedOn: PlainDate | null
  reviewedOn: PlainDate | null
  reviewDueOn: PlainDate | null
  closedOn: PlainDate | null
  reopenedOn: PlainDate | null
  initialRisk: RiskLevel
  risk: RiskLevel
  openFlags: readonly string[]
  restricted: boolean
  /** How many events there are: the version that a page was opened at. */
  position: number
}

/** Whether this may happen to a case in this status. */
export const mayHappen = (status: CaseStatus, kind: CaseEventKind): boolean => kind in moves[status]

/**
 * What those do whose case it is, and nobody with whom it is shared, to edit too: who takes it on, works it and sees it, how its work is looked over, when it
 * ends and begins again. Whoever else may edit it adds to it.
 */
export const decidedByItsOwners: ReadonlySet<CaseEventKind> = new Set([
  'accepted',
  'worker-allocated',
  'team-allocated',
  'co-worker-added',
  'co-worker-ended',
  'supervised',
  'review-scheduled',
  'review-held',
  'restricted',
  'unrestricted',
  'closed',
  'reopened',
])

/** The state after a whole list of events. The first is always the referral; a list that could not have happened throws. */
export function stateAfter(events: readonly CaseEvent[]): CaseState {
  const [first, ...others] = events
  if (first?.kind !== 'referred') throw new Error('A case begins with its referral.')
  let state = begin(first)
  for (const event of others) {
    const next = happen(state, event)
    if (!next) throw new Error(`A case that is ${state.status} cannot be ${event.kind}.`)
    state = next
  }
  return state
}

/** The state after one more event, or undefined where the table of moves, or what the case already is, does not allow it. */
export function happen(state: CaseState, event: CaseEvent): CaseState | undefined {
  const move = (moves[state.status] as Partial<Record<CaseEventKind, CaseStatus | 'same'>>)[event.kind]
  if (!move) return undefined
  const changed = change(state, event)
  return changed && { ...changed, status: move === 'same' ? state.status : move, position: state.position + 1 }
}

export function begin(event: Extract<CaseEvent, { kind: 'referred' }>): CaseState {
  return {
    status: 'referred',
    serviceArea: event.data.serviceArea,
    urgency: event.data.urgency ?? 'routine',
    teamId: event.data.teamId,
    workerId: null,
    offeredTo: null,
    referredOn: event.occurredOn,
    acceptedOn: null,
    allocatedOn: null,
    startedOn: null,
    assessmentStartedOn: null,
    openAssessments: [],
    assessedOn: null,
    plannedOn: null,
    reviewedOn: null,
    reviewDueOn: null,
    closedOn: null,
    reopenedOn: null,
    initialRisk: 'not-rated',
    risk: 'not-rated',
    openFlags: [],
    restricted: false,
    position: 1,
  }
}

/** What an event changes beside the status; undefined where it cannot be true of this case. */
function change(state: CaseState, event: CaseEvent): CaseState | undefined {
  const on = event.occurredOn
  // Work does not begin on a case that has ended: only what was begun before is finished.
  const started = { startedOn: state.startedOn ?? (state.closedOn ? null : on) }
  const without = (one: { data: { answerSetId: string } }) => state.openAssessments.filter(id => id !== one.data.answerSetId)
  switch (event.kind) {
    case 'referred':
      return undefined
    case 'rerouted':
      return { ...state, teamId: event.data.teamId, serviceArea: event.data.serviceArea }
    case 'accepted':
      return { ...state, acceptedOn: on }
    case 'declined':
    case 'signposted':
      return { ...state, closedOn: on }
    case 'team-allocated':
      return { ...state, teamId: event.data.teamId, workerId: null, offeredTo: null, allocatedOn: on }
    case 'worker-allocated':
      return event.data.workerId === state.workerId
        ? undefined
        : { ...state, teamId: event.data.teamId, workerId: event.data.workerId, offeredTo: null, allocatedOn: on }
    case 'worker-offered':
      return event.data.workerId === state.workerId || event.data.workerId === state.offeredTo
        ? undefined
        : { ...state, offeredTo: event.data.workerId }
    case 'offer-declined':
    case 'offer-withdrawn':
      return event.data.workerId === state.offeredTo ? { ...state, offeredTo: null } : undefined
    case 'co-worker-added':
      return event.data.workerId === state.workerId ? undefined : state
    case 'co-worker-ended':
      return state
    case 'work-started':
      return { ...state, ...started }
    case 'risk-rated':
      // The first level is kept for ever (U24); the same level again is a new look at it, with its reason.
      return { ...state, initialRisk: state.initialRisk === 'not-rated' ? event.data.level : state.initialRisk, risk: event.data.level }
    case 'flag-raised':
      return state.openFlags.includes(event.data.flagId) ? undefined : { ...state, openFlags: [...state.openFlags, event.data.flagId] }
    case 'flag-reviewed':
      return state.openFlags.includes(event.data.flagId) ? state : undefined
    case 'flag-resolved':
      if (!state.openFlags.includes(event.data.flagId)) return undefined
      return { ...state, openFlags: state.openFlags.filter(flag => flag !== event.data.flagId) }
    case 'assessment-started':
      return {
        ...state,
        ...started,
        assessmentStartedOn: state.assessmentStartedOn ?? on,
        openAssessments: [...without(event), event.data.answerSetId],
      }
    case 'assessment-discarded': {
      if (!state.openAssessments.includes(event.data.answerSetId)) return undefined
      const openAssessments = without(event)
      // As if it had not been begun, unless there is another.
      const isNoneLeft = openAssessments.length === 0 && state.assessedOn === null
      return { ...state, openAssessments, assessmentStartedOn: isNoneLeft ? null : state.assessmentStartedOn }
    }
    case 'assessment-completed':
      return { ...state, ...started, assessmentStartedOn: state.assessmentStartedOn ?? on, assessedOn: on, openAssessments: without(event) }
    case 'plan-made':
      return { ...state, ...started, plannedOn: state.plannedOn ?? on }
    case 'review-scheduled':
      return { ...state, reviewDueOn: event.data.dueOn }
    case 'review-held':
      return { ...state, ...started, reviewedOn: on, reviewDueOn: null }
    case 'supervised':
    case 'commented':
      return state
    case 'restricted':
      return state.restricted ? undefined : { ...state, restricted: true }
    case 'unrestricted':
      return state.restricted ? { ...state, restricted: false } : undefined
    case 'closed':
      return { ...state, closedOn: on, workerId: null, offeredTo: null, reviewDueOn: null }
    case 'reopened':
      return { ...state, closedOn: null, reopenedOn: on, workerId: null }
  }
}
