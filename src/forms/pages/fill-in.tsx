import type { VNode } from 'preact'
import { audit } from '../../audit/index.ts'
import { paths } from '../../paths.ts'
import type { Actor } from '../../platform/actor.ts'
import { notFound, redirect, type Answer as WebAnswer } from '../../platform/web/answer.ts'
import { isFirstPost } from '../../platform/web/once.ts'
import type { Visit } from '../../platform/web/routes.ts'
import { AlertBar, Columns, PageTitle, SidePanel } from '../../ui/index.ts'
import { mayDiscard } from '../answer-sets/move.ts'
import { markPresent, othersPresent } from '../answer-sets/presence.ts'
import { isOpen } from '../answer-sets/states.ts'
import type { Page } from '../definition/shape.ts'
import { FormPage, type SectionState } from '../render/form-page.tsx'
import { type FormError, validate } from '../validate.ts'
import type { FormsHost } from './host.ts'
import { type OpenForm, openAgain, openForm } from './open-form.ts'
import { ConsentPanel } from './read-form.tsx'
import { savePosted } from './save-posted.ts'
import { presenceWords, StateTag, savedWords } from './saved-words.tsx'

/** One page of a form, to be filled in or read. */
export async function showPage(visit: Visit, host: FormsHost): Promise<WebAnswer> {
  const opened = await openForm(visit, host)
  const page = opened?.set.form.definition.pages.find(one => one.code === visit.params.page)
  if (opened === undefined || page === undefined || !page.sections.some(section => opened.sections.has(section.code))) return notFound()
  const { set, theCase } = opened
  if (!isOpen(set.state) || !set.mayEdit) return redirect(paths.forms.show(theCase.id, set.id))
  const now = visit.clock.now()
  await markPresent(visit.tx, visit.actor, now, set.id)
  await audit(visit.tx, visit.actor, now, {
    action: 'form-opened',
    subject: { type: 'answer-set', id: set.id },
    personId: set.personId,
    caseId: theCase.id,
    detail: { page: page.code },
  })
  const errors = visit.query.has('check') ? validate(set.form, opened.filled, opened.around, 'complete', opened.workedOut) : []
  return pageAnswer(visit, host, opened, page, { errors, addTo: visit.query.get('add') ?? undefined })
}

/** Saves the page, then goes where its button leads: on, away, or back to what has to be put right or chosen. */
export async function savePage(visit: Visit, host: FormsHost): Promise<WebAnswer> {
  const isRepeated = visit.uploads.length > 0 && !(await isFirstPost(visit.tx, visit.actor, visit.fields.text('_once')))
  const before = await openForm(visit, host)
  const page = before?.set.form.definition.pages.find(one => one.code === visit.params.page)
  if (before === undefined || page === undefined || !before.set.mayEdit) return notFound()
  const { theCase, set } = before
  const saved = await savePosted(visit, host, before, page, 'saved', isRepeated)
  if (!saved.ok && saved.error === 'not-there') return notFound()
  if (!saved.ok) return closedMeanwhile(visit, host, before, page, saved.filled)
  const after = await openAgain(visit, before)
  const here = paths.forms.page(theCase.id, set.id, page.code)
  const [aside] = saved.asides
  if (aside !== undefined) return redirect(paths.forms.settle(theCase.id, set.id, aside))
  const [add, remove] = [visit.fields.text('_add'), visit.fields.text('_remove')]
  if (add !== '') return redirect(`${here}?add=${encodeURIComponent(add)}#${encodeURIComponent(add)}`)
  if (remove !== '') return redirect(`${here}#${encodeURIComponent(remove.split('-', 1)[0]!)}`)
  if (visit.fields.text('_then') === 'leave')
    return redirect(paths.forms.show(theCase.id, set.id), { notice: savedWords(after.set, visit.clock.now(), visit.actor.name) })
  const onPage = new Set(page.sections.flatMap(section => section.questions.map(question => question.code)))
  const errors = [
    ...saved.fileErrors,
    ...validate(after.set.form, after.filled, after.around, 'draft', after.workedOut).filter(error => error.page === page.code),
  ]
  if (errors.length > 0) return pageAnswer(visit, host, after, page, { errors })
  const appeared = [...after.workedOut.shown].find(
    code => onPage.has(code) && !before.workedOut.shown.has(code) && after.filled.answers[code] === undefined,
  )
  if (appeared !== undefined) return redirect(`${here}#${appeared}`, { notice: 'Saved. Your answers lead to more questions on this page.' })
  const next = after.pages[after.pages.findIndex(one => one.code === page.code) + 1]
  return redirect(next === undefined ? paths.forms.check(theCase.id, set.id) : paths.forms.page(theCase.id, set.id, next.code))
}

