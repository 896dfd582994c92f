import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { systemActor } from '../../test/factories/world.ts'
import { freshDatabase, type TestDatabase } from '../../test/harness/database.ts'
import { asActor } from '../platform/actor.ts'
import { fixedClock } from '../platform/clock.ts'
import { audit } from './record.ts'
import { sealAudit } from './seal.ts'
import { findingInWords, type VerifyOptions, verifyAudit } from './verify.ts'

const noon = new Date('2026-03-02T12:00:00Z')
const later = (minutes: number) => new Date(noon.getTime() + minutes * 60_000)

let database: TestDatabase
beforeAll(async () => {
  database = await freshDatabase()
})
afterAll(() => database.close())
beforeEach(() => database.admin.query('truncate audit_events, audit_chain, audit_marks restart identity'))

const record = (count: number, at = noon) =>
  asActor(database.web, systemActor, 'write', async tx => {
    for (let index = 0; index < count; index++)
      await audit(tx, systemActor, at, {
        action: 'person-opened',
        subject: { type: 'person', id: `é "${index}"` },
        detail: { page: index, b: 1, a: [null, 'ü'] },
      })
  })
const seal = (at = noon) => sealAudit(database.worker, fixedClock(at))
const verify = async (options: Partial<VerifyOptions> = {}) => {
  const client = await database.admin.connect()
  try {
    await client.query('set role lanyard_worker')
    return await verifyAudit(client, { now: noon, ...options })
  } finally {
    await client.query('reset role')
    client.release()
  }
}
const findings = async (options: Partial<VerifyOptions> = {}) => (await verify(options)).findings
const change = (statement: string) => database.admin.query(statement)

describe('[U9] the sealed audit', () => {
  test('what was sealed verifies, however often it is sealed', async () => {
    await record(5)
    expect(await seal()).toBe(5)
    expect(await seal()).toBe(0)
    await record(3)
    expect(await seal()).toBe(3)
    const verified = await verify()
    expect(verified).toMatchObject({ events: 8, findings: [], head: { position: 8 } })
  })

  test('an empty audit verifies', async () => {
    expect(await verify()).toMatchObject({ events: 0, head: null, findings: [] })
  })

  test.each([
    ['the actor', `actor = 'Somebody else'`],
    ['the time, by a microsecond', `at = at + interval '1 microsecond'`],
    ['the detail', `detail = '{"page": 2}'`],
    ['who it was about', `person_id = '00000000-0000-7000-8000-000000000000'`],
    ['an empty address', `address = ' '`],
  ])('an edited event is named: %s', async (_, edit) => {
    await record(6)
    await seal()
    await change(`update audit_events set ${edit} where id = 3`)
    expect(await findings()).toEqual([{ kind: 'edited', position: 3, eventId: 3 }])
  })

  test('a deleted event is named', async () => {
    await record(6)
    await seal()
    await change('delete from audit_events where id = 4')
    const [finding, ...others] = await findings()
    expect(others).toEqual([])
    expect(findingInWords(finding!)).toBe('Event 4 (link 4) was sealed and is gone: it was deleted.')
  })

  test('two events in each other’s place are named', async () => {
    await record(6)
    await seal()
    await change(
      'update audit_chain set event_id = -2 where event_id = 2; update audit_chain set event_id = 2 where event_id = 5; update audit_chain set event_id = 5 where event_id = -2',
    )
    expect(await findings()).toEqual([
      { kind: 'reordered', position: 2, eventId: 5, other: 2 },
      { kind: 'reordered', position: 5, eventId: 2, other: 5 },
    ])
  })

  test('an event and its link taken away together leave a gap in the chain', async () => {
    await record(6)
    await seal()
    await change('delete from audit_events where id in (3, 4); delete from audit_chain where event_id in (3, 4)')
    expect(await findings()).toEqual([{ kind: 'chain-broken', position: 3, count: 2 }])
  })

  test('the end cut off is seen by whoever wrote down the last link', async () => {
    await record(6)
    await seal()
    const { head } = await verify()
    await record(2)
    await seal()
    expect(await findings({ known: head! })).toEqual([])
    await change('delete from audit_events where id > 4; delete from audit_chain where event_id > 4')
    expect(await findings()).toEqual([])
    expect(await findings({ known: head! })).toEqual([{ kind: 'head-changed', position: 6 }])
  })

  test('an event that was never sealed is named once it is older than the sealing interval', async () => {
    await record(2)
    await seal()
    await record(1)
    expect(await findings({ now: later(5) })).toEqual([])
    expect(await findings({ now: later(11) })).toEqual([{ kind: 'unsealed', eventId: 3, at: noon }])
  })

  test('an event whose transaction ends late is sealed when it appears, hours later if need be', async () => {
    const slow = new pg.Client({ connectionString: database.adminUrl, options: `-c search_path=${database.schema}` })
    await slow.connect()
    await slow.query('begin')
    await slow.query(
      `insert into audit_events (at, actor, action, subject_type, subject_id, request_id, address) values ($1, 'Slow', 'person-opened', 'person', 'x', '', '')`,
      [noon],
    )
    await record(3)
    expect(await seal(noon)).toBe(3)
    for (const minutes of [1, 20, 40, 60, 120]) {
      await record(1, later(minutes))
      expect(await seal(later(minutes))).toBe(1)
    }
    await slow.query('commit')
    await slow.end()
    expect(await seal(later(121))).toBe(1)
    expect(await findings({ now: later(300) })).toEqual([])
  })

  test('events that are sealed and past are not looked at again', async () => {
    await record(10)
    await seal(noon)
    // Moved only when no transaction of that moment is left anywhere in the cluster; other tests have theirs, some of them long.
    let minutes = 0
    await vi.waitFor(
      async () => {
        minutes += 15
        await seal(later(minutes))
        const { rows } = await database.admin.query('select sealed_through::int as through from audit_marks')
        expect(rows).toEqual([{ through: 10 }])
      },
      { timeout: 240_000, interval: 200 },
    )
    await record(2)
    expect(await seal(later(minutes + 1))).toBe(2)
  }, 250_000)

  test('two sealings at once seal each event once', async () => {
    await record(40)
    const [first, second] = await Promise.all([seal(), seal()])
    expect(first + second).toBe(40)
    expect(await findings()).toEqual([])
  })

  test('a chain of 60,000 verifies, a batch at a time, and says how quickly', async () => {
    await change(`insert into audit_events (at, actor, action, subject_type, subject_id, detail, request_id, address)
      select now(), 'A worker', 'person-opened', 'person', gen_random_uuid()::text, '{"page": "history"}', gen_random_uuid()::text, '127.0.0.1' from generate_series(1, 60000)`)
    expect(await seal()).toBe(60_000)
    let told = 0
    const verified = await verify({ onProgress: () => told++ })
    expect(verified).toMatchObject({ events: 60_000, findings: [] })
    console.info(`Verified ${Math.round(60_000 / (verified.milliseconds / 1000)).toLocaleString('en-GB')} events a second.`)
  })
})
