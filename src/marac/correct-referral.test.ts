import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addColleague, type Colleague } from '../../test/factories/colleagues.ts'
import { accept, addMarac, keepPart, type Marac, post, refer, type Sitting, sendAgenda } from '../../test/factories/marac.ts'
import { fillIn } from '../../test/factories/whole-record.ts'
import { addAgency, addTeam, as, type Team } from '../../test/factories/world.ts'
import { ownForm } from '../../test/harness/forms-on-page.ts'
import { type Product, startProduct } from '../../test/harness/product.ts'
import { type Fields, type Visitor, visitorOf } from '../../test/harness/visitor.ts'

// What has been sent to a meeting, and waits to be triaged, is its referrer's to put right or to take back; from then on it is not.

let product: Product
let marac: Marac
/** Refers, and sits in nothing. */
let nurse: Colleague
let referrer: Visitor
let beside: Visitor
let stranger: Visitor
const who = (key: Sitting) => marac.officers[key].visitor
const item = (id: string, rest = '') => `/meetings/items/${id}${rest}`
const stateOf = async (id: string) =>
  (await product.database.admin.query<{ state: string }>('select state from meeting_items where id = $1', [id])).rows[0]!.state
const principalOf = async (role: string) =>
  (
    await product.database.admin.query<{ principal: number }>(
      'select u.principal from meeting_members m join users u on u.id = m.user_id where m.series_id = $1 and m.role = $2',
      [marac.seriesId, role],
    )
  ).rows[0]!.principal
const why = { decision: 'return', words: 'Ask her first.' }
/** What a page of the referral holds now, with these answers in place of its own. */
const filled = async (visitor: Visitor, id: string, page: string, fields: Fields): Promise<Fields> => ({
  ...ownForm((await visitor.get(item(id, `/referral/${page}`))).html, item(id, `/referral/${page}`))!.filled,
  ...fields,
})

beforeAll(async () => {
  product = await startProduct()
  marac = await addMarac(product)
  const enter = async (team: Team) => {
    const colleague = await addColleague(product.database, team, { role: 'Partner officer', serviceArea: null })
    return { colleague, visitor: await visitorOf(product).signIn(colleague) }
  }
  const surgery = await addTeam(product.database, await addAgency(product.database), [])
  const hers = await enter(surgery)
  nurse = hers.colleague
  referrer = hers.visitor
  beside = (await enter(surgery)).visitor
  stranger = (await enter(await addTeam(product.database, await addAgency(product.database), []))).visitor
}, 60_000)
afterAll(() => product.close())

