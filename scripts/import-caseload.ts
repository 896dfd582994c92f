// `npm run import`: see what --help says.
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { urlOf } from '../src/app/databases.ts'
import { findActor } from '../src/identity/index.ts'
import { ImportRefused, type ImportWish, importFromCommandLine, undoFromCommandLine } from '../src/imports/command-line.ts'
import { systemClock } from '../src/platform/clock.ts'
import { readConfig } from '../src/platform/config.ts'
import { connect, type Database } from '../src/platform/db/database.ts'
import { filesOnDisk } from '../src/platform/files.ts'
import { reachDatabase } from './reach-database.ts'

const { values } = parseArgs({
  options: {
    people: { type: 'string' },
    cases: { type: 'string' },
    notes: { type: 'string' },
    system: { type: 'string' },
    team: { type: 'string' },
    as: { type: 'string' },
    mapping: { type: 'string' },
    duplicates: { type: 'string' },
    'people-without-case': { type: 'string', default: 'take-over' },
    check: { type: 'boolean', default: false },
    undo: { type: 'string' },
    out: { type: 'string', default: '.' },
    help: { type: 'boolean', short: 'h', default: false },
  },
})

const usage = `Takes over an old system's caseload, on the database that npm start uses, as a user who may import:

  npm run import -- --people people.csv --cases cases.csv --notes notes.csv --system Halo --team "Early Help West" --as demelza.vyvyan@porthkerris.example.org

  --check                      only says what would happen
  --mapping "Halo export"      columns kept under a name; without it they are guessed from the headings
  --duplicates likely          likely (the same where it is all but sure), new, or leave-out; without it they are decided on the page
  --people-without-case leave-out
  --out folder                 where the rows to be mended are written (here, unless said)
  --undo <id> --as …           undoes an import

Ends with a line of JSON, and with 0 when the import is done.`

process.exitCode = await main().catch(fault => {
  console.error(fault instanceof Error ? fault.message : String(fault))
  return 1
})

async function main(): Promise<number> {
  if (values.help) {
    console.info(usage)
    return 0
  }
  const email = values.as ?? refuse('Say --as and the e-mail address of a user who may import.')
  const wish = values.undo === undefined ? wishFrom() : undefined
  const config = readConfig(process.env)
  const secret = config.secret ?? secretOf(resolve(config.dataFolder))
  const database = await reachDatabase(config)
  const open = (role: 'lanyard_worker' | 'lanyard_gate') =>
    connect({ url: urlOf(database.url, role, secret), schema: config.schema, max: 3, name: 'import' })
  const [worker, gate] = [open('lanyard_worker'), open('lanyard_gate')]
  try {
    const actorOf = async (userId: string) => {
      const actor = await findActor(gate, userId, systemClock.now())
      return actor && { ...actor, requestId: 'command line', address: '' }
    }
    const userId = await userOf(gate, email)
    const actor = (userId && (await actorOf(userId))) || refuse(`No user ${email} may sign in.`)
    const work = { database: worker, actorOf, files: filesOnDisk(join(resolve(config.dataFolder), 'imports')), clock: systemClock }
    const parts = { work, actor, say: (line: string) => console.info(line) }
    if (!wish) {
      await undoFromCommandLine(parts, values.undo!)
      return 0
    }
    const done = await importFromCommandLine(parts, wish)
    const outcome = (done.result ?? done.checked)!
    const rows = (['people', 'cases', 'notes'] as const).reduce((sum, kind) => sum + (outcome[kind]?.rows ?? 0), 0)
    const seconds = { check: done.checked?.seconds ?? 0, run: done.result?.seconds ?? 0 }
    const rowsPerSecond = Math.round(rows / (seconds.check + seconds.run))
    console.info(JSON.stringify({ ...outcome, import: done.id, state: done.state, rows, rowsPerSecond, seconds }))
    return 0
  } finally {
    await Promise.all([worker.close(), gate.close()])
    await database.leave()
  }
}

function wishFrom(): ImportWish {
  const { people, cases, notes, duplicates } = values
  const files = { ...(people ? { people } : {}), ...(cases ? { cases } : {}), ...(notes ? { notes } : {}) }
  if (Object.keys(files).length === 0) refuse('Say which files: --people people.csv --cases cases.csv --notes notes.csv, or some of them.')
  for (const path of Object.values(files)) if (!existsSync(path)) refuse(`There is no file ${path}.`)
  if (duplicates !== undefined && duplicates !== 'likely' && duplicates !== 'new' && duplicates !== 'leave-out')
    return refuse('--duplicates is likely, new or leave-out.')
  return {
    files,
    system: values.system ?? refuse('Say --system and what the old system is called.'),
    team: values.team ?? refuse('Say --team and which team takes the caseload over.'),
    mapping: values.mapping,
    peopleWithoutCase: values['people-without-case'] === 'leave-out' ? 'leave-out' : 'take-over',
    duplicates,
    checkOnly: values.check,
    out: values.out,
  }
}

function secretOf(dataFolder: string): string {
  const path = join(dataFolder, 'secret')
  if (!existsSync(path))
    refuse(
      `Lanyard has not been started with the data folder ${dataFolder} yet. Run npm start once, or set LANYARD_DATA, or LANYARD_SECRET and DATABASE_URL.`,
    )
  return readFileSync(path, 'utf8').trim()
}

async function userOf(gate: Database, email: string): Promise<string | undefined> {
  const { rows } = await gate.pool.query<{ id: string }>('select id from users where lower(email) = lower($1)', [email])
  return rows[0]?.id
}

function refuse(message: string): never {
  throw new ImportRefused(message)
}
