import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { resultsFile } from './results.ts'

/** `npm test`: builds what the browser tests are shown, then runs every test, or those that the arguments name, as `vitest run` takes them. */
const wanted = process.argv.slice(2)
const run = (env: NodeJS.ProcessEnv, ...args: string[]) =>
  spawnSync(process.execPath, args, { env, stdio: ['ignore', 'inherit', 'inherit'] }).status ?? 1

// Only a whole run speaks for the requirements, so only a whole run leaves its results.
const whole = wanted.length === 0
mkdirSync('.cache', { recursive: true })
if (whole) rmSync(resultsFile, { force: true })
const reporters = whole ? ['--reporter=default', '--reporter=json', `--outputFile.json=${resultsFile}`] : []

const build = run(process.env, 'scripts/build.ts')
if (build !== 0) process.exit(build)

// Whatever the tests write beside is gone afterwards. Open to pass through, for the account that PostgreSQL runs as under root.
const temporary = mkdtempSync(path.join(tmpdir(), 'lanyard-tests-'))
chmodSync(temporary, 0o711)
const outcome = run({ ...process.env, TMPDIR: temporary }, 'node_modules/vitest/vitest.mjs', 'run', ...reporters, ...wanted)
rmSync(temporary, { recursive: true, force: true })
process.exit(outcome)
