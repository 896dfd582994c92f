import pg from 'pg'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { accept, addMarac, type Marac, refer, sendAgenda } from '../../test/factories/marac.ts'
import { actorOf } from '../../test/factories/world.ts'
import { type Product, startProduct } from '../../test/harness/product.ts'
import { visitorOf } from '../../test/harness/visitor.ts'
import { tendMeetings } from './index.ts'

// A series that has met for years: what is read of it every morning and on every first page does not grow with its dates.

let product: Product
let marac: Marac
let itemId: string
const many = 45
const series = () => `/meetings/series/${marac.seriesId}`
const heldDates = (from: number, times: number) =>
  product.database.admin.query(
    `insert into meetings (id, series_id, running, seen_by, starts_at, place, state, research_due_on, created_at, created_by, held_at, minutes_circulated_at)
     select gen_random_uuid(), m.series_id, m.running, m.seen_by, m.starts_at - make_interval(weeks => n), 'Hall ' || n, 'held', m.research_due_on, m.created_at, m.created_by,
       m.starts_at, m.starts_at
     from meetings m, generate_series($2::int, $3::int) n where m.id = $1`,
    [marac.meetingId, from, from + times - 1],
  )
/** The morning's work; answers how often it asks the database. */
const tend = async () => {
  const asked = vi.spyOn(pg.Client.prototype, 'query')
  await tendMeetings({ database: product.database.worker, clock: product.clock, actorOf: id => actorOf(product.database, id) })
  const times = asked.mock.calls.length
  asked.mockRestore()
  return times
}

beforeAll(async () => {
  product = await startProduct()
  marac = await addMarac(product)
  itemId = await refer(marac.officers.police.visitor, marac.seriesId, { family: 'Longago' })
  await accept(marac, itemId)
  await sendAgenda(marac)
}, 60_000)
afterAll(() => product.close())

test('[V4] every morning what is read does not grow with the dates that were held', async () => {
  await heldDates(1, 1)
  await tend()
  const before = await tend()
  await heldDates(2, many - 1)
  expect(before).toBeGreaterThan(10)
  expect(await tend()).toBe(before)
})

test('[V4] what is left over on a date of long ago is told, and what was talked about there closes by its rule', async () => {
  const { admin } = product.database
  const { rows } = await admin.query<{ id: string }>('select id from meetings where series_id = $1 order by starts_at limit 1', [
    marac.seriesId,
  ])
  const oldest = rows[0]!.id
  await admin.query('update meeting_items set meeting_id = $2 where id = $1', [itemId, oldest])
  await tend()
  expect((await marac.coordinator.get('/notices')).words).toContain('A case of a meeting that has been held is not finished')
  await admin.query(`update meeting_items set state = 'discussed', discussed_at = now() where id = $1`, [itemId])
  await tend()
  expect((await admin.query('select state from meeting_items where id = $1', [itemId])).rows[0].state).toBe('closed')
})

test('[V4] the dates of years are read page by page, and the one whose minutes are owed is named however long ago it was', async () => {
  const seen: string[] = []
  let address: string | undefined = series()
  let pages = 0
  while (address) {
    const { html } = await marac.officers.health.visitor.get(address)
    const after = html.slice(html.indexOf('Held and cancelled'))
    seen.push(...[...after.matchAll(/Hall \d+\b/g)].map(([hall]) => hall))
    address = /href="([^"]*\?after=[^"]*)"/.exec(html)?.[1]?.replaceAll('&amp;', '&')
    pages++
  }
  expect([pages, seen.length, new Set(seen).size]).toEqual([3, many, many])
  expect(seen[0]).toBe('Hall 1')
  expect((await marac.coordinator.get(`${series()}?after=nonsense`)).status).toBe(200)
  expect((await visitorOf(product).get(`${series()}?after=1_${itemId}`)).status).toBe(303)
  expect((await marac.coordinator.get('/meetings')).words).not.toContain('have not gone round')
  await product.database.admin.query(`update meetings set minutes_circulated_at = null where series_id = $1 and place = 'Hall ${many}'`, [
    marac.seriesId,
  ])
  expect((await marac.coordinator.get('/meetings')).words).toContain('have not gone round')
  expect((await marac.officers.health.visitor.get('/meetings')).words).not.toContain('have not gone round')
})
