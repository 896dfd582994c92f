import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { accept, addMarac, type Marac, post, refer, researchOf, type Sitting } from '../../test/factories/marac.ts'
import { fillIn } from '../../test/factories/whole-record.ts'
import { actorOf } from '../../test/factories/world.ts'
import { type Product, startProduct } from '../../test/harness/product.ts'
import { tendMeetings } from '../meetings/index.ts'
import { fixedClock } from '../platform/clock.ts'

/** Two cases at one date: one that everybody sees, and one that is kept from the chair, which the co-ordinator takes. */
let product: Product
let marac: Marac
let seen: string
let kept: string
let next: string
const who = (key: Sitting) => marac.officers[key].visitor
const date = (rest = '', meetingId = marac.meetingId) => `/meetings/dates/${meetingId}${rest}`
const item = (id: string, rest = '') => `/meetings/items/${id}${rest}`
const research = async (id: string, key: Sitting) => `${item(id)}/research/${await researchOf(product, id, marac.officers[key])}`
const say = async (id: string, key: Sitting, known: string) => fillIn(who(key), await research(id, key), { known, _then: 'continue' })
const state = async (id: string) =>
  (await product.database.admin.query<{ state: string }>('select state from meeting_items where id = $1', [id])).rows[0]!.state

beforeAll(async () => {
  product = await startProduct()
  marac = await addMarac(product)
  seen = await refer(who('police'), marac.seriesId, { family: 'Seenbyall' })
  kept = await refer(who('police'), marac.seriesId, { family: 'Keptback' })
  await accept(marac, seen)
  await accept(marac, kept)
  const { admin } = product.database
  const chair = await admin.query<{ principal: number }>(
    `select u.principal from meeting_members m join users u on u.id = m.user_id where m.series_id = $1 and m.role = 'chair'`,
    [marac.seriesId],
  )
  await fillIn(marac.coordinator, item(kept, '/withhold'), { from: String(chair.rows[0]!.principal), part: '', reason: 'His cousin' })
  await post(marac.coordinator, date('/send'), {})
  next = (
    await admin.query<{ id: string }>('select id from meetings where series_id = $1 and id <> $2 order by starts_at limit 1', [
      marac.seriesId,
      marac.meetingId,
    ])
  ).rows[0]!.id
}, 60_000)
afterAll(() => product.close())

describe('[V4] a case that is kept from the chair', () => {
  test('has its papers sent round by whoever sees it, and not by the chair', async () => {
    await say(seen, 'health', 'SEENKNOWN')
    await say(kept, 'health', 'KEPTKNOWN')
    await post(marac.chair, date('/circulate'), { sure: 'yes' })
    expect((await who('idva').get(date('/papers'))).html).toContain('SEENKNOWN')
    expect((await who('idva').get(item(kept))).html).not.toContain('KEPTKNOWN')
    // What comes in later on it is its agency's own still.
    await say(kept, 'children', 'LATEKNOWN')
    expect((await who('idva').get(item(kept))).html).not.toContain('LATEKNOWN')
    expect((await marac.chair.get(date())).words).not.toContain('Send the papers')
    expect((await marac.coordinator.get(date())).words).toContain('Send the papers of 1 more case round')
    await post(marac.coordinator, date('/circulate'), { sure: 'yes' })
    for (const words of ['KEPTKNOWN', 'LATEKNOWN']) expect((await who('idva').get(date('/papers'))).html).toContain(words)
    expect((await marac.chair.get(date('/papers'))).html).not.toContain('KEPTKNOWN')
    expect((await marac.coordinator.get(date())).words).not.toContain('more case')
  })

  test('waits for whoever sees it once the chair has ended the meeting, and they are told', async () => {
    await post(marac.chair, date('/open'), { sure: 'yes' })
    await post(marac.chair, item(seen, '/record'), { note: '', decision: 'SEENDECIDED', rationale: 'High risk', _then: 'next' })
    await post(marac.chair, date('/finish'), {})
    await post(marac.chair, date('/minutes'), { words: '' })
    await post(marac.chair, date('/minutes/circulate'), {})
    expect((await who('idva').get(date('/minutes'))).html).toContain('SEENDECIDED')
    expect((await marac.chair.get(date())).words).not.toMatch(/not finished/)
    expect((await marac.coordinator.get(date())).words).toContain('1 case is not finished')
    for (const days of [1, 2])
      await tendMeetings({
        database: product.database.worker,
        clock: fixedClock(new Date(product.clock.now().getTime() + days * 86_400_000)),
        actorOf: userId => actorOf(product.database, userId),
      })
    const told = 'A case of a meeting that has been held is not finished'
    const { rows } = await product.database.admin.query<{ userId: string }>('select user_id as "userId" from notices where words = $1', [
      told,
    ])
    expect(rows).toEqual([{ userId: marac.coordinatorId }])
    expect((await marac.coordinator.get('/notices')).words).toContain(told)
    expect((await marac.chair.get('/notices')).words).not.toContain(told)
    // Nothing is asked any more for a date that has been held.
    for (const key of ['police', 'idva'] as const) expect((await who(key).get('/meetings')).words).not.toContain('What we need from you')
  })

  test('is decided and minuted by them, after the other minutes have gone round', async () => {
    expect((await marac.chair.post(item(kept, '/record'), { decision: 'x', rationale: 'x', _then: 'next' })).status).toBe(404)
    expect((await marac.coordinator.get(date('/run'))).words).toContain('1 case is not finished')
    await post(marac.coordinator, item(kept, '/record'), { note: '', decision: 'KEPTDECIDED', rationale: 'As referred', _then: 'next' })
    expect((await who('idva').get(date('/minutes'))).html).not.toContain('KEPTDECIDED')
    expect((await marac.coordinator.get(date('/minutes'))).words).toContain('Send the minutes of 1 more case round')
    await post(marac.coordinator, date('/minutes/circulate'), {})
    expect((await who('idva').get(date('/minutes'))).html).toContain('KEPTDECIDED')
    expect((await marac.chair.get(date('/minutes'))).html).not.toContain('KEPTDECIDED')
    const late = await marac.coordinator.post(item(kept, '/record'), { note: '', decision: 'TOOLATE', rationale: 'x', _then: 'next' })
    expect([late.status, late.words]).toEqual([422, expect.stringMatching(/minutes of this case have gone round.*TOOLATE/)])
    expect((await marac.coordinator.get(date('/minutes'))).html).not.toContain('TOOLATE')
    expect(await state(kept)).toBe('discussed')
  })
})

