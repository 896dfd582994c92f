import type { Environment } from '@marcbachmann/cel-js'
import {
  type Comparison,
  canBeNamed,
  compile,
  environmentFor,
  givenNames,
  type Program,
  type RowType,
  type Variable,
} from '../expressions.ts'
import { typeOf } from '../question-types/index.ts'
import { type Column, definitionShape, type FormDefinition, type Option, type Page, type Question, type Section } from './shape.ts'

/**
 * Checks that a definition fits together, and compiles it. Every problem names the code it is about, in words that whoever
 * wrote the form can act on, and all of them are given at once.
 */

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

export type Checked = { readonly ok: true; readonly form: Form } | { readonly ok: false; readonly problems: readonly Problem[] }

/** Checks stored or imported data. `lists` lets codes of shared lists be checked too; without it they are taken on trust. */
export function checkDefinition(data: unknown, lists?: Lists): Checked {
  const read = definitionShape.safeParse(data)
  if (!read.success)
    return { ok: false, problems: read.error.issues.map(issue => ({ at: pathIn(data, issue.path), problem: issue.message })) }
  const definition = read.data
  const problems = [...duplicateCodes(definition), ...optionProblems(definition, lists), ...scoreProblems(definition)]
  if (problems.length > 0) return { ok: false, problems }
  const { placed, problems: faulty } = placeQuestions(definition, lists)
  if (faulty.length > 0) return { ok: false, problems: faulty }
  const sorted = inOrder(placed)
  if (!sorted.ok) return { ok: false, problems: [{ at: sorted.cycle[0]!, problem: `depends on itself: ${sorted.cycle.join(' → ')}` }] }
  return { ok: true, form: { definition, questions: placed, order: sorted.order } }
}

/** The compiled form of a definition that is known to be sound, like those shipped; throws all its problems otherwise. */
export function formOf(data: unknown, lists?: Lists): Form {
  const checked = checkDefinition(data, lists)
  if (!checked.ok)
    throw new Error(`The form definition is not sound:\n${checked.problems.map(({ at, problem }) => `  ${at}: ${problem}`).join('\n')}`)
  return checked.form
}

/** All questions of a page or a definition, in the order of the form. */
export function questionsOf(part: Page | Pick<FormDefinition, 'pages'>): Question[] {
  const sections = 'pages' in part ? part.pages.flatMap(page => page.sections) : part.sections
  return sections.flatMap(section => section.questions)
}

function duplicateCodes(definition: FormDefinition): Problem[] {
  const seen = new Map<string, string>(givenNames.map(name => [name, 'the names that every expression has']))
  const problems: Problem[] = questionsOf(definition)
    .filter(({ code }) => !seen.has(code) && !canBeNamed(code))
    .map(({ code }) => ({ at: code, problem: 'is a word that expressions keep for themselves' }))
  const note = (code: string, place: string) => {
    const before = seen.get(code)
    if (before !== undefined) problems.push({ at: code, problem: `is used twice: in ${before} and in ${place}` })
    else seen.set(code, place)
  }
  for (const page of definition.pages) {
    for (const section of page.sections) {
      for (const question of section.questions) {
        note(question.code, `section ${section.code}`)
        if (question.type === 'score') note(`${question.code}_band`, `the band of ${question.code}`)
        if (question.type === 'table')
          problems.push(
            ...twice(
              question.columns.map(column => column.code),
              code => `${question.code}.${code}`,
              'is the code of two columns',
            ),
          )
      }
    }
  }
  const sections = definition.pages.flatMap(page => page.sections.map(section => section.code))
  problems.push(...twice(sections, code => code, 'is the code of two sections'))
  problems.push(
    ...twice(
      definition.pages.map(page => page.code),
      code => code,
      'is the code of two pages',
    ),
  )
  return problems
}

function twice(codes: readonly string[], at: (code: string) => string, problem: string): Problem[] {
  return codes.filter((code, place) => codes.indexOf(code) !== place).map(code => ({ at: at(code), problem }))
}

function optionProblems(definition: FormDefinition, lists: Lists | undefined): Problem[] {
  return questionsOf(definition).flatMap(question => {
    const own = optionsProblem(question, question.code, lists)
    return question.type === 'table'
      ? [...own, ...question.columns.flatMap(column => optionsProblem(column, `${question.code}.${column.code}`, lists))]
      : own
  })
}

