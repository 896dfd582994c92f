import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  actorOf,
  addAgency,
  addCase,
  addPerson,
  addTeam,
  addUser,
  as,
  type Case,
  reader,
  type Team,
  type User,
} from '../../test/factories/world.ts'
import { freshDatabase, type TestDatabase } from '../../test/harness/database.ts'
import { type Site, siteOf } from '../../test/harness/site.ts'
import { grantAccess, withhold } from '../access/index.ts'
import { formatName } from '../people/index.ts'
import { fixedClock } from '../platform/clock.ts'
import { countUnread, noticeRoutes, tellUsers } from './index.ts'
import { noticeJobs } from './mail-notices.ts'
import type { NewNotice } from './tell-users.ts'

let database: TestDatabase
let site: Site
let team: Team
let tamsin: User
let piran: User
let theCase: Case

const now = new Date('2026-11-20T09:30:00Z')
const origin = 'https://lanyard.example'

beforeAll(async () => {
  database = await freshDatabase()
  team = await addTeam(database, await addAgency(database))
  tamsin = await addUser(database, team, { name: 'Tamsin Rowe' })
  piran = await addUser(database, team, { name: 'Piran Hocking' })
  theCase = await newCase()
  site = await siteOf(database, fixedClock(now), routes => noticeRoutes(routes, { formatName }))
})
afterAll(async () => {
  await site.close()
  await database.close()
})

const newCase = async () => addCase(database, await addPerson(database, team, { givenName: 'Oksana', familyName: 'Kovalenko' }), team)
const tell = (to: readonly User[], notice: Partial<NewNotice> = {}, at = now) =>
  as(database, piran, tx =>
    tellUsers(tx, at, {
      to: to.map(user => user.id),
      kind: 'task-given',
      words: 'A task has been given to you',
      href: '/tasks',
      ...notice,
    }),
  )
const idsOf = async (user: User): Promise<string[]> =>
  (await database.admin.query<{ id: string }>('select id from notices where user_id = $1 order by at', [user.id])).rows.map(row => row.id)
const unreadOf = (user: User) => as(database, user, countUnread)
const newUser = () => addUser(database, team)

/** The jobs of notices at a moment, and what mail they have put in the outbox for somebody. */
const jobsAt = (at: Date | string) =>
  noticeJobs({
    worker: database.worker,
    clock: fixedClock(at),
    origin,
    actorOf: async userId => actorOf(database, userId, new Date(at)).catch(() => undefined),
  }).jobs
const mailsTo = async (user: User): Promise<{ subject: string; body: string }[]> =>
  (await database.admin.query('select subject, body from mails where recipient = $1 order by queued_at', [user.email])).rows

describe('[F12] a notice', () => {
  test('waits for its reader with a count, names the person to them, and leads to what it tells of', async () => {
    const user = await newUser()
    await tell([user], { words: 'A case has been given to you', href: `/cases/${theCase.id}`, caseId: theCase.id })
    expect(await unreadOf(user)).toBe(1)
    const list = await site.as(user).get('/notices')
    expect(list.words).toContain('A case has been given to you KOVALENKO, Oksana')
    const [id] = await idsOf(user)
    expect(list.html).toContain(`href="/notices/${id}"`)
    const opened = await site.as(user).get(`/notices/${id}`)
    expect([opened.status, opened.location]).toEqual([303, `/cases/${theCase.id}`])
    expect(await unreadOf(user)).toBe(0)
    expect((await site.as(user).get('/notices')).words).toContain('Nothing new.')
    expect((await site.as(user).get('/notices?view=earlier')).words).toContain('KOVALENKO, Oksana')
  })

  test('is marked as read by itself or with all others', async () => {
    const user = await newUser()
    for (const words of ['One', 'Two', 'Three']) await tell([user], { words })
    const [id] = await idsOf(user)
    await site.as(user).post(`/notices/${id}/read`, {})
    expect(await unreadOf(user)).toBe(2)
    await site.as(user).post('/notices/read', {})
    expect(await unreadOf(user)).toBe(0)
  })

  test('is told once to somebody named twice, and not at all when what caused it was not saved', async () => {
    const user = await newUser()
    await tell([user, user])
    await expect(
      as(database, piran, async tx => {
        await tellUsers(tx, now, { to: [user.id], kind: 'task-given', words: 'Never', href: null })
        throw new Error('changed my mind')
      }),
    ).rejects.toThrow('changed my mind')
    expect(await unreadOf(user)).toBe(1)
  })

  test('goes on to the next page without losing any', async () => {
    const user = await newUser()
    for (let i = 0; i < 53; i++) await tell([user], { words: `Number ${i}` }, new Date(now.getTime() + Math.floor(i / 2)))
    const first = await site.as(user).get('/notices')
    const next = /href="([^"]*before=[^"]*)"/.exec(first.html)![1]!.replaceAll('&amp;', '&')
    const words = first.words + (await site.as(user).get(next)).words
    for (let i = 0; i < 53; i++) expect(words).toContain(`Number ${i} `)
  })

  test('is nobody’s but its reader’s: not a colleague’s, not the writer’s, and nobody opens or marks another’s', async () => {
    const user = await newUser()
    await tell([user], { words: 'For one alone' })
    const [id] = await idsOf(user)
    for (const other of [tamsin, piran]) {
      expect((await site.as(other).get('/notices')).words).not.toContain('For one alone')
      expect((await site.as(other).get(`/notices/${id}`)).status).toBe(404)
      expect((await site.as(other).post(`/notices/${id}/read`, {})).status).toBe(404)
    }
    await site.as(piran).post('/notices/read', {})
    expect(await unreadOf(user)).toBe(1)
  })

  test('of a reader who may only read is read and marked like anybody’s', async () => {
    const readOnly = await addUser(database, team, { may: reader })
    await tell([readOnly], { caseId: theCase.id })
    expect((await site.as(readOnly).get('/notices')).words).toContain('KOVALENKO, Oksana')
    await site.as(readOnly).post('/notices/read', {})
    expect(await unreadOf(readOnly)).toBe(0)
  })
})

