import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addColleague } from '../factories/colleagues.ts'
import { fillIn } from '../factories/whole-record.ts'
import { addAgency, addTeam } from '../factories/world.ts'
import type { Reply } from '../harness/site.ts'
import { type Fields, type Visitor, visitorOf } from '../harness/visitor.ts'
import { isOfTheDoor, isOwn, paramsOf, type Route } from './routes.ts'
import { changedBetween, everything, type Scene, secret, startScene, withholdFrom } from './scene.ts'

let scene: Scene
/** What each route's owner would post, made while they still could. */
const fieldsOf = new Map<string, Fields>()
const others: Record<string, Visitor> = {}

/** Fields that the routes without a page of their own take, so that it is not for want of them that nothing is saved. */
const usual: Fields = {
  text: 'Words of a test.',
  reason: 'Words of a test.',
  'note-type': 'call',
  'happened-day': '1',
  'happened-month': '3',
  'happened-year': '2024',
}

beforeAll(async () => {
  scene = await startScene()
  const { product, routes } = scene
  const { database } = product
  for (const route of routes.filter(({ method }) => method === 'POST')) {
    if (isOfTheDoor(route)) continue
    fieldsOf.set(route.path, (await scene.formOf(route))?.form.filled ?? usual)
  }
  const enter = async (...given: Parameters<typeof addColleague>) => visitorOf(product).signIn(await addColleague(...given))
  const elsewhere = await addTeam(database, await addAgency(database), ['early-help'])
  const { rows } = await database.admin.query(
    `select t.id, t.principal, t.name, a.id as "agencyId", a.principal as "agencyPrincipal", a.name as "agencyName" from teams t join agencies a on a.principal = t.agency where t.id = $1`,
    [scene.record.teamId],
  )
  const { agencyId, agencyPrincipal, agencyName, ...own } = rows[0]
  const agency = { id: agencyId, principal: agencyPrincipal, name: agencyName }
  const ownTeam = { ...own, agency, posts: { 'early-help': 0 } }
  const nextDoor = await addTeam(database, agency, ['early-help'])
  others['signed out'] = visitorOf(product)
  others['a leader of another agency'] = await enter(database, elsewhere, { role: 'Team leader' })
  others['an administrator of another agency'] = await enter(database, elsewhere, { role: 'Agency administrator', serviceArea: null })
  others['a worker of another team'] = await enter(database, nextDoor)
  others['a leader of another team'] = await enter(database, nextDoor, { role: 'Team leader' })
  others['a duty officer of another agency'] = await enter(database, elsewhere, { role: 'Duty officer' })
  others['a reader of the team'] = await enter(database, ownTeam, { role: 'Read only' })
  const related = await addColleague(database, ownTeam, { role: 'Team leader' })
  others['somebody from whom the case is withheld'] = await visitorOf(product).signIn(related)
  await withholdFrom(scene, related.id)
  const gone = await addColleague(database, ownTeam)
  others['somebody who has been disabled'] = await visitorOf(product).signIn(gone)
  await fillIn(scene.owners.authorityAdministrator, `/users/${gone.id}/disable`)
})
afterAll(() => scene.product.close())

const strangers = [
  'a leader of another agency',
  'an administrator of another agency',
  'a worker of another team',
  'a leader of another team',
  'a duty officer of another agency',
] as const
const outsiders = ['signed out', 'somebody who has been disabled'] as const

const isOfARecord = (route: Route) => paramsOf(route).length > 0 && !isOfTheDoor(route)
const routesFor = (method: 'GET' | 'POST') => scene.routes.filter(route => route.method === method && !isOfTheDoor(route) && !isOwn(route))

/** Nothing is there. An address that only leads to another says no more than that one. */
async function saysNothing(visitor: Visitor, reply: Reply): Promise<boolean> {
  if (reply.html.includes(secret)) return false
  if (reply.status === 404) return true
  return reply.status === 303 && !reply.location!.startsWith('/sign-in') && (await visitor.get(reply.location!)).status === 404
}

describe.each(outsiders)('%s', who => {
  test('[U13] is led to the door from every page, and told nothing', async () => {
    const wrong: string[] = []
    for (const route of routesFor('GET')) {
      const reply = await others[who]!.get(scene.addressOf(route))
      if (reply.status !== 303 || !reply.location?.startsWith('/sign-in') || reply.html.includes(secret))
        wrong.push(`${route.path}: ${reply.status}`)
    }
    expect(wrong).toEqual([])
  })

  test('[U13] changes nothing', async () =>
    expect(await changesMadeBy(who, reply => reply.status === 303 && reply.location!.startsWith('/sign-in'))).toEqual([]))
})

describe.each(strangers)('%s', who => {
  test('[U13] finds nothing at any address of the record', async () => {
    const wrong: string[] = []
    for (const route of routesFor('GET')) {
      const visitor = others[who]!
      const reply = await visitor.get(scene.addressOf(route))
      if (
        isOfARecord(route) && !mayAnyway(who, route)
          ? !(await saysNothing(visitor, reply))
          : reply.status >= 500 || reply.html.includes(secret)
      ) {
        wrong.push(`${route.path}: ${reply.status} ${reply.location ?? ''}`)
      }
    }
    expect(wrong).toEqual([])
  })

  test('[U13] does not find the person by searching', async () => {
    for (const asked of [secret, secret.slice(0, 5), '03/06/2014', '07700 900123', 'M-123']) {
      expect((await others[who]!.get(`/search?q=${encodeURIComponent(asked)}`)).words.replaceAll(asked, '')).not.toContain(
        secret.slice(0, 5).toUpperCase(),
      )
    }
  })

  test('[U13] changes nothing', async () => expect(await changesMadeBy(who, async reply => saysNothing(others[who]!, reply))).toEqual([]))
})

