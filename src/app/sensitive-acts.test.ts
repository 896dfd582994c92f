import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addColleague, type Colleague } from '../../test/factories/colleagues.ts'
import { addAgency, addTeam, type Team } from '../../test/factories/world.ts'
import { type Product, startProduct } from '../../test/harness/product.ts'
import { type Visitor, visitorOf } from '../../test/harness/visitor.ts'
import { routesOf } from '../../test/other-side/routes.ts'
import { sensitiveActs, sensitiveWords } from './sensitive-acts.ts'

let product: Product
let team: Team
let administrator: Colleague
let colleague: Colleague
let visitor: Visitor

beforeAll(async () => {
  product = await startProduct()
  team = await addTeam(product.database, await addAgency(product.database, { isAuthority: true }))
  administrator = await addColleague(product.database, team, { role: 'Authority administrator', serviceArea: null })
  colleague = await addColleague(product.database, team)
  await product.database.admin.query('update authorities set proof_minutes = 5')
  visitor = await visitorOf(product).signIn(administrator)
})
afterAll(async () => {
  expect(product.faults).toEqual([])
  await product.close()
})

const csvAddress = () => `/users/${colleague.id}/audit?as=csv`
const disable = { reason: 'Left on Friday' }
const statusOf = async () => (await product.database.admin.query('select status from users where id = $1', [colleague.id])).rows[0].status
const eventsOf = async () =>
  (
    await product.database.admin.query(
      `select action, detail from audit_events where user_id = $1 and action like 'identity-%' order by id`,
      [administrator.id],
    )
  ).rows

test('every sensitive act is at an address that there is', () => {
  const routes = routesOf(product.server)
  for (const { method, routes: paths = [] } of sensitiveActs) for (const path of paths) expect(routes).toContainEqual({ method, path })
})

test.each([
  ['POST', '/users/roles/:roleId', '', 'change what a role allows'],
  ['GET', '/users/roles/:roleId', '', undefined],
  ['GET', '/work', 'as=csv', 'take a list out of Lanyard'],
  ['GET', '/work', 'order=risk', undefined],
  ['POST', '/cases/:caseId/break-glass', '', 'open a case in an emergency'],
  ['POST', '/cases/:caseId/notes/new', '', undefined],
] as const)('%s %s?%s: %s', (method, route, query, words) => {
  expect(sensitiveWords(method, route, new URLSearchParams(query))).toBe(words)
})

describe('[E8] before what reaches far', () => {
  test('nobody is asked who has just signed in', async () => {
    expect((await visitor.post(`/users/${colleague.id}/end-sessions`)).status).toBe(303)
    expect((await visitor.get(csvAddress())).status).toBe(200)
  })

  test('after a while they are asked once more who they are, and what they had typed goes on', async () => {
    product.clock.pass(6)
    const asked = await visitor.post(`/users/${colleague.id}/disable`, disable)
    expect(asked.words).toContain('Confirm that it is you')
    expect(asked.words).toContain('change who may come in, or what they may do')
    expect(asked.html).toContain('name="reason" value="Left on Friday"')
    expect(await statusOf()).not.toBe('disabled')

    const wrong = await visitor.post(`/users/${colleague.id}/disable`, { ...disable, '_proof-password': 'not my password' })
    expect([wrong.status, wrong.words.includes('This is not your password')]).toEqual([422, true])
    expect(wrong.html).not.toContain('not my password')
    expect((await visitor.post(`/users/${colleague.id}/disable`, { ...disable, '_proof-password': '' })).words).toContain(
      'Enter your password',
    )
    expect(await statusOf()).not.toBe('disabled')

    const done = await visitor.post(`/users/${colleague.id}/disable`, { ...disable, '_proof-password': administrator.password })
    expect(done.status).toBe(303)
    expect(await statusOf()).toBe('disabled')
    expect(await eventsOf()).toEqual([
      { action: 'identity-not-proved', detail: { before: 'change who may come in, or what they may do' } },
      { action: 'identity-proved', detail: { before: 'change who may come in, or what they may do' } },
    ])
    // Good for a while again.
    expect((await visitor.post(`/users/${colleague.id}/enable`)).status).toBe(303)
    expect(await statusOf()).not.toBe('disabled')
  })

  test('what is only asked for is asked for again once it has been shown', async () => {
    product.clock.pass(6)
    const asked = await visitor.get(csvAddress())
    expect(asked.words).toContain('take a list out of Lanyard')
    expect(asked.html).toContain('action="/account/proof"')
    const done = await visitor.post('/account/proof', { return: csvAddress(), '_proof-password': administrator.password })
    expect(done.location).toBe(csvAddress())
    expect((await visitor.get(csvAddress())).headers['content-type']).toContain('text/csv')
    for (const elsewhere of ['https://evil.example', '//evil.example']) {
      const reply = await visitor.post('/account/proof', { return: elsewhere, '_proof-password': administrator.password })
      expect(reply.location).toBe('/')
    }
  })

  test('whoever may not do it is not asked: for them it is not there', async () => {
    const worker = await visitorOf(product).signIn(await addColleague(product.database, team))
    product.clock.pass(6)
    expect((await worker.post('/users/providers/new/other')).status).toBe(404)
  })

  test('for how long it is good is the authority’s to say', async () => {
    await visitor.post('/account/proof', { '_proof-password': administrator.password })
    const refused = await visitor.post('/users/providers', { minutes: '0' })
    expect([refused.status, refused.words.includes('from 1 to 720')]).toEqual([422, true])
    await visitor.post('/users/providers', { minutes: '20' })
    product.clock.pass(15)
    expect((await visitor.post(`/users/${colleague.id}/enable`)).words).not.toContain('Confirm that it is you')
  })
})
