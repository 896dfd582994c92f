import { readFileSync } from 'node:fs'
import { lastResults, resultsFile } from './results.ts'

/**
 * `npm run requirements`: each requirement of docs/requirements.md with the tests that name it, and an error for one that is called met
 * but has no passing test, or that tests name and the page does not have. With --quiet only what is wrong, and the sums.
 */
const states = ['met', 'part', 'not yet'] as const
type Requirement = { id: string; words: string; state: (typeof states)[number]; where: string }

const quiet = process.argv.includes('--quiet')
const problems: string[] = []

const requirements = readFileSync('docs/requirements.md', 'utf8')
  .split('\n')
  .map(line => line.split('|').map(cell => cell.trim()))
  .filter(([, id]) => /^[A-Z]\d+[a-z]?$/.test(id ?? ''))
  .map(([, id, words, state, where]) => {
    if (!states.some(known => known === state)) problems.push(`${id}: "${state}" is not one of ${states.join(', ')}.`)
    return { id, words, state, where } as Requirement
  })

const results = lastResults()
if (!results) {
  console.error(`There is no whole run of the tests to go by (${resultsFile}). Run npm test first.`)
  process.exit(1)
}

const named = results.tests.flatMap(test => [...test.title.matchAll(/\[([A-Z]\d+[a-z]?)\]/g)].map(([, id]) => ({ ...test, id: id! })))
const passing = (id: string) => named.filter(test => test.id === id && test.status === 'passed')

for (const requirement of requirements) {
  const tests = passing(requirement.id)
  if (!quiet) {
    console.info(`${requirement.id.padEnd(4)} ${requirement.state.padEnd(8)} ${requirement.words}`)
    for (const test of tests) console.info(`${' '.repeat(14)}${test.title}  (${test.file})`)
  }
  if (requirement.state === 'met' && tests.length === 0) problems.push(`${requirement.id} is called met, but no passing test names it.`)
  if (requirement.state === 'met' && !requirement.where) problems.push(`${requirement.id} is called met, but not where.`)
}
const known = new Set(requirements.map(requirement => requirement.id))
for (const test of named)
  if (!known.has(test.id)) problems.push(`"${test.title}" (${test.file}) names ${test.id}, which is no requirement.`)

const count = (state: string) => requirements.filter(requirement => requirement.state === state).length
console.info(
  `${requirements.length} requirements: ${states.map(state => `${count(state)} ${state}`).join(', ')}; ${named.length} tests name one.`,
)
const waiting = requirements.filter(requirement => requirement.state === 'not yet' && passing(requirement.id).length > 0)
if (waiting.length > 0)
  console.info(`Called "not yet" although a passing test names them: ${waiting.map(requirement => requirement.id).join(', ')}.`)
for (const problem of problems) console.error(problem)
process.exit(problems.length > 0 ? 1 : 0)
