import { paths } from '../../paths.ts'
import { notFound, redirect, type Answer as WebAnswer } from '../../platform/web/answer.ts'
import type { Visit } from '../../platform/web/routes.ts'
import { Button, PageTitle, Form as PostForm } from '../../ui/index.ts'
import type { AnswerSet } from '../answer-sets/answer-sets.queries.ts'
import { discard, mayDiscard } from '../answer-sets/move.ts'
import type { FormsHost } from './host.ts'
import { openForm } from './open-form.ts'

/** Asks whether a form that was begun by mistake is to be put aside. Only whoever began it is asked, while it is a draft. */
export async function askDiscard(visit: Visit, host: FormsHost): Promise<WebAnswer> {
  const opened = await openForm(visit, host)
  if (opened === undefined) return notFound()
  const { set, theCase } = opened
  const show = paths.forms.show(theCase.id, set.id)
  if (!mayDiscard(visit.actor, set)) return set.mayEdit ? redirect(show, { notice: cannot }) : notFound()
  const others = othersIn(set)
  const body = (
    <>
      {PageTitle({ title: 'Discard this form?', context: set.form.definition.title })}
      <p class="govuk-body">
        It can then no longer be filled in or completed. What was written stays in the history of the case, marked as discarded.
      </p>
      {others.length > 0 ? <p class="govuk-body ly-strong">{others.join(' and ')} wrote in it too.</p> : null}
      <PostForm action={paths.forms.discard(theCase.id, set.id)} {...visit.form}>
        <div class="govuk-button-group">
          {Button({ text: 'Discard the form', classes: 'govuk-button--warning' })}
          <a class="govuk-link" href={show}>
            Keep it
          </a>
        </div>
      </PostForm>
    </>
  )
  return theCase.page(`Discard – ${set.form.definition.title}`, body)
}

export async function discardForm(visit: Visit, host: FormsHost): Promise<WebAnswer> {
  const opened = await openForm(visit, host)
  if (opened === undefined) return notFound()
  const { set, theCase } = opened
  const outcome = await discard(visit.tx, visit.actor, visit.clock.now(), { caseId: theCase.id, answerSetId: set.id })
  if (!outcome.ok) return outcome.error === 'not-there' ? notFound() : redirect(paths.forms.show(theCase.id, set.id), { notice: cannot })
  const { code, title } = set.form.definition
  await host.happened(visit, { kind: 'discarded', caseId: theCase.id, answerSetId: set.id, formCode: code, title, reason: '' })
  return redirect(paths.forms.list(theCase.id), { notice: `${title} discarded.` })
}

const cannot = 'A form can be discarded only while it is a draft, by whoever began it.'

const othersIn = (set: AnswerSet): string[] => [
  ...new Set([...set.sections.values()].flatMap(({ savedBy }) => (savedBy && savedBy !== set.startedBy ? [savedBy] : []))),
]
