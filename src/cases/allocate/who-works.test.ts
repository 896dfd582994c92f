import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  type Agency,
  addAgency,
  addPerson,
  addTeam,
  addUser,
  as,
  type Person,
  reader,
  type Team,
  type User,
  worker,
} from '../../../test/factories/world.ts'
import { casesAlone } from '../../../test/harness/cases-alone.ts'
import { freshDatabase, type TestDatabase } from '../../../test/harness/database.ts'
import { type Site, siteOf } from '../../../test/harness/site.ts'
import { endWithholding, withhold } from '../../access/index.ts'
import { fixedClock } from '../../platform/clock.ts'
import { recordRoutes } from '../../record/index.ts'
import { workRoutes } from '../../work/index.ts'
import { allocate, casesRoutes, lockCase } from '../index.ts'

const clock = fixedClock('2026-11-17T10:00:00Z')
const day = (name: string, text = '2026-11-17') => {
  const [year, month, day] = text.split('-')
  return { [`${name}-day`]: day!, [`${name}-month`]: month!, [`${name}-year`]: year! }
}

let database: TestDatabase
let site: Site
let council: Agency
let west: Team
let east: Team
let leader: User
let tamsin: User
let perran: User
let morwenna: User
let student: User
let stranger: User

beforeAll(async () => {
  database = await freshDatabase()
  council = await addAgency(database, { kind: 'council', isAuthority: true })
  west = await addTeam(database, council, ['early-help'])
  east = await addTeam(database, council, ['early-help'])
  const clinic = await addTeam(database, await addAgency(database), ['drug-and-alcohol'])
  leader = await addUser(database, west, { name: 'Demelza Vyvyan', may: [...worker, 'supervise'] })
  tamsin = await addUser(database, west, { name: 'Tamsin Rowe', may: ['read-records', 'record'] })
  perran = await addUser(database, west, { name: 'Perran Hocking', may: ['read-records', 'record'] })
  morwenna = await addUser(database, east, { name: 'Morwenna Chegwin', may: ['read-records', 'record'] })
  student = await addUser(database, west, { name: 'Jory Tremayne', may: reader })
  stranger = await addUser(database, clinic, { may: [...worker, 'supervise'] })
  site = await siteOf(database, clock, routes => {
    casesRoutes(routes, casesAlone)
    recordRoutes(routes, { recordContact: caseId => `/contact/${caseId}` })
    workRoutes(routes, { alerts: async () => null, panels: [], enqueue: async () => {}, texting: false })
  })
})
afterAll(async () => {
  await site.close()
  await database.close()
})

async function act(user: User, caseId: string, name: string, fields: Record<string, string | string[]> = {}) {
  const path = `/cases/${caseId}/${name}`
  const { html } = await site.as(user).get(path)
  return site.as(user).post(path, { version: /name="version" value="(\d+)"/.exec(html)?.[1] ?? '', ...fields })
}

/** A case that waits in the western team for a worker; with one, theirs. */
async function aCase(of?: User): Promise<{ caseId: string; person: Person }> {
  const person = await addPerson(database, west)
  const referred = await site.as(leader).post(`/people/${person.id}/refer`, {
    team: `${west.id}/early-help`,
    ...day('received'),
    source: 'school',
    'referrer-name': 'Mrs J Bray',
    reason: 'Uncle back in the home.',
    urgency: 'routine',
    consent: 'given',
    'consent-how': 'by telephone',
    ...day('consent-on'),
  })
  const caseId = referred.location!.replace('/cases/', '')
  await act(leader, caseId, 'triage', { decision: 'accept', note: '', ...day('decided') })
  if (of) await give(caseId, of)
  return { caseId, person }
}

const give = (caseId: string, to: User, reason = '') =>
  act(leader, caseId, 'allocate', { to: 'worker', worker: to.id, ...day('from'), reason, 'hand-over': '' })
const offer = (caseId: string, to: User) =>
  act(leader, caseId, 'allocate', { to: 'offer', offered: to.id, reason: 'You know the school', 'hand-over': 'Ring before noon' })
const workerOf = async (caseId: string) =>
  (await database.admin.query('select worker_id from cases where id = $1', [caseId])).rows[0].worker_id
const sees = async (user: User, caseId: string) => (await site.as(user).get(`/cases/${caseId}`)).status === 200
const edits = (user: User, caseId: string) => as(database, user, async (tx, actor) => Boolean(await lockCase(tx, actor, caseId)))
const noticesOf = async (user: User) =>
  (await database.admin.query('select kind, words from notices where user_id = $1 order by at desc, id desc', [user.id])).rows

