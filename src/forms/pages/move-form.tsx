import { paths } from '../../paths.ts'
import { notFound, redirect, type Answer as WebAnswer } from '../../platform/web/answer.ts'
import type { Visit } from '../../platform/web/routes.ts'
import { Button, errorFor, errorSummaryFor, PageTitle, Form as PostForm, Textarea } from '../../ui/index.ts'
import { mayReopen, reopen, signOff } from '../answer-sets/move.ts'
import { type AnswerSetState, after } from '../answer-sets/states.ts'
import type { FormsHost } from './host.ts'
import { type OpenForm, openForm } from './open-form.ts'

/** Signs a completed form off. */
export async function signOffForm(visit: Visit, host: FormsHost): Promise<WebAnswer> {
  const opened = await openForm(visit, host)
  if (opened === undefined) return notFound()
  const outcome = await signOff(visit.tx, visit.actor, visit.clock.now(), {
    caseId: opened.theCase.id,
    answerSetId: opened.set.id,
    seen: visit.fields.text('_seen'),
  })
  const show = paths.forms.show(opened.theCase.id, opened.set.id)
  if (outcome.ok) {
    await tell(visit, host, opened, 'signed-off')
    return redirect(show, { notice: `${opened.set.form.definition.title} signed off.` })
  }
  switch (outcome.error) {
    case 'not-there':
      return notFound()
    case 'not-completed':
      return redirect(show, { notice: 'Nothing was signed off: the form is not completed, or was signed off already.' })
    case 'changed':
      return redirect(show, {
        notice: 'Nothing was signed off: the form was changed after you opened it. Read it as it is now, then sign it off.',
      })
    case 'not-all-visible':
      return redirect(show, { notice: 'Part of this form is withheld from you. Somebody who may read all of it must sign it off.' })
    case 'your-own':
      return redirect(show, { notice: 'You completed this form yourself. Somebody else must sign it off.' })
    case 'not-yours':
      return redirect(show, { notice: 'Your role does not let you sign off forms.' })
  }
}

/** Asks why a completed form is to be opened again. */
export async function askWhyReopen(visit: Visit, host: FormsHost, error?: string): Promise<WebAnswer> {
  const opened = await openForm(visit, host)
  if (opened === undefined || !mayReopen(visit.actor, opened.set)) return notFound()
  const { set, theCase } = opened
  if (!after(set.state, 'reopen')) return redirect(paths.forms.show(theCase.id, set.id), { notice: nothingToReopen(set.state) })
  const errors = error === undefined ? [] : [{ field: 'reason', message: error }]
  const body = (
    <>
      {errorSummaryFor(errors)}
      {PageTitle({ title: 'Reopen this form', context: set.form.definition.title })}
      <p class="govuk-body">
        The answers can then be changed again. What was completed{set.state === 'signed-off' ? ' and signed off' : ''} stays in its
        versions, and the form must be completed anew.
      </p>
      <PostForm action={paths.forms.reopen(theCase.id, set.id)} {...visit.form}>
        {Textarea({
          name: 'reason',
          label: { text: 'Why is it reopened?', classes: 'govuk-label--s' },
          value: visit.fields.typed('reason'),
          errorMessage: errorFor(errors, 'reason'),
          rows: 3,
        })}
        {Button({ text: 'Reopen' })}
      </PostForm>
    </>
  )
  return theCase.page(`Reopen – ${set.form.definition.title}`, body, { hasErrors: errors.length > 0 })
}

export async function reopenForm(visit: Visit, host: FormsHost): Promise<WebAnswer> {
  const opened = await openForm(visit, host)
  if (opened === undefined) return notFound()
  const reason = visit.fields.text('reason')
  if (reason.length > 2000) return askWhyReopen(visit, host, 'The reason must be 2,000 characters or fewer')
  const outcome = await reopen(visit.tx, visit.actor, visit.clock.now(), { caseId: opened.theCase.id, answerSetId: opened.set.id }, reason)
  const show = paths.forms.show(opened.theCase.id, opened.set.id)
  if (outcome.ok) {
    await tell(visit, host, opened, 'reopened', reason)
    return redirect(show, { notice: `${opened.set.form.definition.title} reopened.` })
  }
  switch (outcome.error) {
    case 'not-there':
    case 'not-yours':
      return notFound()
    case 'not-closed':
      return redirect(show, { notice: nothingToReopen(opened.set.state) })
    case 'no-reason':
      return askWhyReopen(visit, host, 'Enter why it is reopened')
  }
}

const nothingToReopen = (state: AnswerSetState): string =>
  state === 'discarded' ? 'A discarded form stays as it is. Begin another.' : 'This form is open already.'

async function tell(
  visit: Visit,
  host: FormsHost,
  { theCase, set }: OpenForm,
  kind: 'signed-off' | 'reopened',
  reason = '',
): Promise<void> {
  const { code, title } = set.form.definition
  await host.happened(visit, { kind, caseId: theCase.id, answerSetId: set.id, formCode: code, title, reason })
}
