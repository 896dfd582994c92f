import { sql } from 'kysely'
import type { Column, FormDefinition, Option, Question } from '../forms/index.ts'
import type { Tx } from '../platform/db/database.ts'
import type { MeetingKind } from './kind.ts'

/**
 * A kind with the choices of the lists that its forms name, as the authority keeps them now: to choose from those that are in use, to read what was filled
 * in also those that are not any more.
 */
export async function kindNow(tx: Tx, kind: MeetingKind): Promise<MeetingKind> {
  const names = listsIn(kind.referral).concat(listsIn(kind.research.form))
  if (names.length === 0) return kind
  const { rows } = await sql<Listed>`
    select list, code, label, archived_at is not null as archived from list_options where list = any (${names}::text[]) and service_area = ''
    order by list, position, label`.execute(tx)
  const key = JSON.stringify([kind.code, rows])
  const known = resolved.get(key)
  if (known) return known
  const now = {
    ...kind,
    referral: withOptions(kind.referral, rows),
    research: { ...kind.research, form: withOptions(kind.research.form, rows) },
  }
  resolved.set(key, now)
  return now
}

type Listed = { list: string; code: string; label: string; archived: boolean }

/** By kind and what its lists hold: a form is compiled once for each, and an authority changes its lists seldom. */
const resolved = new Map<string, MeetingKind>()

/** Of a form to fill in, the same form to read. */
const toRead = new WeakMap<FormDefinition, FormDefinition>()
export const asRead = (definition: FormDefinition): FormDefinition => toRead.get(definition) ?? definition

function withOptions(definition: FormDefinition, listed: readonly Listed[]): FormDefinition {
  const choosing = filled(
    definition,
    listed.filter(one => !one.archived),
  )
  toRead.set(choosing, filled(definition, listed))
  return choosing
}

const filled = (definition: FormDefinition, listed: readonly Listed[]): FormDefinition => ({
  ...definition,
  pages: definition.pages.map(page => ({
    ...page,
    sections: page.sections.map(section => ({
      ...section,
      questions: section.questions.map(question =>
        question.type === 'table'
          ? { ...question, columns: question.columns.map(column => chosenFrom(column, listed)) }
          : chosenFrom(question, listed),
      ),
    })),
  })),
})

function chosenFrom<T extends Question | Column>(asked: T, listed: readonly Listed[]): T {
  const list = listOf(asked)
  if (!list) return asked
  const options: Option[] = listed.filter(one => one.list === list).map(({ code, label }) => ({ code, label }))
  return { ...asked, options }
}

const listOf = (asked: Question | Column): string | undefined =>
  (asked.type === 'choice' || asked.type === 'choices') && !Array.isArray(asked.options) ? asked.options.list : undefined

const listsIn = (definition: FormDefinition): string[] =>
  definition.pages
    .flatMap(page => page.sections.flatMap(section => section.questions))
    .flatMap((question): (Question | Column)[] => (question.type === 'table' ? [...question.columns] : [question]))
    .flatMap(one => listOf(one) ?? [])
