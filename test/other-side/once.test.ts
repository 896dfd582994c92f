import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { errorsOn } from '../factories/whole-record.ts'
import { type FormOnPage, ownForm } from '../harness/forms-on-page.ts'
import type { Fields, Visitor } from '../harness/visitor.ts'
import { isOfTheDoor, isOwn } from './routes.ts'
import { changedBetween, everything, type Scene, startScene } from './scene.ts'

let scene: Scene
beforeAll(async () => {
  scene = await startScene()
})
afterAll(() => scene.product.close())

const everythingNow = () => everything(scene.product.database)

/** A page's form as it stands now, with the token that it came with. */
async function open(visitor: Visitor, address: string): Promise<FormOnPage> {
  const page = await visitor.get(address)
  const form = ownForm(page.html, address)
  if (!form) throw new Error(`${address} has no form: ${page.status}`)
  return form
}
const send = (visitor: Visitor, address: string, form: FormOnPage, fields: Fields = {}) =>
  visitor.post(address, { ...form.filled, ...fields }, { once: form.once })

test('a form that is sent twice is saved once, and both lead to the same page', async () => {
  const wrong: string[] = []
  const saved: string[] = []
  for (const route of scene.routes.filter(one => one.method === 'POST' && !isOfTheDoor(one) && !isOwn(one))) {
    const found = await scene.formOf(route)
    if (!found?.form.once) continue
    const address = scene.addressOf(route)
    const first = await send(found.owner, address, found.form)
    if (first.status !== 303) continue
    const after = await everythingNow()
    const second = await send(found.owner, address, found.form)
    for (const table of changedBetween(after, await everythingNow())) wrong.push(`${route.path} changed ${table} twice`)
    if (second.status !== 303 || second.location !== first.location)
      wrong.push(`${route.path}: ${second.status} ${second.location}, not ${first.location}`)
    saved.push(route.path)
  }
  expect(wrong).toEqual([])
  expect(saved.length, saved.join('\n')).toBeGreaterThan(25)
})

test('sent twice at the same moment, it is saved once', async () => {
  const { worker } = scene.owners
  const address = `/cases/${await openCase()}/notes/new`
  const form = await open(worker, address)
  const text = `A double click ${crypto.randomUUID()}`
  const replies = await Promise.all(Array.from({ length: 8 }, () => send(worker, address, form, { text })))
  expect(replies.map(reply => reply.status)).toEqual(Array(8).fill(303))
  const { rows } = await scene.product.database.admin.query('select id from case_notes where text = $1', [text])
  expect(rows).toHaveLength(1)
})

test('the back button after a refusal: put right, the same form is saved, and not called saved before', async () => {
  const { worker } = scene.owners
  const address = `/cases/${await openCase()}/risk`
  const form = await open(worker, address)
  expect((await send(worker, address, form, { level: 'high', reason: '' })).status).toBe(422)
  const reply = await send(worker, address, form, { level: 'high', reason: 'Put right.' })
  expect(reply.status).toBe(303)
  const { rows } = await scene.product.database.admin.query(`select id from risk_levels where reason = 'Put right.'`)
  expect(rows).toHaveLength(1)
})

test('a token that is not one, or somebody else’s, saves no form of theirs and breaks nothing', async () => {
  const { worker, leader } = scene.owners
  const address = `/cases/${await openCase()}/tasks/new`
  const [his, hers] = [await open(worker, address), await open(leader, address)]
  expect((await send(worker, address, his)).status).toBe(303)
  const before = await everythingNow()
  await leader.post(address, hers.filled, { once: his.once })
  expect(changedBetween(before, await everythingNow())).toEqual([])
  for (const once of ['', 'nonsense', '%00', 'a'.repeat(5_000)])
    expect((await leader.post(address, hers.filled, { once })).status).toBe(303)
  expect(scene.product.faults).toEqual([])
})

describe('two tabs: the second to save is told of the first, with both readings, and may still save', () => {
  // What each page changes, and where.
  const pages: [string, (scene: Scene) => string, string, Fields][] = [
    ['a person’s name', ({ record }) => `/people/${record.personId}/details/name`, 'pronouns', {}],
    ['an address', ({ record }) => `/people/${record.personId}/addresses/${record['addressId']}`, 'note', {}],
    [
      'a contact',
      ({ record }) => `/people/${record.personId}/contacts/${record['contactId']}`,
      'note',
      { kind: 'mobile', value: '07700 900123', from: '', to: '' },
    ],
    ['a need', ({ record }) => `/cases/${record.caseId}/plan/needs/${record['needId']}`, 'detail', {}],
    ['a goal', ({ record }) => `/cases/${record.caseId}/plan/goals/${record['goalId']}`, 'measure', {}],
    ['an action', ({ record }) => `/cases/${record.caseId}/plan/actions/${record['actionId']}`, 'what', { who: 'person' }],
    ['a document', ({ record }) => `/cases/${record.caseId}/documents/${record['documentId']}/edit`, 'title', {}],
    ['a task', ({ record }) => `/tasks/${record['taskId']}/edit`, 'title', {}],
    ['the risk', ({ record }) => `/cases/${record.caseId}/risk`, 'reason', { level: 'low' }],
  ]
  let fresh: Scene
  beforeAll(async () => {
    fresh = await startScene()
  })
  afterAll(() => fresh.product.close())

  test.each(pages)('%s', async (_what, addressIn, field, more) => {
    const { worker, leader } = fresh.owners
    const address = addressIn(fresh)
    const [his, hers] = [await open(worker, address), await open(leader, address)]
    const first = await send(worker, address, his, { ...more, [field]: 'What he wrote' })
    expect(first.status, errorsOn(first.html)).toBe(303)
    const second = await send(leader, address, hers, { ...more, [field]: 'What she wrote' })
    expect([409, 422]).toContain(second.status)
    expect(second.html).toContain('What she wrote')
    expect(second.words).toMatch(/meanwhile|while you were writing|since|changed/i)
    const again = ownForm(second.html, address)
    const third = await leader.post(address, { ...again?.filled, ...more, [field]: 'What she wrote' })
    expect(third.status, errorsOn(third.html)).toBe(303)
  })

  test('a page of a form: neither answer is lost', async () => {
    const { worker, leader } = fresh.owners
    const address = `/cases/${fresh.record.caseId}/forms/${fresh.record['answerSetId']}/pages/money`
    const [his, hers] = [await open(worker, address), await open(leader, address)]
    await send(worker, address, his, { debts: 'What he wrote', rent: '', arrears: '', income: 'nothing', _then: 'leave' })
    const second = await send(leader, address, hers, { debts: 'What she wrote', rent: '', arrears: '', income: 'nothing', _then: 'leave' })
    expect(second.location).toMatch(/\/settle\//)
    const both = (await leader.get(second.location!)).words
    expect(both).toContain('What he wrote')
    expect(both).toContain('What she wrote')
  })
})

test('no fault was provoked', () => expect(scene.product.faults).toEqual([]))

/** A case that the posts before have left open. */
async function openCase(): Promise<string> {
  const { worker, leader } = scene.owners
  const form = await open(worker, `/people/${scene.record.personId}/refer`)
  const reply = await send(worker, `/people/${scene.record.personId}/refer`, form, { again: 'yes' })
  const caseId = /cases\/([0-9a-f-]{36})/.exec(reply.location ?? '')![1]!
  await send(leader, `/cases/${caseId}/triage`, await open(leader, `/cases/${caseId}/triage`), { decision: 'accept' })
  return caseId
}
