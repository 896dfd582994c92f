import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { accept, addMarac, type Marac, post, refer, researchOf, type Sitting, sendAgenda } from '../../test/factories/marac.ts'
import { fillIn } from '../../test/factories/whole-record.ts'
import { ownForm } from '../../test/harness/forms-on-page.ts'
import { type Product, startProduct } from '../../test/harness/product.ts'
import { visitorOf } from '../../test/harness/visitor.ts'

// A date from when it is opened until its minutes have gone round: nothing is lost, and nothing ends by accident.

let product: Product
let marac: Marac
let heard: string
let halfway: string
let untouched: string
const who = (key: Sitting) => marac.officers[key].visitor
const date = (rest = '') => `/meetings/dates/${marac.meetingId}${rest}`
const item = (id: string, rest = '') => `/meetings/items/${id}${rest}`
const run = (id: string) => `${date('/run')}?item=${id}`
const stateOf = async (id: string) =>
  (await product.database.admin.query<{ state: string }>('select state from meeting_items where id = $1', [id])).rows[0]!.state

beforeAll(async () => {
  product = await startProduct()
  marac = await addMarac(product)
  heard = await refer(who('police'), marac.seriesId, { family: 'Heardone' })
  halfway = await refer(who('police'), marac.seriesId, { family: 'Halfwayone' })
  untouched = await refer(who('police'), marac.seriesId, { family: 'Untouchedone' })
  for (const id of [heard, halfway, untouched]) await accept(marac, id)
  await sendAgenda(marac)
})
afterAll(() => product.close())

describe('[V4] a meeting that is opened on another day', () => {
  test('asks first, and is closed again while nothing was said', async () => {
    const asked = await marac.chair.post(date('/open'), {})
    expect([asked.status, asked.words.includes('that is not today')]).toEqual([200, true])
    expect((await who('police').get(date())).words).not.toContain('Going on now')
    await fillIn(marac.chair, date('/open'))
    expect((await who('police').get(date())).words).toContain('Going on now')
    for (const visitor of [who('police'), visitorOf(product)]) {
      for (const rest of ['/open', '/not-yet', '/finish']) expect((await visitor.post(date(rest), { sure: 'yes' })).status).not.toBe(200)
      expect((await visitor.get(date('/actions-before'))).status).not.toBe(200)
    }
    await post(marac.chair, date('/not-yet'), {})
    expect((await who('police').get(date())).words).toContain('Agenda sent')
    expect((await marac.coordinator.get(date())).words).toContain('Move this date')
    await fillIn(marac.chair, date('/open'))
  })
})

describe('[V4] what is typed in a meeting', () => {
  test('is saved by whatever is pressed: an action, another case, who is there', async () => {
    const set = await marac.chair.post(item(heard, '/record'), {
      note: 'FIRSTNOTE',
      decision: 'BEINGTYPED',
      what: 'Change the locks @housing fri',
      _then: 'enter',
    })
    expect(set.status).toBe(303)
    const away = await marac.chair.post(item(halfway, '/record'), { note: 'HALFNOTE', decision: 'HALFDECIDED', _then: `to:${heard}` })
    expect(away.location).toBe(run(heard))
    const there = await marac.chair.post(item(untouched, '/record'), { what: 'Ring the school @nobody fri', _then: 'attendance' })
    expect([there.status, there.html.includes('Ring the school @nobody fri')]).toEqual([422, true])
    for (const words of ['FIRSTNOTE', 'Change the locks']) expect((await marac.coordinator.get(run(heard))).html).toContain(words)
    for (const words of ['HALFNOTE', 'HALFDECIDED', 'reason missing'])
      expect((await marac.coordinator.get(run(halfway))).html).toContain(words)
  })

  test('is refused by every save as a decision while it lacks its reason', async () => {
    for (const _then of ['stay', 'next']) {
      const refused = await marac.chair.post(item(untouched, '/record'), { note: '', decision: 'DECIDEDBARE', rationale: '', _then })
      expect([refused.status, refused.words.includes('Enter why it was decided'), refused.html.includes('DECIDEDBARE')]).toEqual([
        422,
        true,
        true,
      ])
    }
  })

  test('once something was said, the meeting is not closed again', async () => {
    expect((await marac.chair.get(run(heard))).words).not.toContain('Not yet')
    await post(marac.chair, date('/not-yet'), {})
    expect((await who('police').get(date())).words).toContain('Going on now')
  })

  test('goes to somebody by name, also of more words than one, and never to whoever cannot act', async () => {
    const { idva } = marac.officers
    const name = idva.colleague.name
    await post(marac.chair, item(heard, '/record'), { what: `Ring her at work @${name.toLowerCase()} in 3 days`, _then: 'action' })
    expect((await who('idva').get('/meetings')).words).toContain('Ring her at work')
    const { rows } = await product.database.admin.query<{ worker: string }>(
      `select worker_id as worker from meeting_actions where what = 'Ring her at work'`,
    )
    expect(rows).toEqual([{ worker: idva.colleague.id }])
    const box = await marac.chair.post(item(heard, '/record'), {
      what: 'Write to her',
      seat: `${idva.seatId}/${marac.officers.housing.colleague.id}`,
      due: 'fri',
      _then: 'action',
    })
    expect(box.status).toBe(422)
    for (const [due, reason] of [
      ['31 feb', 'no such day'],
      ['soon', 'is not a day'],
      ['yesterday', 'today or later'],
    ] as const)
      expect((await marac.chair.post(item(heard, '/record'), { what: 'Write to her @housing', due, _then: 'action' })).words).toContain(
        reason,
      )
  })
})

