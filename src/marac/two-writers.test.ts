import { afterAll, beforeAll, expect, test } from 'vitest'
import { addColleague } from '../../test/factories/colleagues.ts'
import {
  accept,
  addMarac,
  addSeries,
  draft,
  type Marac,
  post,
  refer,
  referToTeam,
  researchOf,
  sendAgenda,
} from '../../test/factories/marac.ts'
import { fillIn } from '../../test/factories/whole-record.ts'
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

test('[V4] half a decision of the chair’s does not stand in the way of the co-ordinator’s notes, and waits for its reason', async () => {
  await record(marac.chair, { ...(await basesOf(marac.chair)), note: '', decision: '', rationale: '' })
  const opened = await asOnPage(marac.coordinator)
  await keep(marac.chair, { ...(await asOnPage(marac.chair)), decision: 'HALFWAY' })
  const notes = { ...opened, note: 'HERNOTES' }
  expect((await record(marac.coordinator, notes)).status).toBe(303)
  const later = await asOnPage(marac.coordinator)
  expect([later.note, later.decision, later.rationale]).toEqual(['HERNOTES', 'HALFWAY', ''])
  expect((await record(marac.coordinator, { ...later, note: 'HERNOTES, and more' })).status).toBe(303)
  // Whoever wrote it, and whoever would change it or finish the case, is asked.
  const asked = 'Enter why it was decided'
  expect((await record(marac.chair, await asOnPage(marac.chair))).words).toContain(asked)
  expect((await record(marac.coordinator, { ...(await asOnPage(marac.coordinator)), decision: 'HALFWAY THERE' })).words).toContain(asked)
  expect((await record(marac.coordinator, { ...(await asOnPage(marac.coordinator)), _then: 'next' })).words).toContain(asked)
  expect((await asOnPage(marac.chair)).decision).toBe('HALFWAY')
})

test('[V4] a draft of a referral is kept while it is typed, as its writer’s alone, until it is sent', async () => {
  const { police, health } = marac.officers
  const begun = await fillIn(police.visitor, `/meetings/series/${marac.seriesId}/refer`)
  const page = /[^ ]*\/referral\/[a-z-]+/.exec(begun)![0].replace(/^https?:\/\/[^/]+/, '')
  const kept = await police.visitor.post(`${page}/typed`, { victim_family: 'Halfname' })
  expect(JSON.parse(kept.html)).toMatchObject({ state: 'saved' })
  expect((await police.visitor.get(page)).html).toContain('Halfname')
  for (const other of [health.visitor, marac.coordinator, visitorOf(product)])
    expect((await other.post(`${page}/typed`, { victim_family: 'Theirs' })).status).not.toBe(200)
  expect((await police.visitor.get(page)).html).not.toContain('Theirs')
  const sent = await refer(police.visitor, marac.seriesId, { family: 'Sentname' })
  const late = await police.visitor.post(`/meetings/items/${sent}/referral/people/typed`, { victim_family: 'Latename' })
  expect(JSON.parse(late.html)).toMatchObject({ state: 'closed' })
  expect((await police.visitor.get(`/meetings/items/${sent}`)).html).not.toContain('Latename')
})

test('[V4] what is mended from the check of the whole leads back to it; a child may have no surname', async () => {
  const { police } = marac.officers
  const id = await draft(police.visitor, marac.seriesId, { family: 'Mended', child: 'Baby' })
  const check = `/meetings/items/${id}/check`
  expect((await police.visitor.get(check)).html).toContain(`/meetings/items/${id}/referral/people?check`)
  const people = `/meetings/items/${id}/referral/people?check`
  const to = await fillIn(police.visitor, people, { 'children-0-family': '' })
  expect(to).toContain('/check')
  expect((await police.visitor.get(check)).words).not.toContain('Before it can be sent')
  await fillIn(police.visitor, check)
  expect((await police.visitor.get(`/meetings/items/${id}`)).words).toContain('Baby')
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

test('[V4] what an agency knows is kept while it is typed, as its own alone, and goes over nobody’s words', async () => {
  const { idva, housing, probation } = marac.officers
  const address = `/meetings/items/${itemId}/research/${await researchOf(product, itemId, idva)}`
  const page = (await idva.visitor.get(address)).html
  const codes = ['known', 'risks'].filter(code => page.includes(`name="${code}"`))
  const [box] = codes.length > 0 ? codes : [/<textarea[^>]*name="([^"]+)"/.exec(page)![1]!]
  const [section] = /name="_base-[^"]+"/.exec(page)!
  const base = section.slice('name="'.length, -1)
  const type = async (words: string, at: string, who = idva.visitor) => {
    const reply = await who.post(`${address}/typed`, { [base]: at, [box!]: words })
    return { status: reply.status, ...(reply.status === 200 ? JSON.parse(reply.html) : {}) }
  }
  const first = await type('GLUYAS', '0')
  expect(first).toMatchObject({ state: 'saved', saved: expect.stringMatching(/^Saved at/), bases: { [base.slice('_base-'.length)]: '1' } })
  expect((await idva.visitor.get(address)).html).toContain('GLUYAS')
  // A page that had not heard of it yet goes on from its own words; one that would lose them is told.
  expect((await type('GLUYAS was seen', '0')).state).toBe('saved')
  expect((await type('Somebody', '0')).state).toBe('clash')
  expect((await idva.visitor.get(address)).html).toContain('GLUYAS was seen')
  expect((await marac.coordinator.get(`/meetings/items/${itemId}`)).html).not.toContain('GLUYAS')
  for (const other of [housing.visitor, probation.visitor, marac.coordinator, visitorOf(product)])
    expect((await type('THEIRS', '2', other)).status).not.toBe(200)
  expect((await idva.visitor.get(address)).html).not.toContain('THEIRS')
  // Taken out again, it is nothing to submit.
  expect((await type('', '2')).state).toBe('saved')
  await post(idva.visitor, address, { _then: 'nothing', [base]: '3', [box!]: '' })
  expect((await marac.coordinator.get(`/meetings/items/${itemId}`)).words).toContain('nothing held')
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
