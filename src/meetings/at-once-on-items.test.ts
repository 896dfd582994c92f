import { afterAll, beforeAll, expect, test } from 'vitest'
import { accept, addMarac, addSeries, type Marac, post, refer, referToTeam, sendAgenda } from '../../test/factories/marac.ts'
import { fillIn } from '../../test/factories/whole-record.ts'
import { whileHeld } from '../../test/harness/at-once.ts'
import { ownForm } from '../../test/harness/forms-on-page.ts'
import { type Product, startProduct } from '../../test/harness/product.ts'
import type { Reply } from '../../test/harness/site.ts'
import { londonDate } from '../platform/clock.ts'
import { addDays, partsOf } from '../platform/plain-date.ts'

// What becomes of a case and of a date, settled by two at the same moment: the second goes over nothing that the first has done.

let product: Product
let marac: Marac
let team: Marac
beforeAll(async () => {
  product = await startProduct()
  marac = await addMarac(product)
  team = await addSeries(product, 'mdt')
}, 90_000)
afterAll(async () => {
  expect(product.faults).toEqual([])
  await product.close()
})

const rowOf = async (query: string, id: string) => (await product.database.admin.query(query, [id])).rows[0]
const itemNow = (id: string) => rowOf('select state, meeting_id as "meetingId" from meeting_items where id = $1', id)
const holdItem = 'select from meeting_items where id = $1 for update'
const closes = (id: string) => (query: (statement: string, values: unknown[]) => Promise<unknown>) =>
  query(`update meeting_items set state = 'closed', closed_at = now(), version = version + 1 where id = $1`, [id])

test('[V4] a case that somebody ends while its meeting ends does not go on, and what is left is shown', async () => {
  const id = await refer(marac.officers.police.visitor, marac.seriesId, { family: 'Endedbeside' })
  await accept(marac, id)
  await sendAgenda(marac)
  await post(marac.chair, `/meetings/dates/${marac.meetingId}/open`, { sure: 'yes' })
  const finish = `/meetings/dates/${marac.meetingId}/finish`
  const shown = ownForm((await marac.chair.get(finish)).html, finish)!.filled
  const [reply] = await whileHeld(
    product.database,
    [holdItem, id],
    [() => marac.chair.post(finish, { ...shown, [`item-${id}`]: 'over' })],
    closes(id),
  )
  expect([reply!.status, reply!.words]).toEqual([422, expect.stringContaining('finished a case meanwhile')])
  expect(await itemNow(id)).toEqual({ state: 'closed', meetingId: marac.meetingId })
  expect((await rowOf('select state from meetings where id = $1', marac.meetingId)).state).toBe('open')
})

test('[V4] a case that somebody ends while its date is cancelled stays ended', async () => {
  const id = await referToTeam(team.officers.police.visitor, team.seriesId, 'Cancelledbeside')
  await accept(team, id)
  await sendAgenda(team)
  const cancel = `/meetings/dates/${team.meetingId}/cancel`
  const [reply] = await whileHeld(
    product.database,
    [holdItem, id],
    [() => team.coordinator.post(cancel, { reason: 'Snow', cases: 'wait' })],
    closes(id),
  )
  expect(reply!.status).toBe(303)
  expect((await itemNow(id)).state).toBe('closed')
})

test('[M1b] work that somebody else has ended meanwhile is not logged as ended twice, and the words of the second are shown to them', async () => {
  const [next] = (
    await product.database.admin.query<{ id: string }>(`select id from meetings where series_id = $1 and state = 'planned'`, [
      team.seriesId,
    ])
  ).rows
  const id = await referToTeam(team.officers.police.visitor, team.seriesId, 'Endedtwice')
  await accept(team, id, next!.id)
  await post(team.coordinator, `/meetings/dates/${next!.id}/send`, {})
  const end = (words: string) => team.coordinator.post(`/meetings/items/${id}/end`, { outcome: 'one-service', words })
  const replies: Reply[] = await whileHeld(product.database, [holdItem, id], [() => end('FIRSTENDED'), () => end('SECONDENDED')])
  expect(replies.map(one => one.status).sort()).toEqual([303, 404])
  const late = replies.find(one => one.status === 404)!
  expect(late.words).toMatch(/It was not saved.*(FIRST|SECOND)ENDED/)
  const { rows } = await product.database.admin.query('select words from meeting_log_entries where item_id = $1', [id])
  expect(rows).toHaveLength(1)
})

test('[V4] of two dates that are moved to one time at once, one is', async () => {
  const series = await addMarac(product)
  const { rows } = await product.database.admin.query<{ id: string }>('select id from meetings where series_id = $1', [series.seriesId])
  const { day, month, year } = partsOf(addDays(londonDate(product.clock.now()), 30))
  const to = { 'on-day': String(day), 'on-month': String(month), 'on-year': String(year), starts: '9:30am', place: 'Here' }
  const replies = await whileHeld(
    product.database,
    ['select from meeting_series where id = $1 for update', series.seriesId],
    rows.map(
      ({ id }) =>
        () =>
          series.coordinator.post(`/meetings/dates/${id}/move`, to),
    ),
  )
  expect(replies.map(one => one.status).sort()).toEqual([303, 422])
  expect(replies.find(one => one.status === 422)!.words).toContain('It meets at this time already')
  await fillIn(series.coordinator, `/meetings/dates/${rows[0]!.id}/move`, { ...to, place: 'There', starts: '10:30am' })
})
