import { canBeNamed, givenNames } from '../expressions.ts'
import { type Lists, type Problem, questionsOf } from './form.ts'
import type { Column, FormDefinition, Question } from './shape.ts'

/** What can be wrong with codes, options and scores, before any expression is looked at. */
export function codeProblems(definition: FormDefinition, lists: Lists | undefined): Problem[] {
  return [...duplicateCodes(definition), ...optionProblems(definition, lists), ...scoreProblems(definition), ...outsideProblems(definition)]
}

/** What whoever takes a referral from outside up must find: whom it is about and why. */
const neededOutside = { given: 'text', family: 'text', reason: 'long-text' } as const

/** A form for people without an account says whom it is about, and shows them nothing of the authority's own. */
function outsideProblems(definition: FormDefinition): Problem[] {
  if (!definition.forOutside) return []
  const all = questionsOf(definition)
  const missing = Object.entries(neededOutside)
    .filter(([code, type]) => !all.some(question => question.code === code && question.type === type))
    .map(([code, type]) => ({ at: code, problem: `is a question of type ${type} that a form for outside must ask` }))
  const parts = all.flatMap<Question | Column>(question => (question.type === 'table' ? question.columns : [question]))
  const inside = parts
    .filter(part => ['person', 'agency', 'user'].includes(part.type) || ('options' in part && !Array.isArray(part.options)))
    .map(part => ({ at: part.code, problem: 'shows people, agencies or a list of the authority, which nobody outside may see' }))
  return [...missing, ...inside]
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
