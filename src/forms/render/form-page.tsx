import type { VNode } from 'preact'
import { Button, errorSummaryFor, Form as PostForm } from '../../ui/index.ts'
import type { Filled, Mistake, Surroundings } from '../answer.ts'
import type { Form, Placed } from '../definition/form.ts'
import type { Page, Section } from '../definition/shape.ts'
import { fieldsToShow } from '../fill.ts'
import { typeOf } from '../question-types/index.ts'
import type { FormError } from '../validate.ts'
import type { WorkedOut } from '../work-out.ts'
import { SectionFacts } from './facts.tsx'

export interface FormPageProps {
  readonly form: Form
  readonly page: Page
  readonly filled: Filled
  readonly workedOut: WorkedOut
  readonly errors: readonly FormError[]
  readonly around: Surroundings
  /** What the reader may do with each section; one that is not here is not shown, and not spoken of. */
  readonly sections: ReadonlyMap<string, SectionState>
  readonly post: { readonly action: string; readonly csrf: string; readonly once: string }
  /** Where the page saves itself while it is typed into; without it only the buttons save. */
  readonly autosave?: string | undefined
  /** The browser is asked to remember nothing that is typed: for pages that somebody may have to hide afterwards. */
  readonly forgetful?: boolean | undefined
  /** Where its script asks, after each answer, which questions apply now: for a page that only its buttons save. */
  readonly asking?: string | undefined
  /** With script, leaving the page asks first where something on it is not saved: for one that only its buttons save. `true`: it came with such words. */
  readonly unsaved?: boolean | undefined
  /** The table to show one more empty row of. */
  readonly addTo?: string | undefined
  readonly isLast: boolean
  /** What its two buttons say, where they do not lead on to a next page. */
  readonly buttons?: readonly [string, string] | undefined
  /** A third one, which says something else than what is typed; it sends that all the same, so that nothing is lost by it. */
  readonly further?: { readonly text: string; readonly value: string } | undefined
}
/** `revision` is the one that the page was made from: saving on top of a later one is a conflict, not an overwriting. */
export type SectionState = { readonly may: 'edit' | 'read'; readonly revision: number }

/** One page of a form to be filled in: its error summary, its sections, its buttons. Works whole without script. */
export function FormPage(p: FormPageProps): VNode {
  const sections = p.page.sections.filter(section => p.sections.has(section.code))
  const asked = sections
    .filter(section => p.sections.get(section.code)?.may === 'edit')
    .flatMap(section => section.questions.map(question => question.code))
  const mistakes = new Map<string, Mistake>(p.errors.map(error => [error.code, error]))
  const fields = withRow(p, fieldsToShow(p.form, asked, p.filled, p.workedOut.answers, p.around))
  return (
    <PostForm
      action={p.post.action}
      csrf={p.post.csrf}
      once={p.post.once}
      multipart={sections.some(section => section.questions.some(question => question.type === 'file'))}
      classes="ly-form"
      attributes={{
        ...(p.autosave === undefined ? {} : { 'data-autosave': p.autosave }),
        ...(p.asking === undefined ? {} : { 'data-asking': p.asking }),
        ...(p.unsaved === undefined ? {} : { 'data-unsaved': p.unsaved ? 'already' : 'if-typed' }),
        ...(p.forgetful ? { autocomplete: 'off' } : {}),
      }}
    >
      {errorSummaryFor(p.errors.filter(error => error.page === p.page.code))}
      {/* Enter presses a form's first button: that must never be the one that removes a row. */}
      {asked.length > 0 ? (
        <button type="submit" name="_then" value="continue" class="govuk-visually-hidden" tabIndex={-1} aria-hidden="true">
          Save
        </button>
      ) : null}
      <input type="hidden" name="_asked" value={asked.join(' ')} />
      {sections.map(section => {
        const { may, revision } = p.sections.get(section.code)!
        if (may === 'read') return SectionFacts({ ...p, section })
        return (
          <section
            key={section.code}
            id={`section-${section.code}`}
            aria-labelledby={`heading-${section.code}`}
            hidden={!sectionShown(p, section)}
            data-section={section.code}
          >
            <h2 class="govuk-heading-m" id={`heading-${section.code}`}>
              {section.title}
            </h2>
            {section.hint ? <p class="govuk-hint">{section.hint}</p> : null}
            <input type="hidden" name={`_base-${section.code}`} value={String(revision)} />
            {section.questions.map(({ code }) => {
              const placed = p.form.questions.get(code)!
              const shown = p.workedOut.shown.has(code)
              const field = typeOf(placed.question).field({
                question: placed.question,
                name: code,
                fields,
                mistake: mistakes.get(code),
                around: p.around,
                optional: isOptional(placed),
              })
              // A question that does not apply is on the page but hidden, so that script can show it the moment that it does.
              return placed.shownWhen.length === 0 ? (
                field
              ) : (
                <div key={code} data-question={code} hidden={!shown}>
                  {field}
                </div>
              )
            })}
          </section>
        )
      })}
      {asked.length > 0 ? (
        <div class="govuk-button-group">
          {Button({
            text: p.buttons?.[0] ?? (p.isLast ? 'Save and check answers' : 'Save and continue'),
            name: '_then',
            value: 'continue',
          })}
          {Button({
            text: p.buttons?.[1] ?? 'Save and come back later',
            classes: 'govuk-button--secondary',
            name: '_then',
            value: 'leave',
          })}
          {p.further ? Button({ ...p.further, classes: 'govuk-button--secondary', name: '_then' }) : null}
        </div>
      ) : null}
    </PostForm>
  )
}

function isOptional({ required, question }: Placed): boolean {
  return required === false && question.type !== 'score' && question.type !== 'calculated'
}

function sectionShown({ workedOut }: FormPageProps, section: Section): boolean {
  return section.shownWhen === undefined || section.questions.some(question => workedOut.shown.has(question.code))
}

/** "Add another" shows one more row than there are. */
function withRow({ addTo, form }: FormPageProps, fields: ReturnType<typeof fieldsToShow>): ReturnType<typeof fieldsToShow> {
  if (addTo === undefined || form.questions.get(addTo)?.question.type !== 'table') return fields
  const name = `${addTo}-rows`
  const rows = String(Number(fields.text(name) || '0') + 1)
  return { ...fields, text: asked => (asked === name ? rows : fields.text(asked)) }
}
