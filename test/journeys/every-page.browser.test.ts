import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addColleague, type RoleName } from '../factories/colleagues.ts'
import { referToGroup, refer as referToMeeting, referToTeam } from '../factories/marac.ts'
import { fillInPublic, outsiderOf, sendPublic } from '../factories/outside.ts'
import { fillIn } from '../factories/whole-record.ts'
import { addAgency, addTeam, type Team } from '../factories/world.ts'
import { type Fields, type Visitor, visitorOf } from '../harness/visitor.ts'
import { isOfTheDoor, type Route } from '../other-side/routes.ts'
import { importOf, jobsDone, type Scene, secret, startScene } from '../other-side/scene.ts'
import { type Browsing, type Desk, startBrowsing, wrongWith } from './browsing.ts'
import { crawl, type Found, partsOf } from './crawl.ts'

let scene: Scene
let browsing: Browsing
const people: Record<string, { visitor: Visitor; found: Found[] }> = {}

beforeAll(async () => {
  scene = await startScene()
  browsing = await startBrowsing(scene.product)
  const { product, owners } = scene
  const { database } = product
  const { rows } = await database.admin.query(
    `select t.id, t.principal, t.name, a.id as "agencyId", a.name as "agencyName", a.principal as "agencyPrincipal"
     from teams t join agencies a on a.principal = t.agency where t.id = $1`,
    [scene.record.teamId],
  )
  const { agencyId, agencyName, agencyPrincipal, ...own } = rows[0]
  const agency = { id: agencyId, name: agencyName, principal: agencyPrincipal }
  const team: Team = { ...own, agency, posts: { 'early-help': 0 } }
  await addStories(scene, await addTeam(database, await addAgency(database), ['drug-and-alcohol']))
  const enter = async (role: RoleName, serviceArea?: null) => {
    const colleague = await addColleague(database, team, { role, ...(serviceArea === null ? { serviceArea } : {}) })
    return visitorOf(product).signIn(colleague)
  }
  people['a caseworker'] = { visitor: owners.worker, found: [] }
  people['a team leader'] = { visitor: owners.leader, found: [] }
  people['a reader'] = { visitor: await enter('Read only'), found: [] }
  people['a duty officer'] = { visitor: await enter('Duty officer'), found: [] }
  const careful = await addColleague(database, team, { authenticator: true })
  people['a caseworker with a second factor'] = { visitor: await visitorOf(product).signIn(careful), found: [] }
  await database.admin.query(
    `insert into passkeys (credential_id, user_id, name, public_key, counter, transports, synced, created_at) values ('a-key', $1, 'Blue key', '', 0, '{usb}', false, now())`,
    [careful.id],
  )
  people['an agency administrator'] = { visitor: owners.agencyAdministrator, found: [] }
  people['an authority administrator'] = { visitor: owners.authorityAdministrator, found: [] }
  people['a commissioner'] = { visitor: await enter('Commissioner', null), found: [] }
  people['nobody'] = { visitor: visitorOf(product), found: [] }
  const draft = await writeOutside(scene, people['nobody'].visitor)
  await Promise.all(
    Object.values(people).map(async person => {
      const finds = (await person.visitor.get('/')).location !== '/sign-in' && (await person.visitor.get('/search')).status === 200
      const isOutside = person === people['nobody']
      person.found = await crawl(person.visitor, [
        '/',
        ...(finds ? [`/search?q=${secret}`, '/search?q=nobodyofthisname'] : []),
        ...(isOutside ? ['/refer', '/refer/sent', '/refer/saved', '/refer/open', draft] : []),
      ])
    }),
  )
})
afterAll(async () => {
  await browsing.close()
  await scene.product.close()
})

