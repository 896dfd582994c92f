import type { Program } from '../expressions.ts'
import type { Column, FormDefinition, Option, Page, Question, Section } from './shape.ts'

/** Something wrong with a definition: where (`needs.substances.last_used › required`) and what. */
export type Problem = { readonly at: string; readonly problem: string }

/** The options of shared lists, by the list's code; lists are the authority's own data. */
export type Lists = Readonly<Record<string, readonly Option[]>>

/** A definition that has been checked, with its expressions compiled. Made once for each version. */
export interface Form {
  readonly definition: FormDefinition
  readonly questions: ReadonlyMap<string, Placed>
  /** Question codes so that whatever one depends on comes before it. */
  readonly order: readonly string[]
}

/** A question in its place, with its expressions. */
export interface Placed {
  readonly question: Question
  readonly section: Section
  readonly page: Page
  /** All must be true for the question to be shown: its page's, its section's and its own condition. */
  readonly shownWhen: readonly Program[]
  readonly required: boolean | Program
  readonly rules: readonly Rule[]
  /** By column code, for tables; `row` is the row in these. */
  readonly columns: ReadonlyMap<string, PlacedColumn>
  readonly calculation: Program | undefined
}
export type Rule = { readonly invalidWhen: Program; readonly message: string }
export type PlacedColumn = {
  readonly column: Column
  readonly required: boolean | Program
  readonly shownWhen: Program | undefined
  readonly rules: readonly Rule[]
}

/** All questions of a page or a definition, in the order of the form. */
export function questionsOf(part: Page | Pick<FormDefinition, 'pages'>): Question[] {
  const sections = 'pages' in part ? part.pages.flatMap(page => page.sections) : part.sections
  return sections.flatMap(section => section.questions)
}
