import { afterAll, beforeAll, expect, test } from 'vitest'
import { accept, addMarac, keepPart, type Marac, post, refer, researchOf, type Sitting, sendAgenda } from '../../test/factories/marac.ts'
import { fillIn } from '../../test/factories/whole-record.ts'
import { ownForm } from '../../test/harness/forms-on-page.ts'
import { type Product, startProduct } from '../../test/harness/product.ts'
import type { Visitor } from '../../test/harness/visitor.ts'

/** A case of which one agency must not learn who the victim is: what is written of it in free words names her too. */
let product: Product
let marac: Marac
let itemId: string
const family = 'Xanthiapart'
beforeAll(async () => {
  product = await startProduct()
  marac = await addMarac(product)
  itemId = await refer(marac.officers.police.visitor, marac.seriesId, { family })
  await accept(marac, itemId)
}, 60_000)
afterAll(() => product.close())

const who = (key: Sitting) => marac.officers[key].visitor
const say = async (key: Sitting, fields: Record<string, string>) =>
  fillIn(who(key), `/meetings/items/${itemId}/research/${await researchOf(product, itemId, marac.officers[key])}`, {
    ...fields,
    _then: 'continue',
  })
/** What an agency finds on every page of a case. */
const everything = async (key: Sitting) => {
  const pages = [
    '/meetings',
    '/notices',
    '/meetings/actions',
    `/meetings/items/${itemId}`,
    ...['', '/papers', '/minutes'].map(page => `/meetings/dates/${marac.meetingId}${page}`),
    `/meetings/items/${itemId}/research/${await researchOf(product, itemId, marac.officers[key])}`,
  ]
  const all: string[] = []
  for (const page of pages) all.push((await who(key).get(page)).html)
  return all.join('\n')
}

test('[M1e] before a part is kept from an agency its keeper is shown what it goes on reading, and what of that names whom it is kept from', async () => {
  const housing = marac.officers.housing.agency.principal
  const address = `/meetings/items/${itemId}/withhold`
  const chosen = { from: String(housing), part: 'victim', reason: 'His sister works there' }
  const words = (await marac.coordinator.post(address, chosen)).words
  expect(words).toContain('goes on reading has words of what is kept from it')
  expect(words).toContain(`What happened, and what has happened before?: “${family}”`)
  expect(words).toContain('He put his hands round her throat')
  const kept = (await marac.coordinator.post(address, { ...chosen, words: 'yes' })).words
  expect(kept).not.toContain('has words of what is kept')
  expect(kept).not.toContain('round her throat')
  expect(kept).toContain('NANCARROW')
  // Nothing was kept by looking.
  expect((await marac.coordinator.get(`/meetings/items/${itemId}`)).words).toContain('Nobody is kept from it')
})

test('whoever chooses again finds what they had chosen and typed', async () => {
  const chosen = {
    from: String(marac.officers.housing.agency.principal),
    part: 'victim',
    reason: 'His sister works there\nand so does his aunt',
  }
  const address = `/meetings/items/${itemId}/withhold`
  const { html } = await marac.coordinator.post(address, chosen)
  const again = await marac.coordinator.post(address, { ...ownForm(html, address)!.filled, again: 'yes' })
  expect(again.status).toBe(200)
  expect(ownForm(again.html, address)!.filled).toEqual(chosen)
  expect((await marac.coordinator.get(`/meetings/items/${itemId}`)).words).toContain('Nobody is kept from it')
})

test('[M1e] an agency that a victim is kept from reads nothing of what is written of her, in any paper or page', async () => {
  await keepPart(marac, itemId, marac.officers.housing.agency.principal, 'victim')
  await sendAgenda(marac)
  await say('idva', {
    contacted: 'yes',
    'contacted_on-day': '1',
    'contacted_on-month': '2',
    'contacted_on-year': '2024',
    wishes: 'WISHESWORDS',
    safe_now: 'School gate at 8.50',
  })
  await say('police', { known: `${family} has called three times: POLICEWORDS` })
  await say('housing', { known: 'Rent is paid: HOUSINGWORDS' })
  await post(marac.coordinator, `/meetings/dates/${marac.meetingId}/circulate`, { sure: 'yes' })
  await post(marac.chair, `/meetings/dates/${marac.meetingId}/open`, { sure: 'yes' })
  await post(marac.chair, `/meetings/items/${itemId}/actions/new`, { what: 'Safety plan with Morwenna @idva tomorrow' })
  await post(marac.chair, `/meetings/items/${itemId}/actions/new`, { what: 'Change the locks @housing tomorrow' })
  await post(marac.chair, `/meetings/items/${itemId}/record`, {
    note: 'NOTEWORDS',
    decision: 'DECIDEDWORDS',
    rationale: 'As said',
    _then: 'next',
  })
  await post(marac.chair, `/meetings/dates/${marac.meetingId}/finish`, {})
  await fillIn(marac.chair, `/meetings/dates/${marac.meetingId}/minutes`, { words: '' })
  await post(marac.chair, `/meetings/dates/${marac.meetingId}/minutes/circulate`, {})
  const secrets = [
    family,
    'Morwenna',
    'round her throat',
    'WISHESWORDS',
    'School gate',
    'POLICEWORDS',
    'NOTEWORDS',
    'DECIDEDWORDS',
    'before noon',
  ]
  const housing = await everything('housing')
  expect(secrets.filter(one => housing.toLowerCase().includes(one.toLowerCase()))).toEqual([])
  // What is its own, and what is not kept, it has.
  for (const words of ['HOUSINGWORDS', 'Change the locks', 'NANCARROW']) expect(housing).toContain(words)
  const health = await everything('health')
  expect(secrets.filter(one => !health.toLowerCase().includes(one.toLowerCase()))).toEqual([])
})