describe('a notice about somebody whom its reader may not see', () => {
  const everythingOf = async (user: User, id: string) => [
    await unreadOf(user),
    (await site.as(user).get('/notices')).words.includes('Kept from them'),
    (await site.as(user).get('/notices?view=earlier')).words.includes('Kept from them'),
    (await site.as(user).get(`/notices/${id}`)).status,
  ]
  const nothing = [0, false, false, 404]

  test('is not written when the case is withheld from them, by name or through their agency', async () => {
    const kept = await newCase()
    const partner = await addUser(database, await addTeam(database, await addAgency(database)))
    for (const holder of [tamsin.principal, partner.agency.principal])
      await as(database, piran, (tx, actor) => withhold(tx, actor, now, { caseId: kept.id, holder, reason: 'A relation' }))
    const before = (await idsOf(tamsin)).length
    await tell([tamsin, partner], { caseId: kept.id })
    expect([(await idsOf(tamsin)).length - before, await idsOf(partner)]).toEqual([0, []])
  })

  test('shows nothing of itself once the case is withheld, and is not mailed', async () => {
    const user = await newUser()
    const kept = await newCase()
    await tell([user], { kind: 'case-allocated', words: 'Kept from them', caseId: kept.id, href: `/cases/${kept.id}` })
    const [id] = await idsOf(user)
    expect(await unreadOf(user)).toBe(1)
    await as(database, piran, (tx, actor) => withhold(tx, actor, now, { caseId: kept.id, holder: user.principal, reason: 'A relation' }))
    expect(await everythingOf(user, id!)).toEqual(nothing)
    await jobsAt(now)['mail-notice']!({ noticeId: id, userId: user.id }, { tryNumber: 1, lastTry: false })
    expect(await mailsTo(user)).toEqual([])
  })

  test('of another agency comes and goes with the share', async () => {
    const partner = await addUser(database, await addTeam(database, await addAgency(database)))
    const shared = await newCase()
    await tell([partner], { words: 'Kept from them', caseId: shared.id, href: `/cases/${shared.id}` })
    const [id] = await idsOf(partner)
    expect(await everythingOf(partner, id!)).toEqual(nothing)
    await as(database, piran, (tx, actor) =>
      grantAccess(tx, actor, now, {
        caseId: shared.id,
        kind: 'share',
        holder: partner.principal,
        level: 'read',
        purpose: 'Help with housing',
        lawfulBasis: 'public-task',
      }),
    )
    expect(await unreadOf(partner)).toBe(1)
  })

  test('about a person and no case is held to the person', async () => {
    const partner = await addUser(database, await addTeam(database, await addAgency(database)))
    await tell([partner], { words: 'Kept from them', personId: theCase.personId, href: `/people/${theCase.personId}` })
    const [id] = await idsOf(partner)
    expect(await everythingOf(partner, id!)).toEqual(nothing)
  })

  test('is never told to somebody who has been disabled', async () => {
    const gone = await addUser(database, team, { status: 'disabled' })
    await tell([gone])
    expect(await idsOf(gone)).toEqual([])
  })
})

