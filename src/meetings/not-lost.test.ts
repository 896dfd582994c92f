import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addColleague } from '../../test/factories/colleagues.ts'
import {
  accept,
  addMarac,
  addSeries,
  draft,
  keepPart,
  type Marac,
  post,
  refer,
  referToTeam,
  researchOf,
  type Sitting,
  sendAgenda,
} from '../../test/factories/marac.ts'
import { fillIn } from '../../test/factories/whole-record.ts'
import { addPost, addTeam } from '../../test/factories/world.ts'
import { type Product, startProduct } from '../../test/harness/product.ts'
import { type Fields, visitorOf } from '../../test/harness/visitor.ts'

// A case moves on, ends or is kept from somebody while they write of it: their words are shown to them again, and nothing is said of it.

let product: Product
let marac: Marac
let team: Marac
/** The MARAC's date after the next. */
let later: string
beforeAll(async () => {
  product = await startProduct()
  marac = await addMarac(product)
  team = await addSeries(product, 'mdt')
  const { rows } = await product.database.admin.query<{ id: string }>(
    'select id from meetings where series_id = $1 order by starts_at desc',
    [marac.seriesId],
  )
  later = rows[0]!.id
}, 90_000)
afterAll(async () => {
  expect(product.faults).toEqual([])
  await product.close()
})

const who = (key: Sitting, of = marac) => of.officers[key].visitor
const item = (id: string, rest = '') => `/meetings/items/${id}${rest}`
const idOf = async (query: string, ...values: unknown[]): Promise<string> =>
  (await product.database.admin.query<{ id: string }>(query, values)).rows[0]?.id ?? ''
const saidOf = async (id: string): Promise<string> => {
  const { rows } = await product.database.admin.query<{ words: string }>(
    `select coalesce(string_agg(answers::text, ' '), '') as words from meeting_answers where item_id = $1`,
    [id],
  )
  return rows[0]!.words
}
const onAgenda = async (family: string) => {
  const id = await refer(who('police'), marac.seriesId, { family })
  await accept(marac, id)
  await sendAgenda(marac)
  return id
}
const inTeam = async (family: string) => {
  const id = await referToTeam(who('police', team), team.seriesId, family)
  await accept(team, id)
  await sendAgenda(team)
  return id
}
const withhold = (of: Marac, id: string, key: Sitting) =>
  fillIn(of.coordinator, item(id, '/withhold'), { from: String(of.officers[key].agency.principal), part: '', reason: 'His cousin' })
const holdOver = (id: string) => fillIn(marac.coordinator, item(id, '/agenda'), { to: later, reason: 'She is in hospital' })
const answer: Fields = { known: 'WORDSKNOWN', risks: '', 'last_contact-day': '40', _then: 'continue', '_base-research': '0' }
/** The same page for whatever there is, or is not. */
const samePage = (html: string) => html.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '').replace(/name="_(csrf|once)" value="[^"]*"/g, '')

describe('[V4] what an agency knows, typed while its case', () => {
  test('was held over, or kept from it, is shown to whoever typed it, on a page that names no case', async () => {
    const [over, kept] = [await onAgenda('Heldaway'), await onAgenda('Keptaway')]
    const at = async (id: string) => item(id, `/research/${await researchOf(product, id, marac.officers.housing)}`)
    const addresses = [await at(over), await at(kept)]
    await holdOver(over)
    await withhold(marac, kept, 'housing')
    const gone = crypto.randomUUID()
    const pages: string[] = []
    for (const address of [...addresses, item(gone, `/research/${gone}`)]) {
      const reply = await who('housing').post(address, answer)
      expect(reply.status).toBe(404)
      for (const said of ['It was not saved', 'no longer open to you', 'What does the meeting need to know from you? WORDSKNOWN', '40'])
        expect(reply.words).toContain(said)
      pages.push(samePage(reply.html))
      // Whoever has typed nothing is told what they were told before.
      expect((await who('housing').post(address, { _then: 'nothing' })).words).toContain('Page not found')
    }
    expect(new Set(pages).size).toBe(1)
    const { rows } = await product.database.admin.query('select reference from meeting_items where id = any ($1)', [[over, kept]])
    for (const told of [...rows.map(row => row.reference), 'HELDAWAY', 'KEPTAWAY', 'Heldaway', 'MARAC'])
      expect(pages[0]).not.toContain(told)
    expect(await saidOf(over)).not.toContain('WORDSKNOWN')
    expect((await visitorOf(product).post(addresses[0]!, answer)).words).not.toContain('WORDSKNOWN')
  })

  test('[M1g] is for whoever records for the agency that was asked: somebody who sits for two, and only reads in one', async () => {
    const { housing, health } = marac.officers
    const desk = await addTeam(product.database, housing.agency, [])
    const user = await addColleague(product.database, desk, { role: 'Read only', serviceArea: null })
    await addPost(product.database, user, await addTeam(product.database, health.agency, []), {
      may: ['read-records', 'record'],
      serviceArea: null,
    })
    for (const { seatId } of [housing, health])
      await post(marac.coordinator, `/meetings/series/${marac.seriesId}/members`, {
        what: 'member',
        who: `${seatId}/${user.id}`,
        role: 'deputy',
      })
    const both = await visitorOf(product).signIn(user)
    const id = await onAgenda('Twoseats')
    const at = async (officer: typeof housing) => item(id, `/research/${await researchOf(product, id, officer)}`)
    expect([(await both.get(await at(housing))).status, (await both.get(await at(health))).status]).toEqual([404, 200])
    expect((await both.post(await at(housing), answer)).status).toBe(404)
    expect((await both.get(item(id))).html).toContain(await at(health))
    await post(both, await at(health), { ...answer, 'last_contact-day': '' })
  })
})

