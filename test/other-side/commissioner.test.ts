import { afterAll, beforeAll, expect, test } from 'vitest'
import { addColleague } from '../factories/colleagues.ts'
import { addAgency, addTeam } from '../factories/world.ts'
import { formsIn } from '../harness/forms-on-page.ts'
import { type Fields, type Visitor, visitorOf } from '../harness/visitor.ts'
import { isOfTheDoor, type Route } from './routes.ts'
import { changedBetween, everything, type Scene, secret, startScene } from './scene.ts'

let scene: Scene
let commissioner: Visitor
const fieldsOf = new Map<string, Fields>()

const isOfTheRecord = ({ path }: Route): boolean => /^\/(people|cases)\/:/.test(path)
/** They put two records of one person together by a right of their own, and open what is restricted with a reason, for a time. */
const mayAnyway = ({ path }: Route): boolean => /\/(merge|same-person|merges)\b|\/break-glass$/.test(path)
/** These begin something that is then written: a form of their own asks for whom or what first. A draft is its author's until it is signed. */
const isToWrite = ({ path }: Route): boolean => /\/(new|household|group)$|\/drafts\//.test(path)
const pages = () => scene.routes.filter(route => route.method === 'GET' && isOfTheRecord(route) && !isOfTheDoor(route) && !isToWrite(route))
const posts = () => scene.routes.filter(route => route.method === 'POST' && isOfTheRecord(route) && !mayAnyway(route))

beforeAll(async () => {
  scene = await startScene()
  const { product } = scene
  for (const route of posts()) fieldsOf.set(route.path, (await scene.formOf(route))?.form.filled ?? { reason: 'Words of a test.' })
  const council = await addTeam(product.database, await addAgency(product.database), [])
  commissioner = await visitorOf(product).signIn(await addColleague(product.database, council, { role: 'Commissioner', serviceArea: null }))
})
afterAll(() => scene.product.close())

test('[U2] a commissioner with no post in any service reads every page of a record and its case that its worker reads', async () => {
  const wrong: string[] = []
  let read = 0
  for (const route of pages()) {
    const address = scene.addressOf(route)
    const theirs = await scene.owners.worker.get(address)
    // Pages that ask for something are of those who may change it.
    const asks = formsIn(theirs.html).some(form => form.action === address)
    if (theirs.status !== 200 || asks) continue
    const { status } = await commissioner.get(address)
    read++
    if (status !== 200) wrong.push(`${route.path}: ${status}`)
  }
  expect(wrong).toEqual([])
  expect(read).toBeGreaterThan(20)
})

test('[U2] finds the person by name', async () => {
  expect((await commissioner.get(`/search?q=${secret}`)).words).toContain(secret.toUpperCase())
})

test('[U2] and changes nothing of it', async () => {
  const before = await everything(scene.product.database)
  const wrong: string[] = []
  for (const route of posts()) {
    const reply = await commissioner.post(scene.addressOf(route), fieldsOf.get(route.path))
    if (reply.status !== 404) wrong.push(`${route.path}: ${reply.status} ${reply.location ?? ''}`)
  }
  expect(wrong).toEqual([])
  expect(changedBetween(before, await everything(scene.product.database))).toEqual([])
})

test('[U2] nor reads a restricted case before opening it with a reason', async () => {
  const at = `/cases/${scene.record.caseId}`
  const { rows } = await scene.product.database.admin.query<{ restricted: boolean }>('select restricted from cases where id = $1', [
    scene.record.caseId,
  ])
  if (!rows[0]?.restricted) {
    const form = formsIn((await scene.owners.leader.get(`${at}/restrict`)).html).find(one => one.action === `${at}/restrict`)
    expect((await scene.owners.leader.post(`${at}/restrict`, form?.filled)).status).toBe(303)
  }
  for (const page of ['', '/notes', '/plan', '/documents', '/timeline', '/sharing'])
    expect([page, (await commissioner.get(`${at}${page}`)).status]).toEqual([page, 404])
  const opening = formsIn((await commissioner.get(`${at}/break-glass`)).html).find(one => one.action === `${at}/break-glass`)
  expect((await commissioner.post(`${at}/break-glass`, opening?.filled)).status).toBe(303)
  expect((await commissioner.get(at)).status).toBe(200)
  // Who else reads a restricted record is for those who do by name: an emergency tells nothing of it, and not that there is nobody.
  expect((await commissioner.get(`${at}/sharing`)).status).toBe(404)
  expect((await commissioner.get(at)).words).not.toContain('Who sees this case')
})

test('[F3] and closes it again as soon as the emergency is over; those whose case it is can do that too', async () => {
  const { owners, product, record } = scene
  const at = `/cases/${record.caseId}`
  const closing = `${at}/break-glass/end`
  expect((await commissioner.get(at)).words).toContain('You opened this in an emergency.')
  // What one person opened, nobody else gives up in their place: the owners end it on their own list, with a reason.
  expect((await owners.leader.get(at)).words).not.toContain('You opened this in an emergency.')
  expect((await owners.leader.post(closing)).status).toBe(404)
  expect((await commissioner.post(closing)).status).toBe(303)
  expect((await commissioner.get(at)).status).toBe(404)
  expect((await commissioner.post(closing)).status).toBe(404)

  const again = formsIn((await commissioner.get(`${at}/break-glass`)).html).find(one => one.action === `${at}/break-glass`)
  expect((await commissioner.post(`${at}/break-glass`, again?.filled)).status).toBe(303)
  const sharing = await owners.leader.get(`${at}/sharing`)
  expect(sharing.words).toContain('Close it again')
  const end = /href="([^"]*\/sharing\/[^"]*\/end)"[^>]*>\s*Close it again/.exec(sharing.html)?.[1] ?? ''
  expect((await commissioner.post(end, { reason: 'Mine to end' })).status).toBe(404)
  expect((await owners.leader.post(end, { reason: ' ' })).status).toBe(422)
  expect((await owners.leader.post(end, { reason: 'Found, safe and well' })).status).toBe(303)
  expect((await commissioner.get(at)).status).toBe(404)
  expect((await owners.leader.get(`${at}/sharing`)).words).toContain('Found, safe and well')
  const { rows } = await product.database.admin.query(
    `select actor from audit_events where case_id = $1 and action = 'case-emergency-ended' order by at`,
    [record.caseId],
  )
  expect(rows).toHaveLength(2)
})