describe('[V4] ending it', () => {
  const on = () => ({ [`item-${untouched}`]: 'over' })
  const allOn = () => Object.fromEntries([heard, halfway, untouched].map(id => [`item-${id}`, 'over']))
  const setState = (id: string, state: string) =>
    product.database.admin.query('update meeting_items set state = $2 where id = $1', [id, state])

  test('says what is left now where somebody finishes a case at the same moment, and not that the meeting has ended', async () => {
    const other = await product.database.admin.connect()
    try {
      await other.query('begin; lock table meeting_entries in access exclusive mode')
      const ending = marac.chair.post(date('/finish'), allOn())
      const waiting = () =>
        product.database.admin.query(`select from pg_locks where relation = 'meeting_entries'::regclass and not granted`)
      while ((await waiting()).rowCount === 0) await new Promise(done => setTimeout(done, 20))
      await other.query(`update meeting_items set state = 'discussed' where id = '${heard}'; commit`)
      const { status, words } = await ending
      expect(status).toBe(422)
      expect(words).toContain('Somebody else has finished a case meanwhile')
      expect(words).toContain('UNTOUCHEDONE')
      expect(words).not.toContain('HEARDONE')
    } finally {
      other.release()
    }
    await setState(heard, 'sent')
    expect((await who('police').get(date())).words).toContain('Going on now')
  })

  test('asks about a case that has come on to the agenda since its page was opened', async () => {
    const opened = ownForm((await marac.chair.get(date('/finish'))).html, date('/finish'))!.filled
    const shown = String(opened['_shown']).replace(untouched, '')
    const { status, words } = await marac.chair.post(date('/finish'), { ...allOn(), _shown: shown })
    expect(status).toBe(422)
    expect(words).toMatch(/UNTOUCHEDONE \/ NANCARROW · Case \S+ has come on to the agenda meanwhile: choose what becomes of it/)
    expect(await stateOf(untouched)).toBe('sent')
  })

  test('lists each case, and ends nothing while one that was heard lacks its decision or one that was decided would go on', async () => {
    await post(marac.chair, item(heard, '/record'), {
      decision: 'BEINGTYPED, then HEARDDECIDED',
      rationale: 'High risk',
      note: 'FIRSTNOTE',
      _then: 'stay',
    })
    const page = await marac.chair.get(date('/finish'))
    for (const words of ['HEARDONE', 'HALFWAYONE', 'UNTOUCHEDONE', 'decided, without a reason', 'Nobody has said whether they came'])
      expect(page.words).toContain(words)
    const half = await marac.chair.post(date('/finish'), on())
    expect([half.status, half.words.includes('Write down first what was decided')]).toEqual([422, true])
    const decided = await marac.chair.post(date('/finish'), { ...on(), [`item-${heard}`]: 'over', [`item-${halfway}`]: 'over' })
    expect([decided.status, decided.words.includes('was decided, so it was heard')]).toEqual([422, true])
    expect(await stateOf(heard)).toBe('sent')
  })

  test('counts what was decided as heard; what goes on stays open to those who have something to do for it', async () => {
    await post(marac.chair, item(halfway, '/record'), { what: 'Visit her sister @health in 5 days', _then: `to:${heard}` })
    await post(marac.chair, date('/finish'), { ...on(), [`item-${halfway}`]: 'over' })
    expect([await stateOf(heard), await stateOf(halfway), await stateOf(untouched)]).toEqual(['discussed', 'sent', 'listed'])
    expect((await who('health').get(item(halfway))).status).toBe(200)
    expect((await who('health').get('/meetings/actions')).words).toContain('HALFWAYONE')
    expect((await who('health').get(item(untouched))).status).toBe(404)
    // What agencies are asked of it is wanted for the date that it goes on to.
    expect(await researchOf(product, halfway, marac.officers.health)).not.toBe('')
  })

  test('has minutes that are not approved with half a decision, and hold what was decided for every member', async () => {
    const minutes = date('/minutes')
    const refused = await marac.chair.post(minutes, { words: '' })
    expect([refused.status, refused.words.includes('why it was decided')]).toEqual([422, true])
    await product.database.admin.query(
      `update meeting_entries set rationale = 'As referred' where words = 'HALFDECIDED' and replaced_at is null`,
    )
    await post(marac.chair, minutes, { words: '' })
    // What was on the agenda and goes on is in them, for whoever runs the meeting.
    expect((await marac.chair.get(minutes)).words).toContain('Carried over')
    expect((await marac.chair.get(minutes)).html).toContain(date(`/run?item=${heard}`))
  })

  test('once its minutes are approved, takes what is changed with a reason alone, and is approved again before they go round', async () => {
    const minutes = date('/minutes')
    const run = date(`/run?item=${heard}`)
    const page = await marac.coordinator.get(run)
    for (const words of ['The minutes were approved on', 'by Ch Insp Talan Roskilly', 'Why it is changed'])
      expect(page.words).toContain(words)
    expect(page.html).not.toContain('data-autosave')
    const base = /name="_base-decision" value="([^"]*)"/.exec(page.html)![1]!
    const note = /name="_base-note" value="([^"]*)"/.exec(page.html)![1]!
    const typed = {
      '_base-decision': base,
      '_base-note': note,
      note: /<textarea[^>]*name="note"[^>]*>([^<]*)</.exec(page.html)![1]!.trim(),
      decision: 'CHANGEDDECIDED',
      rationale: 'As referred',
      _then: 'stay',
    }
    expect(JSON.parse((await marac.coordinator.post(item(heard, '/record/typed'), typed)).html)).toMatchObject({ state: 'closed' })
    const refused = await marac.coordinator.post(item(heard, '/record'), typed)
    expect([refused.status, refused.words]).toEqual([422, expect.stringContaining('Enter why it is changed')])
    expect((await marac.chair.get(minutes)).html).not.toContain('CHANGEDDECIDED')
    await post(marac.coordinator, item(heard, '/record'), { ...typed, because: 'The housing officer had misheard' })

    const now = (await marac.chair.get(minutes)).words
    for (const words of ['CHANGEDDECIDED', 'by Ch Insp Talan Roskilly, and changed since', 'approved again before they go round'])
      expect(now).toContain(words)
    expect(now).not.toContain('Send the minutes round')
    await post(marac.chair, `${minutes}/circulate`, {})
    expect((await who('housing').get(minutes)).status).toBe(404)
    const all = (await marac.chair.get(item(heard, '/activity'))).words
    for (const words of [
      'CHANGEDDECIDED',
      'HEARDDECIDED',
      'Why: As referred',
      'as it stood before',
      'The housing officer had misheard',
      'Wenna Skewes',
    ])
      expect(all).toContain(words)
    // Written on until they are approved again, it is still for that reason.
    const after = await marac.coordinator.get(run)
    await post(marac.coordinator, item(heard, '/record'), {
      ...typed,
      '_base-decision': /name="_base-decision" value="([^"]*)"/.exec(after.html)![1]!,
      decision: 'HEARDDECIDED, and CHANGEDDECIDED',
    })
    expect((await marac.chair.get(item(heard, '/activity'))).words).toContain('The housing officer had misheard')

    await post(marac.chair, minutes, { words: '' })
    expect((await marac.chair.get(minutes)).words).not.toContain('changed since')
    await post(marac.chair, `${minutes}/circulate`, {})
    // Members read what stands, and nothing of what was taken out again.
    const theirs = (await who('housing').get(item(heard, '/activity'))).words
    expect(theirs).toContain('HEARDDECIDED, and CHANGEDDECIDED')
    for (const words of ['as it stood before', 'misheard']) expect(theirs).not.toContain(words)
    const { rows } = await product.database.admin.query(
      `select distinct audience, replaced_at is null as stands from meeting_entries where item_id = $1 and kind = 'decision' order by stands`,
      [heard],
    )
    expect(rows).toEqual([
      { audience: 'running', stands: false },
      { audience: 'item', stands: true },
    ])
    for (const key of ['housing', 'health'] as const)
      for (const words of ['HEARDDECIDED', 'HEARDONE']) expect((await who(key).get(minutes)).html).toContain(words)
  })

  test('leaves its open actions to be gone through at the next date', async () => {
    const { rows } = await product.database.admin.query<{ id: string }>('select meeting_id as id from meeting_items where id = $1', [
      halfway,
    ])
    const next = `/meetings/dates/${rows[0]!.id}`
    expect((await marac.chair.get(`${next}/run`)).words).toContain('Actions from earlier dates')
    const before = await marac.chair.get(`${next}/actions-before`)
    for (const words of ['Change the locks', 'Visit her sister', 'HEARDONE']) expect(before.words).toContain(words)
    const last = await marac.coordinator.get(`${next}/run?item=${halfway}`)
    for (const words of ['Last time', 'HALFDECIDED', 'Visit her sister']) expect(last.words).toContain(words)
    for (const visitor of [who('health'), visitorOf(product)]) expect((await visitor.get(`${next}/actions-before`)).status).not.toBe(200)
  })
})

test('there was no fault', () => expect(product.faults).toEqual([]))
