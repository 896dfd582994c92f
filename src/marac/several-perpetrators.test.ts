import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { accept, addMarac, draft, keepPart, type Marac, post, refer, type Sitting } from '../../test/factories/marac.ts'
import { fillIn } from '../../test/factories/whole-record.ts'
import { ownForm } from '../../test/harness/forms-on-page.ts'
import { type Product, startProduct } from '../../test/harness/product.ts'
import type { Fields, Visitor } from '../../test/harness/visitor.ts'

// One victim, several who are said to do it: each is somebody of the case, and can be kept from somebody who may know of the others.

let product: Product
let marac: Marac
const who = (key: Sitting) => marac.officers[key].visitor
const agency = (key: Sitting) => marac.officers[key].agency.principal
const item = (id: string, rest = '') => `/meetings/items/${id}${rest}`
const rows = async <T extends object>(query: string, ...values: unknown[]): Promise<T[]> =>
  (await product.database.admin.query<T>(query, values)).rows

beforeAll(async () => {
  product = await startProduct()
  marac = await addMarac(product)
}, 60_000)
afterAll(() => product.close())

// Each test has people of its own.
let people: { family: string; perpetrator: string; perpetrators: string[]; year: string }
const names = ['Xan', 'Yel', 'Zeb', 'Wip', 'Vox', 'Uzu', 'Tql', 'Sfo', 'Rkh', 'Qum', 'Pwy', 'Ojo']
let tests = 0
beforeEach(() => {
  const own = names[tests % names.length]!
  people = { family: `${own}victim`, perpetrator: `${own}firstly`, perpetrators: [`${own}secondly`], year: String(1950 + tests) }
  tests += 1
})
const second = () => people.perpetrators[0]!
const referred = (other: Partial<typeof people> = {}) => refer(who('police'), marac.seriesId, { ...people, ...other })
const partOf = async (itemId: string, family: string): Promise<string> =>
  (
    await rows<{ part: string }>(
      'select part from meeting_parties where item_id = $1 and family_name = $2 and replaced_at is null',
      itemId,
      family,
    )
  )[0]!.part
const keptFrom = async (itemId: string): Promise<string[]> =>
  (
    await rows<{ kept: string }>(
      `select w.holder || ' ' || coalesce(p.family_name, w.part, '') as kept
       from meeting_item_withholdings w left join meeting_parties p on p.part = w.part and p.item_id = w.item_id
       where w.item_id = $1 and w.ended_at is null and w.part is distinct from 'words' order by 1`,
      itemId,
    )
  ).map(row => row.kept)
/** What somebody finds on every page of a case. */
async function everything(visitor: Visitor, itemId: string): Promise<string> {
  const pages = [
    '/meetings',
    '/notices',
    '/meetings/actions',
    `/meetings/series/${marac.seriesId}`,
    `/meetings/series/${marac.seriesId}/cases`,
    item(itemId),
    ...['', '/papers', '/minutes'].map(page => `/meetings/dates/${marac.meetingId}${page}`),
  ]
  const all: string[] = []
  for (const page of pages) all.push((await visitor.get(page)).html)
  return all.join('\n')
}

