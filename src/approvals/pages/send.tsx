import { listsForPart } from '../../access/index.ts'
import { type Case, casePage, findCase, readerOf } from '../../cases/index.ts'
import { paths } from '../../paths.ts'
import { type Answer, notFound, redirect } from '../../platform/web/answer.ts'
import { type Fields, noFields } from '../../platform/web/fields.ts'
import type { Visit } from '../../platform/web/routes.ts'
import { Button, errorFor, errorSummaryFor, type FieldError, Form, Select, Textarea } from '../../ui/index.ts'
import { sendForSignOff, type ToSend } from '../send.ts'
import { type Signer, signersFor } from '../signers.ts'
import { completedFormOf, planNow } from '../subject.tsx'
import type { ApprovalParts } from './show.tsx'

/** What the address names, if the actor may send it: they may change it, and it can be sent as it stands. */
type Sendable = Omit<ToSend, 'content' | 'message' | 'to'> & {
  theCase: Case
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

async function sendableOf(visit: Visit, what: 'form' | 'plan'): Promise<Sendable | undefined> {
  const { tx, actor, clock, params } = visit
  const theCase = await findCase(tx, actor, params['caseId'] ?? '')
  const subject = theCase && (what === 'form' ? await formOf(visit, theCase.id) : await planOf(visit, theCase.id))
  if (!theCase || !subject) return undefined
  const { id: caseId, personId } = theCase
  const { withheldFurther, ...rest } = subject
  const lists = await listsForPart(tx, caseId, subject.part)
  if (!lists.editors.some(one => actor.writePrincipals.includes(one))) return undefined
  const signers = await signersFor(tx, actor, clock.now(), {
    caseId,
    what,
    subjectId: subject.subjectId,
    theCase,
    lists: { ...lists, withheld: [...lists.withheld, ...withheldFurther] },
  })
  return { ...rest, theCase, caseId, personId, what, signers }
}

type Subject = Pick<Sendable, 'part' | 'subjectId' | 'subjectVersion' | 'title' | 'sections' | 'action' | 'back'> & {
  withheldFurther: readonly number[]
}

async function formOf({ tx, params }: Visit, caseId: string): Promise<Subject | undefined> {
  const answerSetId = params['answerSetId'] ?? ''
  const form = await completedFormOf(tx, caseId, answerSetId)
  return (
    form && {
      ...form,
      subjectId: answerSetId,
      subjectVersion: null,
      action: paths.approvals.sendForm(caseId, answerSetId),
      back: paths.forms.show(caseId, answerSetId),
    }
  )
}

async function planOf({ tx }: Visit, caseId: string): Promise<Subject | undefined> {
  const plan = await planNow(tx, caseId)
  return (
    plan && {
      part: 'plan',
      subjectId: plan.id,
      subjectVersion: plan.version,
      title: 'Plan',
      sections: [],
      withheldFurther: [],
      action: paths.approvals.sendPlan(caseId),
      back: paths.plan.show(caseId),
    }
  )
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
  return casePage(visit, parts, theCase, { title, current: '', hasErrors: errors.length > 0 }, body)
}