test('[U13] somebody from whom the case is withheld finds nothing of it, whatever else they hold', async () => {
  const who = 'somebody from whom the case is withheld'
  const wrong: string[] = []
  for (const route of routesFor('GET').filter(({ path }) => /^\/(cases|tasks)\/:/.test(path))) {
    const reply = await others[who]!.get(scene.addressOf(route))
    if (!(await saysNothing(others[who]!, reply))) wrong.push(`${route.path}: ${reply.status}`)
  }
  expect(wrong).toEqual([])
  const ofTheCase = (route: Route) => /^\/(cases|tasks)\/:/.test(route.path)
  expect(await changesMadeBy(who, async reply => saysNothing(others[who]!, reply), ofTheCase)).toEqual([])
})

test('[U13] in an emergency nothing is opened without a reason, and nothing is told before', async () => {
  const before = await everything(scene.product.database)
  const address = `/cases/${scene.record.caseId}/break-glass`
  expect((await others['a leader of another agency']!.get(address)).status).toBe(404)
  const onDuty = others['a duty officer of another agency']!
  const page = await onDuty.get(address)
  expect(page.status).toBe(200)
  expect(page.html).not.toContain(secret)
  for (const reason of ['', '   ']) expect((await onDuty.post(address, { reason })).status).toBe(422)
  expect(changedBetween(before, await everything(scene.product.database))).toEqual([])
})

describe('a reader of the team', () => {
  const who = 'a reader of the team'
  test('[U28] reads the record, and is offered nothing that they may not do', async () => {
    const wrong: string[] = []
    let read = 0
    for (const route of routesFor('GET')) {
      const reply = await others[who]!.get(scene.addressOf(route))
      if (![200, 303, 404].includes(reply.status)) wrong.push(`${route.path}: ${reply.status}`)
      if (reply.status !== 200) continue
      read++
      const offered = [...reply.html.matchAll(/<form\b[^>]*method="post"[^>]*action="([^"]*)"/g)]
        .map(([, action = '']) => action)
        .filter(action => action !== '/sign-out')
      if (offered.length > 0) wrong.push(`${route.path} offers ${offered.join(', ')}`)
    }
    expect(wrong).toEqual([])
    expect(read).toBeGreaterThan(15)
  })

  test('[U28] changes nothing', async () => expect(await changesMadeBy(who, reply => reply.status === 404)).toEqual([]))
})

test('the same posts are saved when the owners send them: it was not for want of a field that nothing changed', async () => {
  const saved: string[] = []
  for (const route of routesFor('POST').filter(isOfARecord)) {
    const found = await scene.formOf(route)
    if (!found) continue
    const reply = await found.owner.post(scene.addressOf(route), found.form.filled)
    if (reply.status === 303) saved.push(route.path)
  }
  expect(saved.length, saved.join('\n')).toBeGreaterThan(25)
  expect(scene.product.faults).toEqual([])
})

/** Posts everything that an owner could, as somebody else; tells what was saved and what was answered otherwise than it should be. */
async function changesMadeBy(
  who: string,
  isRefusal: (reply: Reply) => boolean | Promise<boolean>,
  only: (route: Route) => boolean = isOfARecord,
): Promise<string[]> {
  const wrong: string[] = []
  const { database } = scene.product
  const before = await everything(database)
  const refused = routesFor('POST').filter(route => only(route) && !mayAnyway(who, route))
  const send = (route: Route) => others[who]!.post(scene.addressOf(route), fieldsOf.get(route.path))
  for (const route of refused) {
    const reply = await send(route)
    if (!(await isRefusal(reply))) wrong.push(`${route.path} answered ${reply.status} ${reply.location ?? ''}`)
  }
  let after = await everything(database)
  const changed = changedBetween(before, after)
  if (changed.length === 0) return wrong
  // Comparing everything takes longer than a post. Which of them it was is asked only when it was one: it will do it again.
  wrong.push(`changed ${changed.join(', ')}`)
  for (const route of refused) {
    await send(route)
    const now = await everything(database)
    for (const table of changedBetween(after, now)) wrong.push(`${route.path} changed ${table}`)
    after = now
  }
  return wrong
}

/**
 * Duty officers may open in an emergency what they are told exists (F3), which has tests of its own. Whoever reads the audit of their agency reads
 * what its users did to any record, though never whose it is (U9).
 */
function mayAnyway(who: string, { path }: Route): boolean {
  if (path === '/cases/:caseId/break-glass') return /duty officer/.test(who)
  // Whoever records may have to refer somebody to a meeting.
  if (path === '/meetings/series/:seriesId/refer') return true
  return /\/audit$/.test(path) && /leader|administrator/.test(who)
}
