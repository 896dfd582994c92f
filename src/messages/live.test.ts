import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { actorOf, as, type Case } from '../../test/factories/world.ts'
import { listen, type Stream } from '../../test/harness/stream.ts'
import { visitorOf } from '../../test/harness/visitor.ts'
import { withhold } from '../access/index.ts'
import { paths } from '../paths.ts'
import { type Somebody, startTalk, type Talk } from './testing/talk.ts'

// The channel on which open pages are told what is new, over two web processes: who may listen, and what is left of it when a right ends.

let talk: Talk
let tamsin: Somebody
let ravi: Somebody
let partner: Somebody
let theCase: Case
let about: string
const open: Stream[] = []

beforeAll(async () => {
  talk = await startTalk({ webProcesses: 2 })
  tamsin = await talk.enter(talk.team, { name: 'Tamsin Rowe' })
  ravi = await talk.enter(talk.team, { name: 'Ravi Shah' })
  partner = await talk.enter(talk.partnerTeam, { name: 'Morwenna Pask' })
  theCase = await talk.newCase('Quoitxanthe')
  about = await talk.begin(tamsin, [ravi], 'Has anybody seen him?', { about: theCase })
})
afterAll(async () => {
  for (const stream of open) stream.close()
  await talk.product.close()
})

async function listening(who: Somebody, path: string, headers: Record<string, string> = {}): Promise<Stream> {
  const stream = await listen(talk.product, who.visitor, path, headers)
  open.push(stream)
  return stream
}
const live = (who: Somebody, id: string, after?: number, headers?: Record<string, string>) =>
  listening(who, `${paths.conversations.live(id)}${after === undefined ? '' : `?after=${after}`}`, headers)

describe('an open page', () => {
  test('[I2] is sent a message when it is sent, whichever process it is connected to, as its reader may see it', async () => {
    // Connections go to the two in turn.
    const [first, second] = [await live(ravi, about, 1), await live(ravi, about, 1)]
    await talk.say(tamsin, about, `He is at /people/${theCase.personId}`)
    for (const stream of [first, second]) {
      const { event, data, id } = await stream.next()
      expect([event, id]).toEqual(['message', '2'])
      expect(data).toContain('QUOITXANTHE, Jago')
      expect(data).toContain('Tamsin Rowe')
    }
  })

  test('[U9] is a reading of the record: what came to it is in the audit of the person, without the conversation having been opened', async () => {
    const { rows } = await talk.database.admin.query(
      `select distinct action, case_id from audit_events where person_id = $1 and user_id = $2 and subject_id = $3`,
      [theCase.personId, ravi.id, about],
    )
    expect(rows).toEqual([{ action: 'conversation-followed', case_id: theCase.id }])
  })

  test('is not pressed, kept or held back on the way', async () => {
    const { headers, status } = await live(ravi, about, 2, { 'accept-encoding': 'gzip', 'sec-fetch-site': 'same-origin' })
    expect(status).toBe(200)
    expect(headers).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
      'x-content-type-options': 'nosniff',
    })
    expect(headers['content-encoding']).toBeUndefined()
  })

  test('that comes again is sent what it missed, edits and withdrawals too, by the browser’s own word or by its address', async () => {
    const id = await talk.begin(tamsin, [ravi], 'One', { title: 'Rota' })
    await talk.say(tamsin, id, 'Two')
    const two = await talk.latestIn(id)
    await tamsin.visitor.post(paths.conversations.editMessage(two), { words: 'Two, at noon' })
    for (const stream of [await live(ravi, id, 1), await live(ravi, id, 99, { 'last-event-id': '1' })]) {
      const { data, id: at } = await stream.next()
      expect(data).toContain('Two, at noon')
      expect(at).toBe('3')
    }
    const stream = await live(ravi, id, 3)
    await tamsin.visitor.post(paths.conversations.withdrawMessage(two))
    const { data } = await stream.next()
    expect(data).toContain('This message was withdrawn')
    expect(data).not.toContain('noon')
  })

  test('is told who can be called by name when somebody has come or gone, with what was said meanwhile', async () => {
    const id = await talk.begin(tamsin, [ravi], 'One', { title: 'Callers' })
    await tamsin.visitor.post(paths.conversations.people(id), { add: partner.id, do: 'add' })
    await talk.say(tamsin, id, 'Two')
    const stream = await live(ravi, id, 1)
    const { event, data } = await stream.next()
    expect([event, JSON.parse(data).map((one: { name: string }) => one.name)]).toEqual(['members', ['Morwenna Pask', 'Tamsin Rowe']])
    expect(await stream.next()).toMatchObject({ event: 'message', id: '3' })
    await partner.visitor.post(paths.conversations.leave(id))
    expect(await stream.next()).toMatchObject({ event: 'members', id: '4', data: expect.not.stringContaining('Morwenna') })
  })

  test('of the list is told that there is something unread, and how many conversations', async () => {
    const stream = await listening(ravi, `${paths.conversations.liveList}?after=none`)
    const before = Number((await stream.next()).data)
    await talk.begin(partner, [ravi], 'Hello from Harbour Trust')
    expect(await stream.next()).toMatchObject({ event: 'unread', data: String(before + 1) })
  })
})

