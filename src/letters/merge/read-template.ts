import { releasedDefinitions } from '../../forms/index.ts'
import type { Tx } from '../../platform/db/database.ts'
import { readTemplate, type Template, wordingOf } from '../markup/template.ts'
import { readWording } from '../markup/wording.ts'
import { conditionsOver, type FieldGroup, fieldsOfForm, recordFields } from './merge-fields.ts'

/** What a template may take from the record, now: the fields of person, case and writer, and the questions of every released form. */
export type Vocabulary = {
  readonly groups: readonly FieldGroup[]
  read(source: string): Template
  /** A letter that is being written: fields, and no conditions. */
  readLetter(source: string): Template
}

export async function vocabularyOf(tx: Tx): Promise<Vocabulary> {
  const forms = await releasedDefinitions(tx)
  const groups = [...recordFields, ...forms.map(fieldsOfForm)]
  const names = new Set(groups.flatMap(group => group.fields.map(field => field.name)))
  const isField = (name: string) => names.has(name)
  return {
    groups,
    read: source => readTemplate(source, { isField, environment: conditionsOver(forms) }),
    readLetter: source => readTemplate(source, { isField, environment: undefined }),
  }
}

/** The template taken apart, or everything that is wrong with it: its fields, its conditions, and its headings, lists and tables. */
export function checkTemplate(vocabulary: Vocabulary, source: string): Template {
  const template = vocabulary.read(source)
  const wording = readWording(wordingOf(source))
  const problems = [...(template.ok ? [] : template.problems), ...(wording.ok ? [] : wording.problems)]
  return problems.length > 0 ? { ok: false, problems: problems.sort((a, b) => a.line - b.line) } : template
}