describe('[V4] what is said of a case at a meeting', () => {
  test('stays with the date at which it was typed: gone on meanwhile, it is shown to whoever typed it, and written into no other date', async () => {
    const id = await onAgenda('Goneon')
    const typed = {
      _meeting: marac.meetingId,
      '_base-note': '',
      '_base-decision': '',
      note: 'NOTEDHERE',
      decision: '',
      rationale: '',
      what: 'Ring her',
    }
    await holdOver(id)
    await post(marac.coordinator, `/meetings/dates/${later}/send`, {})
    for (const [rest, way] of [
      ['/record', 'stay'],
      ['/record', 'action'],
      ['/actions/new', 'action'],
    ] as const) {
      const late = await marac.chair.post(item(id, rest), { ...typed, _then: way })
      expect(late.status).toBe(422)
      for (const said of ['It was not saved', 'The case has gone on to', 'NOTEDHERE', 'Ring her']) expect(late.words).toContain(said)
    }
    const kept = await marac.chair.post(item(id, '/record/typed'), typed)
    expect(JSON.parse(kept.html)).toMatchObject({ state: 'closed', message: expect.stringContaining('gone on to') })
    const nothing = await marac.chair.post(item(id, '/record'), { ...typed, note: '', what: '', _then: 'next' })
    expect([nothing.status, nothing.location]).toEqual([303, `/meetings/dates/${later}`])
    expect(await idOf('select id from meeting_entries where item_id = $1', id)).toBe('')
    expect(await idOf('select id from meeting_actions where item_id = $1', id)).toBe('')
    const page = await marac.chair.get(`/meetings/dates/${later}/run?item=${id}`)
    expect(page.html).toContain(`name="_meeting" value="${later}"`)
    await post(marac.chair, item(id, '/record'), { ...typed, _meeting: later, what: '', _then: 'stay' })
  })

  test('is shown again where the minutes have gone round meanwhile, or the case waits to be triaged again', async () => {
    const id = await onAgenda('Minuted')
    const typed = { _meeting: marac.meetingId, note: 'NOTEDLATE', decision: '', rationale: '', _then: 'stay' }
    await product.database.admin.query('update meeting_items set minutes_circulated_at = now() where id = $1', [id])
    const late = await marac.chair.post(item(id, '/record'), typed)
    expect([late.status, late.words]).toEqual([422, expect.stringMatching(/minutes of this case have gone round.*NOTEDLATE/)])
    await product.database.admin.query('update meeting_items set minutes_circulated_at = null where id = $1', [id])
    await fillIn(marac.coordinator, item(id, '/agenda'), { to: 'wait', reason: 'The wrong date' })
    const gone = await marac.chair.post(item(id, '/record'), typed)
    expect([gone.status, gone.words]).toEqual([404, expect.stringContaining('NOTEDLATE')])
    // Nobody who does not run it is told more than that.
    const other = await who('idva').post(item(id, '/record'), typed)
    expect([other.status, other.words]).toEqual([404, expect.stringContaining('no longer open to you')])
  })
})

