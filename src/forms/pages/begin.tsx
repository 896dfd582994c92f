import { paths } from '../../paths.ts'
import { formatDate } from '../../platform/plain-date.ts'
import { notFound, redirect, type Answer as WebAnswer } from '../../platform/web/answer.ts'
import type { Visit } from '../../platform/web/routes.ts'
import { AlertBar, Button, EmptyState, errorSummaryFor, PageTitle, Form as PostForm, Radios } from '../../ui/index.ts'
import { startAnswers } from '../answer-sets/start-answers.ts'
import { type DefinitionListed, loadForm, releasedForms } from '../definition/definitions.queries.ts'
import type { FormsHost } from './host.ts'
import { ConsentPanel } from './read-form.tsx'

/** Which form to begin about a case: its service's own first. */
export async function chooseForm(visit: Visit, host: FormsHost, missing = false): Promise<WebAnswer> {
  const theCase = await host.openCase(visit, visit.params.caseId ?? '')
  if (theCase === undefined || !theCase.mayEdit) return notFound()
  const inTheWay = await host.inTheWay?.(visit, theCase)
  if (inTheWay) return theCase.page(`Begin a form`, [PageTitle({ title: 'Begin a form' }), inTheWay])
  const consent = await host.consentTo?.(visit, theCase)
  const forms = await releasedForms(visit.tx)
  const errors = missing ? [{ field: 'form', message: 'Select the form to begin' }] : []
  const own = forms.filter(form => form.serviceAreas.includes(theCase.serviceArea))
  const others = forms.filter(form => !own.includes(form))
  const chosen = visit.fields.text('form') || (visit.query.get('form') ?? (own.length === 1 ? own[0]!.code : ''))
  const body = (
    <>
      {errorSummaryFor(errors)}
      {PageTitle({ title: 'Begin a form' })}
      {theCase.endedOn ? (
        <AlertBar kind="warning" title={`This case ended on ${formatDate(theCase.endedOn)}.`}>
          A form that is begun now goes on its record, and nobody is asked to finish it. If there is work to do again, open the case again
          first.
        </AlertBar>
      ) : null}
      {consent ? ConsentPanel(consent) : null}
      {forms.length === 0 ? (
        <EmptyState title="No form has been released yet.">The authority releases forms in its settings.</EmptyState>
      ) : (
        <PostForm action={paths.forms.start(theCase.id)} {...visit.form}>
          {Radios({
            name: 'form',
            value: chosen,
            fieldset: { legend: { text: 'Which form?', classes: 'govuk-fieldset__legend--s' } },
            errorMessage: missing ? { text: 'Select the form to begin' } : undefined,
            items: [...own.map(itemOf), own.length > 0 && others.length > 0 && { divider: 'or' }, ...others.map(itemOf)],
          })}
          {Button({ text: 'Begin' })}
        </PostForm>
      )}
    </>
  )
  return theCase.page(`Begin a form`, body, { hasErrors: missing })
}

const itemOf = ({ code, title }: DefinitionListed) => ({ value: code, text: title })

export async function beginForm(visit: Visit, host: FormsHost): Promise<WebAnswer> {
  const { caseId = '' } = visit.params
  const theCase = await host.openCase(visit, caseId)
  if (theCase === undefined || !theCase.mayEdit) return notFound()
  if (await host.inTheWay?.(visit, theCase)) return redirect(paths.forms.begin(caseId))
  const formCode = visit.fields.text('form')
  const started = await startAnswers(visit.tx, visit.actor, visit.clock.now(), { caseId, formCode })
  if (!started.ok) return started.error === 'no-such-form' ? chooseForm(visit, host, true) : notFound()
  const version = (await releasedForms(visit.tx)).find(form => form.code === formCode)!.version
  const { definition } = await loadForm(visit.tx, formCode, version)
  await host.happened(visit, { kind: 'started', caseId, answerSetId: started.value, formCode, title: definition.title, reason: '' })
  return redirect(paths.forms.page(caseId, started.value, definition.pages[0]!.code))
}
