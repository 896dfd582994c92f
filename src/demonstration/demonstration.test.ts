import pg from 'pg'
import { beforeAll, describe, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../test/harness/database.ts'
import { installShippedDefinitions } from '../services/index.ts'
import { loadDemonstration } from './index.ts'

describe('the demonstration authority', () => {
  let database: TestDatabase
  const load = () =>
    loadDemonstration({
      adminUrl: database.adminUrl,
      schema: database.schema,
      secret: database.secret,
      web: database.web,
      gate: database.gate,
      log: () => {},
      now: new Date('2026-11-21T12:00:00Z'),
    })

  beforeAll(async () => {
    database = await freshDatabase()
    const owner = new pg.Client({ connectionString: database.adminUrl })
    await owner.connect()
    await owner.query(`begin; set local role lanyard_owner; set local search_path = ${database.schema}`)
    await installShippedDefinitions(owner, new Date('2026-11-21T12:00:00Z'))
    await owner.query('commit')
    await owner.end()
    await load()
  })

  const rows = async <T extends pg.QueryResultRow>(text: string) => (await database.admin.query<T>(text)).rows

  test('has six agencies, some twenty users and some three hundred people', async () => {
    const [counts] = await rows<{ agencies: number; users: number; people: number }>(
      'select (select count(*)::int from agencies) as agencies, (select count(*)::int from users) as users, (select count(*)::int from people) as people',
    )
    expect(counts).toEqual({ agencies: 6, users: 21, people: expect.any(Number) })
    expect(counts!.people).toBeGreaterThanOrEqual(290)
  })

  test('has nobody who could be real', async () => {
    expect(await rows(`select nhs_number from people where nhs_number not like '999%'`)).toEqual([])
    expect(
      await rows(`select value from person_contacts where kind in ('mobile', 'telephone') and value !~ '^\\+44(7700900|1632960)[0-9]{3}$'`),
    ).toEqual([])
    expect(await rows(`select email from users where email not like '%@porthkerris.example.org'`)).toEqual([])
  })

  test('shows every state of a case, and gives everybody who works with people some of them', async () => {
    const states = await rows<{ status: string }>('select distinct status from cases order by status')
    expect(states.map(row => row.status)).toEqual(expect.arrayContaining(['referred', 'declined', 'with-worker', 'open', 'closed']))
    expect(
      await rows(`select u.name from users u join posts o on o.user_id = u.id join roles r on r.id = o.role_id
        where r.name = 'Caseworker' and not exists (select from caseload_entries e where e.worker_id = u.id)
          and not exists (select from caseload_entries e where e.team_id = o.team_id)`),
    ).toEqual([])
    expect((await rows('select from cases where restricted')).length).toBeGreaterThan(0)
    expect((await rows('select from withholdings where ended_at is null')).length).toBeGreaterThan(0)
  })

  test('is loaded once', async () => {
    const before = await rows('select count(*) from people')
    await load()
    expect(await rows('select count(*) from people')).toEqual(before)
  })
})
