import type { SectionOfForm } from '../access/index.ts'
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
  /** Who wrote what is to be signed off: who wrote or completed the form, who wrote in the plan since it was last signed off, who wrote the closure. */
  authorIds: readonly string[]
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
  /** Of a form, its sections: whoever one is withheld from does not see the round. */
  sections: readonly SectionOfForm[]
  mayEdit: boolean
}

export type ApprovalRefusal =
  | 'decided-already'
  | 'not-yours'
  | 'your-own'
  | 'changed-since'
  | 'not-all-visible'
  | 'no-comment'
  | 'not-now'
  | 'actions-open'

type Waiting = Pick<Approval, 'decision' | 'mayEdit' | 'sentById' | 'authorIds'>

/** Whether the actor may decide on it. One's own asks for a right of its own, whoever sent it (F7). */
export const mayDecide = (actor: Actor, approval: Waiting): boolean =>
  approval.decision === null && approval.mayEdit && may(actor, isOwn(actor, approval) ? 'sign-off-own' : 'sign-off')

export const isOwn = (actor: Actor, { authorIds }: Pick<Waiting, 'authorIds'>): boolean => authorIds.some(one => one === actor.userId)

export const mayWithdraw = (actor: Actor, approval: Waiting): boolean =>
  approval.decision === null && approval.mayEdit && approval.sentById === actor.userId

export const decisionWords = { approved: 'Signed off', returned: 'Returned', withdrawn: 'Taken back' } as const
