import { afterAll, beforeAll, expect, test } from 'vitest'
import { addColleague, type Colleague } from '../../test/factories/colleagues.ts'
import { accept, addMarac, post, refer, researchOf, sendAgenda } from '../../test/factories/marac.ts'
import { fillIn } from '../../test/factories/whole-record.ts'
import { actorOf, addAgency, addCase, addPerson, addPost, addTeam, type Case, type Team } from '../../test/factories/world.ts'
import { type Product, startProduct } from '../../test/harness/product.ts'
import { visitorOf } from '../../test/harness/visitor.ts'
import { grantAccess } from '../access/index.ts'
import { asActor } from '../platform/actor.ts'

let product: Product
let [home, away]: Team[] = []
let [homeCase, awayCase]: Case[] = []
let worker: Colleague

beforeAll(async () => {
  product = await startProduct()
  const { database } = product
  home = await addTeam(database, await addAgency(database, { isAuthority: true }))
  away = await addTeam(database, await addAgency(database))
  homeCase = await addCase(database, await addPerson(database, home), home)
  awayCase = await addCase(database, await addPerson(database, away), away)
  worker = await addColleague(database, home)
  await addPost(database, worker, away)
})
afterAll(async () => {
  expect(product.faults).toEqual([])
  await product.close()
})

test('[M1g] somebody with posts in several agencies works in all of them with one log-in, and sees at the top in which', async () => {
  const visitor = await visitorOf(product).signIn(worker)
  for (const one of [homeCase, awayCase]) expect((await visitor.get(`/cases/${one!.id}`)).status).toBe(200)
  const page = await visitor.get('/work')
  expect(page.words).toContain('All your posts at once')
  for (const team of [home, away]) expect(page.words).toContain(`${team!.name}, ${team!.agency.name}`)
  const colleague = await visitorOf(product).signIn(await addColleague(product.database, home!))
  expect((await colleague.get(`/cases/${awayCase!.id}`)).status).toBe(404)
  expect((await colleague.get('/work')).words).not.toContain('All your posts at once')
})

test('[M1g] a post that ends takes its agency away with the next page, and leaves the rest', async () => {
  const visitor = await visitorOf(product).signIn(worker)
  await product.database.admin.query('update posts set ended_at = now() where user_id = $1 and team_id = $2', [worker.id, away!.id])
  expect((await visitor.get(`/cases/${awayCase!.id}`)).status).toBe(404)
  expect((await visitor.get(`/cases/${homeCase!.id}`)).status).toBe(200)
  expect((await visitor.get('/work')).words).not.toContain('All your posts at once')
})

test('[M1g] sits in a meeting for each agency that they have a post in, and leaves the seat with the post, at once', async () => {
  const { database } = product
  const marac = await addMarac(product)
  const { agency, seatId } = marac.officers.housing
  const desk = await addTeam(database, agency, [])
  const both = await addColleague(database, home!, { name: 'Merryn Angove' })
  const sit = { what: 'member', who: `${seatId}/${both.id}`, role: 'member' }
  const members = `/meetings/series/${marac.seriesId}/members`
  // Not offered, and refused like anybody who is not.
  const refused = await marac.coordinator.post(members, sit)
  expect([refused.status, refused.words]).toEqual([422, expect.stringContaining('Choose somebody')])
  await addPost(database, both, desk)
  await post(marac.coordinator, members, sit)
  const visitor = await visitorOf(product).signIn(both)
  const date = `/meetings/dates/${marac.meetingId}`
  const itemId = await refer(marac.officers.police.visitor, marac.seriesId, { family: 'Zennorwyn' })
  await accept(marac, itemId)
  await sendAgenda(marac)
  expect((await visitor.get(date)).words).toMatch(/zennorwyn/i)
  const research = await researchOf(product, itemId, marac.officers.housing)
  expect((await visitor.get(`/meetings/items/${itemId}/research/${research}`)).status).toBe(200)

  const administrator = await visitorOf(product).signIn(
    await addColleague(database, home!, { role: 'Authority administrator', serviceArea: null }),
  )
  const { rows } = await database.admin.query<{ id: string }>('select id from posts where user_id = $1 and team_id = $2', [
    both.id,
    desk.id,
  ])
  expect((await administrator.post(`/users/${both.id}/posts/${rows[0]!.id}/end`)).status).toBe(303)
  for (const page of [date, `/meetings/items/${itemId}`, `/meetings/items/${itemId}/research/${research}`])
    expect([page, (await visitor.get(page)).status]).toEqual([page, 404])
  // As somebody who could be added still, and as nobody's member.
  expect((await marac.coordinator.get(members)).words).not.toContain('End Merryn Angove’s part')
  expect((await visitor.get(`/cases/${homeCase!.id}`)).status).toBe(200)
})

