import { spawnSync } from 'node:child_process'
import { lastResults } from './results.ts'

/** `npm run check` and `.ci/run`: every test and every check, all of them even when one fails, and one line with the sum at the end. */
const checks: [name: string, ...command: string[]][] = [
  ['types', 'tsc', '--project', '.'],
  ['style', 'biome', 'check', '--error-on-warnings'],
  ['architecture', 'depcruise', '--config', '.dependency-cruiser.mjs', 'src'],
  ['unused code', 'knip'],
  ['requirements', 'node', 'scripts/requirements.ts', '--quiet'],
]

const run = (command: string, ...args: string[]) => spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'] }).status === 0

// `.ci/run` has run the tests by itself and says with which exit code.
const before = process.argv.find(word => word.startsWith('--after-tests='))?.split('=')[1]
const tests = before === undefined ? run('node', 'scripts/test.ts') : before === '0'
const outcomes = checks.map(([name, command, ...args]) => {
  console.info(`\n── ${name}: ${[command, ...args].join(' ')}`)
  const passed = run(command!, ...args)
  console.info(passed ? `${name}: passed` : `${name}: FAILED`)
  return { name, passed }
})

const results = lastResults()
// A run that ended without results, or badly although every test passed (a fault outside any test), is a failure of its own.
const unexplained = !results || (!tests && results.failed === 0) ? 1 : 0
const passed = (results?.passed ?? 0) + outcomes.filter(outcome => outcome.passed).length
const failed = (results?.failed ?? 0) + unexplained + outcomes.filter(outcome => !outcome.passed).length

console.info(`\ntests: ${results ? `${results.passed} passed, ${results.failed} failed` : 'no results'}`)
for (const outcome of outcomes) console.info(`${outcome.name}: ${outcome.passed ? 'passed' : 'failed'}`)
console.info(`${passed} passed, ${failed} failed`)
process.exit(failed === 0 ? 0 : 1)
