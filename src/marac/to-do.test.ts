import { afterAll, beforeAll, expect, test } from 'vitest'
import { addColleague, type Colleague, type RoleName } from '../../test/factories/colleagues.ts'
import { accept, addMarac, type Marac, post, refer, type Sitting, sendAgenda } from '../../test/factories/marac.ts'
import { fillIn } from '../../test/factories/whole-record.ts'
import { addTeam, type Team } from '../../test/factories/world.ts'
import { type Product, startProduct } from '../../test/harness/product.ts'
import { type Visitor, visitorOf } from '../../test/harness/visitor.ts'

/** What a meeting has given somebody to do, among their tasks and in their work: theirs, or their agency's that nobody has, and nobody else's. */
let product: Product
let marac: Marac
let team: Team
let itemId: string
/** My work of somebody who sits there, once the agenda had gone out. */
let asked: string
type Sitter = Colleague & { visitor: Visitor }
let worker: Sitter
let deputy: Sitter
let reader: Sitter
/** Works beside them and sits in nothing. */
let beside: Sitter
const who = (key: Sitting) => marac.officers[key].visitor

async function enter(name: string, role: RoleName, sits = true): Promise<Sitter> {
  const colleague = await addColleague(product.database, team, { name, role })
  if (sits)
    await post(marac.coordinator, `/meetings/series/${marac.seriesId}/members`, {
      what: 'member',
      who: `${marac.officers.housing.seatId}/${colleague.id}`,
      role: 'deputy',
    })
  return { ...colleague, visitor: await visitorOf(product).signIn(colleague) }
}

/** Gives housing something to do, or one of those who sit for it. */
const set = async (what: string, due: string, to?: Sitter): Promise<string> => {
  const seat = [marac.officers.housing.seatId, ...(to ? [to.id] : [])].join('/')
  await post(marac.chair, `/meetings/items/${itemId}/actions/new`, { what, seat, due })
  const { rows } = await product.database.admin.query<{ id: string }>('select id from meeting_actions where what = $1', [what])
  return rows[0]!.id
}
/** What stands on the pages of somebody's work: on their list, on their teams', and in the panel beside their cases. */
const workOf = async (visitor: Visitor) => ({
  mine: (await visitor.get('/tasks')).words,
  teams: (await visitor.get('/tasks?view=team')).words,
  work: (await visitor.get('/work')).words,
  file: (await visitor.get('/tasks?as=csv')).html,
})
const where = async (visitor: Visitor, what: string) =>
  Object.entries(await workOf(visitor)).flatMap(([place, words]) => (words.includes(what) ? [place] : []))

beforeAll(async () => {
  product = await startProduct()
  marac = await addMarac(product)
  team = await addTeam(product.database, marac.officers.housing.agency, ['early-help'])
  worker = await enter('Tamsin Rowe', 'Caseworker')
  deputy = await enter('Perran Hocking', 'Caseworker')
  reader = await enter('Jory Tremayne', 'Read only')
  beside = await enter('Loveday Nance', 'Caseworker', false)
  itemId = await refer(who('police'), marac.seriesId, { family: 'Xanthiatodo' })
  await accept(marac, itemId)
  await sendAgenda(marac)
  asked = (await worker.visitor.get('/work')).words
  await post(marac.chair, `/meetings/dates/${marac.meetingId}/open`, { sure: 'yes' })
  await set('HERS', 'in 3 days', worker)
  await set('ANYBODYS', 'in 5 days')
  await post(marac.chair, `/meetings/items/${itemId}/actions/new`, { what: 'POLICES', seat: marac.officers.police.seatId, due: 'tomorrow' })
}, 90_000)
afterAll(() => product.close())

test('[V4] that their agency has yet to answer stands in the work of whoever sits there and records, and in nobody else’s', async () => {
  expect(asked).toContain('Meetings need your answer')
  expect(asked).toContain('What you know about 1 case')
  expect(asked).not.toMatch(/xanthiatodo/i)
  for (const { visitor } of [reader, beside]) expect((await visitor.get('/work')).words).not.toContain('Meetings need your answer')
})

