import type { VNode } from 'preact'
import { raw, SummaryList } from '../../ui/index.ts'
import type { Filled, Surroundings } from '../answer.ts'
import type { Form } from '../definition/form.ts'
import type { Page, Question, Section } from '../definition/shape.ts'
import { typeOf } from '../question-types/index.ts'
import type { WorkedOut } from '../work-out.ts'

type Shown = {
  readonly form: Form
  readonly filled: Filled
  readonly workedOut: Pick<WorkedOut, 'shown' | 'answers'>
  readonly around: Surroundings
}

/** A whole form to read or print, section by section; `sections` are those that the reader may see. */
export function FormFacts(p: Shown & { readonly sections: ReadonlySet<string> }): VNode {
  return (
    <div class="ly-form-facts">
      {p.form.definition.pages.flatMap(page =>
        page.sections.filter(section => p.sections.has(section.code)).map(section => SectionFacts({ ...p, section })),
      )}
    </div>
  )
}

/** One section to read: questions that apply, with their answers. */
export function SectionFacts(p: Shown & { readonly section: Section }): VNode | null {
  const questions = p.section.questions.filter(question => p.workedOut.shown.has(question.code))
  if (questions.length === 0) return null
  return (
    <section key={p.section.code} id={`section-${p.section.code}`} aria-labelledby={`heading-${p.section.code}`}>
      <h2 class="govuk-heading-m" id={`heading-${p.section.code}`}>
        {p.section.title}
      </h2>
      {SummaryList({
        rows: questions.map(question => ({ key: { text: question.label }, value: { text: AnswerShown({ ...p, question }) } })),
      })}
    </section>
  )
}

/** One answer to read: its lines, or what was typed where that could not be read, or that there is none. */
export function AnswerShown({ question, filled, workedOut, around }: Omit<Shown, 'form'> & { readonly question: Question }): VNode {
  const lines = answerLines(question, filled, workedOut.answers, around)
  if (lines.length === 0) return <span class="ly-second">Not answered</span>
  return <span>{lines.flatMap((line, place) => (place === 0 ? [line] : [raw('<br>'), line]))}</span>
}

/** The lines of an answer; none when there is no answer. */
export function answerLines(question: Question, filled: Filled, workedOut: Filled['answers'], around: Surroundings): readonly string[] {
  const isWorkedOut = question.type === 'score' || question.type === 'calculated'
  const answer = isWorkedOut ? workedOut[question.code] : filled.answers[question.code]
  if (answer !== undefined) return typeOf(question).show(question, answer, around)
  const typed = filled.typed[question.code]
  if (typed === undefined) return []
  const words = Object.keys(typed)
    .sort((one, other) => boxes.indexOf(lastPart(one)) - boxes.indexOf(lastPart(other)))
    .flatMap(name => typed[name]!)
    .filter(text => text !== '')
  return [`${words.join(' ')} (to be put right)`]
}

// What was typed is stored without an order of its own.
const boxes = ['day', 'month', 'year', 'time']
const lastPart = (name: string) => name.slice(name.lastIndexOf('-') + 1)

/** The sections of a page that apply, in words for a list of pages. */
export function isPageShown(page: Page, shown: ReadonlySet<string>): boolean {
  return page.sections.some(section => section.questions.some(question => shown.has(question.code)))
}
