import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { whileHeld } from '../../test/harness/at-once.ts'
import type { Reply } from '../../test/harness/site.ts'
import { paths } from '../paths.ts'
import { type Somebody, startTalk, type Talk } from './testing/talk.ts'

// What two do to one conversation at the same moment: requests that wait for each other, in either order.

let talk: Talk
let tamsin: Somebody
let ravi: Somebody
let leaver: Somebody
let partner: Somebody
let other: Somebody

beforeAll(async () => {
  talk = await startTalk()
  tamsin = await talk.enter(talk.team, { name: 'Tamsin Rowe' })
  ravi = await talk.enter(talk.team, { name: 'Ravi Shah' })
  leaver = await talk.enter(talk.team, { name: 'Morwenna Chegwin' })
  partner = await talk.enter(talk.partnerTeam, { name: 'Kitto Angove' })
  other = await talk.enter(talk.partnerTeam, { name: 'Jowan Bray' })
})
afterAll(async () => {
  expect(talk.product.faults).toEqual([])
  await talk.product.close()
})

const group = () => talk.begin(tamsin, [ravi, leaver], 'Before', { title: 'Duty' })
const add = (by: Somebody, id: string, who: Somebody) => by.visitor.post(paths.conversations.people(id), { do: 'add', add: who.id })
const leave = (who: Somebody, id: string) => who.visitor.post(paths.conversations.leave(id))
const page = (who: Somebody, id: string) => who.visitor.get(paths.conversations.show(id))
/** Whoever finds it by its words reads it, whatever the pages say. */
const finds = async (who: Somebody, word: string) =>
  (await who.visitor.get(`/search?q=${word}&in=written`)).words.includes(`The key is at ${word}`)

const atOnce = (id: string, ...requests: readonly (() => Promise<Reply>)[]) =>
  whileHeld(talk.database, ['select from conversations where id = $1 for update', id], requests)

describe('[I2] somebody leaves a group while somebody else is added', () => {
  test.each([
    ['leaves first', true],
    ['is second', false],
  ])('whoever left reads nothing from then on, and whoever came reads all: %s', async (_, leavesFirst) => {
    const id = await group()
    const both = [() => leave(leaver, id), () => add(tamsin, id, partner)]
    const replies = await atOnce(id, ...(leavesFirst ? both : both.toReversed()))
    expect(replies.map(one => one.status)).toEqual([303, 303])
    const word = `zawn${leavesFirst}quoit`
    await talk.say(tamsin, id, `The key is at ${word}`)
    expect([(await page(leaver, id)).status, await finds(leaver, word)]).toEqual([404, false])
    expect([(await page(partner, id)).status, await finds(partner, word)]).toEqual([200, true])
    const { words } = await tamsin.visitor.get(paths.conversations.people(id))
    expect(words).toContain('Kitto Angove')
    expect(words).not.toContain('Morwenna Chegwin')
  })

  test('whoever has just left in another window adds nobody and writes nothing', async () => {
    for (const meanwhile of [
      (id: string) => add(leaver, id, partner),
      (id: string) => talk.say(leaver, id, 'And one thing more'),
      (id: string) => leave(leaver, id),
    ]) {
      const id = await group()
      const [left, refused] = await atOnce(
        id,
        () => leave(leaver, id),
        () => meanwhile(id),
      )
      expect([left?.status, refused?.status]).toEqual([303, 404])
      expect((await page(partner, id)).status).toBe(404)
      expect((await page(tamsin, id)).words).not.toContain('And one thing more')
    }
  })
})

test('two who are added at once both read it, and two who leave at once both do not', async () => {
  const id = await group()
  const added = await atOnce(
    id,
    () => add(tamsin, id, partner),
    () => add(ravi, id, other),
  )
  expect(added.map(one => one.status)).toEqual([303, 303])
  for (const who of [tamsin, ravi, leaver, partner, other]) expect((await page(who, id)).status, who.name).toBe(200)
  const left = await atOnce(
    id,
    () => leave(partner, id),
    () => leave(other, id),
  )
  expect(left.map(one => one.status)).toEqual([303, 303])
  await talk.say(tamsin, id, 'The key is at porthgwarra')
  for (const who of [partner, other]) expect(await finds(who, 'porthgwarra'), who.name).toBe(false)
  for (const who of [ravi, leaver]) expect(await finds(who, 'porthgwarra'), who.name).toBe(true)
})

test('a message that is sent while somebody leaves or comes is read by those who are in it then', async () => {
  const id = await group()
  const sent = await atOnce(
    id,
    () => leave(leaver, id),
    () => add(ravi, id, partner),
    () => talk.say(tamsin, id, 'The key is at nanjizal'),
  )
  expect(sent.map(one => one.status)).toEqual([303, 303, 303])
  expect([await finds(leaver, 'nanjizal'), await finds(partner, 'nanjizal')]).toEqual([false, true])
})

test('everybody comes, goes, reads and writes at once, and nobody is turned away by a fault', async () => {
  for (let time = 0; time < 8; time++) {
    const id = await group()
    const replies = await Promise.all([
      leave(leaver, id),
      add(leaver, id, partner),
      add(tamsin, id, other),
      page(leaver, id),
      page(ravi, id),
      talk.say(ravi, id, 'The key is at pendour'),
    ])
    expect(replies.map(one => one.status).filter(status => ![200, 303, 404].includes(status))).toEqual([])
    const { words } = await tamsin.visitor.get(paths.conversations.people(id))
    for (const who of [tamsin, ravi, leaver, partner, other])
      expect((await page(who, id)).status, who.name).toBe(words.split('Add somebody')[0]?.includes(who.name) ? 200 : 404)
  }
})