describe('[V4] a referral that waits to be triaged', () => {
  let id: string
  beforeAll(async () => {
    id = await refer(referrer, marac.seriesId, { family: 'Wrongspelt', child: 'Elowen' })
  })

  test('says to whoever sent it that they can correct or withdraw it', async () => {
    const { words } = await referrer.get(item(id))
    expect(words).toMatch(/Wenna Skewes \(co-ordinator, .*\) decides next .*correct the referral or withdraw it/)
    const form = await referrer.get(item(id, '/referral/people'))
    expect(form.words).toMatch(/Page 1 of 4\. It has been sent\. .*Wenna Skewes .* reads what you save here at once/)
    expect(form.html).toContain('value="Wrongspelt"')
  })

  test('is corrected on the form that it was written on, as a revision, and those who run the meeting are told without content', async () => {
    await product.database.admin.query('delete from notices')
    const saved = await fillIn(referrer, item(id, '/referral/people'), {
      victim_family: 'Rightspelt',
      safe_how: 'Through her sister, never at work now',
      _then: 'leave',
    })
    expect(saved).toBe(item(id, '/referral/what-happened'))
    const read = await marac.coordinator.get(item(id))
    expect(read.html).toContain('RIGHTSPELT, Morwenna')
    expect(read.html).not.toContain('WRONGSPELT, Morwenna')
    expect(read.words).toMatch(new RegExp(`Corrected since it was sent ${nurse.name}, `))
    for (const said of ['At work only, before noon', 'Through her sister, never at work now', 'The victim: Surname'])
      expect(read.words).toContain(said)
    for (const runs of [marac.coordinator, marac.chair]) {
      const notices = (await runs.get('/notices')).words
      expect(notices).toContain('A referral that waits to be triaged has been corrected')
      expect(notices).not.toMatch(/rightspelt/i)
    }
    expect((await marac.coordinator.get(`/meetings/series/${marac.seriesId}`)).words).toContain('Corrected')
    const triage = (await marac.coordinator.get(item(id, '/triage'))).words
    expect(triage).toContain('Through her sister, never at work now')
    const { rows } = await product.database.admin.query<{ count: number }>(
      `select count(*)::int as count from meeting_answers where item_id = $1 and section = 'victim'`,
      [id],
    )
    expect(rows[0]!.count).toBe(2)
  })

  test('stays whole: what is left out is refused, and kept as it was typed', async () => {
    const refused = await referrer.post(
      item(id, '/referral/people'),
      await filled(referrer, id, 'people', { safe_how: '', victim_given: 'Mor' }),
    )
    expect([refused.status, refused.html]).toEqual([422, expect.stringContaining('value="Mor"')])
    expect((await marac.coordinator.get(item(id))).words).toContain('Through her sister, never at work now')
  })

  test('changes nothing while rows are added to it, and tells nobody where nothing was changed', async () => {
    await product.database.admin.query('delete from notices')
    const added = await referrer.post(
      item(id, '/referral/people'),
      await filled(referrer, id, 'people', { 'children-0-given': 'Eliza', _add: 'children' }),
    )
    expect([added.status, added.html]).toEqual([200, expect.stringContaining('children-1-family')])
    expect(added.html).toContain('value="Eliza"')
    expect(await fillIn(referrer, item(id, '/referral/people'), { _then: 'continue' })).toBe(item(id))
    expect((await marac.coordinator.get(item(id))).html).toContain('WRONGSPELT, Elowen')
    expect((await product.database.admin.query('select from notices')).rowCount).toBe(0)
  })

  test('leads on to the page that no longer fits, and says so to those who run the meeting until it does', async () => {
    const checklist = await filled(referrer, id, 'checklist', {})
    const none = Object.fromEntries(Object.entries(checklist).map(([name, value]) => [name, value === 'yes' ? 'no' : value]))
    const next = await referrer.post(item(id, '/referral/checklist'), { ...none, _then: 'continue' })
    expect(next.location).toBe(item(id, '/referral/why?check'))
    const unfit = 'The checklist does not reach the threshold'
    expect((await referrer.get(next.location!)).words).toContain(unfit)
    const read = (await marac.coordinator.get(item(id))).words
    expect(read).toContain('Since then the referral does not fit together')
    expect(read).toContain(unfit)
    expect(read).toContain('Checklist 0')
    await fillIn(referrer, item(id, '/referral/why'), { criteria: ['PJ'], judgement: 'She sleeps in her car', _then: 'continue' })
    expect((await marac.coordinator.get(item(id))).words).not.toContain('does not fit together')
    expect((await marac.coordinator.get(item(id))).words).toContain('Professional judgement')
  })

  test('is triaged as it was read, and not as it has been corrected since', async () => {
    const page = await marac.coordinator.get(item(id, '/triage'))
    const shown = ownForm(page.html, item(id, '/triage'))!.filled
    await fillIn(referrer, item(id, '/referral/what-happened'), { what_happened: 'He has found the car.', _then: 'continue' })
    const stale = await marac.coordinator.post(item(id, '/triage'), { ...shown, ...why })
    expect([stale.status, stale.words]).toEqual([422, expect.stringContaining('The referral has been changed since you opened this page')])
    for (const said of ['He has found the car.', why.words]) expect(stale.words).toContain(said)
    expect(await stateOf(id)).toBe('referred')
  })

  test('is nobody else’s to correct or to withdraw', async () => {
    const change = { victim_family: 'Notmine', _then: 'continue' }
    for (const visitor of [who('housing'), beside, stranger])
      for (const rest of ['/referral/people', '/withdraw']) {
        expect((await visitor.get(item(id, rest))).status).toBe(404)
        expect((await visitor.post(item(id, rest), { ...change, reason: 'Not mine' })).status).toBe(404)
      }
    // Whoever runs the meeting reads it, and does not write in it.
    for (const rest of ['/referral/people', '/withdraw']) {
      expect((await marac.chair.get(item(id, rest))).location).toBe(item(id))
      expect((await marac.chair.post(item(id, rest), { ...change, reason: 'Not mine' })).location).toBe(item(id))
    }
    const outside = visitorOf(product)
    expect((await outside.get(item(id, '/referral/people'))).location).toMatch(/^\/sign-in/)
    expect(await stateOf(id)).toBe('referred')
    expect((await marac.chair.get(item(id))).html).not.toMatch(/notmine/i)
  })

  test('its referrer triages it by no address, keeps it from nobody, and by no statement puts it on an agenda', async () => {
    for (const rest of ['/triage', '/withhold', '/agenda']) expect((await referrer.get(item(id, rest))).status).toBe(404)
    expect((await referrer.post(item(id, '/triage'), why)).status).toBe(404)
    const list = (to: string) => as(product.database, nurse, tx => sql`update meeting_items set state = ${to} where id = ${id}`.execute(tx))
    for (const to of ['listed', 'sent', 'returned']) await expect(list(to)).rejects.toThrow(/row-level security/)
  })
})

