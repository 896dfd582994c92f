import type { SectionOfForm } from '../../access/index.ts'
import { answerName, type TemplatePart } from './template.ts'
import { escapeWords } from './wording.ts'

/** What the record says for one field. */
export type FieldValue = {
  /** As it stands in the letter. Undefined where the record does not say. */
  readonly words: string | undefined
  /** How to mend it where it does not. */
  readonly mend: Mend
  /** Of an answer: the section of the form that it stands in, with which it can be withheld. */
  readonly section?: SectionOfForm
}
export type Mend = { readonly what: string; readonly href?: string }

export type Values = {
  /** By field name. */
  readonly fields: ReadonlyMap<string, FieldValue>
  /** What conditions are asked of. */
  readonly scope: Readonly<Record<string, unknown>>
  /** The sections whose answers a condition reads when it names this form: `answers.<form>.<question>`. */
  readonly sectionOf: (name: string) => SectionOfForm | undefined
}

export type Filled = {
  /** The wording, in which a field that the record does not fill still stands in its braces. */
  readonly wording: string
  readonly missing: readonly { readonly name: string; readonly mend: Mend }[]
  /** Sections of forms that the wording follows from, by an answer shown or by a condition asked. */
  readonly sections: readonly SectionOfForm[]
}

/** Fills a template from the record. What the record does not say is left in its place, and named. */
export function fill(parts: readonly TemplatePart[], values: Values): Filled {
  const missing = new Map<string, Mend>()
  const sections = new Map<string, SectionOfForm>()
  const note = (section: SectionOfForm | undefined) => {
    if (section) sections.set(`${section.answerSetId}/${section.section}`, section)
  }
  let wording = ''
  const write = (some: readonly TemplatePart[]): void => {
    for (const part of some) {
      if (part.kind === 'words') {
        wording += part.text
      } else if (part.kind === 'if') {
        for (const name of answersIn(part.condition.source)) note(values.sectionOf(name))
        write(part.condition.test(values.scope) ? part.whenTrue : part.otherwise)
      } else {
        const value = values.fields.get(part.name)
        note(value?.section)
        if (value?.words === undefined) missing.set(part.name, value?.mend ?? { what: 'Write words of your own in its place' })
        wording += value?.words === undefined ? `{{${part.name}}}` : escapeWords(oneLineIn(wording, value.words))
      }
    }
  }
  write(parts)
  return { wording, missing: [...missing].map(([name, mend]) => ({ name, mend })), sections: [...sections.values()] }
}

const answersIn = (condition: string): string[] => [...condition.matchAll(answerName)].map(([name]) => name)

/** Several lines would end the row of a table, and the heading, that they stand in. */
function oneLineIn(before: string, words: string): string {
  const line = before.slice(before.lastIndexOf('\n') + 1).trimStart()
  return /^[|#]/.test(line) ? words.replaceAll(/\s*\n\s*/g, ' ') : words
}
