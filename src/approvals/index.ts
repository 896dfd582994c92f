/** Sign-off: a form, a plan or a closure is sent, approved, or returned with a comment; each round is kept. README.md. */

export type { Approval, ApprovalRefusal } from './approval.ts'
export { findApproval, roundsOf } from './approvals.queries.ts'
export { approvalRoutes } from './approvals.routes.ts'
/** For the page that closes a case. */
export { closureSignOff } from './closure.ts'
/** Approving and returning; what the pages of forms did by themselves. */
export { approve, type FormMoved, sendBack, settleForm, withdraw } from './decide.ts'
export type { ApprovalParts } from './pages/show.tsx'
/** What waits for somebody, what of a case was sent, and where one form or plan stands. */
export { ApprovalsPanel, NeedsAnswerPanel, signOffLine } from './panels.tsx'
export { sendForSignOff, type ToSend } from './send.ts'
export { type Signer, signersFor } from './signers.ts'
export { planNow } from './subject.tsx'
