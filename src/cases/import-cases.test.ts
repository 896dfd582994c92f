import { beforeAll, expect, test } from 'vitest'
import { actorOf, addAgency, addPerson, addTeam, addUser, as, type Team, type User } from '../../test/factories/world.ts'
import { type TestDatabase, testDatabase } from '../../test/harness/database.ts'
import { asActor } from '../platform/actor.ts'
import { asPlainDate } from '../platform/plain-date.ts'
import { type CaseEvent, caseSummariesOf, findCase, type ImportedCase, importCases, stateAfter, undoImportedCases } from './index.ts'

let database: TestDatabase
let west: Team
let tamsin: User
const now = new Date('2026-11-17T10:00:00Z')

beforeAll(async () => {
  database = await testDatabase()
  west = await addTeam(database, await addAgency(database), ['early-help'])
  tamsin = await addUser(database, west)
})

const old = (personId: string, more: Partial<ImportedCase> = {}): ImportedCase => ({
  personId,
  teamId: west.id,
  serviceArea: 'early-help',
  workerId: tamsin.id,
  referredOn: asPlainDate('2024-03-01'),
  openedOn: asPlainDate('2024-03-04'),
  closedOn: null,
  source: 'school',
  reason: 'Attendance',
  risk: 'medium',
  closureReason: '',
  closureSummary: '',
  ...more,
})

test('[F24] cases of an old system stand where they stood, with the events that led there', async () => {
  const people = await Promise.all([1, 2, 3, 4].map(() => addPerson(database, west)))
  const [open, closed, waiting, referred] = people.map(person => person.id) as [string, string, string, string]
  const done = await as(database, tamsin, (tx, actor) =>
    importCases(tx, actor, now, [
      old(open),
      old(closed, { closedOn: asPlainDate('2025-01-31'), closureReason: 'work-done', closureSummary: 'Settled' }),
      old(waiting, { workerId: null, risk: 'not-rated' }),
      old(referred, { workerId: null, openedOn: null }),
    ]),
  )
  if (!done.ok) throw new Error(done.error)
  const statuses = await as(database, tamsin, async (tx, actor) => {
    const found = []
    for (const id of done.value) found.push((await findCase(tx, actor, id))?.status)
    return found
  })
  expect(statuses).toEqual(['open', 'closed', 'with-team', 'referred'])
  const [summary] = await as(database, tamsin, tx => caseSummariesOf(tx, open))
  expect(summary).toMatchObject({ risk: 'medium', initialRisk: 'medium', stage: 'Assessment', whole: true })
  const events = await database.admin.query<CaseEvent>(
    'select kind, data, occurred_on as "occurredOn" from case_events where case_id = $1 order by position',
    [done.value[1]],
  )
  expect(stateAfter(events.rows).status).toBe('closed')
})

test('an import into a team that is not one’s own brings nothing', async () => {
  const stranger = await addUser(database, await addTeam(database, await addAgency(database), ['early-help']))
  const person = await addPerson(database, west)
  const done = await as(database, stranger, (tx, actor) => importCases(tx, actor, now, [old(person.id)]))
  expect(done).toEqual({ ok: false, error: 'not-your-team' })
})

test('an import is taken back, except what somebody has worked with since', async () => {
  const person = await addPerson(database, west)
  const actor = await actorOf(database, tamsin.id)
  const done = await asActor(database.web, actor, 'write', tx => importCases(tx, actor, now, [old(person.id), old(person.id)]))
  if (!done.ok) throw new Error(done.error)
  const [kept, undone] = done.value
  await database.admin.query(
    `insert into case_events (id, case_id, position, kind, part, data, occurred_on, recorded_at, author, readers, editors)
     select gen_random_uuid(), id, version + 1, 'risk-rated', 'risk', '{"level":"high"}', '2026-11-18', '2026-11-18', 'Tamsin', readers, editors from cases where id = $1`,
    [kept],
  )
  await database.admin.query('update cases set version = version + 1 where id = $1', [kept])
  expect(await asActor(database.web, actor, 'write', tx => undoImportedCases(tx, actor, now, done.value))).toEqual([undone])
  const states = await asActor(database.web, actor, 'read', async tx => [
    (await findCase(tx, actor, kept!))?.state.status,
    (await findCase(tx, actor, undone!))?.state.status,
  ])
  expect(states).toEqual(['open', 'closed'])
})

test('two thousand cases come over at five hundred a second or more', async () => {
  const person = await addPerson(database, west)
  const actor = await actorOf(database, tamsin.id)
  const many = Array.from({ length: 2_000 }, () => old(person.id))
  const began = performance.now()
  await asActor(database.web, actor, 'write', tx => importCases(tx, actor, now, many))
  expect(2_000 / ((performance.now() - began) / 1_000)).toBeGreaterThan(500)
})