test('[U22] [V4] stands among the tasks of whoever has it, and their agency’s among those of their teams, with a link, a day and their number', async () => {
  const { id } = (await product.database.admin.query<{ id: string }>(`select id from meeting_actions where what = 'HERS'`)).rows[0]!
  const page = await worker.visitor.get('/tasks')
  expect(page.html).toContain(`href="/meetings/actions/${id}"`)
  for (const words of ['1 task', 'In 3 days', 'MARAC', 'OFFICIAL-SENSITIVE']) expect(page.words).toContain(words)
  expect(await where(worker.visitor, 'HERS')).toEqual(['mine', 'work', 'file'])
  expect(await where(worker.visitor, 'ANYBODYS')).toEqual(['teams', 'work'])
  expect((await worker.visitor.get('/work')).words).toContain('2 actions of meetings')
  expect(await where(deputy.visitor, 'ANYBODYS')).toEqual(['teams', 'work'])
})

test('[V4] in nobody else’s: a colleague who sits there and has not been given it, one who only reads, one who does not sit there, another agency, whoever runs it', async () => {
  expect(await where(deputy.visitor, 'HERS')).toEqual([])
  for (const visitor of [reader.visitor, beside.visitor, who('police'), marac.chair, marac.coordinator])
    for (const what of ['HERS', 'ANYBODYS']) expect(await where(visitor, what)).toEqual([])
  expect(await where(worker.visitor, 'POLICES')).toEqual([])
  expect((await visitorOf(product).get('/tasks')).status).not.toBe(200)
})

test('[U22] goes once it is done', async () => {
  const id = await set('DONESOON', 'tomorrow', worker)
  expect(await where(worker.visitor, 'DONESOON')).toEqual(['mine', 'work', 'file'])
  await post(worker.visitor, `/meetings/actions/${id}/end`, { to: 'done', words: 'Done by telephone' })
  expect(await where(worker.visitor, 'DONESOON')).toEqual([])
})

test('[M1e] goes from whomever the case is kept by name, and their number with it', async () => {
  await fillIn(marac.coordinator, `/meetings/items/${itemId}/withhold`, { from: String(worker.principal), part: '', reason: 'A relative' })
  for (const what of ['HERS', 'ANYBODYS', 'actions of meetings', 'action of a meeting'])
    expect(await where(worker.visitor, what)).toEqual([])
  expect((await worker.visitor.get('/tasks')).words).toContain('0 tasks')
  expect(await where(deputy.visitor, 'ANYBODYS')).toEqual(['teams', 'work'])
})

test('[V4] an agency’s goes from whoever sits for it no longer; what they were given by name stays theirs', async () => {
  await set('DEPUTYS', 'in 8 days', deputy)
  const { rows } = await product.database.admin.query<{ id: string }>(
    'select id from meeting_members where user_id = $1 and ended_at is null',
    [deputy.id],
  )
  await post(marac.coordinator, `/meetings/series/${marac.seriesId}/members/${rows[0]!.id}/end`, {})
  expect(await where(deputy.visitor, 'ANYBODYS')).toEqual([])
  expect(await where(deputy.visitor, 'DEPUTYS')).toEqual(['mine', 'work', 'file'])
})

test('[V4] that it was read there is in the audit, by the case and no name', async () => {
  const { rows } = await product.database.admin.query<{ subject: string; person: string | null }>(
    `select subject_id as subject, person_id as person from audit_events where action = 'meeting-actions-read' and user_id = $1`,
    [deputy.id],
  )
  expect(rows.length).toBeGreaterThan(0)
  expect(new Set(rows.map(row => `${row.subject} ${row.person}`))).toEqual(new Set([`${itemId} null`]))
})

test('there was no fault', () => expect(product.faults).toEqual([]))