/** Somebody without an account, who has sent one referral and is writing another. Answers where it is checked. */
async function writeOutside({ product, record, owners }: Scene, visitor: Visitor): Promise<string> {
  const outsider = outsiderOf(product, visitor)
  const open = record['pageCode']!
  await sendPublic(product, open, { outsider })
  // A page that is closed says whom to ring.
  await fillIn(owners.authorityAdministrator, '/settings/referral-pages/new', {
    state: 'closed',
    audience: 'professional',
    form: 'referral-by-a-professional',
    ...Object.fromEntries(['answer-within', 'keep-draft', 'keep-decided', 'most'].map(name => [name, '10'])),
  })
  return fillInPublic(outsider, open)
}

/** A series of a kind that the leader runs, where the worker sits for their agency, with a date to come. */
async function addSeriesOf({ product: { database }, owners, leaderId, workerId, record }: Scene, kind: string) {
  await fillIn(owners.authorityAdministrator, '/meetings/new', {
    kind,
    name: kind.toUpperCase(),
    starts: '2pm',
    women: '',
    chair: leaderId,
    coordinator: leaderId,
  })
  const one = async (query: string, value: string) => (await database.admin.query<{ id: string }>(query, [value])).rows[0]!.id
  const seriesId = await one('select id from meeting_series where kind = $1', kind)
  const members = `/meetings/series/${seriesId}/members`
  await owners.leader.post(members, { what: 'seat', agency: record['agencyId']!, category: 'COU' })
  const seatId = await one('select id from meeting_seats where series_id = $1', seriesId)
  await owners.leader.post(members, { what: 'member', who: `${seatId}/${workerId}`, role: 'member' })
  await fillIn(owners.leader, `/meetings/series/${seriesId}/dates/new`, {
    'first-day': '14',
    'first-month': '3',
    'first-year': String(new Date().getFullYear() + 1),
  })
  const send = async (itemId: string) => {
    await fillIn(owners.leader, `/meetings/items/${itemId}/triage`, { decision: 'accept', seat: seatId, words: '' })
    await owners.leader.post(
      `/meetings/dates/${await one('select id from meetings where series_id = $1 order by starts_at limit 1', seriesId)}/send`,
    )
  }
  return { seriesId, send }
}

/** A multi-disciplinary team with somebody on its agenda, whose one form has been written in twice and to whom a document was brought. */
async function addTeamMeeting(scene: Scene): Promise<void> {
  const { worker } = scene.owners
  const { seriesId, send } = await addSeriesOf(scene, 'mdt')
  const itemId = await referToTeam(worker, seriesId, 'Trembath')
  await send(itemId)
  const at = `/meetings/items/${itemId}`
  for (const where of ['The bus shelter on Quay Street', 'His sister’s sofa'])
    await fillIn(worker, `${at}/form/pages/person`, { 'addresses-rows': '1', 'addresses-0-where': where, _then: 'continue' })
  const file = new File(['%PDF-1.4\n%%EOF\n'], 'discharge.pdf', { type: 'application/pdf' })
  await worker.post(`${at}/documents`, { title: 'Discharge letter', file })
}

/** A target group with a case that asks for a review: somebody, a place, who suffers it, and what was complained of. */
async function addTargetGroup(scene: Scene): Promise<void> {
  const { seriesId, send } = await addSeriesOf(scene, 'asb-target-group')
  const lastYear = String(new Date().getFullYear() - 1)
  const fields = {
    'complaints-rows': '1',
    ...born('1', '11', lastYear, 'complaints-0-on'),
    ...born('1', '11', lastYear, 'complaints-0-told_on'),
    'complaints-0-kind': 'noise',
    review_asked: 'yes',
    ...born('2', '11', lastYear, 'review_asked_on'),
  }
  await send(await referToGroup(scene.owners.worker, seriesId, { family: 'Tregunna', victim: 'Polglase', fields }))
}

