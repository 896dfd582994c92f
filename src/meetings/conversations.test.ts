import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addColleague } from '../../test/factories/colleagues.ts'
import { accept, addMarac, type Marac, post, refer, type Sitting, sendAgenda } from '../../test/factories/marac.ts'
import { fillIn } from '../../test/factories/whole-record.ts'
import { actorOf, addAgency, addTeam } from '../../test/factories/world.ts'
import { whileHeld } from '../../test/harness/at-once.ts'
import { type Product, startProduct } from '../../test/harness/product.ts'
import { listen, type Stream } from '../../test/harness/stream.ts'
import { type Visitor, visitorOf } from '../../test/harness/visitor.ts'
import { tellOfMessages } from '../messages/index.ts'
import { paths } from '../paths.ts'

// What members of a meeting say to each other about a date, an item or an action (M1f): who is there to be written to, and who reads it, by page, list,
// count, search, file, notice and on the channel of a page that stands open.

let product: Product
let marac: Marac
let stranger: Visitor
let itemId: string
let keptItem: string
let talk: string
const said = 'Zanthorrel rang the school on Monday.'
const streams: Stream[] = []
const who = (key: Sitting) => marac.officers[key].visitor
const idOf = (key: Sitting) => marac.officers[key].colleague.id

beforeAll(async () => {
  product = await startProduct({ webProcesses: 2 })
  marac = await addMarac(product)
  stranger = await visitorOf(product).signIn(
    await addColleague(product.database, await addTeam(product.database, await addAgency(product.database)), {}),
  )
  itemId = await refer(who('police'), marac.seriesId, { family: 'Carnebone' })
  keptItem = await refer(who('police'), marac.seriesId, { family: 'Wyngarvel' })
  for (const id of [itemId, keptItem]) await accept(marac, id)
  await keepFromHousing(keptItem)
  await sendAgenda(marac)
  talk = await begin(who('health'), 'meeting-item', itemId, ['housing', 'police'], said)
})
afterAll(async () => {
  for (const stream of streams) stream.close()
  await product.close()
})

const keepFromHousing = (id: string) =>
  fillIn(marac.coordinator, `/meetings/items/${id}/withhold`, {
    from: String(marac.officers.housing.agency.principal),
    part: '',
    reason: 'The perpetrator’s sister works there',
  })

async function begin(by: Visitor, about: string, id: string, to: readonly Sitting[], words: string): Promise<string> {
  const reply = await by.post(paths.conversations.about(about, id), { to: to.map(idOf), words, title: '', do: 'send' })
  const found = /^\/conversations\/([0-9a-f-]{36})$/.exec(reply.location ?? '')?.[1]
  if (!found) throw new Error(`No conversation was begun: ${reply.status} ${reply.words.slice(0, 400)}`)
  return found
}
const say = (by: Visitor, id: string, words: string) => by.post(paths.conversations.show(id), { words })
const live = async (by: Visitor, id: string): Promise<Stream> => {
  const stream = await listen(product, by, `${paths.conversations.live(id)}?after=1`)
  streams.push(stream)
  return stream
}

/** Every way in which a conversation could be come by. */
async function expectNothing(reader: Visitor, id: string, words: string): Promise<void> {
  const { rows } = await product.database.admin.query<{ id: string }>('select id from messages where conversation_id = $1', [id])
  for (const path of [
    paths.conversations.show(id),
    paths.conversations.people(id),
    paths.conversations.print(id),
    paths.conversations.file(id),
    ...rows.map(row => paths.conversations.message(row.id)),
    ...rows.map(row => paths.conversations.messageHistory(row.id)),
  ])
    expect([path, (await reader.get(path)).status]).toEqual([path, 404])
  for (const path of [
    paths.conversations.list,
    paths.conversations.unread,
    paths.notices.list,
    `/search?q=${words.split(' ')[0]}&in=message`,
  ]) {
    const { html } = await reader.get(path)
    expect(html).not.toContain(words)
    expect(html).not.toContain(id)
  }
  expect((await say(reader, id, 'Let me in')).status).toBe(404)
  expect((await live(reader, id)).status).toBe(404)
}

test('somebody is added to what is said of an item while who reads the item changes: the one waits for the other, which does not wait for it', async () => {
  const talkOfTwo = await begin(who('health'), 'meeting-item', itemId, ['police'], 'Who rings the school?')
  const [added] = await whileHeld(
    product.database,
    ['select from meeting_items where id = $1 for update', itemId],
    [() => who('health').post(paths.conversations.people(talkOfTwo), { do: 'add', add: idOf('housing') })],
    query => query('select from conversations where id = $1 for update nowait', [talkOfTwo]),
  )
  expect(added?.status).toBe(303)
  expect((await who('housing').get(paths.conversations.show(talkOfTwo))).status).toBe(200)
})

