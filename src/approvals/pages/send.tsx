import { listsForPart } from '../../access/index.ts'
import { type Approvable, type Case, caseFrame, findCase, readerOf } from '../../cases/index.ts'
import { paths } from '../../paths.ts'
import { type Answer, notFound, page, redirect } from '../../platform/web/answer.ts'
import { type Fields, noFields } from '../../platform/web/fields.ts'
import type { Visit } from '../../platform/web/routes.ts'
import { Button, errorFor, errorSummaryFor, type FieldError, Form, Select, Textarea } from '../../ui/index.ts'
import { sendForSignOff } from '../send.ts'
import { type Signer, signersFor } from '../signers.ts'
import { completedFormOf, planNow } from '../subject.tsx'
import type { ApprovalParts } from './show.tsx'

/** What the address names, if the actor may send it: they may change it, and it can be sent as it stands. */
type Sendable = {
  theCase: Case
  caseId: string
  personId: string
  part: string
  what: Approvable
  subjectId: string
  subjectVersion: number | null
  title: string
  signers: readonly Signer[]
  action: string
  back: string
}

export async function sendPage(visit: Visit, parts: ApprovalParts, what: 'form' | 'plan'): Promise<Answer> {
  const sendable = await sendableOf(visit, what)
  return sendable ? show(visit, parts, sendable, noFields, []) : notFound()
}

export async function postSend(visit: Visit, parts: ApprovalParts, what: 'form' | 'plan'): Promise<Answer> {
  const { tx, actor, clock, fields } = visit
  const sendable = await sendableOf(visit, what)
  if (!sendable) return notFound()
  const reader = readerOf(fields)
  const to = sendable.signers.find(one => String(one.principal) === fields.text('sent-to'))
  if (!to) reader.refuse('sent-to', 'Select who signs it off')
  const message = reader.text('message', 'What they should know', 1_000)
  if (reader.errors.length > 0 || !to) return show(visit, parts, sendable, fields, reader.errors)
  const sent = await sendForSignOff(tx, actor, clock.now(), { ...sendable, to, message })
  return redirect(sendable.back, { notice: sent.ok ? `${sendable.title} sent for sign-off.` : 'It waits for sign-off already.' })
}

async function sendableOf({ tx, actor, clock, params }: Visit, what: 'form' | 'plan'): Promise<Sendable | undefined> {
  const theCase = await findCase(tx, actor, params['caseId'] ?? '')
  if (!theCase) return undefined
  const { id: caseId, personId } = theCase
  const form = what === 'form' ? await completedFormOf(tx, caseId, params['answerSetId'] ?? '') : undefined
  const plan = what === 'plan' ? await planNow(tx, caseId) : undefined
  const part = form?.part ?? 'plan'
  if (!form && !plan) return undefined
  const lists = await listsForPart(tx, caseId, part)
  if (!lists.editors.some(one => actor.writePrincipals.includes(one))) return undefined
  const signers = await signersFor(tx, actor, clock.now(), caseId, lists)
  if (plan)
    return {
      theCase,
      caseId,
      personId,
      part,
      what,
      subjectId: plan.id,
      subjectVersion: plan.version,
      title: 'Plan',
      signers,
      action: paths.approvals.sendPlan(caseId),
      back: paths.plan.show(caseId),
    }
  const answerSetId = params['answerSetId'] ?? ''
  return {
    theCase,
    caseId,
    personId,
    part,
    what,
    subjectId: answerSetId,
    subjectVersion: null,
    title: form?.title ?? '',
    signers,
    action: paths.approvals.sendForm(caseId, answerSetId),
    back: paths.forms.show(caseId, answerSetId),
  }
}

async function show(visit: Visit, parts: ApprovalParts, sendable: Sendable, typed: Fields, errors: readonly FieldError[]): Promise<Answer> {
  const { theCase, signers, action, back } = sendable
  const title = `Send for sign-off: ${sendable.title}`
  const body = (
    <div class="ly-narrow">
      {errorSummaryFor(errors)}
      <h1 class="govuk-heading-l">{title}</h1>
      <Form {...visit.form} action={action}>
        {Select({
          name: 'sent-to',
          label: { text: 'Who signs it off?', classes: 'govuk-label--s' },
          errorMessage: errorFor(errors, 'sent-to'),
          value: typed.text('sent-to') || String(signers[0]?.principal ?? ''),
          items:
            signers.length === 0
              ? [{ value: '', text: 'Nobody who may see it can: ask your administrator' }]
              : signers.map(one => ({ value: String(one.principal), text: one.name })),
        })}
        {Textarea({
          name: 'message',
          rows: 3,
          label: { text: 'What should they know? (optional)', classes: 'govuk-label--s' },
          value: typed.typed('message'),
          errorMessage: errorFor(errors, 'message'),
        })}
        <div class="govuk-button-group">
          {Button({ text: 'Send for sign-off', preventDoubleClick: true })}
          <a class="govuk-link" href={back}>
            Back
          </a>
        </div>
      </Form>
    </div>
  )
  return page(title, await caseFrame(visit, parts, theCase, '', body), { section: 'work', hasErrors: errors.length > 0 })
}
