import { sql } from 'kysely'
import { closeApproved, planApproved } from '../cases/index.ts'
import { reopen, signOff } from '../forms/index.ts'
import { tellUsers } from '../notifications/index.ts'
import { paths } from '../paths.ts'
import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import { no, ok, type Result } from '../platform/result.ts'
import { endActions, openActionsOf } from '../tasks/index.ts'
import { type Approval, type ApprovalRefusal, decisionWords, isOwn, mayDecide, mayWithdraw } from './approval.ts'
import { findApproval } from './approvals.queries.ts'
import { closingOf } from './closure.ts'
import { follow } from './send.ts'

/** Told of a form that a decision moved, as the pages of forms tell of it. */
export type FormMoved = (kind: 'signed-off' | 'reopened', reason: string) => Promise<void>
type Deciding = { tx: Tx; actor: Actor; now: Date; approval: Approval; formMoved: FormMoved }

/**
 * Approves what was sent, and does what that means: the form is signed off, the plan is made, the case closes as it was written. `seen` is what
 * the page showed (`subjectToRead`): nobody signs what they have not read.
 */
export async function approve(deciding: Deciding, comment: string, seen: string): Promise<Result<void, ApprovalRefusal>> {
  const refusal = refuse(deciding)
  if (refusal) return no(refusal)
  const done = await carryOut(deciding, seen)
  if (!done.ok) return done
  return settle(deciding, 'approved', comment)
}

/** Sends it back with what is to be done about it. A form is opened again, so that its author can. */
export async function sendBack(deciding: Deciding, comment: string): Promise<Result<void, ApprovalRefusal>> {
  const refusal = refuse(deciding)
  if (refusal) return no(refusal)
  if (comment === '') return no('no-comment')
  const { tx, actor, now, approval, formMoved } = deciding
  if (approval.what === 'form') {
    // Why it was opened again is read with the form, also by whoever does not see a section of it: the comment stands with the round.
    const opened = await reopen(tx, actor, now, { caseId: approval.caseId, answerSetId: approval.subjectId }, returned)
    if (!opened.ok && opened.error !== 'not-closed') return no('not-now')
    if (opened.ok) await formMoved('reopened', returned)
  }
  return settle(deciding, 'returned', comment)
}

const returned = 'Returned from sign-off'

/** Whoever sent it takes it back before it was decided. */
export async function withdraw(deciding: Omit<Deciding, 'formMoved'>): Promise<Result<void, ApprovalRefusal>> {
  if (!mayWithdraw(deciding.actor, deciding.approval)) return no(deciding.approval.decision ? 'decided-already' : 'not-yours')
  return settle(deciding, 'withdrawn', '')
}

/** A form that was signed off or opened again on its own page decides the round that waits; whoever sent it has then taken it back. */
export async function settleForm(
  tx: Tx,
  actor: Actor,
  now: Date,
  answerSetId: string,
  kind: 'signed-off' | 'reopened',
  reason: string,
): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    select id from approvals where subject_id = ${answerSetId} and what = 'form' and decision is null`.execute(tx)
  const approval = rows[0] && (await findApproval(tx, actor, rows[0].id))
  if (!approval) return
  const decision = kind === 'signed-off' ? 'approved' : approval.sentById === actor.userId ? 'withdrawn' : 'returned'
  await settle({ tx, actor, now, approval }, decision, reason)
}

function refuse({ actor, approval }: Deciding): ApprovalRefusal | undefined {
  if (approval.decision !== null) return 'decided-already'
  if (mayDecide(actor, approval)) return undefined
  return isOwn(actor, approval) ? 'your-own' : 'not-yours'
}

async function carryOut({ tx, actor, now, approval, formMoved }: Deciding, seen: string): Promise<Result<void, ApprovalRefusal>> {
  const { caseId, subjectId, what } = approval
  if (what === 'form') {
    const signed = await signOff(tx, actor, now, { caseId, answerSetId: subjectId, seen })
    if (!signed.ok) return no(formRefusals[signed.error])
    await formMoved('signed-off', '')
    return ok(undefined)
  }
  if (what === 'plan') return (await planApproved(tx, actor, now, caseId, Number(seen))) ? ok(undefined) : no('changed-since')
  // What has come up since it was written stays on somebody's list, and has then to be accounted for.
  const closing = closingOf(approval)
  const open = await openActionsOf(tx, caseId)
  const fates = new Map(open.map(one => [one.key, closing.fates.get(one.key) ?? ('stays' as const)]))
  await endActions(tx, actor, now, caseId, fates, closing.openActionsBecause)
  return closeApproved(tx, actor, now, caseId, { ...closing, fates }, approval.sentBy)
}

const formRefusals = {
  'your-own': 'your-own',
  'not-yours': 'not-yours',
  'not-all-visible': 'not-all-visible',
  changed: 'changed-since',
  'not-there': 'not-now',
  'not-completed': 'not-now',
} as const

async function settle(
  { tx, actor, now, approval }: Omit<Deciding, 'formMoved'>,
  decision: 'approved' | 'returned' | 'withdrawn',
  comment: string,
): Promise<Result<void, ApprovalRefusal>> {
  const settled = await sql`
    update approvals set decision = ${decision}, comment = ${comment}, decided_by = ${actor.userId}::uuid, decided_at = ${now}
    where id = ${approval.id} and decision is null`.execute(tx)
  if (settled.numAffectedRows !== 1n) return no('decided-already')
  const { caseId, personId, title } = approval
  await follow(tx, actor, now, approval, `approval-${decision}`, `${title}: ${decisionWords[decision].toLowerCase()}`, comment)
  if (actor.userId !== approval.sentById) {
    const words = decision === 'approved' ? 'Work of yours has been signed off' : 'Work of yours has been returned with a comment'
    await tellUsers(tx, now, {
      to: [approval.sentById],
      kind: 'approval-answered',
      words,
      href: paths.approvals.show(approval.id),
      caseId,
      personId,
    })
  }
  return ok(undefined)
}