describe('[U5] an offer', () => {
  test('is the worker’s to accept: then the case is theirs, with what they were told to know', async () => {
    const { caseId } = await aCase()
    expect((await offer(caseId, tamsin)).status).toBe(303)
    expect(await workerOf(caseId)).toBeNull()
    expect((await noticesOf(tamsin))[0]).toEqual({ kind: 'case-offered', words: 'A case has been offered to you' })
    expect((await site.as(tamsin).get('/work')).words).toContain('Offered to you')
    expect((await site.as(perran).get('/work')).words).not.toContain('Offered to you')
    const page = await site.as(tamsin).get(`/cases/${caseId}/answer-offer`)
    expect(page.words).toContain('Ring before noon')
    expect((await act(tamsin, caseId, 'answer-offer', { answer: 'accept' })).status).toBe(303)
    expect(await workerOf(caseId)).toBe(tamsin.id)
    expect((await site.as(tamsin).get('/work')).words).not.toContain('Offered to you')
    expect((await noticesOf(leader))[0]).toMatchObject({ kind: 'case-offered' })
    const { rows } = await database.admin.query('select answer from case_offers where case_id = $1', [caseId])
    expect(rows).toEqual([{ answer: 'accepted' }])
  })

  test('declined for a reason goes back to whoever offered it', async () => {
    const { caseId } = await aCase()
    await offer(caseId, tamsin)
    const silent = await act(tamsin, caseId, 'answer-offer', { answer: 'decline', reason: '' })
    expect(silent.status).toBe(422)
    expect(silent.words).toContain('Enter why you do not take it')
    expect((await act(tamsin, caseId, 'answer-offer', { answer: 'decline', reason: 'She is my neighbour' })).location).toBe('/work')
    expect(await workerOf(caseId)).toBeNull()
    expect((await noticesOf(leader))[0]).toMatchObject({ words: 'A case that you offered has been declined' })
    expect((await site.as(leader).get(`/cases/${caseId}`)).words).toContain('Declined by Tamsin Rowe')
    expect((await site.as(leader).get(`/cases/${caseId}/history`)).words).toContain('Offer declined')
  })

  test('is answered by nobody else, and not after it was taken back or the case was given', async () => {
    const { caseId } = await aCase()
    await offer(caseId, tamsin)
    for (const other of [perran, leader]) {
      expect((await site.as(other).get(`/cases/${caseId}/answer-offer`)).location).toBe(`/cases/${caseId}`)
      expect((await site.as(other).post(`/cases/${caseId}/answer-offer`, { answer: 'accept', version: '3' })).status).not.toBe(200)
    }
    expect(await workerOf(caseId)).toBeNull()
    expect((await act(leader, caseId, 'withdraw-offer')).status).toBe(303)
    await site.as(tamsin).post(`/cases/${caseId}/answer-offer`, { answer: 'accept', version: '4' })
    expect(await workerOf(caseId)).toBeNull()
    await offer(caseId, tamsin)
    await give(caseId, perran)
    await site.as(tamsin).post(`/cases/${caseId}/answer-offer`, { answer: 'accept', version: '6' })
    expect(await workerOf(caseId)).toBe(perran.id)
    for (const other of [student, stranger]) expect((await site.as(other).get(`/cases/${caseId}/answer-offer`)).status).toBe(404)
  })

  test('never goes to somebody from whom the case is withheld, who records nothing, or who could not read it', async () => {
    const { caseId } = await aCase()
    const id = await as(database, leader, (tx, actor) =>
      withhold(tx, actor, new Date(), { caseId, holder: tamsin.principal, reason: 'Her cousin' }),
    )
    const form = await site.as(leader).get(`/cases/${caseId}/allocate`)
    expect(form.html).toContain(perran.id)
    for (const nobody of [tamsin, student, morwenna]) {
      expect(form.html).not.toContain(`value="${nobody.id}"`)
      expect((await offer(caseId, nobody)).status).toBe(422)
      expect((await give(caseId, nobody)).status).toBe(422)
      const refused = await as(database, leader, async (tx, actor) => {
        const theCase = (await lockCase(tx, actor, caseId))!
        const to = { teamId: west.id, userId: nobody.id, principal: nobody.principal, name: nobody.name }
        return allocate(tx, actor, new Date(), theCase, { to, fromOn: '2026-11-17' as never, reason: '', handOver: '' })
      })
      expect(refused.ok).toBe(false)
    }
    await as(database, leader, (tx, actor) => endWithholding(tx, actor, new Date(), id))
    const restricted = await aCase(leader)
    expect((await act(leader, restricted.caseId, 'restrict', { reason: 'Threats', named: leader.id })).status).toBe(303)
    const refused = await offer(restricted.caseId, tamsin)
    expect(refused.words).toContain('A restricted case cannot be offered')
    expect((await give(restricted.caseId, tamsin, 'She knows him')).status).toBe(303)
    expect(await sees(tamsin, restricted.caseId)).toBe(true)
  })
})

