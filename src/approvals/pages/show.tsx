import type { VNode } from 'preact'
import { audit } from '../../audit/index.ts'
import { type CasesParts, casePage, findCase, readerOf } from '../../cases/index.ts'
import type { FormsHost } from '../../forms/index.ts'
import { paths } from '../../paths.ts'
import { formatInstant } from '../../platform/clock.ts'
import { orNothing } from '../../platform/db/or-nothing.ts'
import { type Answer, notFound, redirect } from '../../platform/web/answer.ts'
import { type Fields, noFields } from '../../platform/web/fields.ts'
import type { Visit } from '../../platform/web/routes.ts'
import { Button, errorFor, errorSummaryFor, type FieldError, Form, Radios, Textarea, Words } from '../../ui/index.ts'
import { type Approval, type ApprovalRefusal, mayDecide, mayWithdraw } from '../approval.ts'
import { findApproval, roundsOf } from '../approvals.queries.ts'
import { approve, sendBack, withdraw } from '../decide.ts'
import { subjectToRead, whereToRead } from '../subject.tsx'
import { StateTag } from './list.tsx'

export type ApprovalParts = Pick<CasesParts, 'personBanner' | 'tabs'> & {
  /** A form is read where it is signed off. */
  forms: FormsHost
  /** Told of a form that a decision moved, as its own page would tell of it. */
  formMoved: (
    visit: Visit,
    moved: { kind: 'signed-off' | 'reopened'; caseId: string; answerSetId: string; title: string; reason: string },
  ) => Promise<void>
}

export async function showApproval(visit: Visit, parts: ApprovalParts): Promise<Answer> {
  const approval = await findApproval(visit.tx, visit.actor, visit.params['approvalId'] ?? '')
  if (!approval) return notFound()
  await auditOpened(visit, approval)
  return show(visit, parts, approval, noFields, [])
}

const auditOpened = ({ tx, actor, clock }: Visit, { id, personId, caseId }: Approval) =>
  audit(tx, actor, clock.now(), { action: 'approval-opened', subject: { type: 'approval', id }, personId, caseId })

/** Approves or returns it. */
export async function decideApproval(visit: Visit, parts: ApprovalParts): Promise<Answer> {
  const { tx, actor, clock, fields } = visit
  const approval = await findApproval(tx, actor, visit.params['approvalId'] ?? '')
  if (!approval?.mayEdit) return notFound()
  const reader = readerOf(fields)
  const decision = reader.choice('decision', ['approve', 'return'], 'Select whether you sign it off')
  const comment =
    decision === 'return' ? reader.needed('comment', 'Comment', refusals['no-comment'], 2_000) : reader.text('comment', 'Comment', 2_000)
  if (reader.errors.length > 0) return show(visit, parts, approval, fields, reader.errors)
  const formMoved = (kind: 'signed-off' | 'reopened', reason: string) =>
    parts.formMoved(visit, { kind, reason, caseId: approval.caseId, answerSetId: approval.subjectId, title: approval.title })
  const deciding = { tx, actor, now: clock.now(), approval, formMoved }
  // What was done before a rule said no is taken back: a case that is not closed keeps its tasks.
  const done = await orNothing(tx, () =>
    decision === 'return' ? sendBack(deciding, comment) : approve(deciding, comment, fields.text('seen')),
  )
  if (done.ok) return redirect(paths.approvals.list, { notice: `${approval.title}: ${decision === 'return' ? 'returned' : 'signed off'}.` })
  await auditOpened(visit, approval)
  return show(visit, parts, approval, fields, [{ field: 'decision', message: refusals[done.error] }])
}

export async function withdrawApproval(visit: Visit): Promise<Answer> {
  const { tx, actor, clock } = visit
  const approval = await findApproval(tx, actor, visit.params['approvalId'] ?? '')
  if (!approval?.mayEdit) return notFound()
  const done = await withdraw({ tx, actor, now: clock.now(), approval })
  return redirect(paths.approvals.show(approval.id), { notice: done.ok ? 'Taken back. You can send it again.' : refusals[done.error] })
}

const refusals: Record<ApprovalRefusal, string> = {
  'decided-already': 'Somebody has decided on it already.',
  'not-yours': 'Your role does not let you sign this off.',
  'your-own': 'This is your own work. Somebody else must sign it off.',
  'changed-since': 'It was changed after you opened this page. Read it as it is now, then decide.',
  'not-all-visible': 'Part of it is withheld from you. Somebody who may read all of it must sign it off.',
  'no-comment': 'Enter what is to be done about it',
  'not-now': 'It cannot be signed off as it stands: it has moved on. Return it instead.',
  'actions-open': 'Something else is to be done on the case by now. Return it, so that it is accounted for.',
}