function optionsProblem(question: Question | Column, at: string, lists: Lists | undefined): Problem[] {
  if (question.type !== 'choice' && question.type !== 'choices') return []
  if (!Array.isArray(question.options)) {
    if (lists === undefined || lists[question.options.list] !== undefined) return []
    return [{ at, problem: `takes its options from the list ${question.options.list}, which does not exist` }]
  }
  if (question.options.length === 0) return [{ at, problem: 'has no options to choose from' }]
  return twice(
    question.options.map(option => option.code),
    () => at,
    'has two options with the same code',
  ).concat(
    question.options
      .filter(option => option.exclusive && question.type === 'choice')
      .map(() => ({ at, problem: 'has an exclusive option, which only choices can have' })),
  )
}

function scoreProblems(definition: FormDefinition): Problem[] {
  const all = new Map(questionsOf(definition).map(question => [question.code, question]))
  return questionsOf(definition).flatMap(question => {
    if (question.type !== 'score') return []
    const unscored = question.of.filter(code => !carriesScores(all.get(code)))
    const problems = unscored.map(code => ({
      at: question.code,
      problem: `adds up ${code}, which is not a question whose options carry scores`,
    }))
    const bands = question.bands ?? []
    const ordered = bands.every((band, place) => place === 0 || band.from > bands[place - 1]!.from)
    return ordered ? problems : [...problems, { at: question.code, problem: 'has bands that are not in rising order' }]
  })
}

function carriesScores(question: Question | undefined): boolean {
  if (question?.type !== 'choice' && question?.type !== 'choices') return false
  return Array.isArray(question.options) && question.options.some(option => option.score !== undefined)
}

function placeQuestions(definition: FormDefinition, lists: Lists | undefined): { placed: Map<string, Placed>; problems: Problem[] } {
  const problems: Problem[] = []
  const environment = environmentFor(variablesOf(definition), rowTypesOf(definition))
  const all = new Map(questionsOf(definition).map(question => [question.code, question]))
  const program = (
    source: string,
    at: string,
    inside: Environment = environment,
    wanted: readonly string[] = ['bool'],
    table?: Question,
  ): Program | undefined => {
    const compiled = compile(source, inside, wanted)
    if (!compiled.ok) {
      problems.push({ at, problem: `${compiled.error}, in "${source}"` })
      return undefined
    }
    for (const comparison of compiled.literals) {
      const problem = unknownOption(comparison, all, table, lists)
      if (problem) problems.push({ at, problem: `${problem}, in "${source}"` })
    }
    return compiled.program
  }
  const requirement = (required: boolean | string | undefined, at: string, inside?: Environment, table?: Question) =>
    typeof required === 'string' ? (program(required, `${at} › required`, inside, ['bool'], table) ?? false) : (required ?? false)
  const rulesOf = (
    rules: readonly { invalidWhen: string; message: string }[] | undefined,
    at: string,
    inside?: Environment,
    table?: Question,
  ) =>
    (rules ?? []).flatMap((rule, place) => {
      const invalidWhen = program(rule.invalidWhen, `${at} › rule ${place + 1}`, inside, ['bool'], table)
      return invalidWhen ? [{ invalidWhen, message: rule.message }] : []
    })

  const placed = new Map<string, Placed>()
  for (const page of definition.pages) {
    const pageShown = page.shownWhen === undefined ? [] : [program(page.shownWhen, `page ${page.code} › shownWhen`)]
    for (const section of page.sections) {
      const sectionShown = section.shownWhen === undefined ? [] : [program(section.shownWhen, `section ${section.code} › shownWhen`)]
      for (const question of section.questions) {
        const own = question.shownWhen === undefined ? [] : [program(question.shownWhen, `${question.code} › shownWhen`)]
        const shownWhen = [...pageShown, ...sectionShown, ...own].filter(condition => condition !== undefined)
        const columns = new Map<string, PlacedColumn>()
        if (question.type === 'table') {
          const inRow = environment.clone().registerVariable('row', rowTypeName(question.code))
          for (const column of question.columns) {
            const at = `${question.code}.${column.code}`
            columns.set(column.code, {
              column,
              required: requirement(column.required, at, inRow, question),
              shownWhen:
                column.shownWhen === undefined ? undefined : program(column.shownWhen, `${at} › shownWhen`, inRow, ['bool'], question),
              rules: rulesOf(column.rules, at, inRow, question),
            })
          }
        }
        placed.set(question.code, {
          question,
          section,
          page,
          shownWhen,
          required: 'required' in question ? requirement(question.required, question.code) : false,
          rules: 'rules' in question ? rulesOf(question.rules, question.code) : [],
          columns,
          calculation:
            question.type === 'calculated'
              ? program(question.expression, `${question.code} › expression`, environment, calculationTypes[question.result])
              : undefined,
        })
      }
    }
  }
  return { placed, problems }
}

