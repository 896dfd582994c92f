import { afterAll, beforeAll, expect, test } from 'vitest'
import { addColleague } from '../../test/factories/colleagues.ts'
import { accept, addMarac, keepPart, type Marac, post, refer, researchOf, type Sitting } from '../../test/factories/marac.ts'
import { fillIn } from '../../test/factories/whole-record.ts'
import { addTeam } from '../../test/factories/world.ts'
import { type Product, startProduct } from '../../test/harness/product.ts'
import { visitorOf } from '../../test/harness/visitor.ts'

/** What must not be told in a way beside the pages of a case: by what is half written, by a notice, by the audit, by a repeat. */
let product: Product
let marac: Marac
beforeAll(async () => {
  product = await startProduct()
  marac = await addMarac(product)
}, 60_000)
afterAll(() => product.close())

const who = (key: Sitting) => marac.officers[key].visitor
const seatsBut = (key?: Sitting) =>
  Object.entries(marac.officers)
    .filter(([each]) => each !== key)
    .map(([, one]) => one.seatId)
const keepFrom = (itemId: string, principal: number) =>
  fillIn(marac.coordinator, `/meetings/items/${itemId}/withhold`, { from: String(principal), part: '', reason: 'A relative works there' })
const send = () => post(marac.coordinator, `/meetings/dates/${marac.meetingId}/send`, {})

test('[V4] what an agency is still writing is its own, also once something that it submitted has gone round', async () => {
  const itemId = await refer(who('police'), marac.seriesId, { family: 'Halfwritten' })
  await accept(marac, itemId)
  await send()
  const address = `/meetings/items/${itemId}/research/${await researchOf(product, itemId, marac.officers.health)}`
  const say = (known: string, _then: 'leave' | 'continue') => fillIn(who('health'), address, { known, _then })
  const read = async () => {
    const pages = [
      (await who('idva').get(`/meetings/items/${itemId}`)).html,
      (await marac.chair.get(`/meetings/dates/${marac.meetingId}/run?item=${itemId}`)).html,
      (await who('idva').get(`/meetings/dates/${marac.meetingId}/papers`)).html,
    ]
    return ['FIRSTWORDS', 'SUBMITTEDWORDS', 'DRAFTWORDS', 'NEWWORDS'].filter(words => pages.some(page => page.includes(words)))
  }
  await say('FIRSTWORDS', 'leave')
  await say('SUBMITTEDWORDS', 'continue')
  await post(marac.chair, `/meetings/dates/${marac.meetingId}/circulate`, { sure: 'yes' })
  expect(await read()).toEqual(['SUBMITTEDWORDS'])
  await say('DRAFTWORDS', 'leave')
  // One that is refused is saved, and goes round no more than any other.
  const base = /name="_base-research" value="(\d+)"/.exec((await who('health').get(address)).html)![1]!
  expect((await who('health').post(address, { '_base-research': base, known: '', _then: 'continue' })).status).toBe(422)
  expect(await read()).toEqual(['SUBMITTEDWORDS'])
  await say('NEWWORDS', 'continue')
  expect(await read()).toEqual(['NEWWORDS'])
  const { rows } = await product.database.admin.query<{ answers: string; audience: string }>(
    `select answers->>'known' as answers, audience from meeting_answers where item_id = $1 and research_id is not null and answers ? 'known' order by revision`,
    [itemId],
  )
  expect(rows.filter(one => one.audience !== 'own')).toEqual([{ answers: 'NEWWORDS', audience: 'item' }])
})

test('[M1e] a notice about a case goes with the case, from whomever it is kept, and from nobody else', async () => {
  const itemId = await refer(who('police'), marac.seriesId, { family: 'Noticed' })
  await accept(marac, itemId)
  await send()
  await post(marac.coordinator, `/meetings/dates/${marac.meetingId}/chase`, {})
  await post(marac.chair, `/meetings/items/${itemId}/actions/new`, {
    what: 'Flag it',
    seat: marac.officers.housing.seatId,
    due: 'tomorrow',
  })
  const about = async (key: Sitting) =>
    ['waits for what your agency knows', 'A meeting has given you something to do', 'is on the agenda of a meeting'].map(async words =>
      (await who(key).get('/notices')).words.includes(words),
    )
  const told = async (key: Sitting) => Promise.all(await about(key))
  // Those of the first case are read, so that what is counted is of this one.
  const { admin } = product.database
  await admin.query('update notices set read_at = now() where meeting_item_id is distinct from $1 and meeting_action_id is null', [itemId])
  expect(await told('housing')).toEqual([true, true, false])
  expect(await told('police')).toEqual([true, false, true])
  await keepFrom(itemId, marac.officers.housing.agency.principal)
  expect(await told('housing')).toEqual([false, false, false])
  expect(await told('police')).toEqual([true, false, true])
})

