import { afterAll, beforeAll, expect, test } from 'vitest'
import { addColleague } from '../../test/factories/colleagues.ts'
import { accept, addMarac, addSeries, type Marac, post, refer, referToTeam, researchOf, sendAgenda } from '../../test/factories/marac.ts'
import { addTeam } from '../../test/factories/world.ts'
import { type Product, startProduct } from '../../test/harness/product.ts'
import { type Visitor, visitorOf } from '../../test/harness/visitor.ts'

/** Two who write at the same time: neither loses a word. */
let product: Product
let marac: Marac
let itemId: string
beforeAll(async () => {
  product = await startProduct()
  marac = await addMarac(product)
  itemId = await refer(marac.officers.police.visitor, marac.seriesId, { family: 'Twohands' })
  await accept(marac, itemId)
  await sendAgenda(marac)
  await post(marac.chair, `/meetings/dates/${marac.meetingId}/open`, { sure: 'yes' })
}, 60_000)
afterAll(() => product.close())

const run = () => `/meetings/dates/${marac.meetingId}/run?item=${itemId}`
const hidden = (html: string, name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? ''
/** As somebody would send who has had the page open since then. */
const basesOf = async (visitor: Visitor) => {
  const { html } = await visitor.get(run())
  return { '_base-note': hidden(html, '_base-note'), '_base-decision': hidden(html, '_base-decision') }
}
const record = (visitor: Visitor, fields: Record<string, string>) =>
  visitor.post(`/meetings/items/${itemId}/record`, { note: '', decision: '', rationale: '', _then: 'stay', ...fields })

test('[V4] the chair’s decision leaves the notes that the co-ordinator wrote meanwhile, and goes on from them', async () => {
  const opened = await basesOf(marac.chair)
  expect((await record(marac.coordinator, { ...opened, note: 'COORDNOTE' })).status).toBe(303)
  expect((await record(marac.chair, { ...opened, decision: 'CHAIRDECIDED', rationale: 'High risk' })).status).toBe(303)
  const { html } = await marac.coordinator.get(run())
  for (const words of ['COORDNOTE', 'CHAIRDECIDED']) expect(html).toContain(words)
})

test('[V4] of the same words, whoever is later is shown both before anything is saved', async () => {
  const opened = await basesOf(marac.chair)
  await record(marac.coordinator, { ...opened, note: 'COORDNOTE and more', decision: 'CHAIRDECIDED', rationale: 'High risk' })
  const typed = { note: 'CHAIRNOTE', decision: 'CHAIRDECIDED', rationale: 'High risk' }
  const late = await record(marac.chair, { ...opened, ...typed })
  expect(late.status).toBe(422)
  for (const words of ['COORDNOTE and more', 'CHAIRNOTE', 'while you were writing']) expect(late.html).toContain(words)
  expect((await marac.coordinator.get(run())).html).not.toContain('CHAIRNOTE')
  const bases = { '_base-note': hidden(late.html, '_base-note'), '_base-decision': hidden(late.html, '_base-decision') }
  expect((await record(marac.chair, { ...bases, ...typed, note: 'COORDNOTE and more. CHAIRNOTE' })).status).toBe(303)
  expect((await marac.coordinator.get(run())).html).toContain('COORDNOTE and more. CHAIRNOTE')
})

const keep = async (visitor: Visitor, fields: Record<string, string>) => {
  const reply = await visitor.post(`/meetings/items/${itemId}/record/typed`, fields)
  return JSON.parse(reply.html) as { saved?: string; state?: string; message?: string; bases?: Record<string, string> }
}
const asOnPage = async (visitor: Visitor) => {
  const { html } = await visitor.get(run())
  const box = (name: string) => new RegExp(`<textarea[^>]*name="${name}"[^>]*>([^<]*)<`).exec(html)?.[1]?.trim() ?? ''
  return { ...(await basesOf(visitor)), note: box('note'), decision: box('decision'), rationale: box('rationale') }
}

test('[V4] words are kept while they are typed, and a press that was on its way at the same moment loses none of them', async () => {
  const opened = await asOnPage(marac.chair)
  const kept = await keep(marac.chair, { ...opened, note: `${opened.note} TYPED` })
  expect(kept.saved).toMatch(/^Saved at/)
  expect((await marac.coordinator.get(run())).html).toContain('TYPED')
  // The page's script has not heard yet that this was kept when the button is pressed.
  expect((await record(marac.chair, { ...opened, note: `${opened.note} TYPED ON` })).status).toBe(303)
  expect((await marac.coordinator.get(run())).html).toContain('TYPED ON')
})

test('[V4] what is kept while it is typed goes over nobody’s words, in a box that was touched or in one that was not', async () => {
  const opened = await asOnPage(marac.chair)
  await record(marac.coordinator, { ...opened, note: 'COORDTHEN' })
  const untouched = await keep(marac.chair, { ...opened, decision: 'CHAIRTHEN' })
  expect(Object.keys(untouched.bases ?? {})).toEqual(['decision'])
  const clash = await keep(marac.chair, { ...opened, note: 'MINEINSTEAD' })
  expect([clash.state, clash.message]).toEqual(['clash', expect.stringContaining('somebody else wrote')])
  const now = await asOnPage(marac.coordinator)
  expect([now.note, now.decision]).toEqual(['COORDTHEN', 'CHAIRTHEN'])
  for (const other of [marac.officers.police.visitor, visitorOf(product)])
    expect((await other.post(`/meetings/items/${itemId}/record/typed`, { note: 'THEIRS' })).status).not.toBe(200)
  expect((await asOnPage(marac.chair)).note).toBe('COORDTHEN')
})

test('[V4] words that the one took out do not come back with what the other adds to them, nor are lost by being part of those', async () => {
  await record(marac.coordinator, { ...(await basesOf(marac.coordinator)), note: 'She lives at 4 Elm Row. He was seen.' })
  const opened = await asOnPage(marac.chair)
  await record(marac.coordinator, { ...(await asOnPage(marac.coordinator)), note: 'He was seen.' })
  const added = { ...opened, note: `${opened.note} He ran.` }
  expect((await keep(marac.chair, added)).state).toBe('clash')
  expect((await record(marac.chair, added)).status).toBe(422)
  const empty = { ...(await asOnPage(marac.chair)), decision: '', rationale: '' }
  await record(marac.chair, empty)
  const none = await asOnPage(marac.chair)
  await record(marac.coordinator, { ...none, decision: 'No', rationale: 'As said' })
  expect((await record(marac.chair, { ...none, decision: 'No further action', rationale: 'As said' })).status).toBe(422)
  expect(await asOnPage(marac.chair)).toMatchObject({ note: 'He was seen.', decision: 'No' })
})

test('[V4] two of one agency who answer at once keep what each wrote, and are shown both where that is the same', async () => {
  const { health } = marac.officers
  const team = await addTeam(product.database, health.agency, [])
  const colleague = await addColleague(product.database, team, { role: 'Partner officer', serviceArea: null })
  await post(marac.coordinator, `/meetings/series/${marac.seriesId}/members`, {
    what: 'member',
    who: `${health.seatId}/${colleague.id}`,
    role: 'deputy',
  })
  const other = await visitorOf(product).signIn(colleague)
  const address = `/meetings/items/${itemId}/research/${await researchOf(product, itemId, health)}`
  const base = { '_base-research': '0', _then: 'leave' }
  await post(health.visitor, address, { ...base, known: 'FIRSTKNOWN' })
  await post(other, address, { ...base, risks: 'OTHERRISKS' })
  const both = (await health.visitor.get(address)).html
  for (const words of ['FIRSTKNOWN', 'OTHERRISKS']) expect(both).toContain(words)
  const late = await other.post(address, { ...base, known: 'OTHERKNOWN' })
  expect(late.status).toBe(422)
  for (const words of ['FIRSTKNOWN', 'OTHERKNOWN', 'while you were writing']) expect(late.html).toContain(words)
  expect((await health.visitor.get(address)).html).not.toContain('OTHERKNOWN')
  // Nor does "we hold nothing" go over what a colleague has begun to write.
  await post(other, address, { _then: 'nothing' })
  expect((await marac.coordinator.get(`/meetings/items/${itemId}`)).words).not.toContain('nothing held')
})

test('[M1b] adding a row goes over nobody’s words either', async () => {
  const mdt = await addSeries(product, 'mdt')
  const { police, housing, health } = mdt.officers
  const shared = await referToTeam(police.visitor, mdt.seriesId, 'Rowadder')
  await accept(mdt, shared)
  await sendAgenda(mdt)
  const page = `/meetings/items/${shared}/form/pages/person`
  const rows = (where: string) => ({
    'addresses-rows': '1',
    'addresses-0-where': where,
    '_base-demographics': '0',
    '_base-addresses': '0',
  })
  await post(housing.visitor, page, { ...rows('The bus shelter'), _then: 'continue' })
  const late = await health.visitor.post(page, { ...rows('Ward 3'), _add: 'addresses' })
  expect(late.status).toBe(422)
  for (const words of ['The bus shelter', 'Ward 3']) expect(late.html).toContain(words)
  expect((await housing.visitor.get(`/meetings/items/${shared}/form`)).words).toContain('The bus shelter')
})

test('there was no fault', () => expect(product.faults).toEqual([]))