/** Somebody completed or discarded the form while this page was open. What was typed is shown, so that it can be copied or the form reopened. */
async function closedMeanwhile(
  visit: Visit,
  host: FormsHost,
  before: OpenForm,
  page: Page,
  filled: OpenForm['filled'],
): Promise<WebAnswer> {
  const bar = AlertBar({
    kind: 'warning',
    title: 'Not saved:',
    role: 'alert',
    ...(before.set.state === 'discarded' ? discardedWords(before) : completedWords(before)),
  })
  const answer = await pageAnswer(visit, host, { ...before, filled }, page, { errors: [], top: bar })
  return { ...answer, status: 409 }
}

const completedWords = ({ set, theCase }: OpenForm) => ({
  children: `${set.completedBy ?? 'Somebody'} completed this form while you were writing. Your words are below. To add them, reopen the form in another tab, then save this page again.`,
  link: { text: 'Reopen the form', href: paths.forms.reopen(theCase.id, set.id) },
})
const discardedWords = ({ set, theCase }: OpenForm) => ({
  children: `${set.startedBy} discarded this form while you were writing. Your words are below. To use them, begin another form in another tab and copy them.`,
  link: { text: 'Begin a form', href: paths.forms.begin(theCase.id) },
})

async function pageAnswer(
  visit: Visit,
  host: FormsHost,
  opened: OpenForm,
  page: Page,
  { errors, addTo, top }: { errors: readonly FormError[]; addTo?: string | undefined; top?: VNode },
) {
  const { set, theCase, pages } = opened
  const { form } = set
  const here = paths.forms.page(theCase.id, set.id, page.code)
  const consent = await host.consentTo?.(visit, theCase)
  const others = await othersPresent(visit.tx, visit.actor, visit.clock.now(), set.id)
  const body = (
    <>
      {PageTitle({
        title: page.title,
        context: (
          <>
            {form.definition.title} <StateTag state={set.state} />{' '}
            <span data-saved role="status">
              {savedWords(set, visit.clock.now(), visit.actor.name)}
            </span>
          </>
        ),
      })}
      <p class="govuk-body ly-strong" data-others role="status">
        {presenceWords(others)}
      </p>
      {pages[0]?.code === page.code && form.definition.purpose ? <p class="govuk-body">{form.definition.purpose}</p> : null}
      {top}
      {Columns({
        children: FormPage({
          form,
          page,
          filled: opened.filled,
          workedOut: opened.workedOut,
          errors,
          around: opened.around,
          sections: sectionsOf(opened, page),
          post: { action: here, ...visit.form },
          autosave: paths.forms.autosave(theCase.id, set.id, page.code),
          addTo,
          isLast: pages.at(-1)?.code === page.code,
        }),
        aside: (
          <>
            {PageList({ opened, current: page.code, actor: visit.actor })}
            {consent ? ConsentPanel(consent) : null}
          </>
        ),
      })}
    </>
  )
  return theCase.page(`${page.title} – ${form.definition.title}`, body, {
    hasErrors: errors.length > 0,
    quickExit: form.definition.besideThePerson === true,
  })
}

/** The pages of the form, each with what is still to be put right on it. */
function PageList({ opened: { set, theCase, pages }, current, actor }: { opened: OpenForm; current: string; actor: Actor }): VNode {
  return (
    <SidePanel id="form-pages" title="Pages of this form">
      <ol class="ly-list">
        {pages.map(page => (
          <li key={page.code}>
            <a
              class="govuk-link"
              href={paths.forms.page(theCase.id, set.id, page.code)}
              aria-current={page.code === current ? 'page' : undefined}
            >
              {page.title}
            </a>
          </li>
        ))}
        <li>
          <a class="govuk-link" href={paths.forms.check(theCase.id, set.id)}>
            Check answers and complete
          </a>
        </li>
        {mayDiscard(actor, set) ? (
          <li>
            <a class="govuk-link" href={paths.forms.discard(theCase.id, set.id)}>
              Discard this form
            </a>
          </li>
        ) : null}
      </ol>
    </SidePanel>
  )
}

function sectionsOf({ set }: OpenForm, page: Page): Map<string, SectionState> {
  return new Map(
    page.sections.flatMap(({ code }) => {
      const stored = set.sections.get(code)
      return stored === undefined ? [] : [[code, { may: stored.mayEdit ? 'edit' : 'read', revision: stored.revision }] as const]
    }),
  )
}