describe('[M1b] between meetings', () => {
  const need = {
    'needs-rows': '1',
    'needs-0-need': 'NEEDTYPED',
    '_base-needs': '0',
    'risks-rows': '0',
    '_base-risks': '0',
    _then: 'continue',
  }
  const file = new File(['%PDF-1.4\n%%EOF\n'], 'lettertyped.pdf', { type: 'application/pdf' })
  const posts = (id: string): [string, Fields, string[]][] => [
    [item(id, '/form/pages/needs'), need, ['NEEDTYPED']],
    [item(id, '/log/work/new'), { words: 'LOGTYPED', 'on-day': '1', 'on-month': '12', 'on-year': '2025' }, ['LOGTYPED', '1/12/2025']],
    [item(id, '/documents'), { title: 'TITLETYPED', file }, ['TITLETYPED', 'lettertyped.pdf']],
  ]

  // Before any of them is kept: all are called Pasco, and were born on one day.
  test('[M1g] the form that all share is written by whoever records for an agency that it is for, and read by whoever reads there', async () => {
    const { housing, health } = team.officers
    const reads = await addColleague(product.database, await addTeam(product.database, housing.agency, []), {
      role: 'Read only',
      serviceArea: null,
    })
    await addPost(product.database, reads, await addTeam(product.database, health.agency, []), {
      may: ['read-records', 'record'],
      serviceArea: null,
    })
    for (const { seatId } of [housing, health])
      await post(team.coordinator, `/meetings/series/${team.seriesId}/members`, {
        what: 'member',
        who: `${seatId}/${reads.id}`,
        role: 'deputy',
      })
    const id = await referToTeam(who('police', team), team.seriesId, 'Forhousing')
    await fillIn(team.coordinator, item(id, '/triage'), {
      decision: 'accept',
      meeting: team.meetingId,
      seat: [housing.seatId],
      repeat: 'no',
      words: '',
    })
    await sendAgenda(team)
    const visitor = await visitorOf(product).signIn(reads)
    expect((await visitor.get(item(id, '/form'))).status).toBe(200)
    expect((await visitor.get(item(id, '/form'))).html).not.toContain('/form/pages/needs')
    expect((await visitor.get(item(id, '/form/pages/needs'))).status).toBe(404)
    const refused = await visitor.post(item(id, '/form/pages/needs'), need)
    expect([refused.status, refused.words]).toEqual([404, expect.stringContaining('NEEDTYPED')])
  })

  test('what is written of a case that was closed meanwhile, or kept from its writer, is shown to them', async () => {
    const [closed, kept] = [await inTeam('Closedaway'), await inTeam('Keptapart')]
    await post(team.coordinator, item(closed, '/end'), { outcome: 'one-service', words: '' })
    await withhold(team, kept, 'health')
    for (const id of [closed, kept, crypto.randomUUID()])
      for (const [address, fields, typed] of posts(id)) {
        const reply = await who('health', team).post(address, fields)
        expect([address, reply.status]).toEqual([address, 404])
        for (const said of ['It was not saved', ...typed]) expect(reply.words).toContain(said)
        expect(reply.words).not.toMatch(/closedaway|keptapart|MDT/i)
      }
    // The same for whoever runs it, of what is closed: they write no more in its form.
    expect((await team.coordinator.post(...(posts(closed)[0]!.slice(0, 2) as [string, Fields]))).words).toContain('NEEDTYPED')
  })

  test('what was typed of a part that is kept from its writer by then is not lost beside the rest', async () => {
    const id = await inTeam('Partapart')
    await keepPart(team, id, team.officers.probation.agency.principal, 'risks', { words: false })
    const typed = { ...need, 'risks-rows': '1', 'risks-0-risk': 'RISKTYPED' }
    const reply = await who('probation', team).post(item(id, '/form/pages/needs'), typed)
    expect(reply.status).toBe(404)
    for (const said of ['NEEDTYPED', 'RISKTYPED']) expect(reply.words).toContain(said)
    expect(await saidOf(id)).not.toMatch(/NEEDTYPED|RISKTYPED/)
    await post(who('probation', team), item(id, '/form/pages/needs'), need)
    expect(await saidOf(id)).toContain('NEEDTYPED')
  })

  test('what was done of an action that somebody else has by now is shown to whoever typed it', async () => {
    const id = await onAgenda('Actedon')
    await post(marac.coordinator, `/meetings/items/${id}/record`, { what: 'Change the locks @housing in 5 days', _then: 'action' })
    const action = await idOf('select id from meeting_actions where item_id = $1', id)
    await withhold(marac, id, 'idva')
    for (const [rest, fields, typed] of [
      ['end', { to: 'update', words: 'DONETYPED' }, 'DONETYPED'],
      ['change', { due: 'in 3 days', worker: '', why: 'WHYTYPED' }, 'WHYTYPED'],
    ] as const) {
      const reply = await who('idva').post(`/meetings/actions/${action}/${rest}`, fields)
      expect([reply.status, reply.words]).toEqual([404, expect.stringContaining(typed)])
    }
  })
})

test('what was saved after a time-out is offered in the words of its form, with the form’s name, to its writer alone', async () => {
  const { police, housing } = marac.officers
  const id = await draft(police.visitor, marac.seriesId, { family: 'Timedout' })
  product.clock.pass(45)
  const [back, other] = [await visitorOf(product).signIn(police.colleague), await visitorOf(product).signIn(housing.colleague)]
  const typed = { victim_family: 'LATETYPED', victim_gender: 'female' }
  expect((await police.visitor.post(item(id, '/referral/people'), typed)).location).toContain('/sign-in')
  const { words } = await back.get('/sign-in/unsaved')
  for (const said of ['You were signed out before this was saved', 'Referral to MARAC', 'Surname LATETYPED', 'Gender Female'])
    expect(words).toContain(said)
  expect(words).not.toContain('Victim family')
  expect((await other.get('/sign-in/unsaved')).words).not.toContain('LATETYPED')
})
