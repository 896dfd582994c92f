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
import { ownForm } from '../../test/harness/forms-on-page.ts'
import { type Site, siteOf } from '../../test/harness/site.ts'
import { withhold } from '../access/index.ts'
import { readPdf } from '../letters/testing/read-pdf.ts'
import { paths } from '../paths.ts'
import { fixedClock } from '../platform/clock.ts'
import { prepareJobs } from '../platform/jobs.ts'
import { endPlaces, groupJobs, groupRoutes, programmeRoutes } from './index.ts'
import { type ModuleOfCourse, progressInWords, progressOf } from './programme.ts'

describe('how far somebody has come', () => {
  const module = (isNeeded: boolean, done: boolean, isWithdrawn = false) =>
    ({ isNeeded, done: done ? {} : null, withdrawnAt: isWithdrawn ? new Date() : null }) as ModuleOfCourse
  test.each([
    ['nothing yet', [module(true, false), module(false, false)], '0 of 2 modules', 1],
    ['all that is needed', [module(true, true), module(false, false)], '1 of 2 modules', 0],
    ['one that was withdrawn since counts for who has done it', [module(true, true, true), module(true, true)], '2 of 2 modules', 0],
    ['one that was withdrawn is asked of nobody', [module(true, false, true), module(true, true)], '1 of 1 module', 0],
  ])('%s', (_, modules, words, missing) => {
    const progress = progressOf(modules)
    expect([progressInWords(progress), progress.missing.length]).toEqual([words, missing])
  })
})

const clock = fixedClock('2026-11-20T16:30:00Z')
let database: TestDatabase
let site: Site
let team: Team
let worker: User
let readOnly: User
let partner: User

beforeAll(async () => {
  database = await freshDatabase()
  await prepareJobs(database.adminUrl, database.schema)
  const agency = await addAgency(database, { name: 'Harbour Recovery' })
  team = await addTeam(database, agency)
  worker = await addUser(database, team, { name: 'Tamsin Rowe' })
  readOnly = await addUser(database, team, { may: reader })
  partner = await addUser(database, await addTeam(database, await addAgency(database)))
  site = await siteOf(database, clock, routes => {
    const parts = { personBanner: async () => null, tabs: [], findPeople: async () => [] }
    groupRoutes(routes, parts)
    programmeRoutes(routes, parts)
  })
})
afterAll(async () => {
  expect(site.faults).toEqual([])
  await site.close()
  await database.close()
})

const newCase = async (givenName = 'Elowen'): Promise<Case> =>
  addCase(database, await addPerson(database, team, { givenName, familyName: 'Angove' }), team)
const saved = async (who: User, address: string, fields: Record<string, string | string[]>): Promise<string> => {
  const reply = await site.as(who).post(address, fields)
  expect([address, reply.status, reply.status === 303 ? '' : reply.words]).toEqual([address, 303, ''])
  return reply.location ?? ''
}
const lastId = (address: string) => /([0-9a-f-]{36})[^0-9]*$/.exec(address)![1]!
const day = (name: string) => ({ [`${name}-day`]: '20', [`${name}-month`]: '11', [`${name}-year`]: '2026' })

const newProgramme = async (modules = 'Sleep\nMoney\n+ A walk', openTo = 'team') =>
  lastId(await saved(worker, paths.programmes.add, { name: `Stepping stones ${crypto.randomUUID()}`, 'open-to': openTo, modules }))
const begin = async (theCase: Case, programme: string) =>
  lastId(await saved(worker, paths.programmes.begin(theCase.id), { programme, ...day('began') }))
const moduleIds = async (programmeId: string) =>
  (
    await database.admin.query<{ id: string }>('select id from programme_modules where programme_id = $1 order by position', [programmeId])
  ).rows.map(row => row.id)
const done = (theCase: Case, course: string, module: string) =>
  saved(worker, paths.programmes.module(theCase.id, course, module), { done: '', how: 'one-to-one', ...day('done-on') })