describe('[U5] a co-worker', () => {
  const add = (caseId: string, who: User, reason = 'Does the visits with him') =>
    act(leader, caseId, 'co-workers/new', { 'co-worker': who.id, reason })

  test('of another team reads and changes the case while they are it, and no longer', async () => {
    const { caseId } = await aCase(tamsin)
    expect([await sees(morwenna, caseId), await edits(morwenna, caseId)]).toEqual([false, false])
    expect((await add(caseId, morwenna)).status).toBe(303)
    expect([await sees(morwenna, caseId), await edits(morwenna, caseId)]).toEqual([true, true])
    expect((await site.as(morwenna).get('/work?as-co-worker=1')).words).toContain('1 case')
    expect((await site.as(leader).get(`/cases/${caseId}`)).words).toContain('Morwenna Chegwin, co-worker')
    expect((await site.as(leader).get(`/work/team?team=${west.id}%2Fearly-help`)).words).toContain('co-worker on 1')
    expect(await workerOf(caseId)).toBe(tamsin.id)
    await act(leader, caseId, 'co-workers/end', { 'co-worker': morwenna.id, reason: 'Visits are over' })
    expect([await sees(morwenna, caseId), await edits(morwenna, caseId)]).toEqual([false, false])
    expect((await site.as(morwenna).get('/work?as-co-worker=1')).words).not.toContain('1 case')
    expect((await site.as(leader).get(`/cases/${caseId}/history`)).words).toContain('Ended: Visits are over')
  })

  test('is named with their role and how to ring them, on the case and on the person’s page, to those who may read who has it', async () => {
    const { caseId, person } = await aCase(tamsin)
    await database.admin.query(`update users set telephone = '01632 960 177', job_title = 'Play therapist' where id = $1`, [morwenna.id])
    await add(caseId, morwenna)
    const cousin = await addUser(database, west, { may: reader })
    await as(database, leader, (tx, actor) => withhold(tx, actor, new Date(), { caseId, holder: cousin.principal, reason: 'Her cousin' }))
    for (const one of [leader, student, morwenna]) {
      expect((await site.as(one).get(`/cases/${caseId}`)).words).toMatch(/Morwenna Chegwin, co-worker Play therapist · .*01632 960 177/)
      expect((await site.as(one).get(`/people/${person.id}`)).words).toMatch(
        /Who is working with .*Tamsin Rowe.*Morwenna Chegwin , play therapist, co-worker early help · 01632 960 177/,
      )
    }
    const inEast = await addUser(database, east, { may: [...worker] })
    for (const other of [inEast, stranger, cousin])
      expect((await site.as(other).get(`/people/${person.id}`)).words).not.toMatch(/Morwenna|960 177/)
    await act(leader, caseId, 'co-workers/end', { 'co-worker': morwenna.id, reason: 'Visits are over' })
    expect((await site.as(leader).get(`/people/${person.id}`)).words).not.toMatch(/co-worker early help|960 177/)
  })

  test('who is not named when the case is restricted works with it no more; the page has them ticked', async () => {
    const { caseId } = await aCase(tamsin)
    await add(caseId, perran)
    await add(caseId, morwenna)
    const page = await site.as(leader).get(`/cases/${caseId}/restrict`)
    for (const one of [perran, morwenna]) expect(page.html).toMatch(new RegExp(`value="${one.id}"[^>]* checked`))
    const reply = await act(leader, caseId, 'restrict', { named: [leader.id, perran.id], others: '', reason: 'A threat' })
    expect(reply.status).toBe(303)
    expect([await sees(perran, caseId), await sees(morwenna, caseId), await sees(tamsin, caseId)]).toEqual([true, false, true])
    expect((await site.as(leader).get(`/cases/${caseId}/history`)).words).toContain('they were not named')
  })

  test('who becomes its worker is the one and no longer the other; all go when the case leaves the team', async () => {
    const { caseId } = await aCase(tamsin)
    await add(caseId, perran)
    await add(caseId, morwenna)
    await give(caseId, perran, 'Tamsin goes part time')
    const standing = async () =>
      (
        await database.admin.query(
          `select u.name, g.kind from access_grants g join users u on u.principal = g.holder where g.case_id = $1 and g.ended_at is null and g.kind in ('allocation', 'co-worker') order by 1`,
          [caseId],
        )
      ).rows.map(({ name, kind }) => `${name} ${kind}`)
    expect(await standing()).toEqual(['Morwenna Chegwin co-worker', 'Perran Hocking allocation'])
    const boss = await addUser(database, east, { may: [...worker] })
    await act(leader, caseId, 'allocate', { to: 'team', team: east.id, ...day('from'), reason: 'Moved house', 'hand-over': '' })
    expect(await standing()).toEqual([])
    expect(await sees(boss, caseId)).toBe(true)
    expect(await sees(perran, caseId)).toBe(false)
  })

  test('is nobody from whom it is withheld, nobody of another agency, nobody who may only read; and a reader adds none', async () => {
    const { caseId } = await aCase(tamsin)
    await as(database, leader, (tx, actor) => withhold(tx, actor, new Date(), { caseId, holder: morwenna.principal, reason: 'Her cousin' }))
    for (const nobody of [morwenna, student, stranger, tamsin]) expect((await add(caseId, nobody)).status).toBe(422)
    for (const other of [tamsin, student, stranger]) expect((await site.as(other).get(`/cases/${caseId}/co-workers/new`)).status).toBe(404)
    expect((await site.as(student).post(`/cases/${caseId}/co-workers/new`, { 'co-worker': perran.id, reason: 'x' })).status).toBe(404)
  })
})