describe('[U13] nobody listens who may not', () => {
  const paths404 = () => [
    paths.conversations.live(about),
    paths.conversations.live('0192b1a2-0000-7000-8000-00000000000a'),
    paths.conversations.live('not-an-id'),
  ]

  test('a browser that is signed out', async () => {
    for (const path of [...paths404(), paths.conversations.liveList])
      expect((await listen(talk.product, visitorOf(talk.product), path)).status).toBe(401)
  })

  test('a colleague who is not in it, though the case is open to them; another agency; whoever guesses an id', async () => {
    const colleague = await talk.enter(talk.team, { name: 'Perran Hocking' })
    const leader = await talk.enter(talk.team, { name: 'Demelza Vyvyan', role: 'Team leader' })
    for (const who of [colleague, leader, partner]) for (const path of paths404()) expect((await listening(who, path)).status).toBe(404)
  })

  test('a notification that somebody made up shows nobody anything', async () => {
    const stream = await live(partner, await talk.begin(partner, [tamsin], 'Only ours'), 1)
    const { principal } = await actorOf(talk.database, partner.id)
    for (const payload of [JSON.stringify({ to: [principal], about }), 'nothing', '{"to":"x"}'])
      await talk.database.admin.query(`select pg_notify('live_' || $1, $2)`, [talk.database.schema, payload])
    await talk.begin(tamsin, [partner], 'Ours again')
    const { data } = await stream.next()
    expect(data).toContain('Ours again')
    expect(stream.waiting()).toEqual([])
  })
})

describe('[U13] a page that was open when a right ended is sent nothing more', () => {
  /** Whoever is sent the next message, and whoever instead is told that it is over. */
  async function afterwards(stream: Stream, id: string): Promise<string> {
    await talk.say(tamsin, id, 'A word that they must not see')
    const event = await stream.next()
    expect(event.data).not.toContain('must not see')
    await stream.ended
    return event.event
  }
  const newTalk = async (who: Somebody) => {
    const id = await talk.begin(tamsin, [who, ravi], 'Begun', { about: theCase })
    return { id, stream: await live(who, id, 1) }
  }

  test('when the case is withheld from them', async () => {
    const kept = await talk.enter(talk.team, { name: 'Kitto Angwin' })
    const { id, stream } = await newTalk(kept)
    await as(talk.database, tamsin, (tx, actor) =>
      withhold(tx, actor, new Date(), { caseId: theCase.id, holder: kept.principal, reason: 'They are related' }),
    )
    expect(await afterwards(stream, id)).toBe('closed')
    expect((await live(kept, id, 1)).status).toBe(404)
  })

  test('when their post ends', async () => {
    const leaver = await talk.enter(talk.team, { name: 'Ysella Bray' })
    const { id, stream } = await newTalk(leaver)
    await talk.database.admin.query('update posts set ended_at = now() where user_id = $1', [leaver.id])
    expect(await afterwards(stream, id)).toBe('closed')
  })

  test('when they leave the conversation', async () => {
    const leaver = await talk.enter(talk.team, { name: 'Jowan Bray' })
    const id = await talk.begin(tamsin, [leaver, ravi], 'Begun', { title: 'Lunch' })
    const stream = await live(leaver, id, 1)
    await leaver.visitor.post(paths.conversations.leave(id))
    expect((await stream.next()).event).toBe('closed')
  })

  test('when they sign out, and when their session has gone unused for too long: a page that stands open keeps none alive', async () => {
    for (const end of [
      async (who: Somebody) => void (await who.visitor.post(paths.signOut)),
      async (who: Somebody) =>
        void (await talk.database.admin.query(
          `update sessions set last_seen_at = last_seen_at - interval '31 minutes' where user_id = $1`,
          [who.id],
        )),
      async (who: Somebody) => void (await talk.database.admin.query(`update users set status = 'disabled' where id = $1`, [who.id])),
    ]) {
      const somebody = await talk.enter(talk.team, {})
      const id = await talk.begin(tamsin, [somebody], 'Begun')
      const stream = await live(somebody, id, 1)
      await end(somebody)
      expect(await afterwards(stream, id)).toBe('closed')
    }
  })
})

test('of many tabs of one user the oldest makes way', async () => {
  const id = await talk.begin(tamsin, [partner], 'Many tabs')
  // Eight in each of the two processes.
  const streams: Stream[] = []
  for (let n = 0; n < 18; n++) streams.push(await live(partner, id, 99))
  expect((await streams[0]!.next()).event).toBe('crowded')
  await streams[0]!.ended
})

test('a conversation goes on when one of two web processes is killed', async () => {
  const id = await talk.begin(tamsin, [ravi], 'Before', { title: 'Outage' })
  const both = [await live(ravi, id, 1), await live(ravi, id, 1)]
  await talk.product.kill(1)
  const cut = await Promise.race(both.map(one => one.ended.then(() => one)))
  const kept = both.find(one => one !== cut)!
  // What is said reaches the page that still stands, and the other when it comes again.
  await talk.say(tamsin, id, 'After')
  expect((await kept.next()).data).toContain('After')
  expect((await (await live(ravi, id, 1)).next()).data).toContain('After')
  expect(talk.product.faults).toEqual([])
})