test('[M1e] the audit does not say from whom a case is kept', async () => {
  const { rows } = await product.database.admin.query<{ agency: number; id: string }>(
    'select u.agency, a.id from users u join agencies a on a.principal = u.agency where u.id = $1',
    [marac.coordinatorId],
  )
  const agency = { id: rows[0]!.id, principal: rows[0]!.agency, name: 'Council' }
  const team = await addTeam(product.database, agency as never, ['early-help'], 'The same agency')
  const brother = await addColleague(product.database, team, { name: 'Brother Nancarrow', role: 'Team leader' })
  const itemId = await refer(who('police'), marac.seriesId, { family: 'Audited' })
  await keepFrom(itemId, brother.principal)
  await product.database.admin.query(
    `update audit_events set detail = '{"from": "Older Nancarrow", "part": null}' where action = 'meeting-item-withheld' and subject_id <> $1`,
    [itemId],
  )
  const audit = await (await visitorOf(product).signIn(brother)).get(`/users/${marac.coordinatorId}/audit`)
  expect(audit.status).toBe(200)
  expect(audit.words).toContain('What: item')
  for (const name of ['From: Brother', 'Older Nancarrow']) expect(audit.words).not.toContain(name)
})

test('[M1e] whoever is kept from the earlier case is not told that this is a repeat of it', async () => {
  const first = await refer(who('police'), marac.seriesId, { family: 'Repeatson' })
  await accept(marac, first)
  await keepFrom(first, marac.officers.housing.agency.principal)
  const second = await refer(who('police'), marac.seriesId, { family: 'Repeatson' })
  await fillIn(marac.coordinator, `/meetings/items/${second}/triage`, {
    decision: 'accept',
    meeting: marac.meetingId,
    seat: seatsBut(),
    repeat: 'yes',
    // Kept from housing as the first was, unless whoever triages says that it is not.
    kept: [],
    words: '',
  })
  await send()
  const item = `/meetings/items/${second}`
  const idva = await who('idva').get(item)
  expect(idva.words).toContain('The earlier case')
  expect(idva.words).toContain('Repeat')
  const housing = await who('housing').get(item)
  expect(housing.status).toBe(200)
  for (const page of [housing, await who('housing').get(`/meetings/dates/${marac.meetingId}`)]) {
    expect(page.html).not.toContain(first)
    expect(page.words).not.toMatch(/Heard before|\bRepeat\b/)
  }
})

test('[M1e] whoever is kept from the victim of a case is not told which earlier case it repeats: that one names her', async () => {
  const first = await refer(who('police'), marac.seriesId, { family: 'Samepair' })
  await accept(marac, first)
  const second = await refer(who('police'), marac.seriesId, { family: 'Samepair' })
  await fillIn(marac.coordinator, `/meetings/items/${second}/triage`, {
    decision: 'accept',
    meeting: marac.meetingId,
    seat: seatsBut(),
    repeat: 'yes',
    words: '',
  })
  await keepPart(marac, second, marac.officers.housing.agency.principal, 'victim')
  await send()
  expect((await who('housing').get(`/meetings/items/${first}`)).words).not.toContain('SAMEPAIR')
  // What it was told the first time is opened to it again.
  const { rows } = await product.database.admin.query<{ id: string }>('select id from meeting_item_withholdings where item_id = $1', [
    first,
  ])
  for (const { id } of rows) await fillIn(marac.coordinator, `/meetings/items/${first}/withhold/${id}/end`, { reason: 'They know of it' })
  expect((await who('housing').get(`/meetings/items/${first}`)).words).toContain('SAMEPAIR')
  const housing = await who('housing').get(`/meetings/items/${second}`)
  expect(housing.words).toContain('NANCARROW')
  expect(housing.html).not.toContain(first)
  expect(housing.words).not.toMatch(/SAMEPAIR|Heard before|\bRepeat\b/)
  expect((await who('idva').get(`/meetings/items/${second}`)).html).toContain(first)
})

test('a repeat of a case that is closed to members is told to them, without a way there', async () => {
  const { rows } = await product.database.admin.query<{ id: string; before: string }>(
    `select id, repeat_of as before from meeting_items where repeat_of is not null order by created_at`,
  )
  await product.database.admin.query(`update meeting_items set state = 'closed', readers = array[running] where id = $1`, [rows[0]!.before])
  const idva = await who('idva').get(`/meetings/items/${rows[0]!.id}`)
  expect(idva.words).toContain('Heard before')
  expect(idva.html).not.toContain(rows[0]!.before)
})

test('there was no fault', () => expect(product.faults).toEqual([]))
