import type { VNode } from 'preact'
import { SideBySide } from '../../ui/index.ts'
import type { Filled, Surroundings } from '../answer.ts'
import { type Form, questionsOf } from '../definition/form.ts'
import { workOut } from '../work-out.ts'
import { answerLines } from './facts.tsx'

export type Side = { readonly heading: string; readonly form: Form; readonly filled: Filled }

export type ComparedQuestion = {
  readonly code: string
  readonly label: string
  readonly section: string
  readonly before: string
  readonly after: string
}

/** Every question of either side that has an answer in either, as it reads there. Codes are permanent, so versions of a form compare. */
export function compareQuestions(before: Side, after: Side, around: Surroundings, seen?: ReadonlySet<string>): ComparedQuestion[] {
  const left = readable(before, around, seen)
  const right = readable(after, around, seen)
  const codes = [...right.keys(), ...[...left.keys()].filter(code => !right.has(code))]
  return codes.flatMap(code => {
    const one = left.get(code)
    const other = right.get(code)
    const known = other ?? one!
    const row = { code, label: known.label, section: known.section, before: one?.text ?? '', after: other?.text ?? '' }
    return row.before === '' && row.after === '' ? [] : [row]
  })
}

/** Two versions of a form side by side, what changed said in words. `sections` are those that the reader may see. */
export function CompareForms(p: {
  before: Side
  after: Side
  around: Surroundings
  onlyChanges: boolean
  sections: ReadonlySet<string>
}): VNode {
  const rows = compareQuestions(p.before, p.after, p.around, p.sections).filter(row => p.sections.has(row.section))
  return SideBySide({
    caption: p.onlyChanges ? 'What changed' : 'All answers',
    before: p.before.heading,
    after: p.after.heading,
    rows: rows.map(({ label, before, after }) => ({ label, before, after })),
    onlyChanges: p.onlyChanges,
  })
}

function readable(
  { form, filled }: Side,
  around: Surroundings,
  seen?: ReadonlySet<string>,
): Map<string, { label: string; section: string; text: string }> {
  const { answers, shown } = workOut(form, filled.answers, around, seen)
  return new Map(
    questionsOf(form.definition)
      .filter(question => shown.has(question.code))
      .map(question => [
        question.code,
        {
          label: question.label,
          section: form.questions.get(question.code)!.section.code,
          text: answerLines(question, filled, answers, around).join('\n'),
        },
      ]),
  )
}
