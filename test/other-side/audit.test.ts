import { afterAll, beforeAll, expect, test } from 'vitest'
import { addColleague } from '../factories/colleagues.ts'
import { addAgency, addTeam } from '../factories/world.ts'
import { visitorOf } from '../harness/visitor.ts'
import { isOfTheDoor, isOwn, paramsOf, type Route } from './routes.ts'
import { changedBetween, everything, type Scene, secret, startScene } from './scene.ts'

let scene: Scene
let mark = 0
beforeAll(async () => {
  scene = await startScene()
})
afterAll(() => scene.product.close())

type Event = {
  id: number
  action: string
  actor: string
  person_id: string | null
  case_id: string | null
  subject_id: string
  address: string
  request_id: string
}

/** What the audit has been told since it was last asked. */
async function told(): Promise<Event[]> {
  const { rows } = await scene.product.database.admin.query<Event>('select * from audit_events where id > $1 order by id', [mark])
  mark = Number(rows.at(-1)?.id ?? mark)
  return rows
}

const isOfARecord = (route: Route) => /^\/(people|cases|tasks|groups|users|imports)\/:/.test(route.path) && paramsOf(route).length > 0

test('[U9] every page of a person’s record that is read is in the audit: who, whose, when and from where', async () => {
  const wrong: string[] = []
  let read = 0
  for (const route of scene.routes.filter(one => one.method === 'GET' && isOfARecord(one))) {
    const visitor = scene.owners.leader
    await told()
    const reply = await visitor.get(scene.addressOf(route))
    const events = await told()
    // Of an import, a user or a group only what shows somebody's name is a person's record.
    if (reply.status !== 200 || (/^\/(imports|users|groups)/.test(route.path) && !reply.html.includes(secret))) continue
    read++
    const ours = events.filter(event => event.actor === 'Demelza Vyvyan' && event.address !== '' && event.request_id !== '')
    const isTold = ours.some(event =>
      route.path.startsWith('/cases/')
        ? event.case_id === scene.record.caseId && event.person_id === scene.record.personId
        : route.path.startsWith('/people/')
          ? event.person_id === scene.record.personId
          : true,
    )
    if (ours.length === 0 || !isTold)
      wrong.push(`${route.path}: ${JSON.stringify(events.map(event => [event.action, event.actor, event.person_id, event.case_id]))}`)
  }
  expect(wrong).toEqual([])
  expect(read).toBeGreaterThan(40)
})

test('[U9] every change is in the audit, with what was changed', async () => {
  const wrong: string[] = []
  let changed = 0
  let before = await everything(scene.product.database)
  for (const route of scene.routes.filter(one => one.method === 'POST' && !isOfTheDoor(one) && !isOwn(one))) {
    const found = await scene.formOf(route)
    if (!found) continue
    await told()
    const reply = await found.owner.post(scene.addressOf(route), found.form.filled)
    const events = await told()
    const after = await everything(scene.product.database)
    const tables = changedBetween(before, after)
    before = after
    // A draft is a record of nothing yet, nor is a text that has not been sent.
    if (reply.status !== 303 || tables.every(table => table === 'note_drafts' || table === 'text_batches')) continue
    changed++
    if (events.length === 0) wrong.push(`${route.path} changed ${tables.join(', ')}`)
  }
  expect(wrong).toEqual([])
  expect(changed).toBeGreaterThan(25)
})

test('[U9] a search is in the audit with what was looked for; so is who was let in and who was not', async () => {
  await told()
  await scene.owners.worker.get('/search?q=penrose')
  expect((await told()).map(event => event.action)).toContain('people-searched')
})

test('[U9] [U13] whoever asks for a page that is not theirs to see is told that there is none; the audit of the person says who asked', async () => {
  const { product, record } = scene
  const elsewhere = await addTeam(product.database, await addAgency(product.database))
  const stranger = await visitorOf(product).signIn(await addColleague(product.database, elsewhere, { name: 'Denzil Opie' }))
  await told()
  for (const page of [`/cases/${record.caseId}/notes`, `/people/${record.personId}`]) expect((await stranger.get(page)).status).toBe(404)
  const asked = { action: 'page-refused', actor: 'Denzil Opie', person_id: record.personId }
  expect(await told()).toMatchObject([{ ...asked, case_id: record.caseId }, asked])
  const { words } = await scene.owners.authorityAdministrator.get(`/people/${record.personId}/audit`)
  expect(words).toContain('Denzil Opie')
  expect(words).toContain('Asked for a page of the record that is not there for them')
})
