import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addColleague } from '../../test/factories/colleagues.ts'
import {
  accept,
  addSeries,
  keepPart,
  type Marac,
  post,
  referToTeam,
  researchOf,
  type Sitting,
  sendAgenda,
} from '../../test/factories/marac.ts'
import { fillIn } from '../../test/factories/whole-record.ts'
import { addAgency, addTeam } from '../../test/factories/world.ts'
import { type Product, startProduct } from '../../test/harness/product.ts'
import { type Visitor, visitorOf } from '../../test/harness/visitor.ts'
import { londonDate } from '../platform/clock.ts'
import { partsOf } from '../platform/plain-date.ts'

let product: Product
let team: Marac
let stranger: Visitor
let itemId: string
const family = 'Xanthiapol'
const who = (key: Sitting) => team.officers[key].visitor
const form = (rest = '') => `/meetings/items/${itemId}/form${rest}`
const address = (place: string, base: string) => ({
  'addresses-rows': '1',
  'addresses-0-where': place,
  '_base-demographics': '0',
  '_base-addresses': base,
  _then: 'continue',
})

/** Every version of a part, the latest first. */
const versionsOf = async (section: string): Promise<string[]> =>
  (
    await product.database.admin.query<{ id: string }>(
      'select id from meeting_answers where item_id = $1 and section = $2 order by revision desc',
      [itemId, section],
    )
  ).rows.map(row => row.id)

beforeAll(async () => {
  product = await startProduct()
  team = await addSeries(product, 'mdt')
  stranger = await visitorOf(product).signIn(
    await addColleague(product.database, await addTeam(product.database, await addAgency(product.database)), {}),
  )
  itemId = await referToTeam(who('police'), team.seriesId, family)
  await accept(team, itemId)
})
afterAll(() => product.close())

test('[M1b] one form is everybody’s who is on the case, from when the agenda goes out, and nobody else’s', async () => {
  expect((await who('housing').get(form())).status).toBe(404)
  await sendAgenda(team)
  for (const visitor of [who('housing'), who('probation'), team.coordinator]) expect((await visitor.get(form())).status).toBe(200)
  expect((await stranger.get(form())).status).toBe(404)
  expect((await stranger.post(form('/pages/person'), address('Anywhere', '0'))).status).toBe(404)
})

test('[M1b] [M1c] each change is a version with its author; several addresses stand beside each other', async () => {
  await post(who('housing'), form('/pages/person'), {
    ...address('The bus shelter on Quay Street', '0'),
    'addresses-rows': '2',
    'addresses-1-where': 'His sister’s sofa',
  })
  const read = await who('idva').get(form())
  for (const place of ['The bus shelter on Quay Street', 'His sister’s sofa']) expect(read.words).toContain(place)
  await post(who('probation'), form('/pages/person'), address('Room 4, the Seamen’s Mission', '1'))
  const versions = (await team.chair.get(form('/versions'))).words
  for (const said of [
    'Where they live and stay, version 1',
    'Where they live and stay, version 2',
    team.officers.housing.colleague.name,
    team.officers.probation.colleague.name,
  ])
    expect(versions).toContain(said)
})

test('[M1b] whoever wrote on top of somebody else is told first, and keeps their words', async () => {
  const late = await who('health').post(form('/pages/person'), address('Ward 3', '1'))
  expect([late.status, late.words]).toEqual([422, expect.stringContaining('while you were writing')])
  expect(late.html).toContain('Ward 3')
  expect((await who('idva').get(form())).words).not.toContain('Ward 3')
})

