import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { accept, addMarac, keepPart, type Marac, post, refer, researchOf, type Sitting } from '../../test/factories/marac.ts'
import { fillIn } from '../../test/factories/whole-record.ts'
import { ownForm } from '../../test/harness/forms-on-page.ts'
import { type Product, startProduct } from '../../test/harness/product.ts'

/** What becomes of a case between triage and its meeting, and of who must not receive it when it comes again. */
let product: Product
let marac: Marac
/** The date after the next. */
let later: string
beforeAll(async () => {
  product = await startProduct()
  marac = await addMarac(product)
  const { rows } = await product.database.admin.query<{ id: string }>(
    'select id from meetings where series_id = $1 order by starts_at desc',
    [marac.seriesId],
  )
  later = rows[0]!.id
}, 60_000)
afterAll(() => product.close())

const who = (key: Sitting) => marac.officers[key].visitor
const seats = (...keys: Sitting[]) => keys.map(key => marac.officers[key].seatId)
const send = (meetingId = marac.meetingId) => post(marac.coordinator, `/meetings/dates/${meetingId}/send`, {})
const say = async (itemId: string, key: Sitting, known: string) =>
  fillIn(who(key), `/meetings/items/${itemId}/research/${await researchOf(product, itemId, marac.officers[key])}`, {
    known,
    _then: 'continue',
  })
const arrange = (itemId: string, fields: Record<string, string | string[]>) =>
  fillIn(marac.coordinator, `/meetings/items/${itemId}/agenda`, fields)
const listed = async (family: string) => {
  const itemId = await refer(who('police'), marac.seriesId, { family })
  await accept(marac, itemId)
  await send()
  return itemId
}

describe('[V4] before its meeting a case', () => {
  test('is held over: its agencies lose it until that agenda goes out, and what they answered goes with it', async () => {
    const itemId = await listed('Heldover')
    await say(itemId, 'health', 'HELDKNOWN')
    expect((await marac.coordinator.post(`/meetings/items/${itemId}/agenda`, { to: later, reason: '' })).words).toContain('Enter why')
    await arrange(itemId, { to: later, reason: 'She is in hospital until then' })
    for (const key of ['health', 'housing'] as const) {
      expect((await who(key).get(`/meetings/items/${itemId}`)).status).toBe(404)
      expect((await who(key).get('/meetings')).html).not.toContain('HELDOVER')
    }
    const told = (await who('housing').get('/notices')).words
    expect(told).toContain('A case that your agency was asked about goes on to another date')
    expect(told).not.toContain('HELDOVER')
    await send(later)
    expect((await who('health').get(`/meetings/items/${itemId}`)).html).toContain('HELDKNOWN')
    expect((await who('police').get('/notices')).words).toContain('A referral of yours goes on to another date')
  })

  test('is for other agencies: one that it is no longer for reads nothing of it, not even what it wrote; one that it is for now is asked', async () => {
    const itemId = await refer(who('police'), marac.seriesId, { family: 'Otheragencies' })
    await fillIn(marac.coordinator, `/meetings/items/${itemId}/triage`, {
      decision: 'accept',
      meeting: marac.meetingId,
      seat: seats('police', 'housing', 'idva'),
      repeat: 'no',
      words: '',
    })
    await send()
    await say(itemId, 'housing', 'HOUSINGKNOWN')
    const research = `/meetings/items/${itemId}/research/${await researchOf(product, itemId, marac.officers.housing)}`
    expect((await who('health').get(`/meetings/items/${itemId}`)).status).toBe(404)
    await arrange(itemId, { to: 'agencies', seat: seats('police', 'idva', 'health'), reason: 'No tenancy' })
    for (const address of [`/meetings/items/${itemId}`, research]) expect((await who('housing').get(address)).status).toBe(404)
    for (const address of ['/meetings', `/meetings/dates/${marac.meetingId}`])
      expect((await who('housing').get(address)).html).not.toContain('OTHERAGENCIES')
    expect((await who('housing').get('/notices')).words).toContain('Your agency is no longer asked about a case')
    expect((await who('health').get('/meetings')).words).toContain('OTHERAGENCIES')
    // Nobody who is not asked is chased, and none of its words goes round to it.
    await post(marac.coordinator, `/meetings/dates/${marac.meetingId}/circulate`, { sure: 'yes' })
    expect((await who('idva').get(`/meetings/items/${itemId}`)).html).toContain('HOUSINGKNOWN')
    expect((await who('housing').get(`/meetings/dates/${marac.meetingId}/papers`)).html).not.toContain('HOUSINGKNOWN')
  })

  test('goes back to its referrer with the reason, or waits to be triaged again', async () => {
    const back = await listed('Sentback')
    await arrange(back, { to: 'referrer', reason: 'Ask her first' })
    expect((await who('police').get(`/meetings/items/${back}`)).words).toContain('Sent back: Ask her first')
    expect((await who('idva').get(`/meetings/items/${back}`)).status).toBe(404)
    const waits = await listed('Waitsagain')
    await arrange(waits, { to: 'wait', reason: 'The wrong date' })
    expect((await marac.coordinator.get(`/meetings/series/${marac.seriesId}`)).words).toContain('WAITSAGAIN')
  })

  test('is arranged by those who run the meeting alone, and not once it has begun', async () => {
    const itemId = await listed('Notyours')
    const address = `/meetings/items/${itemId}/agenda`
    for (const key of ['police', 'idva'] as const) {
      expect((await who(key).get(address)).status).toBe(404)
      expect((await who(key).post(address, { to: 'wait', reason: 'x' })).status).toBe(404)
    }
    await post(marac.chair, `/meetings/dates/${marac.meetingId}/open`, { sure: 'yes' })
    expect((await marac.coordinator.get(address)).status).toBe(303)
    // Opened by mistake, it is closed again as long as nothing was written down.
    await post(marac.chair, `/meetings/dates/${marac.meetingId}/not-yet`, {})
    expect((await marac.coordinator.get(address)).status).toBe(200)
    const stale = await marac.coordinator.post(address, { to: 'wait', reason: 'x', version: '0' })
    expect(stale.words).toContain('Somebody else changed it meanwhile')
  })

  test('that somebody else changed meanwhile is shown as it stands now, and saved from there with the words that were typed', async () => {
    const itemId = await listed('Twoarrange')
    const address = `/meetings/items/${itemId}/agenda`
    const opened = ownForm((await marac.coordinator.get(address)).html, address)!.filled
    await arrange(itemId, { to: 'agencies', seat: seats('police', 'idva'), reason: 'No tenancy' })
    const typed = { to: 'agencies', seat: seats('police', 'health'), reason: 'MYREASON' }
    const unfinished = await marac.coordinator.post(address, { ...opened, ...typed, reason: '' })
    const late = await marac.coordinator.post(address, { ...ownForm(unfinished.html, address)!.filled, ...typed })
    expect(late.status).toBe(422)
    expect(late.words).toContain(`for idva ${marac.coordinatorId.slice(-6)}, police`)
    expect((await who('idva').get(`/meetings/items/${itemId}`)).status).toBe(200)
    await post(marac.coordinator, address, ownForm(late.html, address)!.filled)
    expect((await who('health').get(`/meetings/items/${itemId}`)).status).toBe(200)
    expect((await who('idva').get(`/meetings/items/${itemId}`)).status).toBe(404)
  })
})