describe('[V4] a referral with two perpetrators', () => {
  test('names both, and the case by the first and how many more', async () => {
    const id = await referred()
    const { words, html } = await marac.coordinator.get(item(id))
    expect(words).toContain(`${people.family.toUpperCase()} / ${people.perpetrator.toUpperCase()} and 1 more Case`)
    expect(html).toContain(`${people.perpetrator.toUpperCase()}, Gerran`)
    expect(html).toContain(`${second().toUpperCase()}, Ruan`)
    expect((await marac.coordinator.get(item(id, '/triage'))).words).toContain(second().toUpperCase())
  })

  test('cannot be sent without one, and says so', async () => {
    const id = await draft(who('police'), marac.seriesId, people)
    await fillIn(who('police'), item(id, '/referral/people'), { _remove: 'perpetrators-1' })
    await fillIn(who('police'), item(id, '/referral/people'), {
      'perpetrators-0-family': '',
      'perpetrators-0-given': '',
      'perpetrators-0-born-day': '',
      'perpetrators-0-born-month': '',
      'perpetrators-0-born-year': '',
      'perpetrators-0-relationship': '',
      'perpetrators-0-address': '',
      'perpetrators-0-warnings': '',
    })
    expect((await who('police').get(item(id, '/check'))).words).toContain('Add at least one person')
  })

  test('is a repeat where the same pair was heard before, whichever of them it is now', async () => {
    const first = await referred({ perpetrators: [] })
    await accept(marac, first)
    const other = `${second()}other`
    const later = await referred({ perpetrator: other, perpetrators: [people.perpetrator] })
    // The factory gives who comes second another first name and day of birth: put right, they are who they were.
    await fillIn(who('police'), item(later, '/referral/people'), {
      'perpetrators-1-given': 'Gerran',
      'perpetrators-1-born-day': '7',
      _then: 'continue',
    })
    const [before] = await rows<{ reference: string }>('select reference from meeting_items where id = $1', first)
    expect((await marac.coordinator.get(item(later, '/triage'))).words).toMatch(
      new RegExp(`The same people were heard before: case ${before!.reference}`),
    )
    const none = await referred({ perpetrator: other, perpetrators: ['Thirdly'], year: '1931' })
    expect((await marac.coordinator.get(item(none, '/triage'))).words).not.toContain('The same people were heard before')
  })

  test('[V3] counts the case once in what the return asks of those who do it', async () => {
    const id = await draft(who('police'), marac.seriesId, people)
    await fillIn(who('police'), item(id, '/referral/people'), { 'perpetrators-1-born-year': '2012' })
    await fillIn(who('police'), item(id, '/check'))
    expect(await rows('select measures from meeting_items where id = $1', id)).toEqual([
      { measures: expect.arrayContaining(['perpetrator-under-18']) },
    ])
  })
})

describe('[M1e] one of them is kept from an agency', () => {
  test('whose keeper chooses them by name, and reads first what it still reads', async () => {
    const id = await referred()
    await accept(marac, id)
    expect((await marac.coordinator.get(item(id, '/withhold'))).words).toContain(
      `Only: alleged perpetrator ${second().toUpperCase()}, Ruan`,
    )
    const part = await partOf(id, second())
    const read = await marac.coordinator.post(item(id, '/withhold'), {
      from: String(agency('housing')),
      part,
      words: 'yes',
      reason: 'His aunt works there',
    })
    expect(read.words).toMatch(new RegExp(`will not read: Alleged perpetrator ${second().toUpperCase()}, Ruan`))
    const goesOn = read.words.slice(read.words.indexOf('goes on reading'))
    expect(goesOn).toContain(`Surname: ${people.perpetrator}`)
    expect(goesOn).not.toContain(second())
  })

  test('which finds the other on every page, and no trace that there is one more', async () => {
    const id = await referred()
    await accept(marac, id)
    await keepPart(marac, id, agency('housing'), await partOf(id, second()))
    await post(marac.coordinator, `/meetings/dates/${marac.meetingId}/send`, {})
    await post(marac.coordinator, `/meetings/dates/${marac.meetingId}/circulate`, { sure: 'yes' })
    const housing = await everything(who('housing'), id)
    expect(housing.toLowerCase()).not.toContain(second().toLowerCase())
    expect(housing).toContain(`${people.perpetrator.toUpperCase()}, Gerran`)
    const read = (await who('housing').get(item(id))).words
    expect(read).not.toContain(`${people.perpetrator.toUpperCase()} and`)
    expect(read).toContain(`Surname: ${people.perpetrator}`)
    const health = await everything(who('health'), id)
    for (const one of [people.perpetrator, second()]) expect(health).toContain(`Surname: ${one}`)
    expect(health).toContain(`${people.perpetrator.toUpperCase()} and 1 more`)
    const papers = (await who('housing').get(`/meetings/dates/${marac.meetingId}/papers`)).words
    expect(papers).toContain(`Surname: ${people.perpetrator}`)
  })

  test('also when the whole of the part is: then neither is there', async () => {
    const id = await referred()
    await accept(marac, id)
    await keepPart(marac, id, agency('housing'), 'perpetrator')
    await post(marac.coordinator, `/meetings/dates/${marac.meetingId}/send`, {})
    const housing = (await everything(who('housing'), id)).toLowerCase()
    for (const one of [people.perpetrator, second()]) expect(housing).not.toContain(one.toLowerCase())
  })

  test('and whoever runs the meeting and is kept from them does not read that others are', async () => {
    const id = await referred()
    await accept(marac, id)
    const [chair] = await rows<{ principal: number }>(
      `select u.principal from meeting_members m join users u on u.id = m.user_id where m.series_id = $1 and m.role = 'chair'`,
      marac.seriesId,
    )
    const part = await partOf(id, second())
    await keepPart(marac, id, agency('housing'), part, { words: false, reason: 'Hisauntworksthere' })
    await keepPart(marac, id, chair!.principal, part, { words: false, reason: 'Hiscousinchairs' })
    const read = (await marac.chair.get(item(id))).html
    for (const one of [second(), 'Hisauntworksthere', 'Hiscousinchairs', 'named before'])
      expect(read.toLowerCase()).not.toContain(one.toLowerCase())
    expect(read).toContain(`${people.perpetrator.toUpperCase()}, Gerran`)
    const theirs = (await marac.coordinator.get(item(id))).words
    expect(theirs).toContain('Hisauntworksthere')
    expect(theirs).toContain(`Alleged perpetrator ${second().toUpperCase()}, Ruan`)
    // A referrer who may not know of one of them is not asked for any of them.
    expect((await marac.chair.get(item(id, '/withhold'))).words).not.toContain('Only: alleged perpetrator ')
  })

  test('comes back kept with the next case of the same people, by whom it is and not by whom it is not', async () => {
    const first = await referred()
    await keepPart(marac, first, agency('housing'), await partOf(first, second()), { words: false })
    const next = await referred()
    expect(await keptFrom(next)).toEqual([`${agency('housing')} ${second()}`])
    const other = await referred({ perpetrators: [] })
    expect(await keptFrom(other)).toEqual([])
  })
})