/** What a record is not in by itself: a case that waits, one that is closed, one that is restricted, a form completed, somebody who has died. */
async function addStories(scene: Scene, elsewhere: Team): Promise<void> {
  const { product, record, workerId } = scene
  const { worker, leader } = scene.owners
  const caseOf = (address: string) => /\/cases\/[0-9a-f-]{36}/.exec(address)![0]
  const refer = async (personId: string, fields?: Fields) => caseOf(await fillIn(worker, `/people/${personId}/refer`, fields))
  const begin = async () => {
    const at = await refer(record.otherId!)
    await fillIn(leader, `${at}/triage`, { decision: 'accept' })
    await fillIn(leader, `${at}/allocate`, { to: 'worker' })
    return at
  }
  await refer(record.otherId!)
  await fillIn(leader, `${await begin()}/close`)
  const offered = await refer(record.otherId!)
  await fillIn(leader, `${offered}/triage`, { decision: 'accept' })
  await fillIn(leader, `${offered}/allocate`, { to: 'offer', offered: workerId })
  await fillIn(leader, `${await begin()}/restrict`)
  // A refusal against which nobody has gone on.
  await fillIn(worker, `${await begin()}/consent/new`, { purposes: ['assess'], answer: 'refused' })
  // A plan that nobody has sent for sign-off yet.
  await fillIn(worker, `${await begin()}/plan/needs/new`)
  await completeForm(worker, record.caseId)
  // A letter that is signed, and one that waits for its signature.
  for (const typed of ['Tamsin Rowe', '']) {
    const draft = await fillIn(worker, `/cases/${record.caseId}/letters/new`, { template: 'blank/1' })
    await fillIn(worker, await fillIn(worker, draft, { delivery: 'hand', _then: 'produce' }), { typed })
  }
  await fillIn(worker, `/people/${record.otherId}/death`, { known: 'no' })
  // Two appointments that have begun: of one it was said that they did not come.
  const appointments = `/cases/${record.caseId}/appointments`
  const next = { 'starts-month': '6', 'starts-year': String(new Date().getFullYear() + 1) }
  const waits = await fillIn(worker, `${appointments}/new`, { ...next, 'starts-day': '1' })
  const missed = await fillIn(worker, `${appointments}/new`, { ...next, 'starts-day': '2' })
  await product.database.admin.query(
    `update appointments set starts_at = now() - interval '2 hours', ends_at = now() - interval '1 hour' where id = any ($1)`,
    [[waits, missed].map(address => address.slice(-36))],
  )
  await fillIn(worker, `${missed}/missed`)

  // A referral to a meeting that waits, and one that has not been sent.
  await referToMeeting(worker, record['seriesId']!, { family: 'Trewhella' })
  await worker.post(`/meetings/series/${record['seriesId']}/refer`)

  await addTeamMeeting(scene)
  await addTargetGroup(scene)

  // Another agency works with the same person: that it does is shown, and nothing else.
  const colleague = await addColleague(product.database, elsewhere, { role: 'Team leader' })
  const { html } = await worker.get(`/people/${record.personId}/refer`)
  const team = [...html.matchAll(/<option value="([^"]+)"[^>]*>([^<]*)/g)].find(([, , words]) => words?.includes(elsewhere.name))?.[1] ?? ''
  const visitor = await visitorOf(product).signIn(colleague)
  await fillIn(visitor, `${await refer(record.personId, { team })}/triage`, { decision: 'accept' })
  // One that its receiver asks more about, and one the other way round, which our leader may ask about.
  await fillIn(visitor, `${await refer(record.personId, { team })}/referral/ask`, { words: 'Who lives with them?' })
  const back = [...(await visitor.get(`/people/${record.personId}/refer`)).html.matchAll(/<option value="([^"]+)"/g)]
  const ours = back.map(([, value]) => value!).find(value => value.startsWith(record.teamId!))
  await fillIn(visitor, `/people/${record.personId}/refer`, { team: ours! })

  // Somebody who turns out to be nearly the same as another, long after both were registered.
  const unlike = { lines: '', postcode: '', telephone: '', system: '', number: '', ...born('12', '1', '1961') }
  const third = /[0-9a-f-]{36}/.exec(await fillIn(worker, '/people/new', { given: 'Merryn', family: 'Pascoe', ...unlike }))![0]
  await fillIn(worker, `/people/${third}/details/name`, { given: 'Jagoe', family: secret })
  await fillIn(worker, `/people/${third}/details/birth`, born('3', '6', '2014'))

  // One import that is checked, with rows to be mended and one to be decided about; one that has been run.
  const doubtful = `/imports/${await importOf(leader, `1,${secret},Jago,03/06/2014`, '2,,,31/02/1990')}`
  const sound = `/imports/${await importOf(leader, '7,Kitto,Wella,01/02/1970')}`
  for (const one of [doubtful, sound]) await fillIn(leader, `${one}/columns`)
  await jobsDone(product.database)
  await leader.post(`${sound}/run`)
  await jobsDone(product.database)
}

