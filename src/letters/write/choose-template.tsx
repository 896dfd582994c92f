import { type FrameParts, partPage } from '../../cases/index.ts'
import { paths } from '../../paths.ts'
import { formatInstant } from '../../platform/clock.ts'
import { type Answer, redirect } from '../../platform/web/answer.ts'
import type { Visit } from '../../platform/web/routes.ts'
import { Button, EmptyState, errorFor, errorSummaryFor, type FieldError, Form, Radios } from '../../ui/index.ts'
import type { About } from '../merge/letter-of-case.ts'
import { type LetterTemplate, templatesFor } from '../templates/templates.queries.ts'
import { beginLetter } from './begin-letter.ts'
import { type Draft, draftsWhere } from './drafts.queries.ts'

/** Which template a letter begins with, and what the writer has begun and not finished. */
export async function chooseTemplate(visit: Visit, parts: FrameParts, about: About, errors: readonly FieldError[] = []): Promise<Answer> {
  const { part, theCase } = about
  const templates = await templatesFor(visit.tx, visit.actor, theCase.serviceArea)
  const drafts = await draftsWhere(visit.tx, visit.actor, theCase.id)
  const body = (
    <>
      {errorSummaryFor(errors)}
      {drafts.length > 0 ? <Drafts drafts={drafts} /> : null}
      {templates.length === 0 ? (
        <EmptyState title="There is no template for letters of this service yet.">
          An administrator adds them under Users, Letters.
        </EmptyState>
      ) : (
        <Form {...visit.form} action={paths.letters.choose(theCase.id)} classes="ly-form">
          {Radios({
            name: 'template',
            fieldset: { legend: { text: 'Begin with', classes: 'govuk-fieldset__legend--s' } },
            errorMessage: errorFor(errors, 'template'),
            items: templates.map(template => ({
              value: choiceOf(template),
              text: template.title,
              ...(template.agencyName ? { hint: { text: template.agencyName } } : {}),
            })),
          })}
          {Button({ text: 'Continue', preventDoubleClick: true })}
        </Form>
      )}
    </>
  )
  return partPage(visit, parts, part, 'Write a letter', body, { current: 'documents', hasErrors: errors.length > 0, narrow: true })
}

export async function postChosen(visit: Visit, parts: FrameParts, about: About): Promise<Answer> {
  const templates = await templatesFor(visit.tx, visit.actor, about.theCase.serviceArea)
  const chosen = templates.find(template => choiceOf(template) === visit.fields.text('template'))
  if (!chosen) return chooseTemplate(visit, parts, about, [{ field: 'template', message: 'Select the letter to begin with' }])
  const draft = await beginLetter(visit, about, chosen)
  return redirect(paths.letters.draft(about.theCase.id, draft))
}

const choiceOf = ({ code, version }: LetterTemplate): string => `${code}/${version}`

function Drafts({ drafts }: { drafts: readonly Draft[] }) {
  return (
    <>
      <h2 class="govuk-heading-s">You are writing</h2>
      <ul class="ly-list">
        {drafts.map(draft => (
          <li key={draft.id}>
            <a class="govuk-link" href={paths.letters.draft(draft.caseId, draft.id)}>
              {draft.title}
            </a>
            <span class="ly-second">Saved {formatInstant(draft.savedAt)}. Nobody else sees it yet.</span>
          </li>
        ))}
      </ul>
    </>
  )
}