test('[M1b] a version is read, compared with what stands, and gone back to, which is a version again', async () => {
  const [now, then] = await versionsOf('addresses')
  const read = await who('idva').get(form(`/versions/${then}`))
  for (const said of ['The bus shelter on Quay Street', 'Room 4, the Seamen’s Mission', 'Changed', 'Go back to version 1'])
    expect(read.words).toContain(said)
  for (const other of [then, now]) expect((await stranger.get(form(`/versions/${other}`))).status).toBe(404)
  // Somebody has written since the page was opened: shown before anything goes.
  const late = await who('idva').post(form(`/versions/${then}/back`), { _standing: then! })
  expect([late.status, late.words]).toEqual([422, expect.stringContaining('has changed this part meanwhile')])
  await post(who('idva'), form(`/versions/${then}/back`), { _standing: now! })
  expect((await who('housing').get(form())).words).toContain('The bus shelter on Quay Street')
  expect((await who('housing').get(form('/versions'))).words).toContain('Says what version 1 said')
  expect(await versionsOf('addresses')).toHaveLength(3)
  await post(who('idva'), form(`/versions/${now}/back`), { _standing: (await versionsOf('addresses'))[0]! })
  expect((await who('housing').get(form())).words).toContain('Room 4, the Seamen’s Mission')
})

test('[M1e] a part that is kept from an agency is not in the form for it, and it writes the rest', async () => {
  await post(who('health'), form('/pages/needs'), {
    'risks-rows': '1',
    'risks-0-risk': 'Threatened with a knife in the hostel',
    'needs-rows': '0',
    '_base-needs': '0',
    '_base-risks': '0',
    _then: 'continue',
  })
  await keepPart(team, itemId, team.officers.probation.agency.principal, 'risks', { reason: 'The threat came from there' })
  const [risks] = await versionsOf('risks')
  expect((await who('probation').get(form(`/versions/${risks}`))).status).toBe(404)
  expect((await who('probation').post(form(`/versions/${risks}/back`), { _standing: risks! })).status).toBe(404)
  for (const rest of ['', '/versions', '/pages/needs']) expect((await who('probation').get(form(rest))).html).not.toContain('knife')
  expect((await who('probation').get(form('/pages/needs'))).html).not.toContain('section-risks')
  await post(who('probation'), form('/pages/needs'), {
    'needs-rows': '1',
    'needs-0-need': 'A script that starts before Friday',
    '_base-needs': '1',
    'risks-rows': '0',
    '_base-risks': '1',
    _then: 'continue',
  })
  expect((await who('health').get(form())).words).toContain('Threatened with a knife in the hostel')
  expect((await who('health').get(form())).words).toContain('A script that starts before Friday')
})

test('[M1e] before a part is kept its keeper is shown what goes on being read, in the form of all too', async () => {
  await post(who('health'), form('/pages/person'), {
    'around-rows': '1',
    'around-0-who': 'Melyorra',
    'addresses-rows': '1',
    'addresses-0-where': 'With Melyorra at Foxhole',
    '_base-demographics': '0',
    '_base-addresses': String((await versionsOf('addresses')).length),
    _then: 'continue',
  })
  const { words } = await team.coordinator.post(`/meetings/items/${itemId}/withhold`, {
    from: String(team.officers.idva.agency.principal),
    part: 'about',
    reason: 'Melyorra works there',
  })
  expect(words).toContain('has words of what is kept from it')
  expect(words).toMatch(/What we know and do together, [^:]+: “Melyorra”/)
  expect(words).toContain('With Melyorra at Foxhole')
})

test('[M1a] whoever referred somebody and is not on the case is not offered the form of all', async () => {
  const second = await referToTeam(who('children'), team.seriesId, 'Notinvited')
  const chosen = { decision: 'accept', meeting: team.meetingId, repeat: 'no', words: '' }
  await fillIn(team.coordinator, `/meetings/items/${second}/triage`, { ...chosen, seat: team.officers.police.seatId })
  await sendAgenda(team)
  expect((await who('police').get(`/meetings/items/${second}/form`)).status).toBe(200)
  expect((await who('children').get(`/meetings/items/${second}`)).words).not.toContain('What we know and do together')
  expect((await who('children').get(`/meetings/items/${second}/form`)).status).toBe(404)
})