describe('[V4] what is kept from its referrer', () => {
  test('as a whole is not theirs any more', async () => {
    const id = await refer(referrer, marac.seriesId, { family: 'Keptwhole' })
    await fillIn(marac.coordinator, item(id, '/withhold'), { from: String(nurse.principal), part: '', reason: 'She is his sister' })
    for (const rest of ['', '/referral/people', '/withdraw']) {
      expect((await referrer.get(item(id, rest))).status).toBe(404)
      if (rest) expect((await referrer.post(item(id, rest), { reason: 'Mine', victim_family: 'Mine' })).status).toBe(404)
    }
    expect(await stateOf(id)).toBe('referred')
  })

  test('in part is asked no more, and stays as it is when they correct the rest', async () => {
    const id = await refer(referrer, marac.seriesId, { family: 'Keptpart', child: 'Hiddenchild' })
    await keepPart(marac, id, nurse.principal, 'children', { words: false })
    const form = await referrer.get(item(id, '/referral/people'))
    expect(form.html).not.toMatch(/hiddenchild|section-children/i)
    await fillIn(referrer, item(id, '/referral/people'), { victim_given: 'Mor', 'children-rows': '0', _then: 'continue' })
    const read = (await marac.coordinator.get(item(id))).html
    for (const name of ['KEPTPART, Mor', 'KEPTPART, Hiddenchild']) expect(read).toContain(name)
  })

  test('somebody who runs the meeting reads nothing of a correction of what is kept from them, and is not told of it', async () => {
    const id = await refer(referrer, marac.seriesId, { family: 'Keptchair', child: 'Cadan' })
    await keepPart(marac, id, await principalOf('chair'), 'children', { words: false })
    await product.database.admin.query('delete from notices')
    await fillIn(referrer, item(id, '/referral/people'), { children_note: 'He fetches them from school', _then: 'continue' })
    expect((await marac.chair.get('/notices')).words).not.toContain('has been corrected')
    expect((await marac.chair.get(item(id))).words).not.toMatch(/corrected since|fetches/i)
    expect((await marac.coordinator.get('/notices')).words).toContain('has been corrected')
    expect((await marac.coordinator.get(item(id))).words).toContain('He fetches them from school')
  })

  test('nobody is led to speak of it to somebody from whom it is kept', async () => {
    const id = await refer(referrer, marac.seriesId, { family: 'Keptcousin' })
    await fillIn(marac.coordinator, item(id, '/withhold'), { from: String(await principalOf('chair')), part: '', reason: 'His cousin' })
    for (const rest of ['', '/referral/people']) expect((await referrer.get(item(id, rest))).words).not.toContain('Roskilly')
    expect((await referrer.get(item(id))).words).toContain('Skewes')
    await post(marac.coordinator, item(id, '/triage'), {
      decision: 'accept',
      meeting: marac.meetingId,
      seat: Object.values(marac.officers).map(one => one.seatId),
      repeat: 'no',
      words: '',
    })
    expect((await referrer.get(item(id))).words).not.toContain('Roskilly')
  })
})

describe('[M1e] a correction that shows who it is about', () => {
  const renamed = {
    victim_family: 'Keptearlier',
    'victim_born-year': '1961',
    'perpetrators-0-family': 'Sameman',
    'perpetrators-0-born-year': '1961',
  }
  const earlier = () => refer(who('police'), marac.seriesId, { family: 'Keptearlier', perpetrator: 'Sameman', year: '1961' })

  test('keeps it at once from whom another case about the same people is kept, who are not told', async () => {
    const first = await earlier()
    await fillIn(marac.chair, item(first, '/withhold'), {
      from: String(await principalOf('co-ordinator')),
      part: '',
      reason: 'Her aunt',
      own: 'yes',
    })
    const id = await refer(referrer, marac.seriesId, { family: 'Mistaken', year: '1988' })
    expect((await marac.coordinator.get(item(id))).status).toBe(200)
    await product.database.admin.query('delete from notices')
    await fillIn(referrer, item(id, '/referral/people'), { ...renamed, _then: 'continue' })
    expect((await marac.coordinator.get(item(id))).status).toBe(404)
    expect((await marac.coordinator.get('/notices')).words).not.toContain('has been corrected')
    expect((await marac.chair.get('/notices')).words).toContain('has been corrected')
  })

  test('keeps it from its own referrer once it has been triaged, and not at once: that would tell them of another case', async () => {
    const first = await earlier()
    await fillIn(marac.chair, item(first, '/withhold'), { from: String(nurse.principal), part: '', reason: 'Her aunt', own: 'yes' })
    const id = await refer(referrer, marac.seriesId, { family: 'Mistakentoo', year: '1987' })
    await post(referrer, item(id, '/referral/people'), await filled(referrer, id, 'people', { ...renamed, _then: 'continue' }))
    expect((await referrer.get(item(id))).status).toBe(200)
    // By the chair: the people are also those of the case above, which the co-ordinator is kept from.
    await accept({ ...marac, coordinator: marac.chair }, id)
    expect((await referrer.get(item(id))).status).toBe(404)
  })
})