const born = (day: string, month: string, year: string, name = 'dateOfBirth'): Fields => ({
  [`${name}-day`]: day,
  [`${name}-month`]: month,
  [`${name}-year`]: year,
})

async function completeForm(worker: Visitor, caseId: string): Promise<void> {
  const begun = await fillIn(worker, `/cases/${caseId}/forms/new`, { form: 'housing-support-assessment' })
  const form = begun.replace(/\/pages\/.*/, '')
  await fillIn(worker, `${form}/pages/home`, { living: 'owner', notice: 'no', ...leftOut, _then: 'continue' })
  await fillIn(worker, `${form}/pages/money`, { rent: '', arrears: '', income: 'nothing', _then: 'continue' })
  await fillIn(worker, `${form}/pages/support`, { needs: 'tenancy', _then: 'continue' })
  await fillIn(worker, `${form}/check`)
}
const leftOut: Fields = { sleeping_place: '', notice_letter: new File([], '') }

const everybody = [
  'a caseworker',
  'a team leader',
  'a reader',
  'a duty officer',
  'a caseworker with a second factor',
  'an agency administrator',
  'an authority administrator',
  'a commissioner',
  'nobody',
]

describe.each(everybody)('%s', who => {
  test('meets no link that leads nowhere', () => {
    const { found } = people[who]!
    const broken = found
      .filter(({ address, status }) => status !== (/\?check$/.test(address) ? 422 : 200))
      .map(({ address, from, status }) => `${status} ${address}, from ${from}`)
    expect(broken).toEqual([])
    expect(found.length).toBeGreaterThan(who === 'nobody' ? 3 : 8)
  })
})

test('every page is reached by following links', () => {
  const reached = new Set(
    Object.values(people).flatMap(({ found }) => found.map(({ address }) => new URL(address, 'http://ours.invalid').pathname)),
  )
  const isReached = ({ path }: Route) => {
    const pattern = new RegExp(`^${path.replaceAll(/:\w+/g, '[^/]+')}$`)
    return [...reached].some(address => pattern.test(address))
  }
  const hidden = scene.routes.filter(route => route.method === 'GET' && !isOfTheDoor(route) && !isReached(route)).map(({ path }) => path)
  expect(hidden.filter(path => !reachedOtherwise.includes(path))).toEqual([])
})

/** Reached by a button, by what happens, or typed by hand after something was posted there. */
const reachedOtherwise: readonly string[] = [
  '/',
  '/sign-in/unsaved',
  '/account/proof',
  '/cases/:caseId/start',
  '/cases/:caseId/letters/drafts/:draftId/produce',
  '/cases/:caseId/notes/new/others',
  // Offered for a record that one sees and may not change; nobody here has such a one.
  '/people/:personId/merge/:otherId/ask',
  '/work/handing-on/:reassignmentId',
  '/imports/:importId/check',
  '/imports/:importId/run',
  // Of a closed case, which come last among a person's; for somebody with an open one; while a meeting goes on, or out of turn.
  '/cases/:caseId/reopen',
  '/referrals/outside/:outsideId/add/:caseId',
  '/meetings/dates/:meetingId/open',
  '/meetings/dates/:meetingId/actions-before',
  '/meetings/dates/:meetingId/attendance',
  '/meetings/dates/:meetingId/finish',
  // Found by its words.
  '/conversations/messages/:messageId',
  // By the buttons under a list of tasks.
  '/tasks/bulk',
]

