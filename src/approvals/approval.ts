import type { Approvable } from '../cases/index.ts'
import { type Actor, may } from '../platform/actor.ts'

/** One round of sign-off: sent, by whom to whom, and what came of it. */
export type Approval = {
  id: string
  caseId: string
  caseName: string
  serviceArea: string
  personId: string
  /** 'PENROSE, Jago', where the actor may see the person. */
  personName: string
  part: string
  what: Approvable
  /** The answers, the plan; for a closure the case. */
  subjectId: string
  /** The version of the plan that was sent. */
  subjectVersion: number | null
  round: number
  title: string
  message: string
  sentById: string
  sentBy: string
  sentAt: Date
  /** The principal of a user, or of a team whose leaders decide. */
  sentTo: number
  sentToName: string
  decision: 'approved' | 'returned' | 'withdrawn' | null
  comment: string
  decidedBy: string
  decidedAt: Date | null
  content: unknown
  mayEdit: boolean
}

export type ApprovalRefusal =
  | 'decided-already'
  | 'not-yours'
  | 'your-own'
  | 'changed-since'
  | 'no-comment'
  | 'not-now'
  | 'actions-open'

/** Whether the actor may decide on work of somebody. One's own asks for a right of its own (F7). */
export function maySignOff(actor: Actor, sentById: string): boolean {
  return may(actor, sentById === actor.userId ? 'sign-off-own' : 'sign-off')
}

export const mayDecide = (actor: Actor, approval: Pick<Approval, 'decision' | 'mayEdit' | 'sentById'>): boolean =>
  approval.decision === null && approval.mayEdit && maySignOff(actor, approval.sentById)

export const mayWithdraw = (actor: Actor, approval: Pick<Approval, 'decision' | 'mayEdit' | 'sentById'>): boolean =>
  approval.decision === null && approval.mayEdit && approval.sentById === actor.userId

export const decisionWords = { approved: 'Signed off', returned: 'Returned', withdrawn: 'Taken back' } as const
