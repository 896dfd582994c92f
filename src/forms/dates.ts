import { sql } from 'kysely'
import type { Tx } from '../platform/db/database.ts'
import { isPlainDate, type PlainDate } from '../platform/plain-date.ts'
import { loadForm, releasedForms } from './definition/definitions.queries.ts'

/** A question that is answered with a day, of a form that can be begun now. */
export type DateQuestion = { form: string; formTitle: string; question: string; label: string }

/** Every such question, by the titles of the forms: what a due date may count from. */
export async function dateQuestions(tx: Tx): Promise<DateQuestion[]> {
  const all: DateQuestion[] = []
  for (const { code, version, title } of await releasedForms(tx)) {
    const form = await loadForm(tx, code, version)
    for (const { question } of form.questions.values())
      if (question.type === 'date') all.push({ form: code, formTitle: title, question: question.code, label: question.label })
  }
  return all
}

/** A day that was answered in a form that has been completed, and in which section. */
export type DateAnswer = { question: string; section: string; on: PlainDate }

/** The days that completing a form kept, as far as the actor sees its sections. */
export async function dateAnswersOf(tx: Tx, answerSetId: string): Promise<DateAnswer[]> {
  const { rows } = await sql<{ code: string; version: number; section: string; completed: Record<string, unknown> | null }>`
    select a.form_code as code, a.form_version as version, s.section, s.completed
    from answer_sets a join answer_sections s on s.answer_set_id = a.id where a.id = ${answerSetId}::uuid`.execute(tx)
  const first = rows[0]
  if (!first) return []
  const { questions } = await loadForm(tx, first.code, first.version)
  return rows.flatMap(({ section, completed }) =>
    Object.entries(completed ?? {}).flatMap(([question, answer]) =>
      questions.get(question)?.question.type === 'date' && isPlainDate(answer) ? [{ question, section, on: answer }] : [],
    ),
  )
}