describe('members talk about a case of a meeting', () => {
  test('[M1f] [V4] with everybody who may see it, offered by name, of every agency that it is for', async () => {
    const { words, html } = await who('health').get(paths.conversations.about('meeting-item', itemId))
    for (const key of ['police', 'housing', 'idva', 'children'] as const) expect(words).toContain(marac.officers[key].colleague.name)
    expect(words).not.toContain('Not at this meeting')
    // Nobody is written to who was not chosen: everybody is one tick of its own.
    expect(html.match(/type="checkbox"[^>]*checked/g)).toBeNull()
    expect(words).toMatch(/Everybody \(\d+\)/)
    for (const key of ['housing', 'police'] as const) {
      expect((await who(key).get(paths.conversations.show(talk))).html).toContain(said)
      expect((await who(key).get(paths.meetings.item(itemId))).html).toContain(paths.conversations.show(talk))
    }
  })

  test('[M1f] or with all of them at once, and never with anybody from whom it is kept', async () => {
    const all = paths.conversations.about('meeting-item', keptItem)
    const reply = await who('children').post(all, { to: 'everybody', words: 'Yarrowfield for everybody', title: '', do: 'send' })
    for (const key of ['police', 'idva'] as const) expect((await who(key).get(reply.location!)).html).toContain('Yarrowfield')
    expect((await marac.chair.get(reply.location!)).html).toContain('Yarrowfield')
    expect((await who('housing').get(reply.location!)).status).toBe(404)
    expect((await stranger.get(reply.location!)).status).toBe(404)
    // Of what is not a meeting's, the word chooses nobody.
    expect((await who('children').post(paths.conversations.add, { to: 'everybody', words: 'x', title: '', do: 'send' })).status).toBe(422)
  })

  test('[M1f] on the page that stands open, in search and in the file', async () => {
    const stream = await live(who('police'), talk)
    await say(who('housing'), talk, `Zanthorrel is on our list too: /meetings/items/${itemId} and /meetings/items/${keptItem}`)
    const { data } = await stream.next()
    expect(data).toMatch(/>MARAC [^<]+, case \d\d\/\d{5}</)
    expect((await who('police').get('/search?q=Zanthorrel&in=message')).words).toContain('rang the school')
    expect((await who('police').get(paths.conversations.file(talk))).html).toContain('rang the school')
  })

  test('[V4] a link to a case from which its reader is kept leads nowhere, and does not say what it was', async () => {
    const { html } = await who('housing').get(paths.conversations.show(talk))
    expect(html).toContain('[something that you may not open]')
    expect((await who('health').get(paths.conversations.show(talk))).html).not.toContain('something that you may not open')
  })

  test('[V4] and nobody else comes by it: another member who is not in it, the chair, a stranger', async () => {
    for (const reader of [who('idva'), marac.chair, stranger]) await expectNothing(reader, talk, said)
    for (const path of [paths.conversations.about('meeting-item', itemId), paths.conversations.allAbout('meeting-item', itemId)])
      expect((await stranger.get(path)).status).toBe(404)
  })
})

