import { afterAll, beforeAll, expect, test } from 'vitest'
import { addColleague } from '../../test/factories/colleagues.ts'
import { accept, addMarac, type Marac, post, refer, type Sitting, sendAgenda } from '../../test/factories/marac.ts'
import { fillIn } from '../../test/factories/whole-record.ts'
import { addTeam } from '../../test/factories/world.ts'
import { type Product, startProduct } from '../../test/harness/product.ts'
import { type Visitor, visitorOf } from '../../test/harness/visitor.ts'

/** The dates of a meeting in the calendars of those who sit in it, in Lanyard and elsewhere: when and where, and nothing of a case. */
let product: Product
let marac: Marac
/** Works beside housing's member, and sits in nothing. */
let colleague: Visitor
const family = 'Xanthiacal'
const who = (key: Sitting) => marac.officers[key].visitor
const name = () => `MARAC ${marac.coordinatorId.slice(-6)}`

beforeAll(async () => {
  product = await startProduct()
  marac = await addMarac(product)
  await product.database.admin.query(`update meetings set place = 'The Old Customs House' where series_id = $1`, [marac.seriesId])
  const team = await addTeam(product.database, marac.officers.housing.agency, [], 'Beside them')
  colleague = await visitorOf(product).signIn(await addColleague(product.database, team, { role: 'Partner officer', serviceArea: null }))
  const itemId = await refer(who('police'), marac.seriesId, { family })
  await accept(marac, itemId)
  await fillIn(marac.coordinator, `/meetings/items/${itemId}/withhold`, {
    from: String(marac.officers.housing.agency.principal),
    part: '',
    reason: 'A relative works there',
  })
  await sendAgenda(marac)
}, 60_000)
afterAll(() => product.close())

const days = async (): Promise<Date[]> => {
  const { rows } = await product.database.admin.query<{ at: Date }>(
    'select starts_at as at from meetings where series_id = $1 order by 1',
    [marac.seriesId],
  )
  return rows.map(row => row.at)
}
/** Their calendar of the four weeks, as a page. */
const listOf = async (visitor: Visitor, of = '') => (await visitor.get(`/calendar?view=list${of}`)).words
/** Their calendar elsewhere, as it is read without signing in. */
async function feedOf(visitor: Visitor): Promise<{ status: number; body: string }> {
  const made = await visitor.post('/calendar/address', { _then: 'make' })
  const reply = await product.server.inject(/(\/calendar-feed\/[\w-]{43})/.exec(made.html)![1]!)
  return { status: reply.statusCode, body: reply.body }
}
const utc = (at: Date) => `DTSTART:${at.toISOString().replaceAll(/[-:]|\.\d+/g, '')}`

test('[U23] stand there for whoever sits in it or runs it, by its name and place, whatever of it is kept from them', async () => {
  for (const visitor of [who('police'), who('housing'), marac.chair, marac.coordinator]) {
    const words = await listOf(visitor)
    expect(words.split(`Meeting ${name()}`)).toHaveLength(3)
    for (const said of ['9:30', 'The Old Customs House', 'Agenda sent']) expect(words).toContain(said)
    expect(words).not.toMatch(new RegExp(`${family}|Nancarrow`, 'i'))
  }
  // As long for one who reads a case less.
  const span = /\d+:\d+ to \d+:\d+ Meeting/
  expect(span.exec(await listOf(who('housing')))![0]).toBe(span.exec(await listOf(who('police')))![0])
})

test('[U23] are times and a reference in a calendar elsewhere: what it is and where is said by nobody’s telephone', async () => {
  const { body } = await feedOf(who('police'))
  for (const day of await days()) expect(body).toContain(utc(day))
  expect(body.match(/SUMMARY:Appointment [0-9A-F]{6}/g)).toHaveLength(2)
  expect(body).not.toMatch(new RegExp(`MARAC|meeting|Customs|${family}|${marac.meetingId}|${marac.seriesId}`, 'i'))
})

test('[U23] are in no calendar of anybody else: a colleague, another meeting’s member, somebody signed out', async () => {
  expect(await listOf(colleague)).not.toContain(name())
  expect(await listOf(colleague, `&of=${marac.officers.housing.colleague.id}`)).not.toContain(name())
  expect(await listOf(colleague, '&of=team')).not.toContain(name())
  expect((await feedOf(colleague)).body).not.toContain('BEGIN:VEVENT')
  expect((await visitorOf(product).get('/calendar?view=list')).status).not.toBe(200)
})

test('one that was cancelled says so, and leaves the calendar elsewhere', async () => {
  const { rows } = await product.database.admin.query<{ id: string }>('select id from meetings where series_id = $1 order by starts_at', [
    marac.seriesId,
  ])
  await fillIn(marac.coordinator, `/meetings/dates/${rows[1]!.id}/cancel`, { reason: 'Nothing for it' })
  expect(await listOf(who('health'))).toContain('Cancelled')
  const { body } = await feedOf(who('health'))
  const [first, second] = await days()
  expect([body.includes(utc(first!)), body.includes(utc(second!))]).toEqual([true, false])
})

test('[V4] whoever’s seat has ended has none of them, here or elsewhere, from then on', async () => {
  const made = await who('probation').post('/calendar/address', { _then: 'make' })
  const address = /(\/calendar-feed\/[\w-]{43})/.exec(made.html)![1]!
  expect((await product.server.inject(address)).body).toContain('BEGIN:VEVENT')
  await post(marac.coordinator, `/meetings/series/${marac.seriesId}/seats/${marac.officers.probation.seatId}/end`, { reason: 'They left' })
  expect(await listOf(who('probation'))).not.toContain(name())
  expect((await product.server.inject(address)).body).not.toContain('BEGIN:VEVENT')
  expect(await listOf(who('police'))).toContain(name())
})

test('there was no fault', () => expect(product.faults).toEqual([]))
