import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../test/harness/database.ts'
import { installShippedLetters } from '../letters/index.ts'
import { asActor } from '../platform/actor.ts'
import { type Files, filesOnDisk } from '../platform/files.ts'
import { installShippedDefinitions } from '../services/index.ts'
import { castOf } from './cast.ts'
import { loadDemonstration } from './index.ts'

// A Saturday, when the last working day is not the day before.
const now = new Date('2026-11-21T07:30:00Z')
const today = '2026-11-21'

describe('the demonstration authority', () => {
  let database: TestDatabase
  let files: Files
  let outsideFiles: Files
  let brokenOff: unknown
  let peopleAfterBreak: number
  const rows = async <T extends pg.QueryResultRow>(text: string) => (await database.admin.query<T>(text)).rows
  const load = (kept: Files) => {
    const { adminUrl, schema, secret, web, gate, stranger, worker } = database
    return loadDemonstration({ adminUrl, schema, secret, web, gate, stranger, worker, files: kept, outsideFiles, log: () => {}, now })
  }

  beforeAll(async () => {
    database = await freshDatabase()
    files = filesOnDisk(await mkdtemp(join(tmpdir(), 'lanyard-demonstration-')))
    outsideFiles = filesOnDisk(await mkdtemp(join(tmpdir(), 'lanyard-demonstration-outside-')))
    const owner = new pg.Client({ connectionString: database.adminUrl })
    await owner.connect()
    await owner.query(`begin; set local role lanyard_owner; set local search_path = ${database.schema}`)
    await installShippedDefinitions(owner, now)
    await installShippedLetters(owner, now)
    await owner.query('commit')
    await owner.end()
    const full: Files = { ...files, keep: () => Promise.reject(new Error('The disk is full.')) }
    brokenOff = await load(full).catch((fault: Error) => fault.cause)
    peopleAfterBreak = (await rows<{ count: number }>('select count(*)::int as count from people'))[0]!.count
    await load(files)
  }, 300_000)
  afterAll(() => database.close())

  test('is put in whole: what was broken off left nothing, and was begun again', () => {
    expect(brokenOff).toEqual(new Error('The disk is full.'))
    expect(peopleAfterBreak).toBe(0)
  })

  test('[V6] takes referrals from outside for two services, says whom to ring for a third, and has three that wait', async () => {
    expect(await rows('select service_area as service, audience, state from outside_pages order by state desc, service_area')).toEqual([
      { service: 'domestic-abuse', audience: 'professional', state: 'open' },
      { service: 'early-help', audience: 'public', state: 'open' },
      { service: 'drug-and-alcohol', audience: 'public', state: 'closed' },
    ])
    const come = await rows(
      `select r.state, r.suspected, (select count(*)::int from outside_files f where f.referral_id = r.id) as files,
         exists (select from people p where p.family_name = r.answers ->> 'family' and p.date_of_birth::text = r.answers ->> 'born') as known
       from outside_referrals r order by sent_at`,
    )
    expect(come).toEqual([
      { state: 'sent', suspected: false, files: 0, known: true },
      { state: 'sent', suspected: false, files: 1, known: false },
      { state: 'sent', suspected: true, files: 0, known: false },
    ])
  })

  test('has somebody who dropped in without a name, and two who went on a visit together and are back', async () => {
    expect(await rows('select called, note_id from drop_ins')).toEqual([{ called: 'Skip', note_id: null }])
    const visits = await rows(
      `select u.name, w.name as second, v.back_by = w.id as "saidBySecond" from visits_out v join users u on u.id = v.user_id join users w on w.id = v.second_worker`,
    )
    expect(visits).toEqual([{ name: 'Tamsin Rowe', second: 'Perran Hocking', saidBySecond: true }])
  })

  test('has eight agencies, some twenty users and some three hundred people', async () => {
    const [counts] = await rows<{ agencies: number; users: number; people: number }>(
      'select (select count(*)::int from agencies) as agencies, (select count(*)::int from users) as users, (select count(*)::int from people) as people',
    )
    expect(counts).toEqual({ agencies: 8, users: 26, people: expect.any(Number) })
    expect(counts!.people).toBeGreaterThanOrEqual(290)
    expect(counts!.people).toBeLessThanOrEqual(310)
  })

  test('has nobody who could be real', async () => {
    expect(await rows(`select nhs_number from people where nhs_number not like '999%'`)).toEqual([])
    expect(await rows('select nhs_number from people where nhs_number is not null group by 1 having count(*) > 1')).toEqual([])
    expect(
      await rows(`select value from person_contacts where kind in ('mobile', 'telephone') and value !~ '^\\+44(7700900|1632960)[0-9]{3}$'`),
    ).toEqual([])
    expect(await rows(`select value from person_contacts where kind = 'email' and value not like '%@example.org'`)).toEqual([])
    expect(await rows(`select email from users where email not like '%@porthkerris.example.org'`)).toEqual([])
  })

  test('shows every state of a case, every level of risk and every stage of the work', async () => {
    const states = await rows<{ status: string }>('select distinct status from cases order by status')
    expect(states.map(row => row.status)).toEqual([
      'accepted',
      'closed',
      'declined',
      'open',
      'referred',
      'signposted',
      'with-team',
      'with-worker',
    ])
    const risks = await rows<{ risk: string }>('select distinct risk from caseload_entries order by risk')
    expect(risks.map(row => row.risk)).toEqual(['high', 'low', 'medium', 'not-rated'])
    const stages = await rows<{ stage: string }>('select distinct stage from caseload_entries where closed_on is null')
    expect(stages.map(row => row.stage)).toEqual(
      expect.arrayContaining([
        'Waiting for triage',
        'Waiting for a worker',
        'New to the worker',
        'Assessment',
        'Planning',
        'Plan in place',
      ]),
    )
    const kinds = await rows<{ kind: string }>('select distinct kind from case_events')
    expect(kinds.map(row => row.kind)).toEqual(
      expect.arrayContaining(['rerouted', 'reopened', 'restricted', 'flag-raised', 'review-held', 'assessment-completed']),
    )
  })

  test('shows every way of seeing and of not seeing', async () => {
    const grants = await rows<{ kind: string }>('select distinct kind from access_grants order by kind')
    expect(grants.map(row => row.kind)).toEqual([
      'allocation',
      'break-glass',
      'co-ordinator',
      'co-worker',
      'cover',
      'member',
      'named',
      'share',
    ])
    expect(await rows(`select from access_grants where kind = 'share' and (purpose = '' or lawful_basis = '')`)).toEqual([])
    expect((await rows('select from withholdings where section is not null')).length).toBeGreaterThan(0)
    expect((await rows('select from withholdings where section is null')).length).toBeGreaterThan(0)
    expect((await rows('select from case_notes where named_readers is not null')).length).toBeGreaterThan(0)
    expect((await rows('select from involvements')).length).toBeGreaterThan(0)
  })

  test('has a death, other names and scripts, interpreters, nobody’s address, rules for contact', async () => {
    const some = async (text: string) => expect((await rows(text)).length).toBeGreaterThan(0)
    await some('select from people where died_on is not null')
    await some('select from people where expected_date is not null')
    await some(`select from people where interpreter in ('spoken', 'sign')`)
    await some(`select from people where postcode = 'ZZ99 3VZ'`)
    await some('select from people where contact_care is not null')
    for (const kind of ['known-as', 'alias', 'previous', 'birth', 'other-script'])
      await some(`select from person_names where kind = '${kind}'`)
    await some('select from person_addresses a join person_addresses b on a.lines = b.lines and a.person_id <> b.person_id')
  })

  test('gives everybody who works with people a list that is alive', async () => {
    const lists = await rows<{ name: string; open: number; overdue: number; today: number; week: number }>(`
      select u.name, count(e.*)::int as open, count(*) filter (where e.due_on < '${today}')::int as overdue, count(*) filter (where e.due_on = '${today}')::int as today,
        count(*) filter (where e.due_on between '${today}' and '${today}'::date + 7)::int as week
      from (select distinct u.id, u.name from users u join posts o on o.user_id = u.id join roles r on r.id = o.role_id
        where o.service_area is not null and o.service_area <> 'multi-agency-episodes' and 'record' = any (r.capabilities) and r.name <> 'Duty officer') u
        left join caseload_entries e on e.worker_id = u.id and e.closed_on is null
      group by u.name`)
    expect(lists.filter(one => one.open < 2)).toEqual([])
    expect(lists.filter(one => one.open >= 10 && (one.overdue === 0 || one.today === 0 || one.week < 3))).toEqual([])
    expect(lists.find(one => one.name === 'Tamsin Rowe')).toMatchObject({ open: 34 })
  })

  test('has an episode against a refusal with a section kept from somebody, and two of one child that are apart', async () => {
    const cast = (await castOf(database.gate, now))!
    const seenBy = (who: string, family: string) =>
      asActor(database.web, cast.user(who), 'read', async tx => {
        const { rows: found } = await sql<{ closed: boolean; family: boolean }>`
          select c.closed_on is not null as closed, exists (select from answer_sections s where s.case_id = c.id and s.section = 'family') as family
          from cases c join people p on p.id = c.person_id where p.family_name = ${family} and c.service_area = 'multi-agency-episodes' order by 1`.execute(
          tx,
        )
        return found
      })
    expect(await seenBy('jenifer.bray', 'Tregear')).toEqual([{ closed: false, family: true }])
    expect(await seenBy('denzil.opie', 'Tregear')).toEqual([{ closed: false, family: false }])
    expect(await seenBy('perran.hocking', 'Tregear')).toEqual([])
    expect(await seenBy('jenifer.bray', 'Chenoweth')).toEqual([{ closed: false, family: false }])
    expect(await seenBy('perran.hocking', 'Chenoweth')).toEqual([])
    expect(await seenBy('loveday.nancarrow', 'Chenoweth')).toHaveLength(2)
  })

  test('never happens in the future, nor before its person was born', async () => {
    expect(await rows(`select at from audit_events where at > '${now.toISOString()}'`)).toEqual([])
    expect(await rows(`select at from timeline_entries where at > '${now.toISOString()}'`)).toEqual([])
    expect(await rows('select c.reference from cases c join people p on p.id = c.person_id where c.referred_on < p.date_of_birth')).toEqual(
      [],
    )
  })

  test('knows one woman twice, in two services that cannot see each other', async () => {
    const cast = (await castOf(database.gate, now))!
    const seenBy = (who: string) =>
      asActor(database.web, cast.user(who), 'read', async tx => {
        const { rows: found } = await sql<{ service: string }>`
          select c.service_area as service from cases c join people p on p.id = c.person_id where p.family_name = 'Trevorrow'`.execute(tx)
        return found.map(row => row.service)
      })
    expect(await seenBy('lowenna.uren')).toEqual(['drug-and-alcohol'])
    expect(await seenBy('kerensa.lugg')).toEqual(['domestic-abuse'])
  })

  test('is loaded once', async () => {
    const counts =
      "select (select count(*) from people) as people, (select max(id) from audit_events where action not like '%opened') as audit, (select count(*) from users) as users"
    const before = await rows(counts)
    await load(files)
    expect(await rows(counts)).toEqual(before)
  })
})