describe('[V4] a correction', () => {
  const correct = async (id: string, fields: Fields): Promise<number> => {
    const at = item(id, '/referral/people')
    const form = ownForm((await who('police').get(at)).html, at)!.filled
    return (await who('police').post(at, { ...form, ...fields, _then: 'continue' })).status
  }

  test('takes one out and puts one in, and says so to whoever reads them', async () => {
    const id = await referred()
    const housing = await partOf(id, second())
    expect(
      await correct(id, {
        'perpetrators-1-family': `${second()}other`,
        'perpetrators-1-given': 'Wella',
        'perpetrators-1-born-day': '9',
        'perpetrators-1-warnings': 'Twolargedogs',
      }),
    ).toBe(303)
    const read = await marac.coordinator.get(item(id))
    expect(read.html).toContain(`${second().toUpperCase()}OTHER, Wella`)
    expect(read.html).not.toContain(`${second().toUpperCase()}, Ruan`)
    expect(read.words).toContain('Corrected since it was sent')
    expect(read.words).toContain('Twolargedogs')
    expect(await partOf(id, `${second()}other`)).not.toBe(housing)
  })

  test('of a day of birth lets nobody read whom they were kept from', async () => {
    const id = await referred()
    await keepPart(marac, id, agency('housing'), await partOf(id, second()), { words: false })
    expect(await correct(id, { 'perpetrators-1-born-day': '28', 'perpetrators-1-given': 'Rewan' })).toBe(303)
    expect(await keptFrom(id)).toContain(`${agency('housing')} ${second()}`)
    await accept(marac, id)
    await post(marac.coordinator, `/meetings/dates/${marac.meetingId}/send`, {})
    expect((await everything(who('housing'), id)).toLowerCase()).not.toContain(second().toLowerCase())
  })

  test('is not asked of what somebody may not read of one of them', async () => {
    const id = await referred()
    const [referrer] = await rows<{ principal: number }>(
      'select u.principal from meeting_items i join users u on u.id = i.referred_by where i.id = $1',
      id,
    )
    await keepPart(marac, id, referrer!.principal, await partOf(id, second()), { words: false })
    const at = item(id, '/referral/people')
    const page = await who('police').get(at)
    expect(page.html).not.toContain('perpetrators-0-family')
    expect(await correct(id, { 'perpetrators-rows': '1', 'perpetrators-0-family': 'Forged', victim_given: 'Tamsyn' })).toBe(303)
    expect((await marac.coordinator.get(item(id))).html).toContain(`${second().toUpperCase()}, Ruan`)
    expect((await marac.coordinator.get(item(id))).html).not.toContain('FORGED')
  })
})

