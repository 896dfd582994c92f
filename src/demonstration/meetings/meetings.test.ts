import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../../test/harness/database.ts'
import { asActor } from '../../platform/actor.ts'
import { filesOnDisk } from '../../platform/files.ts'
import { calendarOf } from '../calendar.ts'
import { castOf } from '../cast.ts'
import { loadOrganisations } from '../load-organisations.ts'
import { tellMeetings } from './index.ts'

// Dates of meetings fall on other days of the stories with each day of the week; the last is one on which the clocks go forward.
const days = ['2026-12-02T10:00:00Z', '2026-12-04T22:59:00Z', '2026-12-05T07:30:00Z', '2026-03-29T00:59:00Z']

describe.each(days)('the meetings of Porthkerris, loaded at %s', at => {
  const now = new Date(at)
  let database: TestDatabase
  const rows = async <T extends pg.QueryResultRow>(text: string) => (await database.admin.query<T>(text)).rows
  const castNow = async () => (await castOf(database.gate, now))!
  let tell: () => Promise<void>

  beforeAll(async () => {
    database = await freshDatabase()
    const owner = new pg.Client({ connectionString: database.adminUrl })
    await owner.connect()
    await owner.query(`begin; set local role lanyard_owner; set local search_path = ${database.schema}`)
    await loadOrganisations(owner, database.secret, now)
    await owner.query('commit')
    await owner.end()
    const files = filesOnDisk(await mkdtemp(join(tmpdir(), 'lanyard-demonstration-meetings-')))
    tell = () => tellMeetings({ web: database.web, calendar: calendarOf(now), files, castNow })
    await tell()
  }, 60_000)
  afterAll(() => database.close())

  const seenBy = async (who: string) =>
    asActor(database.web, (await castNow()).user(who), 'read', async tx => {
      const { rows: found } = await sql<{ name: string; items: number }>`
        select s.name, count(*)::int as items from meeting_items i join meeting_series s on s.id = i.series_id group by 1 order by 1`.execute(
        tx,
      )
      return Object.fromEntries(found.map(one => [one.name.replace('Porthkerris ', ''), one.items]))
    })

  test('are three, each with a date to come whose agenda is out; two have been held, and their minutes have gone round', async () => {
    const dates = await rows(`
      select s.kind, count(*) filter (where m.state = 'held' and m.minutes_circulated_at is not null)::int as held,
        count(*) filter (where m.state = 'sent' and m.starts_at > '${at}')::int as next, count(*) filter (where m.state = 'planned')::int as later
      from meetings m join meeting_series s on s.id = m.series_id group by 1 order by 1`)
    expect(dates).toEqual([
      { kind: 'asb-target-group', held: 1, next: 1, later: 2 },
      { kind: 'marac', held: 0, next: 1, later: 3 },
      { kind: 'mdt', held: 1, next: 1, later: 3 },
    ])
  })

  test('show each of their members what is theirs, and nothing to whoever does not sit there', async () => {
    expect(await seenBy('denzil.opie')).toEqual({ 'ASB Target Group': 4, MARAC: 3 })
    expect(await seenBy('wella.goldsworthy')).toEqual({ 'ASB Target Group': 4, 'Complex Needs Team': 3, MARAC: 2 })
    expect(await seenBy('jenna.trewin')).toEqual({ 'Complex Needs Team': 3, MARAC: 3 })
    expect(await seenBy('meriasek.tonkin')).toEqual({ 'ASB Target Group': 5, 'Complex Needs Team': 3, MARAC: 3 })
    for (const outside of ['tamsin.rowe', 'marya.kovalenko', 'gwenna.trelawny', 'austell.keast']) expect(await seenBy(outside)).toEqual({})
  })

  test('have work of every kind: done, late, to come; steps, a review, papers, versions of several hands, talk', async () => {
    const due = await rows(
      `select state, due_on < '${at.slice(0, 10)}' as late, count(*)::int from meeting_actions group by 1, 2 order by 1, 2`,
    )
    expect(due.map(({ state, late }) => `${state} ${late}`)).toEqual(expect.arrayContaining(['done true', 'open false', 'open true']))
    expect(await rows('select distinct stage from meeting_stage_moves order by 1')).toHaveLength(5)
    expect(await rows(`select step from meeting_review_steps where step in ('told', 'met')`)).toHaveLength(2)
    expect((await rows('select distinct saved_by from meeting_answers where research_id is null and revision > 1')).length).toBeGreaterThan(
      1,
    )
    expect(await rows('select from meeting_documents')).toHaveLength(2)
    expect(await rows(`select from conversations where subject_type = 'meeting-item'`)).toHaveLength(2)
    expect(await rows(`select at from audit_events where at > '${now.toISOString()}'`)).toEqual([])
  })

  test('are told once, whatever has become of them by hand', async () => {
    const counts =
      'select (select count(*) from meeting_series) as series, (select count(*) from meeting_items) as items, (select count(*) from meeting_seats) as seats'
    const before = await rows(counts)
    await rows(`update meetings set state = 'held' where state = 'sent'`)
    await tell()
    const { principal } = (await castNow()).user('meriasek.tonkin')
    await rows(`update held_principals set ends_at = starts_at where holder = ${principal}`)
    await tell()
    expect(await rows(counts)).toEqual(before)
  })
})
