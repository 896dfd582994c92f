import { type RawBuilder, sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { actorOf, addAgency, addCase, addPerson, addTeam, addUser, type Person, type Team, type User } from '../../test/factories/world.ts'
import { freshDatabase, type TestDatabase } from '../../test/harness/database.ts'
import { asActor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import { choicesStatement, timelineChoices, timelineOf, timelineStatement } from './timeline/timeline-of.ts'

/** The busiest lists among many rows: which index serves them under row-level security, and that nothing is read that is not shown. */
let database: TestDatabase
let west: Team
let worker: User
let known: Person

beforeAll(async () => {
  database = await freshDatabase()
  west = await addTeam(database, await addAgency(database), ['early-help'])
  const other = await addTeam(database, await addAgency(database), ['early-help'])
  worker = await addUser(database, west)
  known = await addPerson(database, west)
  const theirs = await addCase(database, known, west)
  // One person with 5,000 events among 60,000.
  await crowd(database, west, other, theirs.id)
  // A worker's among those of nobody; and a service in which nobody's name stands.
  await database.admin.query(
    `update timeline_entries set worker_id = case when n % 7 = 0 and n % 50 <> 0 then $2::uuid end, service_area = case when n % 50 = 0 then 'housing-support' else 'early-help' end
     from (select id as of, row_number() over (order by at) as n from timeline_entries where case_id = $1) numbered where id = of`,
    [theirs.id, worker.id],
  )
  // What the change has left behind would be counted with what is read.
  await database.admin.query('vacuum timeline_entries')
  await database.admin.query('analyze')
}, 120_000)
afterAll(() => database.close())

const asWorker = async <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
  asActor(database.web, await actorOf(database, worker.id), 'read', work)

async function planOf(tx: Tx, statement: RawBuilder<unknown>): Promise<string> {
  const { rows } = await sql<{ 'QUERY PLAN': string }>`explain (analyze, buffers, costs off) ${statement}`.execute(tx)
  return rows.map(row => row['QUERY PLAN']).join('\n')
}

test('the latest of 5,000 events come from one index, in order, without reading the others', async () => {
  const plan = await asWorker(tx => planOf(tx, timelineStatement(known.id, {}, undefined, 30)))
  expect(plan).toContain('timeline_of_person')
  expect(plan).not.toContain('Seq Scan on timeline_entries')
  expect(plan).not.toMatch(/Sort Key: e\.at/)
  expect(buffersOf(plan)).toBeLessThan(250)
})

test('a kind, and a page far down, come from an index too', async () => {
  await asWorker(async tx => {
    const first = await timelineOf(tx, { personId: known.id, filters: { kind: 'risk' } })
    expect(first.lines).toHaveLength(30)
    expect(first.earlier).toBeDefined()
    const plan = await planOf(tx, timelineStatement(known.id, { kind: 'risk' }, first.earlier, 30))
    expect(plan).toContain('timeline_of_person')
    expect(buffersOf(plan)).toBeLessThan(800)
  })
})

test('whom and what a timeline can be narrowed to is read without the events between', async () => {
  await asWorker(async tx => {
    expect(buffersOf(await planOf(tx, choicesStatement(known.id)))).toBeLessThan(250)
    const { services, workers } = await timelineChoices(tx, known.id)
    expect(services.map(one => one.code)).toEqual(['early-help', 'housing-support'])
    expect(workers.map(one => one.id)).toEqual([worker.id])
  })
})

test('every event of a person is on exactly one page', async () => {
  const seen = new Set<string>()
  let pages = 0
  await asWorker(async tx => {
    for (let before: string | undefined, more = true; more; ) {
      const page = await timelineOf(tx, { personId: known.id, before, limit: 500 })
      for (const line of page.lines) seen.add(line.id)
      pages++
      before = page.earlier
      more = before !== undefined
    }
  })
  expect([seen.size, pages]).toEqual([5_000, 10])
})

function buffersOf(plan: string): number {
  return Math.max(...[...plan.matchAll(/shared hit=(\d+)/g)].map(found => Number(found[1])))
}

async function crowd(database: TestDatabase, team: Team, other: Team, caseId: string): Promise<void> {
  const post = team.posts['early-help']
  const otherPost = other.posts['early-help']
  await database.admin.query(
    `insert into people (id, client_id, registered_by, registered_at, family_name, given_name, readers, editors)
     select gen_random_uuid(), lpad(translate(upper(to_hex(n)), 'ILOU', 'WXYZ'), 7, '9'), $1, now(), 'Angwin', 'Loveday', case when n % 2 = 0 then array[$1::int] else array[$2::int] end, '{}'
     from generate_series(1000000, 1029999) n`,
    [post, otherPost],
  )
  await database.admin.query(
    `with numbered as (select id, readers, row_number() over () as n from people where family_name = 'Angwin')
     insert into cases (id, person_id, service_area, team_id, agency, worker_id, status, referred_on, readers, editors)
     select gen_random_uuid(), id, 'early-help', case when readers[1] = $1 then $2::uuid else $3::uuid end, case when readers[1] = $1 then $4::int else $5::int end, null, 'open', current_date, readers, readers from numbered`,
    [post, team.id, other.id, team.agency.principal, other.agency.principal],
  )
  await database.admin.query(
    `insert into timeline_entries (id, person_id, case_id, at, kind, part, title, source_type, source_id, service_area, author, readers, editors)
     select gen_random_uuid(), c.person_id, c.id, timestamptz '2026-11-01' - n * interval '3 hours', case when n % 10 = 0 then 'risk' else 'contact' end, 'notes', 'Call', 'note',
       gen_random_uuid(), 'early-help', 'Tamsin Rowe', c.readers, c.editors
     from cases c cross join generate_series(1, 5000) n where c.id = $1`,
    [caseId],
  )
  await database.admin.query(
    `insert into timeline_entries (id, person_id, case_id, at, kind, part, title, source_type, source_id, service_area, author, readers, editors)
     select gen_random_uuid(), c.person_id, c.id, timestamptz '2026-11-01' - n * interval '3 hours', 'contact', 'notes', 'Call', 'note', gen_random_uuid(), 'early-help', 'Tamsin Rowe', c.readers, c.editors
     from cases c cross join generate_series(1, 2) n where c.id <> $1`,
    [caseId],
  )
}