test('[F23] every kind of page is clean by axe, has one heading and its title, fits a telephone and is reached by keyboard', async () => {
  const wrong: string[] = []
  const queue = pagesToVisit()
  const kinds = new Set(queue.map(({ page }) => page.kind.replace(/\?.*/, '')))
  const desks: Desk[] = []
  const work = async () => {
    const desk = await browsing.sit()
    desks.push(desk)
    for (let next = queue.shift(); next; next = queue.shift()) {
      await desk.context.clearCookies()
      await desk.context.addCookies(people[next.who]!.visitor.cookies())
      wrong.push(...(await visit(desk.page, next.page.address, `${next.who}: ${next.page.address}`)))
    }
  }
  await Promise.all([work(), work()])
  expect(wrong).toEqual([])
  expect(desks.flatMap(desk => desk.complaints)).toEqual([])
  expect(scene.product.faults).toEqual([])
  expect(kinds.size).toBeGreaterThan(100)
})

/** Each kind of page once, and again where it shows somebody a part that no page before has shown. */
function pagesToVisit(): { who: string; page: Found }[] {
  const kinds = new Set<string>()
  const parts = new Set<string>()
  return everybody.flatMap(who =>
    people[who]!.found.filter(page => page.html !== '')
      .filter(page => {
        const kind = page.kind.replace(/\?.*/, '')
        const isNew = !kinds.has(kind) || [...partsOf(page)].some(part => !parts.has(part))
        kinds.add(kind)
        for (const part of partsOf(page)) parts.add(part)
        return isNew
      })
      .map(page => ({ who, page })),
  )
}

async function visit(page: Page, address: string, name: string): Promise<string[]> {
  const wrong: string[] = []
  await page.setViewportSize({ width: 1280, height: 900 })
  const answer = await page.goto(address)
  if (![200, 422].includes(answer?.status() ?? 0)) wrong.push(`${name}: ${answer?.status()}`)
  wrong.push(...(await keyboard(page, name)), ...(await wrongWith(page, name)))
  await page.setViewportSize({ width: 375, height: 700 })
  const wide = await page.evaluate(() => document.documentElement.scrollWidth)
  if (wide > 375) wrong.push(`${name}: ${wide} wide at 375, for ${await page.evaluate(widest)}`)
  return wrong
}

/** The first press of Tab reaches the link past the navigation; whatever is reached is seen to be. */
async function keyboard(page: Page, name: string): Promise<string[]> {
  // A page whose first box has the cursor begins there, and one that was refused at its error summary.
  const startsElsewhere = await page.locator('[autofocus], .govuk-error-summary').first().isVisible()
  await page.evaluate(() => {
    const stops: Stop[] = []
    Object.assign(window, { stops })
    document.addEventListener('focusin', ({ target }) => {
      const element = target as HTMLElement
      const box = element.getBoundingClientRect()
      const style = getComputedStyle(element)
      const isMarked = style.outlineStyle !== 'none' || style.boxShadow !== 'none'
      stops.push({
        isSkipLink: element.classList.contains('govuk-skip-link'),
        isSeen: box.width > 10 && box.height > 10 && isMarked,
        what: element.outerHTML.slice(0, 120),
      })
    })
  })
  for (let presses = 0; presses < 4; presses++) await page.keyboard.press('Tab')
  const stops = await page.evaluate(() => (window as unknown as { stops: Stop[] }).stops)
  const [first] = stops
  return [
    ...(first?.isSkipLink || startsElsewhere ? [] : [`${name}: Tab reaches ${first?.what ?? 'nothing'} first`]),
    ...stops.filter(stop => !stop.isSeen).map(({ what }) => `${name}: nobody sees where the focus is: ${what}`),
  ]
}

type Stop = { isSkipLink: boolean; isSeen: boolean; what: string }

const widest = (): string => {
  const past = [...document.querySelectorAll('body *')].filter(element => element.getBoundingClientRect().right > 376)
  return past
    .slice(0, 3)
    .map(element => `${element.tagName}.${element.className}`)
    .join(', ')
}
