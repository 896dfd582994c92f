import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addColleague } from '../../test/factories/colleagues.ts'
import { addMarac, type Marac } from '../../test/factories/marac.ts'
import { actorOf, addAgency, addTeam, type User } from '../../test/factories/world.ts'
import { isWaiting, signal } from '../../test/harness/at-once.ts'
import { type Product, startProduct } from '../../test/harness/product.ts'
import { asActor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import { asPlainDate } from '../platform/plain-date.ts'
import { addMeetings, addMember, addSeat, endMember, endSeat } from './change-series.ts'
import type { Seat, Series } from './meeting.ts'
import { findSeries, membersOf, seatsOfSeries } from './series.queries.ts'

// Who sits in a meeting and who runs it, changed by two at the same moment: what is somebody's no longer, they hold no longer.

let product: Product
let marac: Marac
const now = new Date()
beforeAll(async () => {
  product = await startProduct()
  marac = await addMarac(product)
}, 60_000)
afterAll(() => product.close())

/** As whoever runs it: what the first does is not committed before the second has begun. */
async function atOnce<T, U>(
  first: (tx: Tx, series: Series) => Promise<T>,
  second: (tx: Tx, series: Series) => Promise<U>,
): Promise<[T, U]> {
  const actor = await runs()
  const as = <R>(work: (tx: Tx, series: Series) => Promise<R>) =>
    asActor(product.database.web, actor, 'write', async tx => {
      const series = await findSeries(tx, actor, marac.seriesId)
      if (!series) throw new Error('There is no such series.')
      return work(tx, series)
    })
  const [done, go] = [signal(), signal()]
  const one = as(async (tx, series) => {
    const answer = await first(tx, series)
    done.happen()
    await go.happened
    return answer
  })
  await done.happened
  const other = as(second)
  await isWaiting(other)
  go.happen()
  return Promise.all([one, other])
}
const runs = () => actorOf(product.database, marac.coordinatorId)
const newcomer = async (): Promise<User> => {
  const team = await addTeam(product.database, await addAgency(product.database), [])
  return addColleague(product.database, team, { role: 'Partner officer', serviceArea: null })
}
const holds = async (principal: number, user: Pick<User, 'id'>) => {
  const { rows } = await product.database.admin.query(
    `select from held_principals h join users u on u.principal = h.holder where h.principal = $1 and u.id = $2 and (h.ends_at is null or h.ends_at > now())`,
    [principal, user.id],
  )
  return rows.length > 0
}
const inSeries = async <T>(work: (tx: Tx, series: Series) => Promise<T>): Promise<T> => {
  const actor = await runs()
  return asActor(product.database.web, actor, 'write', async tx => work(tx, (await findSeries(tx, actor, marac.seriesId))!))
}
const partsOf = (user: User) =>
  inSeries(async (tx, series) => (await membersOf(tx, series.id)).filter(one => one.userId === user.id).map(one => one.id))
const seatOf = (agencyId: string): Promise<Seat> =>
  inSeries(async (tx, series) => (await seatsOfSeries(tx, series.id)).find(one => one.agencyId === agencyId && !one.endedAt)!)

describe('[V4] whoever both chairs and co-ordinates', () => {
  test('runs it no longer when both parts are ended at once', async () => {
    const user = await newcomer()
    const actor = await runs()
    const running = await inSeries(async (tx, series) => {
      for (const role of ['chair', 'co-ordinator'] as const)
        expect((await addMember(tx, actor, now, series, { userId: user.id, role, seat: null })).ok).toBe(true)
      return series.running
    })
    const [chairs, coordinates] = await partsOf(user)
    expect(await holds(running, user)).toBe(true)
    const ended = await atOnce(
      (tx, series) => endMember(tx, actor, now, series, chairs!),
      (tx, series) => endMember(tx, actor, now, series, coordinates!),
    )
    expect(ended.map(one => one.ok)).toEqual([true, true])
    expect([await partsOf(user), await holds(running, user)]).toEqual([[], false])
  })

  test('goes on running it who is given the one while the other ends, whichever comes first', async () => {
    for (const givenFirst of [true, false]) {
      const user = await newcomer()
      const actor = await runs()
      const running = await inSeries(async (tx, series) => {
        await addMember(tx, actor, now, series, { userId: user.id, role: 'chair', seat: null })
        return series.running
      })
      const [chairs] = await partsOf(user)
      const give = (tx: Tx, series: Series) => addMember(tx, actor, now, series, { userId: user.id, role: 'co-ordinator', seat: null })
      const end = (tx: Tx, series: Series) => endMember(tx, actor, now, series, chairs!)
      const done = givenFirst ? await atOnce(give, end) : await atOnce(end, give)
      expect(done.map(one => one.ok)).toEqual([true, true])
      expect([(await partsOf(user)).length, await holds(running, user)]).toEqual([1, true])
    }
  })

  test('is one once, however many add them at once', async () => {
    const user = await newcomer()
    const actor = await runs()
    const give = (tx: Tx, series: Series) => addMember(tx, actor, now, series, { userId: user.id, role: 'chair', seat: null })
    const [first, second] = await atOnce(give, give)
    expect([first.ok, second.ok]).toEqual([true, false])
    expect(await partsOf(user)).toHaveLength(1)
  })
})

describe('[V4] a seat', () => {
  test('that ends while somebody is let sit in it is nobody’s, whichever comes first', async () => {
    for (const endsFirst of [true, false]) {
      const actor = await runs()
      const agency = await addAgency(product.database)
      const user = await addColleague(product.database, await addTeam(product.database, agency, []), {
        role: 'Partner officer',
        serviceArea: null,
      })
      await inSeries((tx, series) => addSeat(tx, actor, now, series, agency.id, ''))
      const seat = await seatOf(agency.id)
      const end = (tx: Tx, series: Series) => endSeat(tx, actor, now, series, seat, 'It left')
      const sit = (tx: Tx, series: Series) => addMember(tx, actor, now, series, { userId: user.id, role: 'member', seat })
      const done = endsFirst ? await atOnce(end, sit) : await atOnce(sit, end)
      expect(done.map(one => one.ok)).toEqual([true, !endsFirst])
      expect([await partsOf(user), await holds(seat.principal, user)]).toEqual([[], false])
    }
  })

  test('that is given while dates are added knows of them, and an agency has one however many give it', async () => {
    const actor = await runs()
    const agency = await addAgency(product.database)
    for (const seatFirst of [true, false]) {
      const other = await addAgency(product.database)
      const give = (tx: Tx, series: Series) => addSeat(tx, actor, now, series, other.id, '')
      const add = (tx: Tx, series: Series) => addMeetings(tx, actor, now, series, asPlainDate(seatFirst ? '2041-03-04' : '2041-04-04'), 1)
      await (seatFirst ? atOnce(give, add) : atOnce(add, give))
      const seat = await seatOf(other.id)
      const { rows } = await product.database.admin.query<{ seen: boolean }>(
        `select $2 = any (seen_by) as seen from meetings where series_id = $1 and starts_at > '2041-01-01' order by starts_at desc limit 1`,
        [marac.seriesId, seat.principal],
      )
      expect(rows).toEqual([{ seen: true }])
    }
    const give = (tx: Tx, series: Series) => addSeat(tx, actor, now, series, agency.id, '')
    const twice = await atOnce(give, give)
    expect(twice.map(one => one.ok)).toEqual([true, false])
  })
})