describe('[F12] everybody chooses how they are told', () => {
  const choose = (user: User, kinds: Record<string, string>, digest = '08:00') =>
    site.as(user).post('/notices/settings', { ...kinds, digest })

  test('at once, by an e-mail that says that there is something and where, and nothing about anybody', async () => {
    const user = await newUser()
    await choose(user, { 'task-given': 'now' })
    await tell([user], { caseId: theCase.id, href: `/cases/${theCase.id}` })
    const [id] = await idsOf(user)
    const queued = await database.admin.query<{ payload: object }>(
      `select payload from ${database.schema}_jobs._private_jobs where payload::text like $1`,
      [`%${id}%`],
    )
    expect(queued.rows.map(row => row.payload)).toEqual([{ noticeId: id, userId: user.id }])
    for (let i = 0; i < 2; i++) await jobsAt(now)['mail-notice']!({ noticeId: id, userId: user.id }, { tryNumber: 1, lastTry: false })
    const mails = await mailsTo(user)
    expect(mails).toHaveLength(1)
    expect(mails[0]!.body).toContain(`${origin}/notices/${id}`)
    for (const secret of ['Oksana', 'KOVALENKO', theCase.id, 'task', 'case']) expect(JSON.stringify(mails)).not.toContain(secret)
  })

  test('in one e-mail a day at a time of day in London, summer and winter', async () => {
    const user = await newUser()
    await choose(user, { 'task-given': 'digest' }, '09:00')
    await tell([user], {}, new Date('2026-06-10T06:00:00Z'))
    await tell([user], {}, new Date('2026-06-10T07:00:00Z'))
    const run = (at: string) => jobsAt(at)['mail-digests']!({}, { tryNumber: 1, lastTry: false })
    await run('2026-06-10T07:45:00Z')
    expect(await mailsTo(user)).toEqual([])
    await run('2026-06-10T08:00:00Z')
    await run('2026-06-10T08:15:00Z')
    expect((await mailsTo(user)).map(mail => mail.subject)).toEqual(['You have 2 new notices in Lanyard'])
    // What comes after the day's e-mail waits for the next day's; it is winter then, and 9 o'clock is an hour later by UTC.
    await tell([user], {}, new Date('2026-12-01T12:00:00Z'))
    for (const at of ['2026-12-01T23:45:00Z', '2026-12-02T08:45:00Z']) await run(at)
    expect(await mailsTo(user)).toHaveLength(1)
    await run('2026-12-02T09:00:00Z')
    expect((await mailsTo(user)).map(mail => mail.subject).at(-1)).toBe('You have 1 new notice in Lanyard')
  })

  test('and what has been read meanwhile is not mailed', async () => {
    const user = await newUser()
    await choose(user, { 'task-given': 'digest' })
    await tell([user], {}, new Date('2026-06-10T06:00:00Z'))
    await site.as(user).post('/notices/read', {})
    await jobsAt('2026-06-10T09:00:00Z')['mail-digests']!({}, { tryNumber: 1, lastTry: false })
    expect(await mailsTo(user)).toEqual([])
  })

  test('only in the product, or not at all', async () => {
    const user = await newUser()
    await choose(user, { 'task-given': 'product', 'task-due': 'off' })
    await tell([user])
    await tell([user], { kind: 'task-due' })
    expect(await unreadOf(user)).toBe(1)
    await jobsAt('2026-11-21T23:00:00Z')['mail-digests']!({}, { tryNumber: 1, lastTry: false })
    expect(await mailsTo(user)).toEqual([])
  })

  test('but not of what is for somebody’s safety: a post that turns it off changes nothing', async () => {
    const user = await newUser()
    expect((await site.as(user).get('/notices/settings')).words).toContain('for somebody’s safety and cannot be turned off')
    await choose(user, { 'not-back': 'off', 'emergency-opening': 'off' })
    await tell([user], { kind: 'not-back', words: 'A colleague has not come back from a visit' })
    const [id] = await idsOf(user)
    await jobsAt(now)['mail-notice']!({ noticeId: id, userId: user.id }, { tryNumber: 1, lastTry: false })
    expect((await mailsTo(user)).map(mail => mail.subject)).toEqual(['Urgent: you have a notice in Lanyard'])
  })
})

describe('old notices', () => {
  test('are forgotten: read ones after two months, others after a year', async () => {
    const user = await newUser()
    for (const at of ['2025-10-01T09:00:00Z', '2026-08-01T09:00:00Z', '2026-11-01T09:00:00Z']) await tell([user], {}, new Date(at))
    const [, , recent] = await idsOf(user)
    await jobsAt(now)['tidy-notices']!({}, { tryNumber: 1, lastTry: false })
    expect(await idsOf(user)).toHaveLength(2)
    await database.admin.query('update notices set read_at = at where user_id = $1', [user.id])
    await jobsAt(now)['tidy-notices']!({}, { tryNumber: 1, lastTry: false })
    expect(await idsOf(user)).toEqual([recent])
  })
})