test('[V4] somebody who only reads by now neither corrects nor withdraws what they once sent', async () => {
  const { database } = product
  const agency = await addAgency(database)
  const team = await addTeam(database, agency, [])
  const colleague = await addColleague(database, team, { role: 'Partner officer', serviceArea: null })
  const id = await refer(await visitorOf(product).signIn(colleague), marac.seriesId, { family: 'Readonly' })
  await database.admin.query(`update posts set role_id = (select id from roles where name = 'Read only') where user_id = $1`, [
    colleague.id,
  ])
  const reads = await visitorOf(product).signIn(colleague)
  expect((await reads.get(item(id))).words).not.toMatch(/correct the referral|withdraw it/)
  for (const rest of ['/referral/people', '/withdraw']) {
    expect((await reads.get(item(id, rest))).status).toBe(404)
    expect((await reads.post(item(id, rest), { reason: 'No', victim_family: 'No' })).status).toBe(404)
  }
  expect(await stateOf(id)).toBe('referred')
})

describe('[V4] a referral that is withdrawn', () => {
  let id: string
  beforeAll(async () => {
    id = await refer(referrer, marac.seriesId, { family: 'Takenback', year: '1977' })
  })

  test('asks why, and leaves the list of those that wait', async () => {
    expect((await referrer.post(item(id, '/withdraw'), { reason: '' })).status).toBe(422)
    const long = await referrer.post(item(id, '/withdraw'), { reason: 'x'.repeat(6_001) })
    expect([long.status, long.html]).toEqual([422, expect.stringContaining('xxxx')])
    expect(await stateOf(id)).toBe('referred')
    await product.database.admin.query('delete from notices')
    await post(referrer, item(id, '/withdraw'), { reason: 'She has moved to her sister’s abroad.' })
    expect(await stateOf(id)).toBe('withdrawn')
    const series = (await marac.coordinator.get(`/meetings/series/${marac.seriesId}`)).words
    expect(series.split('Withdrawn by their referrers')[0]).not.toContain('TAKENBACK')
    expect(series.split('Withdrawn by their referrers')[1]).toContain('TAKENBACK')
    expect((await marac.coordinator.get('/notices')).words).toContain('A referral that waited to be triaged has been withdrawn')
  })

  test('is read, with the reason, by whoever sent it and those who run the meeting, and by nobody else', async () => {
    for (const visitor of [referrer, marac.coordinator, marac.chair]) {
      const { words } = await visitor.get(item(id))
      expect(words).toContain(`Withdrawn by ${nurse.name}`)
      expect(words).toContain('She has moved to her sister’s abroad.')
    }
    expect((await referrer.get('/meetings')).words).toContain('Withdrawn')
    for (const visitor of [who('police'), who('housing'), beside, stranger]) expect((await visitor.get(item(id))).status).toBe(404)
  })

  test('is triaged, corrected and withdrawn no more', async () => {
    expect((await marac.coordinator.get(item(id, '/triage'))).location).toBe(item(id))
    const accepted = { decision: 'accept', meeting: marac.meetingId, seat: marac.officers.police.seatId, repeat: 'no', words: '' }
    for (const decision of [why, accepted]) expect((await marac.coordinator.post(item(id, '/triage'), decision)).location).toBe(item(id))
    expect((await marac.coordinator.get(item(id))).words).not.toContain('Triage it')
    expect((await referrer.get(item(id, '/referral/people'))).location).toBe(item(id))
    expect((await referrer.get(item(id, '/withdraw'))).location).toBe(item(id))
    const late = await referrer.post(item(id, '/referral/people'), { victim_family: 'Afterwards' })
    expect([late.status, late.words]).toEqual([422, expect.stringContaining('Afterwards')])
    expect(await stateOf(id)).toBe('withdrawn')
  })

  test('is not heard before', async () => {
    const again = await refer(who('police'), marac.seriesId, { family: 'Takenback', year: '1977' })
    expect((await marac.coordinator.get(item(again, '/triage'))).words).toContain('No case that you can see in the last 12 months')
  })

  test('can be referred again with what it said', async () => {
    const begun = await fillIn(referrer, `/meetings/series/${marac.seriesId}/refer?from=${id}`, { from: id })
    expect((await referrer.get(begun)).words).toContain('Takenback')
  })
})