const calculationTypes = {
  number: ['int', 'double'],
  text: ['string'],
  date: ['string'],
  'yes-no': ['bool'],
} as const

function variablesOf(definition: FormDefinition): Variable[] {
  return questionsOf(definition).flatMap(question => {
    if (question.type === 'table') return [{ name: question.code, type: `list<${rowTypeName(question.code)}>` }]
    const own = { name: question.code, type: typeOf(question).celType(question) }
    return question.type === 'score' ? [own, { name: `${question.code}_band`, type: 'string' }] : [own]
  })
}

function rowTypesOf(definition: FormDefinition): RowType[] {
  return questionsOf(definition).flatMap(question =>
    question.type === 'table'
      ? [
          {
            name: rowTypeName(question.code),
            fields: Object.fromEntries(question.columns.map(column => [column.code, typeOf(column).celType(column)])),
          },
        ]
      : [],
  )
}

function rowTypeName(code: string): string {
  return `Row_${code}`
}

function unknownOption(
  comparison: Comparison,
  all: ReadonlyMap<string, Question>,
  table: Question | undefined,
  lists: Lists | undefined,
): string | undefined {
  const asked =
    comparison.column === undefined
      ? all.get(comparison.name)
      : columnNamed(comparison.column, comparison.name === 'row' ? table : undefined, all)
  if (asked?.type === 'score' || asked === undefined) return bandProblem(comparison, all)
  if (asked.type !== 'choice' && asked.type !== 'choices') return undefined
  const options = Array.isArray(asked.options) ? asked.options : lists?.[asked.options.list]
  if (options === undefined || options.some(option => option.code === comparison.text)) return undefined
  return `${asked.code} has no option ${comparison.text}`
}

function columnNamed(code: string, table: Question | undefined, all: ReadonlyMap<string, Question>): Column | undefined {
  if (table?.type === 'table') return table.columns.find(column => column.code === code)
  // Inside count() and exists() the row has a name of the author's own: taken as sound if any table has such a column.
  const columns = [...all.values()].flatMap(question =>
    question.type === 'table' ? question.columns.filter(column => column.code === code) : [],
  )
  return columns.length === 1 ? columns[0] : undefined
}

function bandProblem({ name, text }: Comparison, all: ReadonlyMap<string, Question>): string | undefined {
  if (!name.endsWith('_band')) return undefined
  const score = all.get(name.slice(0, -'_band'.length))
  if (score?.type !== 'score' || score.bands?.some(band => band.code === text)) return undefined
  return `${score.code} has no band ${text}`
}

type Sorted = { readonly ok: true; readonly order: readonly string[] } | { readonly ok: false; readonly cycle: readonly string[] }

/** What decides whether a question is shown, and its value if it is worked out, must not come back to the question itself. */
function inOrder(placed: ReadonlyMap<string, Placed>): Sorted {
  const order: string[] = []
  const state = new Map<string, 'open' | 'done'>()
  const visit = (code: string, path: readonly string[]): readonly string[] | undefined => {
    if (state.get(code) === 'done') return undefined
    if (state.get(code) === 'open') return [...path.slice(path.indexOf(code)), code]
    state.set(code, 'open')
    for (const needed of dependenciesOf(placed.get(code)!, placed)) {
      const cycle = visit(needed, [...path, code])
      if (cycle) return cycle
    }
    state.set(code, 'done')
    order.push(code)
    return undefined
  }
  for (const code of placed.keys()) {
    const cycle = visit(code, [])
    if (cycle) return { ok: false, cycle }
  }
  return { ok: true, order }
}

function dependenciesOf(item: Placed, placed: ReadonlyMap<string, Placed>): string[] {
  const programs = item.calculation ? [...item.shownWhen, item.calculation] : item.shownWhen
  const read = programs.flatMap(program => program.uses).map(name => (placed.has(name) ? name : name.replace(/_band$/, '')))
  const added = item.question.type === 'score' ? item.question.of : []
  return [...read, ...added].filter(code => placed.has(code))
}

/** Names the place of a shape error by codes rather than positions: `about-you › needs › dob › label`. */
function pathIn(data: unknown, path: readonly PropertyKey[]): string {
  const named: string[] = []
  let here: unknown = data
  for (const step of path) {
    here = (here as Record<PropertyKey, unknown> | undefined)?.[step]
    const code = (here as { code?: unknown } | undefined)?.code
    if (typeof step === 'number') named.push(typeof code === 'string' ? code : String(step + 1))
    else if (!['pages', 'sections', 'questions', 'columns', 'options'].includes(String(step))) named.push(String(step))
  }
  return named.length > 0 ? named.join(' › ') : 'the definition'
}
