import { sql } from 'kysely'
import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import { findAnswerSet } from './answer-sets/answer-sets.queries.ts'
import { formByFingerprint } from './definition/definitions.queries.ts'
import { type Form, questionsOf } from './definition/form.ts'
import type { Question } from './definition/shape.ts'
import { surroundingsFor } from './pages/surroundings.ts'
import { typeOf } from './question-types/index.ts'
import { isOfHidden } from './work-out.ts'

/** The latest completed form of a kind on a case, as the reader may see it: sections withheld from them are not there. */
export type CompletedForm = {
  readonly answerSetId: string
  readonly form: Form
  readonly completedAt: Date
  readonly answers: ReadonlyMap<string, CompletedAnswer>
}
export type CompletedAnswer = {
  readonly section: string
  /** A line each, as it is read. */
  readonly lines: readonly string[]
  /** As expressions have it. */
  readonly value: unknown
}

/** For each kind of form the last that was completed, by the form's code. */
export async function latestCompletedForms(
  tx: Tx,
  actor: Actor,
  about: { readonly caseId: string; readonly serviceArea: string },
): Promise<ReadonlyMap<string, CompletedForm>> {
  const { rows } = await sql<{ id: string; code: string }>`
    select distinct on (form_code) id, form_code as code from answer_sets
    where case_id = ${about.caseId} and completed_at is not null order by form_code, completed_at desc, id desc`.execute(tx)
  const found = new Map<string, CompletedForm>()
  for (const { id, code } of rows) {
    const set = await findAnswerSet(tx, actor, about.caseId, id)
    if (!set?.completedAt) continue
    const kept = [...set.sections.values()].flatMap(section => (section.completed ? [section.completed] : []))
    const completed = Object.assign({}, ...kept)
    const visit = { tx, actor }
    const around = await surroundingsFor(
      visit,
      { serviceArea: about.serviceArea, people: async () => [] },
      set.form,
      completed,
      set.completedAt,
    )
    const answers = new Map<string, CompletedAnswer>()
    const seen = new Set(set.sections.keys())
    for (const [question, placed] of set.form.questions) {
      const answer = completed[question]
      // Worked out by whoever completed it, of what may be kept from this reader.
      if (answer === undefined || isOfHidden(question, set.form, seen)) continue
      const type = typeOf(placed.question)
      const lines = type.show(placed.question, answer, around)
      answers.set(question, { section: placed.section.code, lines, value: type.toCel(placed.question, answer) })
    }
    found.set(code, { answerSetId: id, form: set.form, completedAt: set.completedAt, answers })
  }
  return found
}

/** The newest release of every form, compiled: what a template may take answers of. */
export async function releasedDefinitions(tx: Tx): Promise<Form[]> {
  const { rows } = await sql<{ code: string; version: number; fingerprint: string }>`
    select distinct on (code) code, version, fingerprint from form_definitions where status = 'released' order by code, version desc`.execute(
    tx,
  )
  const forms: Form[] = []
  for (const { code, version, fingerprint } of rows) forms.push(await formByFingerprint(tx, code, version, fingerprint))
  return forms
}

export type AskedFor = { readonly question: Question; readonly celType: string }

/** The questions of a form that can be spoken of outside it: with their answer in words, and its type in expressions. Tables stay inside. */
export function askedIn(form: Form): AskedFor[] {
  return questionsOf(form.definition)
    .filter(question => question.type !== 'table' && question.type !== 'file')
    .map(question => ({ question, celType: typeOf(question).celType(question) }))
}
