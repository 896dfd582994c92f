import { paths } from '../../paths.ts'
import { notFound, type PageAnswer, redirect, type Answer as WebAnswer } from '../../platform/web/answer.ts'
import type { Visit } from '../../platform/web/routes.ts'
import { AlertBar, Button, Columns, ErrorSummary, PageTitle, Form as PostForm, SidePanel } from '../../ui/index.ts'
import { complete, stampOf } from '../answer-sets/move.ts'
import { isOpen } from '../answer-sets/states.ts'
import { FormFacts } from '../render/facts.tsx'
import { type FormError, validate } from '../validate.ts'
import type { FormsHost } from './host.ts'
import { type OpenForm, openAgain, openForm } from './open-form.ts'
import { StateTag, savedWords } from './saved-words.tsx'

/** Everything that was answered, before it is completed. */
export async function checkAnswers(visit: Visit, host: FormsHost): Promise<WebAnswer> {
  const opened = await openForm(visit, host)
  if (opened === undefined) return notFound()
  if (!isOpen(opened.set.state) || !opened.set.mayEdit) return redirect(paths.forms.show(opened.theCase.id, opened.set.id))
  return checkPage(visit, opened, { errors: [], refusal: opened.theCase.completedBy })
}

/** Completes the form, or says what is still missing, each with a link to its question. */
export async function completeForm(visit: Visit, host: FormsHost): Promise<WebAnswer> {
  const opened = await openForm(visit, host)
  if (opened === undefined) return notFound()
  const { set, theCase } = opened
  if (theCase.completedBy) return checkPage(visit, opened, { errors: [], refusal: theCase.completedBy })
  const seen = visit.fields.text('_seen')
  const outcome = await complete(visit.tx, visit.actor, { caseId: theCase.id, answerSetId: set.id, seen }, opened.around)
  if (outcome.ok) {
    const { code, title } = set.form.definition
    await host.happened(visit, { kind: 'completed', caseId: theCase.id, answerSetId: set.id, formCode: code, title, reason: '' })
    return redirect(paths.forms.show(theCase.id, set.id), { notice: `${title} completed.` })
  }
  switch (outcome.error) {
    case 'not-there':
      return notFound()
    case 'not-open':
      return redirect(paths.forms.show(theCase.id, set.id), { notice: 'This form had already been completed.' })
    case 'not-all-visible':
      return checkPage(visit, opened, {
        errors: [],
        refusal: `You cannot complete this form. Ask ${set.startedBy}, who started it, to complete it.`,
      })
    case 'changed':
      return { ...(await checkPage(visit, await openAgain(visit, opened), { errors: [], refusal: undefined, seen })), status: 409 }
    case 'not-ready':
      return checkPage(visit, opened, { errors: outcome.errors, refusal: undefined })
  }
}

async function checkPage(
  visit: Visit,
  opened: OpenForm,
  { errors, refusal, seen }: { errors: readonly FormError[]; refusal: string | undefined; seen?: string },
): Promise<PageAnswer> {
  const { set, theCase } = opened
  const missing = errors.length > 0 ? errors : validate(set.form, opened.filled, opened.around, 'complete', opened.workedOut)
  const body = (
    <>
      {errors.length > 0 || refusal !== undefined
        ? ErrorSummary({
            titleText: 'There is a problem',
            errorList:
              refusal === undefined
                ? errors.map(error => ({
                    text: error.message,
                    href: `${paths.forms.page(theCase.id, set.id, error.page)}?check#${error.field}`,
                  }))
                : [{ text: refusal }],
          })
        : null}
      {seen === undefined
        ? null
        : AlertBar({
            kind: 'warning',
            title: 'Not completed:',
            role: 'alert',
            children: `${changedSince(set, seen)} changed after you opened this page. Check the answers as they are now, then complete the form.`,
            link: { text: 'What was changed', href: paths.forms.versions(theCase.id, set.id) },
          })}
      {PageTitle({
        title: 'Check your answers',
        context: (
          <>
            {set.form.definition.title} <StateTag state={set.state} /> {savedWords(set, visit.clock.now(), visit.actor.name)}
          </>
        ),
      })}
      {Columns({
        children: (
          <>
            {FormFacts({ ...opened, form: set.form })}
            <PostForm action={paths.forms.check(theCase.id, set.id)} {...visit.form}>
              <input type="hidden" name="_seen" value={stampOf(set)} />
              {Button({ text: 'Complete this form' })}
            </PostForm>
            <p class="govuk-body">
              <a class="govuk-link" href={paths.forms.show(theCase.id, set.id)}>
                Come back later
              </a>
            </p>
          </>
        ),
        aside: (
          <SidePanel id="form-pages" title="Change answers">
            <ol class="ly-list">
              {opened.pages.map(page => {
                const count = missing.filter(error => error.page === page.code).length
                return (
                  <li key={page.code}>
                    <a class="govuk-link" href={`${paths.forms.page(theCase.id, set.id, page.code)}${count > 0 ? '?check' : ''}`}>
                      {page.title}
                    </a>
                    <span class="ly-second">
                      {count === 0
                        ? 'Nothing missing'
                        : count === 1
                          ? '1 answer to give or put right'
                          : `${count} answers to give or put right`}
                    </span>
                  </li>
                )
              })}
            </ol>
          </SidePanel>
        ),
      })}
    </>
  )
  const answer = theCase.page(`Check your answers – ${set.form.definition.title}`, body, {
    hasErrors: errors.length > 0 || refusal !== undefined,
    quickExit: set.form.definition.besideThePerson === true,
  })
  return answer
}

/** '‘What was seen’ and ‘Housing’ were' */
function changedSince({ form, sections }: OpenForm['set'], seen: string): string {
  const before = new Set(seen.split(' '))
  const titles = form.definition.pages
    .flatMap(page => page.sections)
    .filter(({ code }) => sections.has(code) && !before.has(`${code}:${sections.get(code)!.revision}`))
    .map(section => `‘${section.title}’`)
  return titles.length === 0 ? 'The form was' : `${new Intl.ListFormat('en-GB').format(titles)} ${titles.length === 1 ? 'was' : 'were'}`
}
