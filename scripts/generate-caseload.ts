// `npm run caseload`: see what --help says.
import { parseArgs } from 'node:util'
import { serviceAreas, writeCaseload } from '../src/imports/generator/index.ts'
import { systemClock, today } from '../src/platform/clock.ts'
import { isPlainDate } from '../src/platform/plain-date.ts'

const { values } = parseArgs({
  options: {
    people: { type: 'string', default: '500' },
    seed: { type: 'string', default: '1' },
    out: { type: 'string', default: 'caseload' },
    'as-of': { type: 'string' },
    service: { type: 'string' },
    dirty: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
})
if (values.help) {
  console.info(`Writes the caseload of an old system, of people who do not exist: people.csv, cases.csv and notes.csv.

  npm run caseload -- --people 500 --seed 7 --service early-help --dirty --out caseload

  --people 500           how many people
  --seed 1               another number gives other people; the same number gives the same
  --service early-help   cases of one service: ${serviceAreas.join(', ')}; of all of them, unless said
  --dirty                with what old systems hold: wrong dates, doubles, odd letters
  --as-of 2026-11-20     the day on which it was exported; today, unless said
  --out caseload         the folder that the files are written to`)
  process.exit(0)
}
const people = Number(values.people)
const seed = Number(values.seed)
const asOf = values['as-of'] ?? today(systemClock)
if (!Number.isSafeInteger(people) || people < 1) fail('--people must be a whole number, 1 or more')
if (!Number.isSafeInteger(seed) || seed < 0) fail('--seed must be a whole number, 0 or more')
if (!isPlainDate(asOf)) fail('--as-of must be a date like 2026-11-20')

const service = serviceAreas.find(area => area === values.service)
if (values.service !== undefined && !service) fail(`--service must be one of ${serviceAreas.join(', ')}`)

const started = performance.now()
const written = await writeCaseload({ people, seed, asOf, service, dirty: values.dirty }, values.out)
const seconds = (performance.now() - started) / 1_000
const rows = written.people + written.cases + written.notes
console.info(
  `${written.people} people, ${written.cases} cases and ${written.notes} notes written to ${values.out} ` +
    `in ${seconds.toFixed(1)} s (${Math.round(rows / seconds)} rows a second). Same again: --seed ${seed} --as-of ${asOf}`,
)
for (const [what, times] of Object.entries(written.dirt).sort()) console.info(`  ${String(times).padStart(6)}  ${what}`)

function fail(message: string): never {
  console.error(message)
  process.exit(1)
}