test('[M1g] a post at home that ends takes the seat, the shares and the rest of that agency along, whatever other post is left', async () => {
  const { database } = product
  const marac = await addMarac(product)
  const { agency, seatId } = marac.officers.police
  const desk = await addTeam(database, agency, [])
  const officer = await addColleague(database, desk, { name: 'Denzil Opie' })
  await addPost(database, officer, home!)
  await post(marac.coordinator, `/meetings/series/${marac.seriesId}/members`, {
    what: 'member',
    who: `${seatId}/${officer.id}`,
    role: 'member',
  })
  const itemId = await refer(marac.officers.police.visitor, marac.seriesId, { family: 'Zennorwyn' })
  await accept(marac, itemId)
  await sendAgenda(marac)
  // One case is shared with the agency, another with them by name.
  const [withAgency, withThem] = [await sharedCase(agency.principal), await sharedCase(officer.principal)]
  const research = `/meetings/items/${itemId}/research/${await researchOf(product, itemId, marac.officers.police)}`
  const theirs = [`/meetings/dates/${marac.meetingId}`, `/meetings/items/${itemId}`, research, `/cases/${withAgency}`, `/cases/${withThem}`]
  const visitor = await visitorOf(product).signIn(officer)
  const answers = async () => Object.fromEntries(await Promise.all(theirs.map(async page => [page, (await visitor.get(page)).status])))
  const all = (status: number) => Object.fromEntries(theirs.map(page => [page, status]))
  expect(await answers()).toEqual(all(200))

  const administrator = await visitorOf(product).signIn(
    await addColleague(database, home!, { role: 'Authority administrator', serviceArea: null }),
  )
  const { rows } = await database.admin.query<{ id: string }>('select id from posts where user_id = $1 and team_id = $2', [
    officer.id,
    desk.id,
  ])
  expect((await administrator.post(`/users/${officer.id}/posts/${rows[0]!.id}/end`)).status).toBe(303)
  expect(await answers()).toEqual(all(404))
  expect((await visitor.post(research, { _then: 'nothing' })).status).toBe(404)
  expect((await visitor.get(`/cases/${homeCase!.id}`)).status).toBe(200)
})

test('[E3] [U13] a right that one agency gives is none at another’s records: not to triage, restrict or share, and no button for it', async () => {
  const { database } = product
  const leader = await addColleague(database, away!, { name: 'Lowenna Uren', role: 'Team leader' })
  await addPost(database, leader, home!, { may: ['read-records', 'record'] })
  const visitor = await visitorOf(product).signIn(leader)
  const referrer = await visitorOf(product).signIn(await addColleague(database, home!))
  const referredTo = async (by: typeof referrer, team: Team, personId: string) => {
    const { html } = await by.get(`/people/${personId}/refer`)
    const [, place] = [...html.matchAll(/<option value="([^"]+)"[^>]*>/g)].find(([, value]) => value!.startsWith(team.id))!
    return /\/cases\/[0-9a-f-]{36}/.exec(await fillIn(by, `/people/${personId}/refer`, { team: place! }))![0]
  }
  const ours = await referredTo(referrer, home!, homeCase!.personId)
  const theirs = await referredTo(visitor, away!, awayCase!.personId)
  for (const act of ['triage', 'restrict']) {
    expect([act, (await visitor.get(`${ours}/${act}`)).status]).toEqual([act, 404])
    expect([act, (await visitor.get(`${theirs}/${act}`)).status]).toEqual([act, 200])
  }
  expect((await visitor.post(`${ours}/triage`, { decision: 'accept' })).status).toBe(404)
  expect((await visitor.get(ours)).html).not.toContain(`${ours}/triage`)
  expect((await visitor.get(theirs)).html).toContain(`${theirs}/triage`)
  const { rows } = await database.admin.query<{ action: string; agency: number }>(
    `select distinct agency from audit_events where user_id = $1 and case_id = $2`,
    [leader.id, ours.slice(-36)],
  )
  expect(rows).toEqual([{ agency: home!.agency.principal }])
})

test('[M1g] [U9] [E3] what whoever has left the agency that they were of does for another stands in the audit of that one', async () => {
  const { database } = product
  const mover = await addColleague(database, home!, { name: 'Kerensa Lugg' })
  await addPost(database, mover, away!)
  await database.admin.query('update posts set ended_at = now() where user_id = $1 and team_id = $2', [mover.id, home!.id])
  const visitor = await visitorOf(product).signIn(mover)
  await visitor.get('/search?q=Zennorwyn')
  await visitor.get(`/people/${awayCase!.personId}`)
  const { rows } = await database.admin.query<{ agency: number }>(
    `select distinct agency from audit_events where user_id = $1 and action in ('people-searched', 'person-opened', 'signed-in')`,
    [mover.id],
  )
  expect(rows).toEqual([{ agency: away!.agency.principal }])
  const audits = async (team: Team) =>
    visitorOf(product).signIn(await addColleague(database, team, { role: 'Agency administrator', serviceArea: null }))
  const [now, before] = [await audits(away!), await audits(home!)]
  expect((await now.get(`/users/${mover.id}/audit`)).words).toContain('Searched for people')
  expect((await before.get(`/users/${mover.id}/audit`)).words).not.toContain('Searched for people')
  expect((await now.get('/users/access')).words).toMatch(/Kerensa Lugg/)
})

async function sharedCase(holder: number): Promise<string> {
  const { database } = product
  const theCase = await addCase(database, await addPerson(database, away!), away!)
  const leader = await addColleague(database, away!, { role: 'Team leader' })
  const actor = await actorOf(database, leader.id)
  await asActor(database.web, actor, 'write', tx =>
    grantAccess(tx, actor, new Date(), {
      caseId: theCase.id,
      kind: 'share',
      holder,
      level: 'read',
      purpose: 'To keep them safe',
      lawfulBasis: 'Public task',
    }),
  )
  return theCase.id
}
