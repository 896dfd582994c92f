import type { Answers, Surroundings } from './answer.ts'
import type { Form } from './definition/form.ts'
import { questionsOf } from './definition/form.ts'
import { typeOf } from './question-types/index.ts'
import type { Cell } from './question-types/question-type.ts'

/** One column of an export: its permanent code, and the words of this version. */
export type ExportColumn = { readonly code: string; readonly label: string; readonly section: string }

const nothingAround: Surroundings = { now: new Date(0), lists: {}, people: [], agencies: [], users: [], received: {} }

/** The columns of a version of a form. A code with a suffix (`housing_code`) belongs to the question before it. */
export function exportColumns(form: Form): ExportColumn[] {
  return form.definition.pages.flatMap(page =>
    page.sections.flatMap(section =>
      section.questions.flatMap(question =>
        Object.keys(typeOf(question).export(question, undefined, nothingAround)).map(suffix => ({
          code: `${question.code}${suffix}`,
          label: suffix === '' ? question.label : `${question.label} (${suffix.slice(1)})`,
          section: section.code,
        })),
      ),
    ),
  )
}

/** One row of an export: pass the completed answers, which hold nothing from off the path. */
export function exportRow(form: Form, answers: Answers, around: Surroundings): Readonly<Record<string, Cell>> {
  const row: Record<string, Cell> = {}
  for (const question of questionsOf(form.definition)) {
    for (const [suffix, cell] of Object.entries(typeOf(question).export(question, answers[question.code], around)))
      row[`${question.code}${suffix}`] = cell
  }
  return row
}