describe('[U4] supervision', () => {
  test('is recorded on a case with what was agreed and when it is next due, for all who read the whole case', async () => {
    const { caseId, person } = await aCase(tamsin)
    const wrong = await act(leader, caseId, 'supervise', {
      kind: 'supervision',
      ...day('held'),
      discussed: '',
      agreed: 'Visit',
      ...day('next'),
    })
    expect(wrong.status).toBe(422)
    expect(wrong.words).toContain('Enter what was talked about')
    expect(wrong.words).toContain('must be after the one that is recorded')
    const said = { kind: 'supervision', discussed: 'Safe contact with his mother', agreed: 'Two visits before Advent' }
    expect((await act(leader, caseId, 'supervise', { ...said, ...day('held', '2026-10-01'), ...day('next', '2026-11-01') })).status).toBe(
      303,
    )
    expect((await act(leader, caseId, 'supervise', { kind: 'comment', comment: 'Well held' })).status).toBe(303)
    for (const colleague of [tamsin, student]) {
      const history = (await site.as(colleague).get(`/cases/${caseId}/history`)).words
      for (const words of ['Safe contact with his mother', 'Two visits before Advent', '01/11/2026', 'Well held'])
        expect(history).toContain(words)
    }
    expect((await site.as(tamsin).get(`/people/${person.id}/timeline`)).words).toContain('Supervision with Tamsin Rowe')
    const { rows: told } = await database.admin.query(
      'select kind, words from notices where user_id = $1 and case_id = $2 and kind = $3 order by at, id',
      [tamsin.id, caseId, 'supervision'],
    )
    expect(told.map(one => one.words)).toEqual([
      'Supervision has been recorded on a case of yours',
      'Somebody has commented on a case of yours',
    ])
    const late = await site.as(leader).get(`/work/team/cases?team=${west.id}%2Fearly-help&supervision=overdue&column=supervision`)
    expect(late.words).toContain('last 01/10/2026')
  })

  test('is a right of its own, and not there for another team, another agency or a share of parts', async () => {
    const { caseId } = await aCase(tamsin)
    await act(leader, caseId, 'supervise', { kind: 'comment', comment: 'Not for the clinic' })
    for (const other of [tamsin, student, morwenna, stranger]) {
      expect((await site.as(other).get(`/cases/${caseId}/supervise`)).status).toBe(404)
      expect((await site.as(other).post(`/cases/${caseId}/supervise`, { kind: 'comment', comment: 'x' })).status).toBe(404)
    }
    for (const other of [morwenna, stranger]) {
      const rows = await as(database, other, tx => tx.selectFrom('supervisions').select('id').where('case_id', '=', caseId).execute())
      expect(rows).toEqual([])
    }
  })

  test('nothing went wrong', () => expect(site.faults).toEqual([]))
})