describe('[V4] a member', () => {
  test('who has a conflict of interest says so, loses the case at once, and those who run the meeting are told', async () => {
    const itemId = await listed('Cousinly')
    const address = `/meetings/items/${itemId}/conflict`
    expect((await who('health').post(address, { reason: '' })).status).toBe(422)
    expect((await marac.coordinator.get(address)).status).toBe(404)
    expect((await who('health').get(address)).words).toContain('Nobody else sits there for your agency')
    const alone = 'nobody who sits there for it may hear of this case'
    expect((await marac.coordinator.get(`/meetings/items/${itemId}`)).words).not.toContain(alone)
    await fillIn(who('health'), address, { reason: 'He is my cousin' })
    expect((await marac.coordinator.get(`/meetings/items/${itemId}`)).words).toContain(alone)
    expect((await who('idva').get(`/meetings/items/${itemId}`)).words).not.toContain('may hear of this case')
    expect((await who('health').get(`/meetings/items/${itemId}`)).status).toBe(404)
    expect((await who('health').get('/meetings')).html).not.toContain('COUSINLY')
    expect((await who('idva').get(`/meetings/items/${itemId}`)).status).toBe(200)
    expect((await marac.coordinator.get('/notices')).words).toContain('has a conflict of interest')
    expect((await marac.coordinator.get(`/meetings/items/${itemId}`)).words).toContain('He is my cousin')
  })

  test('whose referral came back refers again with what was sent, and nobody else does', async () => {
    const back = await listed('Comesback')
    await arrange(back, { to: 'referrer', reason: 'Say what the children saw' })
    const again = `/meetings/series/${marac.seriesId}/refer?from=${back}`
    expect((await who('police').get(again)).words).toContain('Say what the children saw')
    expect((await who('health').get(again)).words).not.toContain('Say what the children saw')
    const check = await fillIn(who('police'), again)
    expect((await who('police').get(check)).words).toContain('Comesback')
    await fillIn(who('police'), check)
    expect((await marac.coordinator.get(`/meetings/series/${marac.seriesId}`)).words).toContain('COMESBACK')
    const other = (await who('health').post(`/meetings/series/${marac.seriesId}/refer`, { from: back })).location!
    expect((await who('health').get(other)).html).not.toContain('Comesback')
  })

  test('is reminded once a day of a meeting, however many of its cases wait', async () => {
    await listed('Firstwaits')
    await listed('Secondwaits')
    await product.database.admin.query('delete from notices')
    await post(marac.coordinator, `/meetings/dates/${marac.meetingId}/chase`, {})
    await post(marac.coordinator, `/meetings/dates/${marac.meetingId}/chase`, {})
    const { rows } = await product.database.admin.query<{ words: string }>('select words from notices where user_id = $1', [
      marac.officers.children.colleague.id,
    ])
    expect(rows.map(one => one.words)).toEqual([expect.stringContaining('waits for what your agency knows')])
  })
})

