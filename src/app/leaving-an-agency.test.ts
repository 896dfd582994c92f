import { afterAll, beforeAll, expect, test } from 'vitest'
import { addColleague, type Colleague } from '../../test/factories/colleagues.ts'
import { addToTeam, beginEpisode, registerFor } from '../../test/factories/episodes.ts'
import { accept, addMarac, type Marac, post, refer, sendAgenda } from '../../test/factories/marac.ts'
import { actorOf, addAgency, addCase, addPerson, addPost, addTeam, episodes, type Team } from '../../test/factories/world.ts'
import { type Product, startProduct } from '../../test/harness/product.ts'
import { type Visitor, visitorOf } from '../../test/harness/visitor.ts'
import { grantAccess, type NewGrant } from '../access/index.ts'
import { asActor } from '../platform/actor.ts'

// The same person, now paid by somebody else: what they had at the old agency by name is not read by whatever post they have at the new one.

let product: Product
let marac: Marac
let [council, refuge, police]: Team[] = []
let administrator: Visitor

beforeAll(async () => {
  product = await startProduct()
  const { database } = product
  council = await addTeam(database, await addAgency(database, { isAuthority: true }), ['early-help', episodes], 'Families first')
  refuge = await addTeam(database, await addAgency(database, { name: 'Safe Haven' }), ['domestic-abuse'], 'Refuge')
  police = await addTeam(database, await addAgency(database, { name: 'Porthkerris Police' }), ['policing'], 'Safeguarding Unit')
  marac = await addMarac(product)
  administrator = await visitorOf(product).signIn(
    await addColleague(database, council, { role: 'Authority administrator', serviceArea: null }),
  )
})
afterAll(async () => {
  expect(product.faults).toEqual([])
  await product.close()
})

const enter = (colleague: Colleague) => visitorOf(product).signIn(colleague)

async function endPost(user: Colleague, team: Team): Promise<void> {
  const { rows } = await product.database.admin.query<{ id: string }>('select id from posts where user_id = $1 and team_id = $2', [
    user.id,
    team.id,
  ])
  await post(administrator, `/users/${user.id}/posts/${rows[0]!.id}/end`, {})
}

/** A case of the team that is opened to somebody by name. */
async function caseOpenedTo(user: Colleague, team: Team, kind: NewGrant['kind']): Promise<string> {
  const { database } = product
  const theCase = await addCase(database, await addPerson(database, team), team)
  const leader = await actorOf(database, (await addColleague(database, team, { role: 'Team leader' })).id)
  await asActor(database.web, leader, 'write', tx =>
    grantAccess(tx, leader, new Date(), {
      caseId: theCase.id,
      kind,
      holder: user.principal,
      level: 'edit',
      purpose: 'To keep them safe',
      lawfulBasis: 'Public task',
    }),
  )
  return `/cases/${theCase.id}`
}

const statuses = async (visitor: Visitor, pages: readonly string[]) =>
  Object.fromEntries(await Promise.all(pages.map(async page => [page, (await visitor.get(page)).status])))
const all = (pages: readonly string[], status: number) => Object.fromEntries(pages.map(page => [page, status]))

test('[U13] [M1e] whoever leaves an agency for another leaves the cases that they worked there, and what else was opened to them by name', async () => {
  const advocate = await addColleague(product.database, refuge!, { name: 'Kerensa Lugg' })
  const pages = [
    await caseOpenedTo(advocate, refuge!, 'allocation'),
    await caseOpenedTo(advocate, refuge!, 'co-worker'),
    await caseOpenedTo(advocate, refuge!, 'named'),
    await caseOpenedTo(advocate, council!, 'share'),
  ]
  const visitor = await enter(advocate)
  expect(await statuses(visitor, pages)).toEqual(all(pages, 200))
  await addPost(product.database, advocate, police!)
  await endPost(advocate, refuge!)
  expect(await statuses(visitor, pages)).toEqual(all(pages, 404))
  for (const page of ['/work', '/tasks', '/shared']) expect((await visitor.get(page)).html).not.toMatch(/\/cases\/[0-9a-f-]{36}/)
  // Worked by them in the name of their new agency.
  const own = await caseOpenedTo(advocate, police!, 'allocation')
  expect((await visitor.get(own)).status).toBe(200)
})

test('[U13] a second post that ends takes the cases of its agency along, and none of the first', async () => {
  const officer = await addColleague(product.database, police!, { name: 'Denzil Opie' })
  await addPost(product.database, officer, refuge!)
  const [left, kept] = [await caseOpenedTo(officer, refuge!, 'allocation'), await caseOpenedTo(officer, police!, 'allocation')]
  const shared = await caseOpenedTo(officer, council!, 'share')
  await endPost(officer, refuge!)
  expect(await statuses(await enter(officer), [left, kept, shared])).toEqual({ [left]: 404, [kept]: 200, [shared]: 200 })
})