describe('[V4] a case that is carried over', () => {
  let carried: string
  test('takes what its agencies have answered along, and asks the others for its new date alone', async () => {
    carried = await refer(who('police'), marac.seriesId, { family: 'Carriedover' })
    await accept(marac, carried, next)
    await post(marac.coordinator, date('/send', next), {})
    await say(carried, 'health', 'CARRIEDKNOWN')
    await fillIn(marac.coordinator, `/meetings/series/${marac.seriesId}/dates/new`, {
      'first-day': '2',
      'first-month': '2',
      'first-year': String(product.clock.now().getFullYear() + 1),
      times: '1',
    })
    await post(marac.chair, date('/open', next), { sure: 'yes' })
    await post(marac.chair, date('/finish', next), {})
    expect((await who('health').get('/meetings')).words).not.toContain('What we need from you')
    const { rows } = await product.database.admin.query<{ id: string }>('select meeting_id as id from meeting_items where id = $1', [
      carried,
    ])
    const later = rows[0]!.id
    expect(later).not.toBe(next)
    expect((await marac.coordinator.get(item(carried))).words).toContain('submitted')
    await post(marac.coordinator, date('/send', later), {})
    expect((await who('health').get(item(carried))).html).toContain('CARRIEDKNOWN')
    expect((await who('health').get('/meetings')).words).not.toContain('What we need from you')
    const idva = (await who('idva').get('/meetings')).words
    expect(idva.split('What we need from you').length - 1).toBe(1)
    await post(marac.chair, date('/circulate', later), { sure: 'yes' })
    for (const page of [item(carried), date('/papers', later)]) expect((await who('idva').get(page)).html).toContain('CARRIEDKNOWN')
  })
})

test('there was no fault', () => expect(product.faults).toEqual([]))

test('[V4] a case that is kept from the chair is not kept from the co-ordinator as well: nobody would be left to take it', async () => {
  const { principal } = await actorOf(product.database, marac.coordinatorId)
  const wish = { from: String(principal), part: '', reason: 'Her neighbour', own: 'yes' }
  const reply = await marac.coordinator.post(item(kept, '/withhold'), wish)
  expect([reply.status, reply.words]).toEqual([422, expect.stringContaining('Nobody who runs the meeting would be left to take it')])
  expect((await marac.coordinator.get(item(kept))).status).toBe(200)
  expect((await marac.coordinator.post(item(seen, '/withhold'), wish)).status).toBe(303)
})
