import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  addAgency,
  addPost,
  addTeam,
  addUser,
  as,
  asSystem,
  type Case,
  commissioner,
  reader,
  type Team,
  type User,
  worker,
} from '../../test/factories/world.ts'
import { grantAccess, rewriteCase, withhold } from '../access/index.ts'
import { findRecord } from '../people/index.ts'
import { wishIn } from './receive.ts'
import { callbackToken, startTexting, type Texting } from './testing/texting.ts'

let t: Texting
let team: Team
let sender: User
let boss: User
const sends = [...worker, 'send-texts'] as const
const morning = '2026-11-20T09:30:00Z'

beforeAll(async () => {
  t = await startTexting(morning)
  team = await addTeam(t.database, await addAgency(t.database))
  sender = await addUser(t.database, team, { may: sends })
  boss = await addUser(t.database, await addTeam(t.database, await addAgency(t.database)), { may: commissioner })
})
afterAll(async () => {
  expect(t.site.faults).toEqual([])
  await t.close()
})

const shownIn = (html: string): string => /name="shown" value="([^"]+)"/.exec(html)?.[1] ?? ''

const here = (): { origin: string } => {
  const address = t.site.server.server.address()
  return { origin: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}` }
}
const callBackHere = () => t.peer.callBack({ ...here(), token: callbackToken })

/** Sent to one person and taken by GOV.UK Notify. */
async function texted(one: Case, by: User = sender): Promise<void> {
  const browser = t.site.as(by)
  const { location } = await browser.post(`/cases/${one.id}/texts/new`, { words: 'Please ring us.' })
  const reply = await browser.post(`${location}/send`, { shown: shownIn((await browser.get(location!)).html) })
  expect(reply.status).toBe(303)
  await t.work()
}
const newSender = () => addUser(t.database, team, { may: sends })
const hideFrom = (holder: number, { id: caseId }: Case, by: User) =>
  as(t.database, by, (tx, actor) => withhold(tx, actor, t.clock.now(), { caseId, holder, reason: 'Related' }))
/** As Notify writes numbers that texts come from. */
const from = (number: string) => number.slice(1)
const texts = async (one: Case, by: User = sender) => (await t.site.as(by).get(`/cases/${one.id}/texts`)).words
const inbox = async (by: User) => (await t.site.as(by).get('/messages/inbox')).words
const waitingId = async (words: string): Promise<string> =>
  (await t.database.admin.query<{ id: string }>('select id from text_inbox where words = $1', [words])).rows[0]!.id
async function answered(number: string, words: string, options?: { id?: string; at?: Date }) {
  const answers = await t.peer.receive(from(number), words, { at: t.clock.at, ...options })
  await t.work()
  return answers
}

describe('[U7] an answer', () => {
  test('goes on the record of whoever was texted, and its worker is told', async () => {
    const one = await t.someone(team)
    await texted(one)
    expect(await answered(one.number, 'I can come on Tuesday')).toEqual([204])
    expect(await texts(one)).toContain('I can come on Tuesday')
    expect((await t.site.as(sender).get('/notices')).words).toContain('A text message has been answered KOVALENKO, Oksana')
    const { rows } = await t.database.admin.query(
      `select title, summary from timeline_entries where case_id = $1 and source_type = 'text-reply'`,
      [one.id],
    )
    expect(rows).toEqual([{ title: 'Text message received', summary: 'I can come on Tuesday' }])
    expect(await inbox(sender)).not.toContain('I can come on Tuesday')
  })

  test('that is told twice is there once, and told again after we could not be reached it is there', async () => {
    const one = await t.someone(team)
    await texted(one)
    const id = crypto.randomUUID()
    await answered(one.number, 'Told twice', { id })
    await answered(one.number, 'Told twice', { id })
    expect((await texts(one)).match(/Told twice/g)).toHaveLength(1)
    // Nothing reached us; the hourly look finds it.
    t.peer.callBack({ origin: 'http://127.0.0.1:9', token: callbackToken })
    expect(await answered(one.number, 'While you were away')).toEqual([0, 0, 0, 0, 0, 0])
    await t.job('catch-up-texts')
    await t.work()
    expect(await texts(one)).toContain('While you were away')
    callBackHere()
  })

  test('that could be of several cases waits in the inbox of the team that texted last, whose people place it', async () => {
    const one = await t.someone(team, { given: 'Jago' })
    const brother = await t.someone(team, { given: 'Piran', mobile: { number: one.number } })
    await texted(one)
    await texted(brother)
    await answered(one.number, 'It is me')
    for (const each of [one, brother]) expect(await texts(each)).not.toContain('It is me')
    expect(await inbox(sender)).toContain('It is me')
    expect((await t.site.as(sender).get('/notices')).words).toContain('A text message has come in: say whose it is')
    const at = `/messages/inbox/${await waitingId('It is me')}`
    const page = await t.site.as(sender).get(at)
    expect([page.words.includes('KOVALENKO, Jago'), page.words.includes('KOVALENKO, Piran')]).toEqual([true, true])
    expect((await t.site.as(sender).post(`${at}/place`, {})).words).toContain('Select whose it is')
    expect((await t.site.as(sender).post(`${at}/place`, { case: brother.id })).location).toBe(`/cases/${brother.id}/texts`)
    expect(await texts(brother)).toContain(`placed here by ${sender.name}`)
    expect(await texts(one)).not.toContain('It is me')
    expect(await inbox(sender)).not.toContain('It is me')
    // A colleague who was slower finds it gone, and places nothing.
    expect((await t.site.as(sender).post(`${at}/place`, { case: one.id })).status).toBe(404)
  })

  test('of a number that nobody texted waits for the commissioners, who hand it on to a team', async () => {
    await answered('+447700900998', 'Hello, who is this?')
    expect(await inbox(sender)).not.toContain('who is this')
    expect(await inbox(boss)).toContain('Hello, who is this?')
    const id = await waitingId('Hello, who is this?')
    await t.site.as(boss).post(`/messages/inbox/${id}/hand-on`, { post: String(team.posts['early-help']) })
    expect(await inbox(boss)).not.toContain('who is this')
    await t.work()
    expect(await inbox(sender)).toContain('Hello, who is this?')
    const aside = await t.site.as(sender).post(`/messages/inbox/${id}/set-aside`, { reason: '' })
    expect(aside.words).toContain('Enter why it is set aside')
    await t.site.as(sender).post(`/messages/inbox/${id}/set-aside`, { reason: 'A wrong number' })
    expect(await inbox(sender)).not.toContain('who is this')
    const { rows } = await t.database.admin.query('select outcome, reason, words from text_inbox where id = $1', [id])
    expect(rows).toEqual([{ outcome: 'set-aside', reason: 'A wrong number', words: 'Hello, who is this?' }])
  })

  test('that may belong to a restricted case waits for whoever texted because of that case, and for nobody of the team', async () => {
    const colleague = await newSender()
    const one = await t.someone(team)
    const other = await t.someone(team, { mobile: { number: one.number } })
    await texted(one)
    await as(t.database, sender, (tx, actor) =>
      grantAccess(tx, actor, t.clock.now(), { caseId: one.id, kind: 'named', holder: actor.principal, level: 'edit', purpose: 'Safety' }),
    )
    await t.database.admin.query('update cases set restricted = true where id = $1', [one.id])
    await asSystem(t.database, tx => rewriteCase(tx, one.id))
    await texted(other, colleague)
    await answered(one.number, 'Not for all of you')
    expect(await inbox(colleague)).not.toContain('Not for all of you')
    expect(await inbox(sender)).toContain('Not for all of you')
  })

  test('that may belong to a case withheld from somebody of the team is not for them; withheld from all of them, it is the commissioners’', async () => {
    const kin = await newSender()
    const one = await t.someone(team)
    const other = await t.someone(team, { mobile: { number: one.number } })
    await texted(one)
    await texted(other)
    await hideFrom(kin.principal, one, sender)
    await answered(one.number, 'Not for my cousin')
    const at = `/messages/inbox/${await waitingId('Not for my cousin')}`
    expect([await inbox(kin), await inbox(sender)].map(words => words.includes('Not for my cousin'))).toEqual([false, true])
    expect((await t.site.as(kin).get(at)).status).toBe(404)
    expect((await t.site.as(kin).get('/notices')).words).not.toContain('say whose it is')

    const elsewhere = await addTeam(t.database, await addAgency(t.database))
    const friend = await addUser(t.database, elsewhere, { may: sends })
    const theirs = await t.someone(elsewhere)
    const ours = await t.someone(team, { mobile: { number: theirs.number } })
    await texted(theirs, friend)
    t.clock.at = new Date(t.clock.at.getTime() + 1_000)
    await texted(ours)
    await hideFrom(team.agency.principal, theirs, friend)
    await answered(theirs.number, 'Not for any of you')
    expect([await inbox(sender), await inbox(boss)].map(words => words.includes('Not for any of you'))).toEqual([false, true])
    t.clock.at = new Date(morning)
  })

  test('to somebody who has left meanwhile waits for their team', async () => {
    const leaver = await newSender()
    const one = await t.someone(team)
    await texted(one, leaver)
    await t.database.admin.query(`update users set status = 'disabled' where id = $1`, [leaver.id])
    await answered(one.number, 'Are you there?')
    expect(await inbox(sender)).toContain('Are you there?')
  })
})

describe('an inbox', () => {
  test('is nobody’s but the team’s: not another’s, not a reader’s, not of another service', async () => {
    const one = await t.someone(team)
    const two = await t.someone(team, { mobile: { number: one.number } })
    await texted(one)
    await texted(two)
    await answered(one.number, 'Only for this team')
    const id = await waitingId('Only for this team')
    const others = [
      await addUser(t.database, team, { may: reader }),
      await addUser(t.database, team, { may: worker }),
      await addUser(t.database, await addTeam(t.database, team.agency), { may: sends }),
      await addUser(t.database, await addTeam(t.database, await addAgency(t.database)), { may: sends }),
      boss,
    ]
    for (const user of others) {
      expect(await inbox(user)).not.toContain('Only for this team')
      expect((await t.site.as(user).get(`/messages/inbox/${id}`)).status).toBe(404)
      for (const act of ['place', 'hand-on', 'set-aside'])
        expect((await t.site.as(user).post(`/messages/inbox/${id}/${act}`, { case: one.id, post: '1', reason: 'x' })).status).toBe(404)
    }
    expect((await t.site.as(sender).get('/messages')).words).toMatch(/To be placed [1-9]/)
  })

  test('offers no record that its reader may not change: another team’s person with the same number is not named', async () => {
    const elsewhere = await addTeam(t.database, await addAgency(t.database), ['domestic-abuse'])
    const friend = await addUser(t.database, elsewhere, { may: sends })
    const one = await t.someone(team, { family: 'Ours' })
    const theirs = await t.someone(elsewhere, { family: 'Theirs', mobile: { number: one.number } })
    await texted(theirs, friend)
    t.clock.at = new Date(t.clock.at.getTime() + 1_000)
    await texted(one)
    await answered(one.number, 'Which of you?')
    expect(await inbox(friend)).not.toContain('Which of you?')
    const page = await t.site.as(sender).get(`/messages/inbox/${await waitingId('Which of you?')}`)
    expect([page.words.includes('OURS'), page.words.includes('THEIRS')]).toEqual([true, false])
    const forced = await t.site.as(sender).post(`/messages/inbox/${await waitingId('Which of you?')}/place`, { case: theirs.id })
    expect(forced.status).toBe(422)
    t.clock.at = new Date(morning)
  })
})

describe('[U7] STOP', () => {
  test('is heeded at once, shown on the contact, and lifted by START', async () => {
    const one = await t.someone(team)
    await texted(one)
    // Before any job has run.
    await t.peer.receive(from(one.number), ' Stop. ', { at: t.clock.at })
    const contact = async () => (await as(t.database, sender, tx => findRecord(tx, one.personId)))!.contacts[0]!.textsStopped
    expect(await contact()).toBe(true)
    const { location } = await t.site.as(sender).post(`/cases/${one.id}/texts/new`, { words: 'Hello' })
    expect((await t.site.as(sender).get(location!)).words).toContain('Asked for no more texts')
    await t.work()
    expect(await texts(one)).toContain('Stop.')
    await answered(one.number, 'START')
    expect(await contact()).toBe(false)
    expect((await t.site.as(sender).get(location!)).words).toContain('Goes to 1 person')
  })

  test('holds for whoever else has the number, and a late START of before it lifts nothing', async () => {
    const one = await t.someone(team)
    await answered(one.number, 'STOP', { at: new Date('2026-11-20T09:00:00Z') })
    await answered(one.number, 'START', { at: new Date('2026-11-20T08:00:00Z') })
    const another = await t.someone(team, { mobile: { number: one.number } })
    const contacts = await as(t.database, sender, async tx => (await findRecord(tx, another.personId))!.contacts)
    expect(contacts.map(each => each.textsStopped)).toEqual([true])
  })

  test.each([
    ['STOP', 'stop'],
    [' stop! ', 'stop'],
    ['"Stop"', 'stop'],
    ['STOP ALL', 'stop'],
    ['Unsubscribe', 'stop'],
    ['Please don’t stop', undefined],
    ['stop the noise next door', undefined],
    ['Start', 'start'],
    ['when do we start', undefined],
  ])('%j asks for %s', (words, wish) => expect(wishIn(words)).toBe(wish))
})

describe('what GOV.UK Notify tells us', () => {
  const post = (path: string, body: string | object, headers: Record<string, string> = {}) =>
    t.site.server.inject({
      method: 'POST',
      url: path,
      headers: { 'content-type': 'application/json', authorization: `Bearer ${callbackToken}`, ...headers },
      payload: typeof body === 'string' ? body : JSON.stringify(body),
    })
  const receipts = '/callbacks/notify/receipts'
  const replies = '/callbacks/notify/replies'
  const reply = {
    id: crypto.randomUUID(),
    source_number: '447700900997',
    destination_number: '07700900456',
    message: 'Forged',
    date_received: morning,
  }

  test.each([
    ['no token', { authorization: '' }],
    ['a wrong one', { authorization: `Bearer ${callbackToken}x` }],
    ['a part of it', { authorization: `Bearer ${callbackToken.slice(0, -1)}` }],
    ['another scheme', { authorization: `Basic ${callbackToken}` }],
  ])('is not heard with %s', async (_what, headers) => {
    for (const path of [receipts, replies]) expect((await post(path, reply, headers)).statusCode).toBe(401)
    expect((await t.database.admin.query(`select from text_inbox where words = 'Forged'`)).rows).toEqual([])
  })

  test.each([
    ['no JSON', '{'],
    ['nothing', ''],
    ['a list', '[]'],
    ['another shape', '{"id":1}'],
    ['an id that is none', JSON.stringify({ ...reply, id: 'x' })],
  ])('that is %s is refused, and breaks nothing', async (_what, body) => {
    expect((await post(replies, body)).statusCode).toBe(400)
    expect((await post(receipts, body)).statusCode).toBe(400)
  })

  test('that is larger than a text is refused', async () => {
    expect((await post(replies, { ...reply, message: 'a'.repeat(20_000) })).statusCode).toBe(413)
    expect((await post(replies, 'words=x', { 'content-type': 'application/x-www-form-urlencoded' })).statusCode).toBe(400)
  })

  test('is heard by POST alone, under the one path of each, with nobody signed in', async () => {
    for (const path of [receipts, replies])
      for (const method of ['GET', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const) {
        const headers = { authorization: `Bearer ${callbackToken}`, ...(method === 'GET' ? {} : { 'content-type': 'application/json' }) }
        const answer = await t.site.server.inject({ method, url: path, headers, ...(method === 'GET' ? {} : { payload: '{}' }) })
        expect([method, path, answer.statusCode < 400]).toEqual([method, path, false])
      }
    for (const path of [`${replies}/x`, '/callbacks/notify']) expect((await post(path, reply)).statusCode).toBe(404)
  })

  test('is put on record once, however often it is told again, with other words too', async () => {
    const told = { ...reply, id: crypto.randomUUID(), source_number: '447700900555', message: 'Told first' }
    for (const message of ['Told first', 'Told first', 'Told otherwise'])
      expect((await post(replies, { ...told, message })).statusCode).toBe(204)
    const atOnce = { ...told, id: crypto.randomUUID(), message: 'At one moment' }
    const answers = await Promise.all([1, 2, 3].map(() => post(replies, atOnce)))
    expect(answers.map(answer => answer.statusCode)).toEqual([204, 204, 204])
    const { rows } = await t.database.admin.query('select words from text_inbox where number = $1 order by words', ['+447700900555'])
    expect(rows.map(row => row.words)).toEqual(['At one moment', 'Told first'])
  })

  test.each([
    ['a number that is none', { source_number: 'ring me' }],
    ['a day that is none', { date_received: 'the other day' }],
    ['keys of an object’s own make', { __proto__: { admin: true }, constructor: { prototype: {} } }],
    ['a null byte and a half of a character', { message: 'a\0b\ud800c' }],
  ])('with %s breaks nothing', async (_what, wrong) => {
    const answer = await post(replies, { ...reply, id: crypto.randomUUID(), ...wrong })
    expect([204, 400]).toContain(answer.statusCode)
    expect(
      (await post(receipts, { id: crypto.randomUUID(), reference: crypto.randomUUID(), status: 'delivered', ...wrong })).statusCode,
    ).toBeLessThan(500)
  })

  test('deeply nested, or with a body that is only said to be large, is refused', async () => {
    expect((await post(replies, '['.repeat(8_000))).statusCode).toBe(400)
    expect((await post(replies, '{}', { 'content-length': '99999999' })).statusCode).toBe(413)
  })

  test('is retried by it while we cannot answer, and not when we say that it is wrong', async () => {
    const one = await t.someone(team)
    await texted(one)
    const { id } = t.peer.taken.findLast(each => each.phone_number === one.number)!
    t.peer.callBack({ ...here(), token: 'a token that is not ours' })
    expect(await t.peer.tell(id, 'delivered')).toEqual([401])
    t.peer.callBack({ origin: 'http://127.0.0.1:9', token: callbackToken })
    expect(await t.peer.tell(id, 'delivered')).toHaveLength(6)
    // We ask by ourselves about what we have heard nothing of.
    t.clock.at = new Date(t.clock.at.getTime() + 2 * 3_600_000)
    await t.job('catch-up-texts')
    expect(await texts(one)).toContain('Delivered')
    t.clock.at = new Date(morning)
    callBackHere()
  })

  test('comes late, twice and out of order: what has ended stays as it ended', async () => {
    const one = await t.someone(team)
    await texted(one)
    const { id } = t.peer.taken.findLast(each => each.phone_number === one.number)!
    for (const status of ['sending', 'delivered', 'delivered', 'temporary-failure', 'sending'])
      expect(await t.peer.tell(id, status)).toEqual([204])
    expect(await texts(one)).toContain('Delivered')
  })

  test('of a text that is not ours, or under the reference of one of ours with another id, changes nothing', async () => {
    const one = await t.someone(team)
    await texted(one)
    const [ours] = (await t.database.admin.query('select id from text_messages where number = $1', [one.number])).rows
    const receipt = { id: crypto.randomUUID(), to: one.number, status: 'delivered', completed_at: morning, sent_at: morning }
    for (const reference of [null, 'somebody else’s', crypto.randomUUID(), ours.id])
      expect((await post(receipts, { ...receipt, reference })).statusCode).toBe(204)
    expect(await texts(one)).toContain('On its way')
  })

  test('may be quicker than we are', async () => {
    const one = await t.someone(team)
    const { location } = await t.site.as(sender).post(`/cases/${one.id}/texts/new`, { words: 'Quick' })
    await t.site.as(sender).post(`${location}/send`, { shown: shownIn((await t.site.as(sender).get(location!)).html) })
    const [text] = (await t.database.admin.query('select id from text_messages where number = $1', [one.number])).rows
    await post(receipts, { id: crypto.randomUUID(), reference: text.id, status: 'delivered', completed_at: morning, sent_at: morning })
    expect(await texts(one)).toContain('Delivered')
  })
})

describe('wordings', () => {
  let keeper: User
  const wording = { name: 'Ring us', purpose: 'any', words: 'Please ring ((call back)).' }
  beforeAll(async () => {
    keeper = await addUser(t.database, team, { may: [] })
    await addPost(t.database, keeper, team, { may: ['manage-users'], serviceArea: null })
  })

  test('are kept by an agency’s administrators, each change as a version, and used by its senders', async () => {
    const browser = t.site.as(keeper)
    expect((await browser.post('/messages/templates/new', wording)).status).toBe(303)
    const list = await browser.get('/messages/templates')
    const id = /\/messages\/templates\/([0-9a-f-]{36})/.exec(list.html)![1]!
    await browser.post(`/messages/templates/${id}`, { ...wording, words: 'Ring ((call back)), please.', revision: '1' })
    const page = await browser.get(`/messages/templates/${id}`)
    expect([page.words.includes('Please ring ((call back)).'), page.words.includes('Ring ((call back)), please.')]).toEqual([true, true])
    const stale = await browser.post(`/messages/templates/${id}`, { ...wording, words: 'Mine', revision: '1' })
    expect([stale.status, stale.words.includes('while you were writing')]).toEqual([422, true])

    const one = await t.someone(team)
    const compose = await t.site.as(sender).get(`/cases/${one.id}/texts/new?wording=${id}`)
    expect(compose.html).toContain('Ring ((call back)), please.')
    const { location } = await t.site.as(sender).post(`/cases/${one.id}/texts/new`, { wording: id, words: 'Ring ((call back)), please.' })
    const { rows } = await t.database.admin.query('select template_version as version from text_batches where id = $1', [
      location!.split('/').at(-1),
    ])
    expect(rows).toEqual([{ version: 2 }])

    await browser.post(`/messages/templates/${id}/retire`, { revision: '2' })
    expect((await t.site.as(sender).get('/messages/templates')).words).not.toContain('Ring us')
    expect((await browser.get('/messages/templates')).words).toContain('Out of use')
  })

  test('are nobody’s to change under a colleague, be it the name, what it is for, or whether it is in use', async () => {
    const browser = t.site.as(keeper)
    await browser.post('/messages/templates/new', { ...wording, name: 'Two keep it' })
    const id = (await t.database.admin.query(`select id from text_templates where name = 'Two keep it'`)).rows[0].id
    const address = `/messages/templates/${id}`
    const shown = async () => /name="revision" value="(\d+)"/.exec((await browser.get(address)).html)![1]!
    const first = await shown()
    // The words stay, so the version does too; and yet only one of two who were shown the same may save.
    const save = (revision: string, more: Record<string, string>) =>
      browser.post(address, { ...wording, name: 'Two keep it', revision, ...more })
    const both = await Promise.all([save(first, { name: 'Hers' }), save(first, { name: 'His' })])
    expect(both.map(reply => reply.status).sort()).toEqual([303, 422])
    const refused = both.find(reply => reply.status === 422)!
    expect(refused.words).toMatch(/while you were writing\. It is called “(Hers|His)”/)

    const second = await shown()
    expect((await browser.post(`${address}/retire`, { revision: first })).status).toBe(422)
    expect((await browser.post(`${address}/retire`, { revision: second })).status).toBe(303)
    const late = await save(second, { purpose: 'appointment' })
    expect([late.status, late.words.includes('is out of use')]).toEqual([422, true])
    expect((await t.database.admin.query('select purpose, retired_at from text_templates where id = $1', [id])).rows[0]).toMatchObject({
      purpose: 'any',
      retired_at: expect.any(Date),
    })
  })

  test.each([
    [{ name: '' }, 'Enter a name'],
    [{ purpose: '' }, 'Select what it is for'],
    [{ words: 'About ((the case))' }, '((the case)) is no field'],
    [{ words: 'At ((appointment time))' }, '((appointment time)) is only for reminders of appointments'],
  ])('%j is refused: %s', async (wrong, message) => {
    const reply = await t.site.as(keeper).post('/messages/templates/new', { ...wording, name: 'Wrong', ...wrong })
    expect([reply.status, reply.words.includes(message)]).toEqual([422, true])
  })

  test('and hours are no sender’s to change, nor another agency’s administrator’s to see', async () => {
    await t.site.as(keeper).post('/messages/templates/new', { ...wording, name: 'Ours alone' })
    const other = await addUser(t.database, await addTeam(t.database, await addAgency(t.database)), { may: ['manage-users'] })
    const id = (await t.database.admin.query(`select id from text_templates where name = 'Ours alone'`)).rows[0].id
    for (const user of [sender, other]) {
      expect((await t.site.as(user).get(`/messages/templates/${id}`)).status).toBe(404)
      expect((await t.site.as(user).post(`/messages/templates/${id}`, { ...wording, revision: '1' })).status).toBe(404)
    }
    expect((await t.site.as(sender).post('/messages/templates/hours', { from: '1am', to: '11pm' })).status).toBe(404)
    expect((await t.site.as(other).get('/messages/templates')).words).not.toContain('Ours alone')
  })

  test('go out in the hours that the agency sets', async () => {
    const wrong = await t.site.as(keeper).post('/messages/templates/hours', { from: '8pm', to: '9am' })
    expect([wrong.status, wrong.words.includes('Until must be later than from')]).toEqual([422, true])
    await t.site.as(keeper).post('/messages/templates/hours', { from: '10am', to: '6pm' })
    const one = await t.someone(team)
    const { location } = await t.site.as(sender).post(`/cases/${one.id}/texts/new`, { words: 'Too early' })
    expect((await t.site.as(sender).get(location!)).words).toContain('Quiet hours')
    await t.site.as(keeper).post('/messages/templates/hours', { from: '8am', to: '8pm' })
  })
})