describe('[M1e] a case that comes again', () => {
  let second: string
  test('is found under another spelling, and kept from whom the first was kept', async () => {
    const first = await refer(who('police'), marac.seriesId, {
      family: 'Trevenan',
      given: 'Morwenna',
      perpetrator: 'Nankervis',
      year: '1990',
    })
    await fillIn(marac.coordinator, `/meetings/items/${first}/withhold`, {
      from: String(marac.officers.probation.agency.principal),
      part: '',
      reason: 'An officer there is his cousin',
    })
    await keepPart(marac, first, marac.officers.housing.agency.principal, 'victim')
    await accept(marac, first)
    second = await refer(who('police'), marac.seriesId, { family: 'Trevennan', given: 'Morwena', perpetrator: 'Nankervis', year: '1990' })
    const page = await marac.coordinator.get(`/meetings/items/${second}/triage`)
    expect(page.words).toContain('These may be about the same people')
    expect(page.words).toContain('TREVENAN, Morwenna')
    expect(page.words).toContain('An officer there is his cousin')
    await accept(marac, second)
    await send()
    expect((await who('probation').get(`/meetings/items/${second}`)).status).toBe(404)
    const housing = (await who('housing').get(`/meetings/items/${second}`)).html
    expect(housing).toContain('NANKERVIS')
    expect(housing.toLowerCase()).not.toMatch(/trevennan|morwena/)
  })

  test('is opened to them when somebody says why, which stands', async () => {
    const { rows } = await product.database.admin.query<{ id: string }>(
      'select id from meeting_item_withholdings where item_id = $1 and part is null',
      [second],
    )
    const end = `/meetings/items/${second}/withhold/${rows[0]!.id}/end`
    expect((await marac.coordinator.get(end)).words).toContain('sees at once')
    expect((await marac.coordinator.post(end, { reason: '' })).status).toBe(422)
    expect((await who('probation').get(`/meetings/items/${second}`)).status).toBe(404)
    await post(marac.coordinator, end, { reason: 'The cousin has left' })
    expect((await who('probation').get(`/meetings/items/${second}`)).status).toBe(200)
    expect((await marac.coordinator.get(`/meetings/items/${second}`)).words).toContain('The cousin has left')
  })
})

