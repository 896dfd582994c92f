import { afterAll, beforeAll, expect, test } from 'vitest'
import { addColleague } from '../../../test/factories/colleagues.ts'
import { fillIn } from '../../../test/factories/whole-record.ts'
import { addAgency, addTeam } from '../../../test/factories/world.ts'
import { type Product, startProduct } from '../../../test/harness/product.ts'
import { type Visitor, visitorOf } from '../../../test/harness/visitor.ts'

let product: Product
let administrator: Visitor
let leader: Visitor
const at = (rest = '') => `/settings/lists/asb-warning-stage${rest}`

beforeAll(async () => {
  product = await startProduct()
  const team = await addTeam(product.database, await addAgency(product.database))
  administrator = await visitorOf(product).signIn(
    await addColleague(product.database, team, { role: 'Authority administrator', serviceArea: null }),
  )
  leader = await visitorOf(product).signIn(await addColleague(product.database, team, { role: 'Team leader' }))
})
afterAll(() => product.close())

/** In the order in which they stand on the page. */
const choices = async () => [...(await administrator.get(at())).html.matchAll(/choices\/[^"]+">([^<]+)</g)].map(one => one[1]!.trim())

test('every list is found by what it is called, a service’s own beside the general one', async () => {
  const { words } = await administrator.get('/settings/lists')
  expect(words).toContain('Anti-social behaviour: warning stages, in their order')
  expect(words).toContain('Reasons why a case closes, Drug and alcohol')
})

test('a choice is added at the end, and put at its place', async () => {
  await fillIn(administrator, at('/new'), { label: 'Dispersal direction', source: 'Part 3 of the Act' })
  expect((await choices()).at(-1)).toBe('Dispersal direction')
  await fillIn(administrator, at('/choices/dispersal-direction'), { label: 'Dispersal direction', place: '4', state: ['in-use'] })
  expect((await choices())[3]).toBe('Dispersal direction')
  expect(await choices()).toHaveLength(11)
})

test('a choice is put into other words and taken out of use', async () => {
  await fillIn(administrator, at('/choices/advice'), { label: 'A word of advice', place: '1', state: [] })
  const { words } = await administrator.get(at())
  expect(words).toContain('A word of advice')
  expect(words).toContain('not in use')
})

test('what is wrong is said, and what was typed is kept', async () => {
  const twice = await administrator.post(at('/new'), { label: 'civil INJUNCTION', source: '' })
  expect([twice.status, twice.words]).toEqual([422, expect.stringContaining('There is a choice of these words already')])
  expect(twice.html).toContain('civil INJUNCTION')
  const far = await administrator.post(at('/choices/cpn'), {
    label: 'Community protection notice',
    place: '40',
    source: '',
    state: 'in-use',
  })
  expect([far.status, far.words]).toEqual([422, expect.stringContaining('from 1 to 11')])
  expect((await administrator.get(at('/choices/nothing'))).status).toBe(404)
  expect((await administrator.get('/settings/lists/nothing')).status).toBe(404)
})

test('nobody else keeps lists', async () => {
  for (const address of ['/settings/lists', at(), at('/new'), at('/choices/cpn')]) expect((await leader.get(address)).status).toBe(404)
  expect([403, 404]).toContain((await leader.post(at('/new'), { label: 'Mine', source: '' })).status)
  expect((await administrator.get(at())).words).not.toContain('Mine')
  expect(product.faults).toEqual([])
})
