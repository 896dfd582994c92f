import { fill, type Values } from '../markup/fill.ts'
import type { TemplatePart } from '../markup/template.ts'
import { type insertedParts, readWording } from '../markup/wording.ts'
import type { FieldGroup } from '../merge/merge-fields.ts'
import { type Block, type Paper, paragraph } from '../paper/paper.ts'

/** The template as it reads for a made-up person, of whom everything is known: Łucja Żółtańska, of 1 Fore Street, Porthkerris. */
export function exampleOf(title: string, parts: readonly TemplatePart[], groups: readonly FieldGroup[]): Paper {
  const fields = groups.flatMap(group => group.fields)
  const values: Values = {
    fields: new Map(fields.map(field => [field.name, { words: field.example, mend: { what: '' } }])),
    scope: scopeOf(fields),
    sectionOf: () => undefined,
  }
  const wording = readWording(fill(parts, values).wording)
  const inserted: Record<keyof typeof insertedParts, Block> = {
    letterhead: { kind: 'letterhead', name: 'Porthkerris Council', lines: ['The Quay, Porthkerris, PK1 1AA', 'Telephone 01632 960100'] },
    address: { kind: 'address', lines: ['Łucja Żółtańska', '1 Fore Street', 'Porthkerris', 'PK1 2AB'] },
    date: paragraph('20 November 2026'),
    reference: paragraph('Our reference: EH-26-0412'),
    signature: { kind: 'signature', signature: null, lines: ['Tamsin Rowe', 'Early help worker', 'Early Help West', '01632 960112'] },
  }
  const blocks = wording.ok ? wording.parts.map(part => (part.kind === 'inserted' ? inserted[part.part] : part)) : []
  return { title, language: 'en-GB', largePrint: false, foot: '', blocks }
}

/** Conditions find the made-up person as the record would hold her; her answers are words, so that those of other types are not known. */
function scopeOf(fields: readonly { name: string; example: string }[]): Record<string, unknown> {
  const scope: Record<string, Record<string, unknown>> = { person: {}, case: {}, writer: {}, answers: {} }
  for (const { name, example } of fields) {
    const [group = '', one = ''] = name.split('.')
    if (group in scope && group !== 'answers') scope[group] = { ...scope[group], [one]: example }
  }
  return scope
}