describe('a programme', () => {
  test('[U23] is gone through module by module, complete only with those that are needed, and ends with a certificate', async () => {
    const theCase = await newCase()
    const programme = await newProgramme()
    const course = await begin(theCase, programme)
    const [sleep, money] = await moduleIds(programme)
    const certificate = paths.programmes.certificate(theCase.id, course)
    await done(theCase, course, sleep!)
    const page = await site.as(worker).get(paths.programmes.course(theCase.id, course))
    expect(page.words).toMatch(/1 of 3 modules.*Still needed Money/)
    const early = await site.as(worker).post(paths.programmes.finish(theCase.id, course), { outcome: 'completed', ...day('ended') })
    expect(early.status).toBe(422)
    expect(early.words).toContain('Modules that are needed are not done yet')
    for (const address of [certificate, `${certificate}/pdf`]) expect((await site.as(worker).get(address)).status).toBe(404)
    await done(theCase, course, money!)
    await saved(worker, paths.programmes.finish(theCase.id, course), { outcome: 'completed', ...day('ended'), words: 'She sleeps again' })
    const printed = await site.as(readOnly).get(certificate)
    expect(printed.words).toMatch(
      /This is to certify that Elowen Angove completed the programme Stepping stones .* with Harbour Recovery on 20 November 2026/,
    )
    expect(printed.words).toMatch(/Sleep Money/)
    expect(printed.words).not.toMatch(/early help|EH-|She sleeps again|A walk/)
    const pdf = await readPdf((await site.as(readOnly).get(paths.programmes.certificateAsPdf(theCase.id, course))).body)
    expect(pdf.elements.flatMap(one => one.children).map(one => one.role)).toEqual(expect.arrayContaining(['H1', 'H2', 'P', 'L']))
    expect(pdf.text.replaceAll(/\s+/g, ' ')).toMatch(/Elowen Angove completed the programme Stepping stones .*Sleep.*Money/)
    expect(`${pdf.text} ${pdf.title} ${pdf.artifacts}`).not.toMatch(/early help|EH-|She sleeps again|A walk/)
    const { rows } = await database.admin.query('select title from timeline_entries where source_id = $1 order by at, id', [course])
    expect(rows.map(row => row.title.split(':')[0])).toEqual(['Programme begun', 'Module done', 'Module done', 'Programme completed'])
  })

  test('is completed, and certified, by nobody to whom it is not open: who sees no module cannot say that none is needed', async () => {
    const theCase = await newCase()
    const course = await begin(theCase, await newProgramme())
    const finish = paths.programmes.finish(theCase.id, course)
    const certificate = paths.programmes.certificate(theCase.id, course)
    // It is another team's now, and theirs alone.
    const others = (await addTeam(database, team.agency)).principal
    const close = (table: string, key: string) =>
      database.admin.query(
        `update ${table} set open_to = 'team', seen_by = $2, run_by = $2 where ${key} = (select programme_id from programme_courses where id = $1)`,
        [course, [others]],
      )
    await close('programmes', 'id')
    await close('programme_modules', 'programme_id')
    const page = await site.as(worker).get(finish)
    expect(page.words).toContain('This programme is not open to you')
    expect(page.html).not.toContain('value="completed"')
    const refused = await site.as(worker).post(finish, { outcome: 'completed', ...day('ended') })
    expect([refused.status, refused.words.includes('Whoever runs it says that it has been completed')]).toEqual([422, true])
    const fates = new Map([[`programme:${course}`, 'done' as const]])
    await as(database, worker, (tx, actor) => endPlaces(tx, actor, clock.now(), theCase.id, fates, 'They moved'))
    const { rows } = await database.admin.query('select status from programme_courses where id = $1', [course])
    expect(rows).toEqual([{ status: 'left' }])
    // Completed by somebody else it is: still there is nothing that this reader could certify.
    await database.admin.query(`update programme_courses set status = 'completed' where id = $1`, [course])
    for (const address of [certificate, `${certificate}/pdf`]) expect((await site.as(worker).get(address)).status).toBe(404)
    expect((await site.as(worker).get(paths.programmes.course(theCase.id, course))).html).not.toContain(certificate)
  })

  test('[U23] goes on in a group: whoever has a place begins it, and what they come to counts', async () => {
    const programme = await newProgramme('Sleep\nMoney')
    const group = /groups\/([0-9a-f-]{36})/.exec(
      await saved(worker, paths.groups.add, { name: 'Stepping stones, autumn', 'open-to': 'team', capacity: '1', programme }),
    )![1]!
    const week = { 'starts-time': '2pm', 'ends-time': '4pm', every: '1', ...day('starts') }
    await saved(worker, paths.groups.addSessions(group), { ...week, count: '2', modules: 'in-order' })
    const [one, other] = [await newCase(), await newCase('Jory')]
    for (const theCase of [one, other]) await saved(worker, paths.groups.book(group, theCase.id), {})
    const bookings = await database.admin.query<{ id: string; case_id: string }>(
      'select id, case_id from group_bookings where group_id = $1',
      [group],
    )
    const bookingOf = (theCase: Case) => bookings.rows.find(row => row.case_id === theCase.id)!.id
    const session = (
      await database.admin.query<{ id: string }>('select id from group_sessions where group_id = $1 order by starts_at', [group])
    ).rows[0]!
    expect((await site.as(worker).get(paths.groups.session(group, session.id))).words).toContain('About Sleep')
    await saved(worker, paths.groups.register(group, session.id), { [`attendance-${bookingOf(one)}`]: 'attended' })
    const list = await site.as(worker).get(paths.groups.ofCase(one.id))
    expect(list.words).toMatch(/Stepping stones .*1 of 2 modules/)
    // Who waits has not begun, and begins with their place.
    expect((await site.as(worker).get(paths.groups.ofCase(other.id))).words).not.toContain('modules')
    await saved(worker, paths.groups.endBooking(one.id, bookingOf(one)), { outcome: 'left', words: '' })
    await groupJobs({ database: database.worker, clock, actorOf: userId => actorOf(database, userId) })['fill-places']({ groupId: group })
    expect((await site.as(worker).get(paths.groups.ofCase(other.id))).words).toContain('0 of 2 modules')
    // They did not come after all: the module is not done.
    await saved(worker, paths.groups.attendance(one.id, bookingOf(one), session.id), { attendance: 'did-not-attend', because: 'A mistake' })
    expect((await site.as(worker).get(paths.groups.ofCase(one.id))).words).toContain('0 of 2 modules')
  })

  test('[U23] a module stays done for whoever came to another session about it, when one that they came to is corrected', async () => {
    const programme = await newProgramme('Sleep\nMoney')
    const group = /groups\/([0-9a-f-]{36})/.exec(
      await saved(worker, paths.groups.add, { name: 'Sleep, twice', 'open-to': 'team', capacity: '9', programme }),
    )![1]!
    const week = { 'starts-time': '2pm', 'ends-time': '4pm', every: '1', 'starts-day': '6', 'starts-month': '11', 'starts-year': '2026' }
    await saved(worker, paths.groups.addSessions(group), { ...week, count: '2', topic: 'Sleep' })
    const [sleep] = await moduleIds(programme)
    await database.admin.query('update group_sessions set module_id = $2 where group_id = $1', [group, sleep])
    const theCase = await newCase()
    await saved(worker, paths.groups.book(group, theCase.id), {})
    const booking = (await database.admin.query<{ id: string }>('select id from group_bookings where group_id = $1', [group])).rows[0]!.id
    const sessions = await database.admin.query<{ id: string }>('select id from group_sessions where group_id = $1 order by starts_at', [
      group,
    ])
    const [first, second] = sessions.rows.map(row => row.id)
    for (const session of [first!, second!])
      await saved(worker, paths.groups.register(group, session), { [`attendance-${booking}`]: 'attended' })
    const wrong = (session: string) =>
      saved(worker, paths.groups.attendance(theCase.id, booking, session), { attendance: 'did-not-attend', because: 'A mistake' })
    const progress = async () => (await site.as(worker).get(paths.groups.ofCase(theCase.id))).words
    const doneOn = async () =>
      (
        await database.admin.query<{ done: string; session_id: string }>(
          'select done_on::text as done, session_id from module_completions where case_id = $1 and withdrawn_at is null',
          [theCase.id],
        )
      ).rows
    expect(await doneOn()).toEqual([{ done: '2026-11-06', session_id: first }])
    await wrong(first!)
    expect(await progress()).toContain('1 of 2 modules')
    expect(await doneOn()).toEqual([{ done: '2026-11-13', session_id: second }])
    await wrong(second!)
    expect(await progress()).toContain('0 of 2 modules')
  })

  test('is changed for those who go through it; what they have done stays done', async () => {
    const programme = await newProgramme('Sleep\nMoney')
    const theCase = await newCase()
    const course = await begin(theCase, programme)
    const [sleep, money] = await moduleIds(programme)
    await done(theCase, course, sleep!)
    const address = paths.programmes.edit(programme)
    const { filled } = ownForm((await site.as(worker).get(address)).html, address)!
    await saved(worker, address, {
      ...(filled as Record<string, string>),
      [`position-${sleep}`]: '2',
      [`position-${money}`]: '1',
      [`is-${sleep}`]: ['needed', 'withdrawn'],
      modules: 'Cooking',
      withdrawn: '',
    })
    const page = await site.as(worker).get(paths.programmes.course(theCase.id, course))
    expect(page.words).toMatch(/1 of 3 modules/)
    expect((await site.as(worker).get(paths.programmes.show(programme))).words).not.toContain('Sleep')
    const late = await site.as(worker).post(address, { ...(filled as Record<string, string>), name: 'Theirs', modules: '' })
    expect(late.words).toContain('Somebody changed this programme while you were writing')
    expect(late.html).toContain('Theirs')
  })

  test.each([
    ['nothing', {}, ['Enter what the programme is called', 'Enter at least one module']],
    [
      'a title without end',
      { name: 'One', 'open-to': 'team', modules: 'x'.repeat(121) },
      ['Each module needs a title of 120 characters or fewer'],
    ],
  ])('with %s is not saved', async (_, fields, messages) => {
    const reply = await site.as(worker).post(paths.programmes.add, fields as Record<string, string>)
    expect(reply.status).toBe(422)
    for (const message of messages) expect(reply.words).toContain(message)
  })

  test('of one team, and who goes through it, is not there for another, for whom it is withheld, or to change for a reader', async () => {
    const theCase = await newCase()
    const programme = await newProgramme('Sleep', 'everyone')
    const course = await begin(theCase, programme)
    const [sleep] = await moduleIds(programme)
    const pages = [
      paths.groups.ofCase(theCase.id),
      paths.programmes.course(theCase.id, course),
      paths.programmes.module(theCase.id, course, sleep!),
      paths.programmes.finish(theCase.id, course),
    ]
    for (const address of pages) expect([address, (await site.as(partner).get(address)).status]).toEqual([address, 404])
    expect((await site.as(partner).get(paths.programmes.show(programme))).words).not.toContain('Angove')
    expect((await site.as(partner).get(paths.programmes.edit(programme))).status).toBe(404)
    expect((await site.as(readOnly).get(paths.programmes.course(theCase.id, course))).status).toBe(200)
    for (const address of pages.slice(2))
      expect([address, (await site.as(readOnly).post(address, { outcome: 'left', words: 'x', ...day('ended') })).status]).toEqual([
        address,
        404,
      ])
    const colleague = await addUser(database, team)
    await as(database, worker, (tx, actor) =>
      withhold(tx, actor, clock.now(), { caseId: theCase.id, holder: colleague.principal, reason: 'His aunt' }),
    )
    for (const address of pages) expect([address, (await site.as(colleague).get(address)).status]).toEqual([address, 404])
  })
})