describe('[V4] which case a referral repeats', () => {
  const people = { family: 'Quintrell', given: 'Loveday', perpetrator: 'Rosewarne', year: '1947' }
  const spelt = { ...people, family: 'Quintrel' }
  const triage = (id: string) => `/meetings/items/${id}/triage`
  const repeatOf = async (id: string) =>
    (await product.database.admin.query<{ of: string | null }>('select repeat_of as of from meeting_items where id = $1', [id])).rows[0]!.of
  const decides = { decision: 'accept', repeat: 'yes', words: '' }
  const shown = async (id: string) => {
    const { html } = await marac.coordinator.get(triage(id))
    const chosen = /<input[^>]*name="repeat-of"[^>]*value="([^"]*)"[^>]*\schecked/.exec(html)?.[1]
    const offered = [...html.matchAll(/<input[^>]*name="repeat-of"[^>]*value="([^"]*)"/g)].map(([, value]) => value)
    return {
      chosen,
      offered,
      filled: { ...ownForm(html, triage(id))!.filled, ...decides, meeting: marac.meetingId, seat: seats('police') },
    }
  }
  let first: string

  test('is asked where it only may be the same, and never taken for one unasked', async () => {
    first = await refer(who('police'), marac.seriesId, people)
    expect((await shown(first)).offered).toEqual([])
    await accept(marac, first)
    const again = await refer(who('police'), marac.seriesId, spelt)
    const { chosen, offered, filled } = await shown(again)
    expect([chosen, offered]).toEqual([undefined, [first, 'another']])
    const { 'repeat-of': _first, ...unsaid } = filled as Record<string, string | string[]>
    const asked = await marac.coordinator.post(triage(again), { ...unsaid, words: 'MYWORDS' })
    expect([asked.status, asked.words]).toEqual([422, expect.stringContaining('Select which case it is a repeat of')])
    expect(asked.html).toContain('MYWORDS')
    // No other case than those that were found.
    expect((await marac.coordinator.post(triage(again), { ...unsaid, 'repeat-of': again })).status).toBe(422)
    await post(marac.coordinator, triage(again), { ...unsaid, 'repeat-of': 'another' })
    expect(await repeatOf(again)).toBeNull()
    expect((await marac.coordinator.get(`/meetings/items/${again}`)).words).toContain('Repeat')
  })

  test('is chosen beforehand where it is about the same people, and the one that is chosen is the one that it repeats', async () => {
    const sure = await refer(who('police'), marac.seriesId, spelt)
    const { chosen, offered, filled } = await shown(sure)
    expect(chosen).toBe(offered[0])
    expect(chosen).not.toBe(first)
    expect(offered).toContain(first)
    await post(marac.coordinator, triage(sure), { ...filled, 'repeat-of': first })
    expect(await repeatOf(sure)).toBe(first)
    const none = await refer(who('police'), marac.seriesId, people)
    expect((await shown(none)).chosen).toBe(first)
    await post(marac.coordinator, triage(none), { ...(await shown(none)).filled, repeat: 'no' })
    expect(await repeatOf(none)).toBeNull()
  })

  test('is asked of whoever runs the meeting alone', async () => {
    const id = await refer(who('police'), marac.seriesId, people)
    for (const key of ['police', 'idva'] as const)
      expect((await who(key).post(triage(id), { ...decides, 'repeat-of': first })).status).toBe(404)
  })
})

describe('[M1e] from whom an earlier case is kept, and this one is not', () => {
  let third: string
  const triage = () => `/meetings/items/${third}/triage`
  const reads = async () => (await who('probation').get(`/meetings/items/${third}`)).status === 200

  test('is unticked with why, and is not kept from them after all because of another earlier case', async () => {
    const people = { family: 'Unticked', perpetrator: 'Twicekept', year: '1991' }
    for (const reason of ['FIRSTREASON', 'SECONDREASON']) {
      const earlier = await refer(who('police'), marac.seriesId, people)
      await fillIn(marac.coordinator, `/meetings/items/${earlier}/withhold`, {
        from: String(marac.officers.probation.agency.principal),
        part: '',
        reason,
      })
      await accept(marac, earlier)
    }
    third = await refer(who('police'), marac.seriesId, people)
    const { filled } = ownForm((await marac.coordinator.get(triage())).html, triage())!
    const typed = { ...filled, decision: 'accept', meeting: marac.meetingId, seat: seats('probation', 'police'), repeat: 'yes', kept: [] }
    const why = await marac.coordinator.post(triage(), { ...typed, 'kept-why': '' })
    expect([why.status, why.words.includes('Enter why they may receive it')]).toEqual([422, true])
    expect(ownForm(why.html, triage())!.filled['kept']).toBeUndefined()
    await post(marac.coordinator, triage(), { ...typed, 'kept-why': 'LETINWHY' })
    await send()
    expect(await reads()).toBe(true)
    const page = (await marac.coordinator.get(`/meetings/items/${third}`)).words
    for (const words of ['Nobody is kept from it', 'LETINWHY']) expect(page).toContain(words)
    // Whom it says that of does not learn that there was anything to be kept.
    expect((await who('probation').get(`/meetings/items/${third}`)).words).not.toMatch(/LETINWHY|REASON/)
  })

  test('stays so when it is triaged again, until somebody ticks it', async () => {
    await arrange(third, { to: 'wait', reason: 'The wrong date' })
    const { filled } = ownForm((await marac.coordinator.get(triage())).html, triage())!
    expect(filled['kept']).toBeUndefined()
    await post(marac.coordinator, triage(), {
      ...filled,
      decision: 'accept',
      meeting: marac.meetingId,
      seat: seats('probation'),
      'kept-why': '',
    })
    await send()
    expect(await reads()).toBe(true)
    await arrange(third, { to: 'wait', reason: 'The wrong date again' })
    const kept = String(filled['_kept'])
    await fillIn(marac.coordinator, triage(), { decision: 'accept', meeting: marac.meetingId, seat: seats('police'), kept })
    await send()
    expect(await reads()).toBe(false)
  })

  test('is not asked about again once this one is kept from them', async () => {
    await arrange(third, { to: 'wait', reason: 'Once more' })
    expect((await marac.coordinator.get(triage())).words).not.toContain('FIRSTREASON')
  })
})

test('there was no fault', () => expect(product.faults).toEqual([]))
