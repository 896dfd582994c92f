import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { actorOf, addAgency, addPerson, addTeam, addUser, type Team, type User } from '../../test/factories/world.ts'
import { freshDatabase, type TestDatabase } from '../../test/harness/database.ts'
import { asActor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import { asPlainDate } from '../platform/plain-date.ts'
import { type AsOf, caseloadOf, caseloadStatement, type Wanted, type Whose } from './caseload/caseload.queries.ts'

/** Lists of work among 60,000 cases of two teams, forty of them one worker's own: which index serves them under row-level security. */
let database: TestDatabase
let west: Team
let worker: User

const asOf: AsOf = { today: asPlainDate('2026-11-17'), since: null }
const wanted: Wanted = { filters: {}, order: 'due' }

beforeAll(async () => {
  database = await freshDatabase()
  west = await addTeam(database, await addAgency(database), ['early-help'])
  const east = await addTeam(database, await addAgency(database), ['early-help'])
  worker = await addUser(database, west)
  await crowd(database, (await addPerson(database, west)).id, west, east)
  await database.admin.query('analyze')
}, 120_000)
afterAll(() => database.close())

const asWorker = async <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
  asActor(database.web, await actorOf(database, worker.id), 'read', work)

async function planOf(tx: Tx, whose: Whose, asked: Wanted): Promise<string> {
  const { rows } = await sql<{
    'QUERY PLAN': string
  }>`explain (analyze, buffers, costs off) ${caseloadStatement(whose, asked, asOf)}`.execute(tx)
  return rows.map(row => row['QUERY PLAN']).join('\n')
}

test('a caseload of fifty rows reads the worker’s own rows and no other’s, in every order', async () => {
  const whose: Whose = { workerId: worker.id }
  await asWorker(async tx => {
    for (const order of ['due', 'risk', 'contact', 'new', 'oldest'] as const) {
      const plan = await planOf(tx, whose, { ...wanted, order })
      expect(plan).not.toContain('Seq Scan on caseload_entries')
      expect(plan).toMatch(/caseload_of_worker|caseload_entries_worker_id_idx/)
    }
    const rows = await caseloadOf(tx, whose, wanted, asOf)
    expect(rows).toHaveLength(40)
    const dues = rows.map(row => row.dueOn)
    expect(dues).toEqual([...dues].sort())
  })
})

test('a team’s fifty most pressing cases come in order from one index', async () => {
  const plan = await asWorker(tx => planOf(tx, { teamId: west.id, serviceArea: 'early-help' }, wanted))
  expect(plan).toContain('caseload_of_team')
  expect(plan).not.toContain('Seq Scan on caseload_entries')
  expect(Math.max(...[...plan.matchAll(/shared hit=(\d+)/g)].map(found => Number(found[1])))).toBeLessThan(500)
})

test('what somebody works with beside others is found from them, not by looking through every case', async () => {
  const plan = await asWorker(tx => planOf(tx, { coWorkerId: worker.id }, wanted))
  expect(plan).not.toContain('Seq Scan on caseload_entries')
})

async function crowd({ admin }: TestDatabase, personId: string, team: Team, other: Team): Promise<void> {
  const post = team.posts['early-help']
  const otherPost = other.posts['early-help']
  await admin.query(
    `insert into cases (id, person_id, service_area, team_id, agency, status, referred_on, readers, editors)
     select gen_random_uuid(), $1, 'early-help', case when n % 2 = 0 then $2::uuid else $3::uuid end, case when n % 2 = 0 then $4::int else $5::int end, 'open', current_date, l.lists, l.lists
     from generate_series(1, 60000) n cross join lateral (select case when n % 2 = 0 then array[$6::int] else array[$7::int] end as lists) l`,
    [personId, team.id, other.id, team.agency.principal, other.agency.principal, post, otherPost],
  )
  await admin.query(
    `insert into caseload_entries (case_id, person_id, reference, service_area, team_id, worker_id, status, stage, due_on, risk, risk_order, readers, editors)
     select id, person_id, reference, service_area, team_id, case when n <= 40 then $1::uuid end, 'open', 'Assessment', date '2026-10-01' + (n % 90)::int, 'medium', 1, readers, editors
     from (select c.*, row_number() over (order by c.team_id = $2 desc, c.id) as n from cases c) c`,
    [worker.id, team.id],
  )
}
