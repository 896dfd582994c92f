import { sql } from 'kysely'
import pg from 'pg'
import { asActor, asActors } from '../platform/actor.ts'
import type { Database } from '../platform/db/database.ts'
import type { Files } from '../platform/files.ts'
import { calendarOf } from './calendar.ts'
import { scenesOfTheBulk } from './caseload/scenes.ts'
import { type Cast, castOf } from './cast.ts'
import { loadOrganisations } from './load-organisations.ts'
import { tellMeetings } from './meetings/index.ts'
import { tellOutside } from './outside/referral-pages.ts'
import { play } from './play.ts'
import { scenesOfTheStories } from './stories/index.ts'

type Loading = {
  adminUrl: string
  schema: string
  secret: string
  log: (line: string) => void
  now: Date
  web: Database
  gate: Database
  stranger: Database
  worker: Database
  /** Where the demonstration's documents are kept, and the files of referrals from outside. */
  files: Files
  outsideFiles: Files
}

/**
 * Makes the demonstration authority where there is none: the council and its partners in one transaction, everybody whom they work with in a
 * second. Stopped in between, or at any moment of either, the next start goes on from there; half a council never stays.
 */
export async function loadDemonstration(loading: Loading): Promise<void> {
  const { web, gate, stranger, files, outsideFiles, now, log } = loading
  if (await loadCouncil(loading)) log('Loaded the council of Porthkerris and its partners.')
  const cast = await castOf(gate, now)
  if (!cast) return
  if (!(await hasPeople(web, cast))) await tellStories(loading, cast)
  const castNow = async () => (await castOf(gate, now)) ?? cast
  const calendar = calendarOf(now)
  await tellMeetings({ web, calendar, files, castNow })
  await tellOutside({ web, stranger, calendar, outsideFiles, castNow })
}

async function tellStories(loading: Loading, cast: Cast): Promise<void> {
  const { web, worker, files, now, log } = loading
  log('Telling two years of Porthkerris: some 300 people. This happens once and takes less than half a minute…')
  const started = Date.now()
  const calendar = calendarOf(now)
  const scenes = [...scenesOfTheStories(calendar), ...scenesOfTheBulk(calendar)]
  const after = await asActors(web, as =>
    play(scenes, { as, cast, files, tell: (done, of) => log(`  ${Math.round((100 * done) / of)} %`) }),
  )
  for (const work of after) await work(worker)
  await refreshStatistics(loading)
  log(`Told in ${Math.round((Date.now() - started) / 1_000)} seconds.`)
}

/** The council where no authority is. Whether it was added now. */
async function loadCouncil({ secret, now, ...where }: Loading): Promise<boolean> {
  return asOwner(where, owner => loadOrganisations(owner, secret, now))
}

/** Whether anybody is on record: a commissioner sees everybody. */
async function hasPeople(web: Database, cast: Cast): Promise<boolean> {
  return asActor(web, cast.user('gwenna.trelawny'), 'read', async tx => {
    const { rows } = await sql<{ some: boolean }>`select exists (select from people) as some`.execute(tx)
    return rows[0]!.some
  })
}

/** The first pages would otherwise be planned for empty tables. */
async function refreshStatistics(where: Pick<Loading, 'adminUrl' | 'schema'>): Promise<void> {
  await asOwner(where, async owner => {
    const { rows } = await owner.query<{ name: string }>(
      'select quote_ident(tablename) as name from pg_tables where schemaname = current_schema()',
    )
    await owner.query(`analyze ${rows.map(row => row.name).join(', ')}`)
  })
}

async function asOwner<T>({ adminUrl, schema }: Pick<Loading, 'adminUrl' | 'schema'>, work: (owner: pg.Client) => Promise<T>): Promise<T> {
  const owner = new pg.Client({ connectionString: adminUrl, application_name: 'lanyard demonstration' })
  await owner.connect()
  try {
    await owner.query(`begin; set local role lanyard_owner; set local search_path = ${schema}`)
    const outcome = await work(owner)
    await owner.query('commit')
    return outcome
  } finally {
    await owner.end()
  }
}