test('[E2] [E3] an episode loses a co-ordinator and a member with their agency, and its desk is told to appoint another', async () => {
  const { database } = product
  const school = await addTeam(database, await addAgency(database, { name: 'Harbour School' }), ['teaching'])
  const head = await addColleague(database, school, { role: 'Partner officer', serviceArea: null })
  const nurse = await addColleague(database, refuge!, { role: 'Partner officer', serviceArea: null })
  const desk = await enter(await addColleague(database, council!, { role: 'Team leader', serviceArea: episodes }))
  const [headAt, nurseAt] = [await enter(head), await enter(nurse)]
  const at = await beginEpisode(headAt, await registerFor(headAt, 'Merryn', 'Trevanyon'))
  expect((await addToTeam(headAt, at, nurse.email)).status).toBe(303)
  expect([(await headAt.get(at)).status, (await nurseAt.get(at)).status]).toEqual([200, 200])
  for (const [one, team] of [
    [head, school],
    [nurse, refuge!],
  ] as const) {
    await addPost(database, one, police!)
    await endPost(one, team)
  }
  expect([(await headAt.get(at)).status, (await nurseAt.get(at)).status]).toEqual([404, 404])
  expect((await desk.get('/notices')).words).toContain('another has to be appointed')
  expect((await desk.get(at)).status).toBe(200)
})

test('[V4] [M1e] a referral to a meeting, what it gave somebody to do and running it end with the agency', async () => {
  const { database } = product
  const { police: sitting, housing } = marac.officers
  const desk = await addTeam(database, sitting.agency, [])
  const referrer = await addColleague(database, desk, { role: 'Partner officer', serviceArea: null })
  const theirs = await enter(referrer)
  const itemId = await refer(theirs, marac.seriesId, { family: 'Zennorwyn' })
  const doer = await addColleague(database, await addTeam(database, housing.agency, [], 'Lettings'), {
    role: 'Partner officer',
    serviceArea: null,
  })
  await accept(marac, itemId)
  await sendAgenda(marac)
  await post(marac.chair, `/meetings/items/${itemId}/actions/new`, { what: 'Change the locks', seat: housing.seatId, due: 'in 5 days' })
  const { rows } = await database.admin.query<{ id: string }>('select id from meeting_actions where item_id = $1', [itemId])
  const action = `/meetings/actions/${rows[0]!.id}`
  const given = await database.admin.query<{ due: string; version: number }>(
    `select to_char(due_on, 'DD/MM/YYYY') as due, version from meeting_actions where id = $1`,
    [rows[0]!.id],
  )
  const { due, version } = given.rows[0]!
  await post(housing.visitor, `${action}/change`, { worker: doer.id, due, version: String(version), why: '' })
  expect((await theirs.get(`/meetings/items/${itemId}`)).status).toBe(200)
  const doing = await enter(doer)
  expect((await doing.get(action)).status).toBe(200)
  for (const one of [referrer, doer]) await addPost(database, one, refuge!)
  await endPost(referrer, desk)
  const lettings = await database.admin.query<{ id: string }>(
    'select team_id as id from posts where user_id = $1 order by started_at limit 1',
    [doer.id],
  )
  await endPost(doer, { ...desk, id: lettings.rows[0]!.id })
  expect((await theirs.get(`/meetings/items/${itemId}`)).status).toBe(404)
  expect((await doing.get(action)).status).toBe(404)
  expect((await housing.visitor.get(action)).status).toBe(200)
})

test('[V4] a chair who has left runs the meeting no more, is offered for no seat, and whoever runs it with them is told', async () => {
  const own = await addMarac(product)
  const { rows } = await product.database.admin.query<Colleague & { team: string }>(
    `select u.id, u.principal, u.name, u.email, o.team_id as team from meeting_members m join users u on u.id = m.user_id join posts o on o.user_id = u.id
     where m.series_id = $1 and m.role = 'chair'`,
    [own.seriesId],
  )
  const chair = rows[0]!
  const running = `/meetings/dates/${own.meetingId}`
  expect((await own.chair.get(running)).status).toBe(200)
  await addPost(product.database, chair, police!)
  await endPost(chair, { ...council!, id: chair.team })
  expect((await own.chair.get(running)).status).toBe(404)
  expect((await own.coordinator.get('/notices')).words).toContain('Somebody who ran a meeting has left their agency')
  const offered = (await own.coordinator.get(`/meetings/series/${own.seriesId}/members`)).html
  expect(offered).not.toContain(chair.id)
})

test('[U13] what was said among colleagues stays with them: nobody who has left reads it, or is written to in the old place', async () => {
  const { database } = product
  const leaver = await addColleague(database, refuge!, { name: 'Morwenna Chegwin' })
  const stays = await addColleague(database, refuge!, { name: 'Tamsin Rowe' })
  const third = await addColleague(database, refuge!, { name: 'Jory Hosken' })
  const [gone, there] = [await enter(leaver), await enter(stays)]
  const begin = async (to: readonly Colleague[], words: string) =>
    (await there.post('/conversations/new', { do: 'begin', to: to.map(one => one.id), title: '', words })).location!.split('?')[0]!
  const direct = await begin([leaver], 'The house is in Rope Walk')
  const group = await begin([leaver, third], 'The alarm code is changed')
  expect(await statuses(gone, [direct, group])).toEqual(all([direct, group], 200))
  await addPost(database, leaver, police!)
  await endPost(leaver, refuge!)
  expect(await statuses(gone, [direct, group])).toEqual(all([direct, group], 404))
  expect((await gone.get('/search?q=alarm&in=written')).words).not.toContain('alarm code')
  expect((await there.get(direct)).words).toContain('has left their agency')
  expect(await begin([leaver], 'Are you well at the police?')).not.toBe(direct)
  expect((await there.post('/conversations/new', { do: 'find', find: 'Chegwin', title: '', words: '' })).words).toContain(
    'Porthkerris Police',
  )
})