describe('[V4] a referral that is on an agenda', () => {
  let id: string
  beforeAll(async () => {
    id = await refer(referrer, marac.seriesId, { family: 'Onagenda' })
    await accept(marac, id)
  })

  test('is changed by its referrer no more: the page says whom to tell, and how', async () => {
    await product.database.admin.query(`update users set telephone = '01632 960 077' where id = $1`, [marac.coordinatorId])
    const { words, html } = await referrer.get(item(id))
    expect(words).toContain('you can no longer correct or withdraw it here')
    expect(html).toContain('href="tel:01632960077"')
    expect(html).toContain(`/conversations/new?to=${marac.coordinatorId}`)
    expect((await referrer.get(`/conversations/new?to=${marac.coordinatorId}`)).html).toMatch(
      new RegExp(`value="${marac.coordinatorId}"[^>]*checked`),
    )
    for (const rest of ['/referral/people', '/withdraw']) expect((await referrer.get(item(id, rest))).location).toBe(item(id))
  })

  test('what was typed when it was put there is shown, and not saved', async () => {
    const late = await referrer.post(item(id, '/referral/people'), { victim_family: 'Toolate', _then: 'continue' })
    expect(late.status).toBe(422)
    for (const said of ['It was not saved', 'Toolate', '01632 960 077']) expect(late.words).toContain(said)
    const withdrawn = await referrer.post(item(id, '/withdraw'), { reason: 'TOOLATEREASON' })
    expect([withdrawn.status, withdrawn.words]).toEqual([422, expect.stringContaining('TOOLATEREASON')])
    expect(await stateOf(id)).toBe('listed')
    await sendAgenda(marac)
    expect((await who('health').get(item(id))).html).not.toMatch(/toolate/i)
  })
})

describe('[V4] two at once', () => {
  const answers = (replies: readonly { location?: string | undefined; status: number }[]) => replies.map(one => one.status)

  test('a referral is triaged or withdrawn, and never both', async () => {
    for (const family of ['Atonceone', 'Atoncetwo', 'Atoncethree']) {
      const id = await refer(referrer, marac.seriesId, { family })
      const replies = await Promise.all([
        referrer.post(item(id, '/withdraw'), { reason: 'Withdrawn at once' }),
        marac.coordinator.post(item(id, '/triage'), why),
      ])
      const state = await stateOf(id)
      expect(['withdrawn', 'returned']).toContain(state)
      expect(answers(replies)[1]).toBe(303)
      // Whoever came second is told, with what they typed.
      if (state === 'returned') expect([replies[0].status, replies[0].words]).toEqual([422, expect.stringContaining('Withdrawn at once')])
      const words = (await marac.coordinator.get(item(id))).words
      expect(words.includes('Withdrawn at once')).toBe(state === 'withdrawn')
    }
  })

  test('a referral is put on an agenda as it was read, or corrected first', async () => {
    for (const family of ['Correctone', 'Correcttwo', 'Correctthree']) {
      const id = await refer(referrer, marac.seriesId, { family })
      const correction = await filled(referrer, id, 'what-happened', { what_happened: 'CORRECTEDATONCE', _then: 'continue' })
      const shown = ownForm((await marac.coordinator.get(item(id, '/triage'))).html, item(id, '/triage'))!.filled
      const [corrected, triaged] = await Promise.all([
        referrer.post(item(id, '/referral/what-happened'), correction),
        marac.coordinator.post(item(id, '/triage'), { ...shown, ...why }),
      ])
      const isCorrected = corrected.status === 303
      expect(triaged.status).toBe(isCorrected ? 422 : 303)
      expect(await stateOf(id)).toBe(isCorrected ? 'referred' : 'returned')
      expect((await marac.coordinator.get(item(id))).words.includes('CORRECTEDATONCE')).toBe(isCorrected)
    }
  })
})

test('there was no fault', () => expect(product.faults).toEqual([]))