async function show(visit: Visit, parts: ApprovalParts, approval: Approval, typed: Fields, errors: readonly FieldError[]): Promise<Answer> {
  const { tx, actor } = visit
  const theCase = await findCase(tx, actor, approval.caseId)
  if (!theCase) return notFound()
  const toRead = approval.decision === null || approval.what === 'closure' ? await subjectToRead(visit, parts.forms, approval) : undefined
  const rounds = await roundsOf(tx, actor, approval.subjectId, approval.what)
  const title = `Sign-off: ${approval.title}`
  const body = (
    <div class="ly-narrow">
      {errorSummaryFor(errors)}
      <h1 class="govuk-heading-l">{title}</h1>
      <p class="govuk-body">
        <StateTag approval={approval} /> Sent by {approval.sentBy} to {approval.sentToName}, {formatInstant(approval.sentAt)}
      </p>
      {approval.message ? <Words text={approval.message} /> : null}
      {toRead ? toRead.words : <Elsewhere approval={approval} />}
      {toRead && mayDecide(actor, approval) ? (
        <Decide visit={visit} approval={approval} seen={toRead.seen} typed={typed} errors={errors} />
      ) : null}
      {mayWithdraw(actor, approval) ? (
        <Form {...visit.form} action={paths.approvals.withdraw(approval.id)}>
          {Button({ text: 'Take it back', classes: 'govuk-button--secondary' })}
        </Form>
      ) : null}
      {approval.decision === 'returned' && approval.sentById === actor.userId ? <Again approval={approval} /> : null}
      <h2 class="govuk-heading-m">Rounds</h2>
      <ol class="ly-list" reversed>
        {rounds.map(one => (
          <Round key={one.id} round={one} />
        ))}
      </ol>
    </div>
  )
  const options = { title: `${title} – ${approval.personName || approval.caseName}`, current: '', hasErrors: errors.length > 0 }
  return casePage(visit, parts, theCase, options, body)
}

/** What was decided on may be another by now: it is read on its own page, with its versions. */
function Elsewhere({ approval }: { approval: Approval }): VNode | null {
  const href = whereToRead(approval)
  return href ? (
    <p class="govuk-body">
      <a class="govuk-link" href={href}>
        Read the {approval.what}
      </a>
    </p>
  ) : null
}

type DecideProps = { visit: Visit; approval: Approval; seen: string; typed: Fields; errors: readonly FieldError[] }

function Decide({ visit, approval, seen, typed, errors }: DecideProps): VNode {
  return (
    <Form {...visit.form} action={paths.approvals.show(approval.id)} classes="ly-no-print">
      <input type="hidden" name="seen" value={seen} />
      {Radios({
        name: 'decision',
        fieldset: { legend: { text: 'Do you sign it off?', classes: 'govuk-fieldset__legend--s' } },
        errorMessage: errorFor(errors, 'decision'),
        value: typed.text('decision'),
        items: [
          { value: 'approve', text: approval.what === 'closure' ? 'Yes: the case is closed' : 'Yes' },
          { value: 'return', text: 'No: it goes back with a comment' },
        ],
      })}
      {Textarea({
        name: 'comment',
        rows: 3,
        label: { text: 'Comment', classes: 'govuk-label--s' },
        hint: { text: 'Needed where it goes back: what is to be done about it' },
        value: typed.typed('comment'),
        errorMessage: errorFor(errors, 'comment'),
      })}
      {Button({ text: 'Save', preventDoubleClick: true })}
    </Form>
  )
}

/** Where the author goes on with what came back. */
function Again({ approval }: { approval: Approval }): VNode {
  const href = whereToRead(approval) ?? paths.cases.action(approval.caseId, 'close')
  return (
    <p class="govuk-body">
      <a class="govuk-link" href={href}>
        Go on with it and send it again
      </a>
    </p>
  )
}

function Round({ round }: { round: Approval }): VNode {
  return (
    <li>
      Round {round.round}: <StateTag approval={round} />
      <span class="ly-second">
        Sent by {round.sentBy} to {round.sentToName}, {formatInstant(round.sentAt)}
        {round.message ? `: ${round.message}` : ''}
      </span>
      {round.decidedAt ? (
        <span class="ly-second">
          {round.decidedBy}, {formatInstant(round.decidedAt)}
          {round.comment ? `: ${round.comment}` : ''}
        </span>
      ) : null}
    </li>
  )
}
