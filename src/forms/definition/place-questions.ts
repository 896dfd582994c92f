import type { Environment } from '@marcbachmann/cel-js'
import { type Comparison, compile, environmentFor, type Program, type RowType, type Variable } from '../expressions.ts'
import { typeOf } from '../question-types/index.ts'
import { type Lists, type Placed, type PlacedColumn, type Problem, questionsOf } from './form.ts'
import type { Column, FormDefinition, Question } from './shape.ts'

/** Puts every question in its place with its expressions compiled, and tells of every expression that does not fit. */
export function placeQuestions(definition: FormDefinition, lists: Lists | undefined): { placed: Map<string, Placed>; problems: Problem[] } {
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