describe('[M1e] an agency that must not receive a case', () => {
  const about = () => paths.conversations.about('meeting-item', keptItem)

  test('is not among those whom whoever runs it can write to about it, and is refused when its id is sent all the same', async () => {
    expect((await marac.coordinator.get(about())).words).not.toContain(marac.officers.housing.colleague.name)
    const sent = await marac.coordinator.post(about(), { to: [idOf('housing')], words: 'Psst', title: '', do: 'send' })
    expect(sent.status).toBe(422)
    expect((await who('housing').get(about())).status).toBe(404)
  })

  test('is for a member no gap in the list of whom to write to: of every case it is the same, and what is written reaches nobody kept from it', async () => {
    const listed = async (id: string) => {
      const { words } = await who('health').get(paths.conversations.about('meeting-item', id))
      return words.slice(words.indexOf('Write to'), words.indexOf('What the conversation is called'))
    }
    expect(await listed(keptItem)).toBe(await listed(itemId))
    expect(await listed(keptItem)).toContain(marac.officers.housing.colleague.name)
    expect((await who('health').get(about())).words).toContain('Whoever may not see it does not see what you write')
    const sent = await who('health').post(about(), {
      to: [idOf('housing'), idOf('police')],
      words: 'Psstwyn is hers',
      title: '',
      do: 'send',
    })
    const id = sent.location!.split('/').at(-1)!
    expect((await who('police').get(sent.location!)).words).toContain('Psstwyn')
    await expectNothing(who('housing'), id, 'Psstwyn is hers')
    await tellOfMessages({
      worker: product.database.worker,
      clock: product.clock,
      actorOf: userId => actorOf(product.database, userId),
    })({ conversationId: id, userIds: [idOf('housing')] }, { tryNumber: 1, lastTry: false })
    expect((await who('housing').get(paths.notices.list)).words).not.toContain('There is a message for you')
    // Nor by letting them in afterwards.
    const people = paths.conversations.people(id)
    expect((await who('police').post(people, { do: 'add', add: idOf('idva') })).status).toBe(303)
    expect((await who('police').get(`${people}?find=`)).status).toBe(200)
  })

  test('loses what was said before it was kept from them, the open page too; what it had not read is counted no more', async () => {
    const [stream, list] = [
      await live(who('housing'), talk),
      await listen(product, who('housing'), `${paths.conversations.liveList}?after=none`),
    ]
    streams.push(list)
    await say(who('police'), talk, 'Zanthorrel before')
    expect((await stream.next()).data).toBeTruthy()
    await keepFromHousing(itemId)
    await say(who('police'), talk, 'Zanthorrel after: her address is safe')
    for (let event = await stream.next(); event.event !== 'closed'; event = await stream.next()) expect(event.data).not.toContain('after')
    await expectNothing(who('housing'), talk, said)
    expect((await who('housing').get(paths.account.show)).html).not.toMatch(
      /href="\/conversations"[^>]*>\s*Messages(?:[^<]|<(?!\/a))*?>\s*\d/,
    )
    await tellOfMessages({
      worker: product.database.worker,
      clock: product.clock,
      actorOf: userId => actorOf(product.database, userId),
    })({ conversationId: talk, userIds: [idOf('housing'), idOf('health')] }, { tryNumber: 1, lastTry: false })
    expect((await who('housing').get(paths.notices.list)).words).not.toContain('There is a message for you')
    expect((await who('health').get(paths.notices.list)).words).toContain('There is a message for you')
  })

  test('is in it again when that ends', async () => {
    const { rows } = await product.database.admin.query<{ id: string }>(
      'select id from meeting_item_withholdings where item_id = $1 and ended_at is null',
      [itemId],
    )
    await post(marac.coordinator, `/meetings/items/${itemId}/withhold/${rows[0]!.id}/end`, { reason: 'She left' })
    expect((await who('housing').get(paths.conversations.show(talk))).html).toContain('her address is safe')
  })
})

describe('[M1f] an action of a meeting', () => {
  test('is talked about by whoever was given it and whoever reads its case; its worker, who sees no more of that, among them', async () => {
    const { housing } = marac.officers
    const colleague = await addColleague(product.database, await addTeam(product.database, housing.agency, []), {
      role: 'Partner officer',
      serviceArea: null,
    })
    const worker = await visitorOf(product).signIn(colleague)
    await post(marac.chair, `/meetings/dates/${marac.meetingId}/open`, { sure: 'yes' })
    await post(marac.chair, `/meetings/items/${itemId}/actions/new`, {
      what: 'Managed move options',
      seat: housing.seatId,
      due: 'in 5 days',
    })
    const { rows } = await product.database.admin.query<{ id: string; version: number; due: string }>(
      `select id, version, to_char(due_on, 'DD/MM/YYYY') as due from meeting_actions where item_id = $1`,
      [itemId],
    )
    const [action] = rows
    const { version, due } = action!
    await post(housing.visitor, `/meetings/actions/${action!.id}/change`, { worker: colleague.id, due, version: String(version), why: '' })
    const about = paths.conversations.about('meeting-action', action!.id)
    const sent = await worker.post(about, { to: [idOf('police')], words: 'Is Friday too late?', title: '', do: 'send' })
    const id = /^\/conversations\/([0-9a-f-]{36})$/.exec(sent.location ?? '')![1]!
    expect((await who('police').get(paths.conversations.show(id))).html).toContain('Is Friday too late?')
    expect((await worker.get(paths.conversations.about('meeting-item', itemId))).status).toBe(404)
    await expectNothing(stranger, id, 'Is Friday too late?')
    await keepFromHousing(itemId)
    await expectNothing(worker, id, 'Is Friday too late?')
  })
})

describe('[M1f] a date of a meeting', () => {
  test('is talked about by those who sit in it, until they no longer do', async () => {
    const id = await begin(marac.coordinator, 'meeting', marac.meetingId, ['children', 'police'], 'Room 4, not room 2')
    expect((await who('children').get(paths.meetings.date(marac.meetingId))).html).toContain(paths.conversations.show(id))
    expect((await stranger.get(paths.conversations.about('meeting', marac.meetingId))).status).toBe(404)
    const stream = await live(who('children'), id)
    const { rows } = await product.database.admin.query<{ id: string }>('select id from meeting_members where user_id = $1', [
      idOf('children'),
    ])
    await post(marac.coordinator, `/meetings/series/${marac.seriesId}/members/${rows[0]!.id}/end`, { reason: 'She left' })
    await say(marac.coordinator, id, 'Bring the badge')
    expect((await stream.next()).event).toBe('closed')
    await expectNothing(who('children'), id, 'Room 4, not room 2')
  })
})

test('there was no fault', () => expect(product.faults).toEqual([]))