describe('[V4] what was written on the form of before', () => {
  const asBefore = (family: string) => ({
    perpetrator_family: family,
    perpetrator_given: 'Gerran',
    perpetrator_born: '1971-08-07',
    perpetrator_relationship: 'Husbandofbefore',
    perpetrator_address: 'Addressofbefore',
    perpetrator_warnings: 'Warningsofbefore',
  })
  const makeOld = async (id: string, answers: object, typed: object = {}) => {
    await rows(`delete from meeting_answers where item_id = $1 and section like 'perpetrator:%'`, id)
    await rows(`delete from meeting_answers where item_id = $1 and section = 'perpetrator' and replaced_at is not null`, id)
    await rows(
      `update meeting_answers set form_version = 1, answers = $2, typed = $3 where item_id = $1 and section = 'perpetrator'`,
      id,
      JSON.stringify(answers),
      JSON.stringify(typed),
    )
    await rows(`update meeting_parties set part = 'perpetrator' where item_id = $1 and role = 'perpetrator'`, id)
  }
  const written = ['Husbandofbefore', 'Addressofbefore', 'Warningsofbefore']

  test('reads as the first of them in a draft, and is sent as it stands', async () => {
    const id = await draft(who('police'), marac.seriesId, people)
    await makeOld(id, asBefore(people.perpetrator))
    const { html } = await who('police').get(item(id, '/referral/people'))
    for (const one of [people.perpetrator, ...written]) expect(html).toContain(one)
    await fillIn(who('police'), item(id, '/check'))
    const read = await marac.coordinator.get(item(id))
    expect(read.html).toContain(`${people.perpetrator.toUpperCase()}, Gerran`)
    for (const one of written) expect(read.words).toContain(one)
  })

  test('keeps what could not be read as it was typed', async () => {
    const id = await draft(who('police'), marac.seriesId, people)
    const { perpetrator_born: _, ...answers } = asBefore(people.perpetrator)
    const day = { 'perpetrator_born-day': ['31'], 'perpetrator_born-month': ['2'], 'perpetrator_born-year': ['1971'] }
    await makeOld(id, answers, { perpetrator_born: day })
    const filled = ownForm((await who('police').get(item(id, '/referral/people'))).html, item(id, '/referral/people'))!.filled
    expect(filled).toMatchObject({
      'perpetrators-0-family': people.perpetrator,
      'perpetrators-0-relationship': 'Husbandofbefore',
      'perpetrators-0-born-day': '31',
      'perpetrators-0-born-month': '2',
    })
    expect((await who('police').get(item(id, '/check'))).words).toContain('Before it can be sent')
  })

  test('stands where it was sent, is corrected with one more, and is referred again', async () => {
    const id = await referred({ perpetrators: [] })
    await makeOld(id, asBefore(people.perpetrator))
    for (const page of ['', '/triage']) {
      const read = (await marac.coordinator.get(item(id, page))).words
      for (const one of [people.perpetrator, ...written]) expect(read).toContain(one)
    }
    const at = item(id, '/referral/people')
    await fillIn(who('police'), at, {
      'perpetrators-rows': '2',
      'perpetrators-1-family': second(),
      'perpetrators-1-given': 'Ruan',
      _then: 'continue',
    })
    const read = await marac.coordinator.get(item(id))
    for (const one of [`${people.perpetrator.toUpperCase()}, Gerran`, `${second().toUpperCase()}, Ruan`]) expect(read.html).toContain(one)
    for (const one of written) expect(read.words).toContain(one)
    expect(read.words).toContain('Corrected since it was sent')
    await post(marac.coordinator, item(id, '/triage'), { decision: 'return', words: 'Ask her first.' })
    const again = await who('police').post(`/meetings/series/${marac.seriesId}/refer`, { from: id })
    const copied = (await who('police').get(again.location!)).words
    for (const one of [people.perpetrator, second(), ...written]) expect(copied).toContain(one)
  })
})

test('there was no fault', () => expect(product.faults).toEqual([]))
