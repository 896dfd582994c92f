import { afterAll, beforeAll, expect, test } from 'vitest'
import { addAgency, addTeam, addUser, type User } from '../../test/factories/world.ts'
import { type TestDatabase, testDatabase } from '../../test/harness/database.ts'
import { type Site, siteOf } from '../../test/harness/site.ts'
import { fixedClock } from '../platform/clock.ts'
import type { PlainDate } from '../platform/plain-date.ts'
import type { ToDoElsewhere } from './elsewhere.ts'
import { taskRoutes } from './index.ts'

/** What other modules give somebody to do, among their tasks. */
let database: TestDatabase
let site: Site
let worker: User
const clock = fixedClock('2026-11-20T09:30:00Z')
const given: ToDoElsewhere[] = []
const read: string[] = []
const one = (title: string, dueOn: string, isTeams = false): ToDoElsewhere => ({
  id: crypto.randomUUID(),
  subjectId: `subject of ${title}`,
  title,
  dueOn: dueOn as PlainDate,
  href: `/somewhere/${title}`,
  about: 'Harbour meeting',
  which: 'Case 26/1',
  assigneeName: isTeams ? 'Kerris Homes' : 'Tamsin Rowe',
  isTeams,
  classification: 'MEMBERS ONLY',
})

beforeAll(async () => {
  database = await testDatabase()
  worker = await addUser(database, await addTeam(database, await addAgency(database)), { name: 'Tamsin Rowe' })
  site = await siteOf(database, clock, routes => {
    const also = {
      list: async () => given,
      noteRead: async (_: unknown, shown: readonly ToDoElsewhere[]) => void read.push(...shown.map(each => each.subjectId)),
    }
    taskRoutes(routes, { personBanner: async () => null, tabs: [], also })
  })
})
afterAll(() => site.close())

const add = (title: string, day: number) =>
  site.as(worker).post('/tasks/new', {
    title,
    assignee: String(worker.principal),
    'due-day': String(day),
    'due-month': '12',
    'due-year': '2026',
  })
const linesOf = (html: string): string[] =>
  [...html.matchAll(/href="\/(?:tasks\/[0-9a-f-]{36}|somewhere\/[^"]*)">([^<]*)</g)].map(found => found[1]!)

test('[U22] it stands in their order, is counted, and is told to the audit once it is shown', async () => {
  for (const day of [2, 6]) await add(`Ours of day ${day}`, day)
  given.push(one('Theirs of the 4th', '2026-12-04'), one('Theirs late', '2026-11-18'), one('Anybody’s', '2026-12-01', true))
  const mine = await site.as(worker).get('/tasks')
  expect(linesOf(mine.html)).toEqual(['Theirs late', 'Ours of day 2', 'Theirs of the 4th', 'Ours of day 6'])
  for (const words of ['4 tasks', '1 overdue', 'Harbour meeting', 'Case 26/1']) expect(mine.words).toContain(words)
  expect(read.splice(0)).toEqual(['subject of Theirs late', 'subject of Theirs of the 4th'])
  const teams = await site.as(worker).get('/tasks?view=team')
  expect(linesOf(teams.html)).toEqual(['Anybody’s'])
  expect(teams.words).toContain('1 task of your teams')
  expect(linesOf((await site.as(worker).get('/tasks?due=overdue')).html)).toEqual(['Theirs late'])
  expect((await site.as(worker).get('/tasks?as=csv')).html).toContain(
    'Theirs of the 4th,,04/12/2026,Tamsin Rowe,,Case 26/1,Open,,,Harbour meeting,',
  )
})

test('it is in no list of what was given to others, of colleagues or of what has ended, and is not marked as done among tasks', async () => {
  read.length = 0
  for (const view of ['given', 'colleagues', 'ended', `colleagues&who=${worker.id}`])
    expect((await site.as(worker).get(`/tasks?view=${view}`)).words).not.toMatch(/Theirs|Anybody’s/)
  expect(read).toEqual([])
  const { html } = await site.as(worker).get('/tasks')
  expect(html.match(/name="task"/g)).toHaveLength(2)
})

test('over several pages each stands once, where it belongs', async () => {
  for (let place = 0; place < 60; place++) await add(`More ${place}`, 3 + (place % 20))
  given.push(one('Theirs at the end', '2026-12-30'))
  const all: string[] = []
  for (let next: string | undefined = '/tasks'; next; ) {
    const { html } = await site.as(worker).get(next)
    all.push(...linesOf(html))
    next = /href="(\/tasks\?[^"]*after=[^"]*)"/.exec(html)?.[1]?.replaceAll('&amp;', '&')
  }
  expect(all).toHaveLength(65)
  expect(new Set(all).size).toBe(65)
  expect(all.at(-1)).toBe('Theirs at the end')
})

test('what was done is gone from them', async () => {
  given.length = 0
  expect((await site.as(worker).get('/tasks')).words).not.toContain('Theirs')
})
