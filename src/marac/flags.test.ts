import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addColleague, type RoleName } from '../../test/factories/colleagues.ts'
import { accept, addMarac, keepPart, type Marac, post, refer, type Sitting, sendAgenda } from '../../test/factories/marac.ts'
import { fillIn } from '../../test/factories/whole-record.ts'
import { addTeam, as, type Team } from '../../test/factories/world.ts'
import { type Product, startProduct } from '../../test/harness/product.ts'
import { type Visitor, visitorOf } from '../../test/harness/visitor.ts'
import { withhold } from '../access/index.ts'
import { londonDate } from '../platform/clock.ts'
import { addDays, addMonths, formatDate, partsOf } from '../platform/plain-date.ts'

/** Once a case was heard, each agency is asked to flag its own records, and only those who see a record see who did. */
let product: Product
let marac: Marac
let itemId: string
let caseId: string
let housingTeam: Team
/** Sits for housing and works with the victim; their colleague sits there too and only reads; the third sits there and is kept from the record. */
let worker: Visitor
let reader: Visitor
let kept: Visitor
const family = 'Xanthiaflag'
const who = (key: Sitting) => marac.officers[key].visitor
const until = () => formatDate(addMonths(addDays(londonDate(product.clock.now()), 7), 12))

/** Somebody of housing's team who sits for it. */
async function addSitter(name: string, role: RoleName) {
  const colleague = await addColleague(product.database, housingTeam, { name, role })
  const { seatId } = marac.officers.housing
  await post(marac.coordinator, `/meetings/series/${marac.seriesId}/members`, {
    what: 'member',
    who: `${seatId}/${colleague.id}`,
    role: 'deputy',
  })
  return { ...colleague, visitor: await visitorOf(product).signIn(colleague) }
}
/** Where the page leads to flag the record. */
const flagging = (html: string) => /href="(\/cases\/[^"]*flags\/new[^"]*)"/.exec(html)![1]!.replaceAll('&amp;', '&')
const offer = () => `Flag their record until ${until()}`
const placesOf = async (visitor: Visitor) => ({
  item: (await visitor.get(`/meetings/items/${itemId}`)).words,
  home: (await visitor.get('/meetings')).words,
})
const isOffered = async (visitor: Visitor) => Object.values(await placesOf(visitor)).map(words => words.includes('Flag their record'))

beforeAll(async () => {
  product = await startProduct()
  marac = await addMarac(product)
  housingTeam = await addTeam(product.database, marac.officers.housing.agency, ['early-help'])
  const theWorker = await addSitter('Tamsin Rowe', 'Caseworker')
  worker = theWorker.visitor
  reader = (await addSitter('Perran Hocking', 'Read only')).visitor
  const theKept = await addSitter('Loveday Nance', 'Caseworker')
  kept = theKept.visitor
  const born = { 'dateOfBirth-day': '4', 'dateOfBirth-month': '5', 'dateOfBirth-year': '1990' }
  const personId = /people\/([0-9a-f-]{36})/.exec(await fillIn(worker, '/people/new', { given: 'Morwenna', family, ...born }))![1]!
  await fillIn(worker, `/people/${personId}/refer`, { asks: 'me' })
  const { rows } = await product.database.admin.query<{ id: string }>('select id from cases where person_id = $1', [personId])
  caseId = rows[0]!.id
  await as(product.database, theWorker, (tx, actor) =>
    withhold(tx, actor, product.clock.now(), { caseId, holder: theKept.principal, reason: 'They are related' }),
  )
  itemId = await refer(who('police'), marac.seriesId, { family })
  await accept(marac, itemId)
  await sendAgenda(marac)
  const victim = await product.database.admin.query<{ id: string }>(
    `select id from meeting_parties where item_id = $1 and role = 'victim'`,
    [itemId],
  )
  await fillIn(worker, `/meetings/items/${itemId}/people/${victim.rows[0]!.id}`, { person: personId, same: personId })
  await post(marac.chair, `/meetings/dates/${marac.meetingId}/open`, { sure: 'yes' })
}, 90_000)
afterAll(() => product.close())

test('[V4] nobody is asked to flag a record before its case was heard', async () => {
  expect(await isOffered(worker)).toEqual([false, false])
})

describe('[V4] once it was heard', () => {
  beforeAll(() =>
    post(marac.chair, `/meetings/items/${itemId}/record`, { note: '', decision: 'As said', rationale: 'As said', _then: 'next' }),
  )

  test('whoever works with the person is asked on their first page and on the case, with the day and kind filled in', async () => {
    for (const words of Object.values(await placesOf(worker))) expect(words).toContain(offer())
    const { html } = await worker.get(`/meetings/items/${itemId}`)
    const form = (await worker.get(flagging(html))).html
    const { day, month, year } = partsOf(addMonths(addDays(londonDate(product.clock.now()), 7), 12))
    expect(form).toMatch(/<option value="marac" selected/)
    for (const [part, value] of Object.entries({ day, month, year }))
      expect(form).toMatch(new RegExp(`name="review-${part}"[^>]*value="${value}"`))
  })

  test('nobody else is: another agency, whoever runs the meeting, whoever only reads, whoever is kept from the record', async () => {
    for (const visitor of [who('police'), who('housing'), marac.chair, marac.coordinator, reader, kept])
      expect(await isOffered(visitor)).toEqual([false, false])
    expect((await visitorOf(product).get(`/meetings/items/${itemId}`)).status).not.toBe(200)
  })

  test('[M1e] nor is an agency from which the person is kept in this case', async () => {
    await keepPart(marac, itemId, marac.officers.housing.agency.principal, 'victim')
    expect(await isOffered(worker)).toEqual([false, false])
    const { html } = await marac.coordinator.get(`/meetings/items/${itemId}`)
    const ending = new RegExp(`/meetings/items/${itemId}/withhold/[0-9a-f-]{36}/end`)
    for (let left = ending.exec(html); left; left = ending.exec((await marac.coordinator.get(`/meetings/items/${itemId}`)).html))
      await fillIn(marac.coordinator, left[0], { reason: 'Nobody is related' })
    expect(await isOffered(worker)).toEqual([true, true])
  })
})

describe('[F8] a record that was flagged', () => {
  beforeAll(async () => {
    const { html } = await worker.get(`/meetings/items/${itemId}`)
    await fillIn(worker, flagging(html), { note: 'Ring 999 and say that it is a repeat' })
    await post(marac.chair, `/meetings/dates/${marac.meetingId}/finish`, {})
    await fillIn(marac.chair, `/meetings/dates/${marac.meetingId}/minutes`, { words: '' })
    await post(marac.chair, `/meetings/dates/${marac.meetingId}/minutes/circulate`, {})
  })

  test('has its flag with its day, and is not asked about again', async () => {
    const { rows } = await product.database.admin.query('select kind, note, author from case_flags where case_id = $1', [caseId])
    expect(rows).toEqual([{ kind: 'marac', note: 'Ring 999 and say that it is a repeat', author: 'Tamsin Rowe' }])
    expect(await isOffered(worker)).toEqual([false, false])
  })

  test('is shown to be to those who see it, on the case and under the minutes, and to nobody else', async () => {
    const flagged = `Flagged by Tamsin Rowe, until ${until()}`
    const pages = [`/meetings/items/${itemId}`, `/meetings/dates/${marac.meetingId}/minutes`]
    for (const page of pages) {
      for (const visitor of [worker, reader]) expect((await visitor.get(page)).words).toContain(flagged)
      for (const visitor of [who('police'), who('housing'), marac.chair, marac.coordinator, kept]) {
        const reply = await visitor.get(page)
        expect(reply.status).toBe(200)
        expect(reply.words).not.toMatch(/Flagged by|Flag your own/)
        expect(reply.html).not.toContain(caseId)
      }
    }
  })
})

test('there was no fault', () => expect(product.faults).toEqual([]))
