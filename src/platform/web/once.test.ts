import { h, type VNode } from 'preact'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addAgency, addTeam, addUser, type User } from '../../../test/factories/world.ts'
import { type TestDatabase, testDatabase } from '../../../test/harness/database.ts'
import { type Site, siteOf } from '../../../test/harness/site.ts'
import { systemClock } from '../clock.ts'
import { page, redirect } from './answer.ts'

let database: TestDatabase
let site: Site
let user: User
let other: User
const saved: string[] = []

beforeAll(async () => {
  database = await testDatabase()
  const team = await addTeam(database, await addAgency(database))
  user = await addUser(database, team)
  other = await addUser(database, team)
  site = await siteOf(database, systemClock, routes => {
    routes.post('/words', { may: 'record' }, async ({ fields }) => {
      const words = fields.text('words')
      if (!words) return page('Words', h('p', null, 'Enter words') as VNode, { hasErrors: true })
      await new Promise(resolve => setTimeout(resolve, 20))
      saved.push(words)
      return redirect(`/words/${saved.length}`)
    })
  })
})
afterAll(() => site.close())

const times = (words: string) => saved.filter(one => one === words).length

test('a form posted twice is saved once, and the second leads where the first led', async () => {
  const once = crypto.randomUUID()
  const first = await site.as(user).post('/words', { words: 'twice' }, { once })
  const second = await site.as(user).post('/words', { words: 'twice' }, { once })
  expect([second.location, times('twice')]).toEqual([first.location, 1])
})

test('two posts at the same moment are saved once', async () => {
  const once = crypto.randomUUID()
  const replies = await Promise.all([1, 2, 3].map(() => site.as(user).post('/words', { words: 'at once' }, { once })))
  expect(new Set(replies.map(reply => reply.location)).size).toBe(1)
  expect(times('at once')).toBe(1)
})

test('a form that had errors can be posted again as it was opened, once', async () => {
  const once = crypto.randomUUID()
  expect((await site.as(user).post('/words', { words: '' }, { once })).status).toBe(422)
  const replies = await Promise.all([1, 2].map(() => site.as(user).post('/words', { words: 'put right' }, { once })))
  expect(new Set(replies.map(reply => reply.location)).size).toBe(1)
  expect(times('put right')).toBe(1)
})

test('somebody else’s token saves nothing and leads nowhere of theirs', async () => {
  const once = crypto.randomUUID()
  await site.as(user).post('/words', { words: 'mine' }, { once })
  const reply = await site.as(other).post('/words', { words: 'theirs' }, { once })
  expect([reply.location, times('theirs')]).toEqual(['/words', 0])
})