test('[M1a] a referral that is put right changes whom it is about, and the work on one that is withdrawn was nobody’s', async () => {
  const referrer = who('police')
  const second = await referToTeam(referrer, team.seriesId, 'Misspeltone')
  await fillIn(referrer, `/meetings/items/${second}/referral/person`, { family: 'Rightlyspelt', _then: 'continue' })
  expect((await team.coordinator.get(`/meetings/items/${second}`)).words).toContain('RIGHTLYSPELT, Pasco')
  const series = (await team.coordinator.get(`/meetings/series/${team.seriesId}`)).words
  expect(series).toContain('RIGHTLYSPELT')
  expect(series).not.toContain('MISSPELTONE')
  const count = async (label: string) =>
    Number(
      new RegExp(`Cases that the group works with: ${label}"?,\\d+,(\\d+)`).exec(
        (await team.coordinator.get(`/meetings/series/${team.seriesId}/figures/csv`)).html,
      )?.[1],
    )
  const before = [await count('Referred'), await count('Open at the end')]
  expect(before.every(Number.isInteger)).toBe(true)
  await post(referrer, `/meetings/items/${second}/withdraw`, { reason: 'He has gone to Bristol' })
  expect([await count('Referred'), await count('Open at the end')]).toEqual(before)
})

describe('documents', () => {
  const documents = (rest = '') => `/meetings/items/${itemId}/documents${rest}`
  const file = new File(['%PDF-1.4\n%%EOF\n'], 'discharge.pdf', { type: 'application/pdf' })
  let at: string

  test('[M1e] are brought by any agency on the case, and opened by whoever reads its words', async () => {
    await post(who('health'), documents(), { title: 'Discharge letter', file })
    expect((await who('housing').get(`/meetings/items/${itemId}`)).words).toContain('Discharge letter')
    at = /documents\/[0-9a-f-]{36}/.exec((await who('housing').get(documents())).html)![0].replace('documents', '')
    const opened = await who('housing').get(documents(at))
    expect([opened.status, opened.headers['content-type']]).toEqual([200, 'application/pdf'])
  })

  test('without a title, or a file that may be kept, are refused, and the title that was typed stays', async () => {
    const untitled = await who('health').post(documents(), { title: ' ', file })
    expect([untitled.status, untitled.words]).toEqual([422, expect.stringContaining('Enter what it is')])
    const nothing = await who('health').post(documents(), { title: 'A photograph', file: new File([], '') })
    expect([nothing.status, nothing.words]).toEqual([422, expect.stringContaining('Choose a file')])
    expect(nothing.html).toContain('A photograph')
    const program = new File(['MZ\u0000\u0001'], 'run.exe', { type: 'application/octet-stream' })
    expect((await who('health').post(documents(), { title: 'A program', file: program })).status).toBe(422)
  })

  test('[M1e] are not there for whomever the case’s words are kept from, nor for anybody outside', async () => {
    // Kept with the risks, above.
    expect((await who('probation').get(`/meetings/items/${itemId}`)).words).not.toContain('Discharge letter')
    expect((await who('probation').get(documents())).words).not.toContain('Discharge letter')
    for (const visitor of [who('probation'), stranger]) expect((await visitor.get(documents(at))).status).toBe(404)
    expect((await stranger.get(documents())).status).toBe(404)
    expect((await stranger.post(documents(), { title: 'Mine', file })).status).toBe(404)
    // Whoever keeps them is told that a document goes on being read where words are not kept.
    const { words } = await team.coordinator.post(`/meetings/items/${itemId}/withhold`, {
      from: String(team.officers.police.agency.principal),
      part: 'risks',
      reason: 'x',
    })
    expect(words).toContain('every note, decision, document and action')
  })

  test('[M1e] brought by mistake are taken back by whoever brought them, and nobody opens them again', async () => {
    expect((await who('housing').post(documents(`${at}/back`), {})).status).toBe(404)
    await post(who('health'), documents(`${at}/back`), {})
    expect((await who('housing').get(documents(at))).status).toBe(404)
    expect((await who('housing').get(documents())).words).toContain('taken back')
  })
})

