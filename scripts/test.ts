import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync } from 'node:fs'
import { resultsFile } from './results.ts'

/** `npm test`: builds what the browser tests are shown, then runs every test, or those that the arguments name, as `vitest run` takes them. */
const wanted = process.argv.slice(2)
const run = (...args: string[]) => spawnSync(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit'] }).status ?? 1

// Only a whole run speaks for the requirements, so only a whole run leaves its results.
const whole = wanted.length === 0
mkdirSync('.cache', { recursive: true })
if (whole) rmSync(resultsFile, { force: true })
const build = run('scripts/build.ts')
if (build !== 0) process.exit(build)
const reporters = whole ? ['--reporter=default', '--reporter=json', `--outputFile.json=${resultsFile}`] : []
process.exit(run('node_modules/vitest/vitest.mjs', 'run', ...reporters, ...wanted))
