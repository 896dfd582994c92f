import { afterAll, beforeAll, expect, test } from 'vitest'
import { addColleague } from '../../../test/factories/colleagues.ts'
import { fillIn } from '../../../test/factories/whole-record.ts'
import { addAgency, addTeam, type Team } from '../../../test/factories/world.ts'
import { ownForm } from '../../../test/harness/forms-on-page.ts'
import { type Product, startProduct } from '../../../test/harness/product.ts'
import { type Fields, type Visitor, visitorOf } from '../../../test/harness/visitor.ts'

let product: Product
let team: Team
let administrator: Visitor
const others: Record<string, Visitor> = {}
const list = '/settings/referral-pages'

beforeAll(async () => {
  product = await startProduct()
  const { database } = product
  team = await addTeam(database, await addAgency(database, { isAuthority: true }), ['early-help'], 'Early Help West')
  const enter = async (...given: Parameters<typeof addColleague>) => visitorOf(product).signIn(await addColleague(...given))
  administrator = await enter(database, team, { role: 'Authority administrator', serviceArea: null })
  others['an agency’s administrator'] = await enter(database, team, { role: 'Agency administrator', serviceArea: null })
  others['a team leader'] = await enter(database, team, { role: 'Team leader' })
  others['a commissioner'] = await enter(database, team, { role: 'Commissioner', serviceArea: null })
})
afterAll(async () => {
  expect(product.faults).toEqual([])
  await product.close()
})

const page = (more: Fields = {}): Fields => ({
  state: 'off',
  team: `${team.id}/early-help`,
  audience: 'public',
  form: 'referral-by-anybody',
  name: 'Help for families',
  'closed-words': '',
  'answer-within': '5',
  'keep-draft': '14',
  'keep-decided': '180',
  most: '30',
  ...more,
})
const outside = async (path: string) => visitorOf(product).get(path)
const codeOf = async () => (await product.database.admin.query<{ code: string }>('select code from outside_pages')).rows[0]!.code

test('[V6] an administrator adds a page that is not there yet, opens it, and closes it with whom to ring', async () => {
  await fillIn(administrator, `${list}/new`, page())
  const at = `/refer/${await codeOf()}`
  expect((await outside(at)).status).toBe(404)
  await fillIn(administrator, `${list}/${await codeOf()}`, page({ state: 'open' }))
  expect((await outside(at)).words).toContain('Help for families')
  const closing = ownForm((await administrator.get(`${list}/${await codeOf()}`)).html, `${list}/${await codeOf()}`)!
  const silent = await administrator.post(closing.action, { ...closing.filled, ...page({ state: 'closed' }) })
  expect(silent.status).toBe(422)
  expect(silent.words).toContain('Enter whom to ring while the page is closed')
  await fillIn(administrator, closing.action, page({ state: 'closed', 'closed-words': 'Ring 01632 960 110' }))
  expect((await outside(at)).words).toContain('Ring 01632 960 110')
  // What the page was when this form was opened, it is no more.
  expect((await administrator.post(closing.action, { ...closing.filled, ...page({ state: 'open' }) })).status).toBe(422)
  expect((await outside(at)).words).toContain('closed at the moment')
  const { rows } = await product.database.admin.query<{ action: string }>(
    `select action from audit_events where subject_type = 'outside-page' order by id`,
  )
  expect(rows.map(row => row.action)).toEqual(['outside-page-added', 'outside-page-changed', 'outside-page-changed'])
})

test('a service has one page for each audience, of a form that is for outside', async () => {
  const form = ownForm((await administrator.get(`${list}/new`)).html, `${list}/new`)!
  expect((await administrator.post(`${list}/new`, { ...form.filled, ...page() })).words).toContain('has a page for them already')
  expect((await administrator.get(`${list}/new`)).html).not.toContain('value="dash"')
  expect((await administrator.post(`${list}/new`, { ...form.filled, ...page({ audience: 'professional', form: 'dash' }) })).status).toBe(
    422,
  )
})

test('[V6] nobody else finds these pages, or changes one', async () => {
  const at = `${list}/${await codeOf()}`
  for (const [who, visitor] of Object.entries(others)) {
    for (const path of [list, `${list}/new`, at]) expect([who, path, (await visitor.get(path)).status]).toEqual([who, path, 404])
    for (const path of [`${list}/new`, at])
      expect([who, path, (await visitor.post(path, page({ state: 'open' }))).status]).toEqual([who, path, 404])
  }
  expect((await visitorOf(product).get(at)).location).toMatch(/^\/sign-in/)
})