test('[M1a] work between meetings is logged, and all that happened stands in one place as each may see it', async () => {
  const { day, month, year } = partsOf(londonDate(product.clock.now()))
  const on = { 'on-day': String(day), 'on-month': String(month), 'on-year': String(year) }
  await post(who('housing'), `/meetings/items/${itemId}/log/work/new`, { ...on, what: 'visit', words: 'Found him at the shelter' })
  const activity = `/meetings/items/${itemId}/activity`
  const page = await who('idva').get(activity)
  for (const said of ['Found him at the shelter', 'Where they live and stay', 'Risks', team.officers.housing.colleague.name])
    expect(page.words).toContain(said)
  const kept = (await who('probation').get(activity)).words
  expect(kept).toContain('Where they live and stay')
  for (const hidden of ['Found him', 'Risks', 'knife']) expect(kept).not.toContain(hidden)
  expect((await stranger.get(activity)).status).toBe(404)
})

test('[M1a] somebody stays on from one date to the next, and what was decided stands in the minutes of its own', async () => {
  const brings = `/meetings/items/${itemId}/research/${await researchOf(product, itemId, team.officers.housing)}`
  await fillIn(who('housing'), brings, { news: 'BROUGHTTHEN', _then: 'continue' })
  await post(team.coordinator, `/meetings/dates/${team.meetingId}/circulate`, { sure: 'yes' })
  await post(team.chair, `/meetings/dates/${team.meetingId}/open`, { sure: 'yes' })
  await post(team.chair, `/meetings/items/${itemId}/actions/new`, { what: 'Assess for supported housing @housing in 10 days' })
  await post(team.chair, `/meetings/items/${itemId}/record`, {
    note: '',
    decision: 'Housing leads.',
    rationale: 'Nothing holds without a home',
    _then: 'next',
  })
  const { rows } = await product.database.admin.query<{ id: string }>('select id from meetings where series_id = $1 and id <> $2', [
    team.seriesId,
    team.meetingId,
  ])
  await post(team.coordinator, `/meetings/items/${itemId}/again`, { meeting: rows[0]!.id })
  expect((await who('idva').get(`/meetings/dates/${rows[0]!.id}`)).html).toContain(family.toUpperCase())
  const home = (await who('idva').get('/meetings')).words
  expect(home).toContain('What your agency brings')
  // Asked for the date to come, and no more for the one that it was at.
  expect(home.split('What we need from you').length - 1).toBe(1)
  // What was brought then stands on the case and in the papers of then, and is no more changed.
  expect((await who('idva').get(`/meetings/items/${itemId}`)).html).toContain('BROUGHTTHEN')
  expect((await who('idva').get(`/meetings/dates/${team.meetingId}/papers`)).html).toContain('BROUGHTTHEN')
  expect((await who('housing').get(brings)).status).toBe(303)
  expect((await team.chair.get(`/meetings/dates/${team.meetingId}/minutes`)).words).toContain('Housing leads.')
  expect((await stranger.post(`/meetings/items/${itemId}/again`, { meeting: rows[0]!.id })).status).toBe(404)
})

test('[M1a] the team’s work is counted, and ends with what came of it', async () => {
  const figures = (await team.coordinator.get(`/meetings/series/${team.seriesId}/figures`)).words
  for (const said of ['Homelessness, or a home at risk', 'Work between meetings', 'Visit', 'Of these, by their day', 'Open at the end'])
    expect(figures).toContain(said)
  // What is to be done in ten days is not late, whenever the quarter ends.
  expect((await team.coordinator.get(`/meetings/series/${team.seriesId}/figures/csv`)).html).toMatch(/Open, and late at the end"?,0,0/)
  expect((await who('idva').get(`/meetings/series/${team.seriesId}/cases`)).words).toContain(family.toUpperCase())
  await post(team.coordinator, `/meetings/items/${itemId}/end`, { outcome: 'one-service', words: 'Housing goes on alone' })
  expect((await who('idva').get(form())).status).toBe(404)
  expect((await who('idva').get(`/meetings/series/${team.seriesId}/cases`)).words).not.toContain(family.toUpperCase())
  expect((await team.coordinator.get(`/meetings/items/${itemId}`)).words).toContain('One service can go on alone')
  // On no agenda to come any more.
  const { rows } = await product.database.admin.query('select meeting_id from meeting_items where id = $1', [itemId])
  expect(rows[0].meeting_id).toBe(team.meetingId)
})

test('there was no fault', () => expect(product.faults).toEqual([]))