test('[M1e] nor how grave it is, by which criteria it came or that it was heard before: on no page, in no list and in no figure', async () => {
  await product.database.admin.query('update meeting_items set score = 17, band = $2, is_repeat = true, repeat_of = $3 where id = $1', [
    itemId,
    'high',
    await refer(who('police'), marac.seriesId, { family: 'Earlier' }),
  ])
  const cases = async (key: Sitting) => (await who(key).get(`/meetings/series/${marac.seriesId}/cases`)).html
  const [housing, health] = [(await everything('housing')) + (await cases('housing')), await everything('health')]
  for (const words of ['Checklist', 'Visible high risk', 'high']) {
    expect(housing).not.toContain(words)
    expect(health).toContain(words)
  }
  // Nor in the figures of whoever runs the meeting: what is the hidden one's own is not counted.
  const figures = async (visitor: Visitor) => (await visitor.get(`/meetings/series/${marac.seriesId}/figures/csv`)).html
  const { rows } = await product.database.admin.query<{ principal: number }>(
    `select u.principal from meeting_members m join users u on u.id = m.user_id where m.series_id = $1 and m.role = 'chair'`,
    [marac.seriesId],
  )
  const before = await figures(marac.chair)
  await keepPart(marac, itemId, rows[0]!.principal, 'victim')
  const [chair, coordinator] = [await figures(marac.chair), await figures(marac.coordinator)]
  for (const measure of ['"?Why: Visible high risk[^\n]*', 'Victim with a disability', 'Repeat cases']) {
    expect(before).toMatch(new RegExp(`^${measure},1,1`, 'm'))
    expect(coordinator).toMatch(new RegExp(`^${measure},1,1`, 'm'))
    expect(chair).toMatch(new RegExp(`^${measure},0,0`, 'm'))
  }
  expect(chair).toMatch(/^Cases,1,1/m)
})

test('[M1e] nor is an action of another agency there for it, or what is said of the case', async () => {
  const { rows } = await product.database.admin.query<{ id: string; what: string }>(
    'select id, what from meeting_actions where item_id = $1',
    [itemId],
  )
  for (const { id, what } of rows) {
    expect((await who('housing').get(`/meetings/actions/${id}`)).status).toBe(what.startsWith('Change') ? 200 : 404)
    expect((await who('police').get(`/meetings/actions/${id}`)).status).toBe(200)
  }
  for (const key of ['housing', 'police'] as const)
    expect((await who(key).get(`/conversations/new?about=meeting-item&id=${itemId}`)).status).toBe(key === 'housing' ? 404 : 200)
})

test('[M1e] somebody by name loses also what their own agency brought, and is not asked for it', async () => {
  const second = await refer(who('police'), marac.seriesId, { family: 'Byname' })
  const { rows } = await product.database.admin.query<{ id: string }>(
    `select id from meetings where series_id = $1 and state = 'planned'`,
    [marac.seriesId],
  )
  await accept(marac, second, rows[0]!.id)
  await post(marac.coordinator, `/meetings/dates/${rows[0]!.id}/send`, {})
  const address = `/meetings/items/${second}/research/${await researchOf(product, second, marac.officers.idva)}`
  await fillIn(who('idva'), address, {
    contacted: 'yes',
    'contacted_on-day': '1',
    'contacted_on-month': '2',
    'contacted_on-year': '2024',
    wishes: 'BROUGHTBEFORE',
    safe_now: 'School gate at 8.50',
    _then: 'continue',
  })
  const pages = [`/meetings/items/${second}`, '/meetings', address]
  const read = async () => (await Promise.all(pages.map(async page => (await who('idva').get(page)).html))).join()
  expect(await read()).toContain('BROUGHTBEFORE')
  await keepPart(marac, second, marac.officers.idva.colleague.principal, 'victim')
  expect(await read()).not.toMatch(/BROUGHTBEFORE|School gate/)
  expect((await who('idva').get('/meetings')).html).not.toContain(address)
  expect((await who('idva').get(address)).location).toBe(`/meetings/items/${second}`)
  const late = await who('idva').post(address, { contacted: 'no', tried: 'TYPEDSINCE' })
  expect([late.status, late.words]).toEqual([404, expect.stringContaining('TYPEDSINCE')])
  expect(late.html).not.toMatch(/BROUGHTBEFORE|School gate/)
})

test('the IDVA has how the victim is reached safely in plain sight, and what must never be done', async () => {
  const first = await refer(who('police'), marac.seriesId, { family: 'Reached' })
  const { rows } = await product.database.admin.query<{ id: string }>(`select id from meetings where series_id = $1 and state = 'sent'`, [
    marac.seriesId,
  ])
  await accept(marac, first, rows[0]!.id)
  await post(marac.coordinator, `/meetings/dates/${rows[0]!.id}/send`, {})
  const contact = await who('idva').get(`/meetings/items/${first}/research/${await researchOf(product, first, marac.officers.idva)}`)
  expect(contact.words).toContain('Reaching them safely')
  expect(contact.words).toContain('At work only, before noon')
})

test('there was no fault', () => expect(product.faults).toEqual([]))
