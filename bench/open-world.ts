import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import pg from 'pg'
import { migrate, readMigrations } from '../src/platform/db/migrate.ts'
import { startEmbeddedPostgres } from '../src/platform/embedded-postgres/index.ts'
import { fillNotes } from './notes.ts'
import { fillPeople, howManyLong, referenceOf } from './people.ts'
import { makeOrganisation, refreshSessions, type World } from './world.ts'

export const benchSecret = 'the benchmark has no secret worth keeping'
export const benchSchema = 'bench'

/** Goes up when worlds are made otherwise than before: a kept one is then made anew. */
const worldsMadeAs = '3: five people of each team with 5,000 events'

export type OpenWorld = World & { adminUrl: string; sample: Sample; close(): Promise<void> }
/** Ids and words to ask for: of each worker's own team, as they would. */
export type Sample = {
  personIds: string[][]
  surnames: string[] /** Those of the longest timelines. */
  longIds: string[][]
}

/** The world of so many people, and so many notes to search in where any are wanted, made once for a version of the schema and then kept in .cache/bench. */
export async function openWorld(people: number, notes: number, say: (line: string) => void): Promise<OpenWorld> {
  const cluster = await startEmbeddedPostgres({ dataFolder: resolve('.cache/bench'), log: () => {} })
  const migrations = await readMigrations('db')
  const version = createHash('sha256')
    .update([worldsMadeAs, ...migrations.map(one => one.hash)].join())
    .digest('hex')
    .slice(0, 10)
  const name = `bench_${people}_${version}`
  const server = await open(cluster.url('postgres'))
  const { rows } = await server.query('select from pg_database where datname = $1', [name])
  const place = resolve('.cache/bench', `${name}.json`)
  if (rows.length === 0) {
    say(`Making a world of ${people} people, once.`)
    await startOver(server, `${name}_new`)
    await server.query(`create database ${name}_new`)
    const newUrl = cluster.url(`${name}_new`)
    await migrate({ adminUrl: newUrl, schema: benchSchema, secret: benchSecret, folder: 'db' })
    const admin = await open(newUrl)
    await admin.query(`set search_path = ${benchSchema}; set synchronous_commit = off`)
    const world = await makeOrganisation(admin, people)
    await fillPeople(admin, world, people, 7, say)
    await writeFile(place, JSON.stringify(world))
    await admin.end()
    // Its final name only now: a world that was interrupted is never mistaken for a whole one.
    await server.query(`alter database ${name}_new rename to ${name}`)
  }
  const withNotes = notes === 0 ? name : `${name}_notes_${notes}`
  if (notes > 0) await addNotes(server, cluster, { name, withNotes, notes, say })
  await server.end()
  const adminUrl = cluster.url(withNotes)
  const world = JSON.parse(await readFile(place, 'utf8')) as World
  const admin = await open(adminUrl)
  await admin.query(`set search_path = ${benchSchema}`)
  await refreshSessions(admin)
  const sample = await sampleOf(admin, world)
  await admin.end()
  return { ...world, adminUrl, sample, close: () => cluster.stop() }
}

type Noted = { name: string; withNotes: string; notes: number; say: (line: string) => void }

/** A copy of the world with notes in it. */
async function addNotes(server: pg.Client, cluster: { url(name: string): string }, { name, withNotes, notes, say }: Noted): Promise<void> {
  const { rows } = await server.query('select from pg_database where datname = $1', [withNotes])
  if (rows.length > 0) return
  say(`Writing ${notes} notes, once.`)
  await startOver(server, `${withNotes}_new`)
  await server.query(`create database ${withNotes}_new template ${name} strategy file_copy`)
  const admin = await open(cluster.url(`${withNotes}_new`))
  await admin.query(`set search_path = ${benchSchema}; set synchronous_commit = off`)
  await fillNotes(admin, notes, say)
  await admin.end()
  await server.query(`alter database ${withNotes}_new rename to ${withNotes}`)
}

/** What an interrupted run began is thrown away, so that the next one makes it whole. */
async function startOver(server: pg.Client, database: string): Promise<void> {
  await server.query(`drop database if exists ${database} with (force)`)
}

async function open(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  return client
}

async function sampleOf(admin: pg.Client, world: World): Promise<Sample> {
  const personIds: string[][] = []
  const longIds: string[][] = []
  for (const team of world.teams) {
    const { rows } = await admin.query<{ person_id: string }>('select person_id from cases where team_id = $1 limit 2000', [team.id])
    personIds.push(rows.map(row => row.person_id))
    const long = await admin.query<{ person_id: string }>('select person_id from cases where team_id = $1 and reference < $2', [
      team.id,
      referenceOf(howManyLong(world)),
    ])
    longIds.push(long.rows.map(row => row.person_id))
  }
  const names = await admin.query<{ family_name: string }>('select family_name from people where family_name is not null limit 2000')
  return { personIds, longIds, surnames: [...new Set(names.rows.map(row => row.family_name))] }
}
