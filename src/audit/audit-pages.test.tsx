import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { renderToString } from 'preact-render-to-string'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  type Agency,
  actorOf,
  addAgency,
  addCase,
  addPerson,
  addPost,
  addTeam,
  addUser,
  addUserWithoutPost,
  as,
  worker as caseworker,
  type Person,
  type User,
} from '../../test/factories/world.ts'
import { type TestDatabase, testDatabase } from '../../test/harness/database.ts'
import { asActor } from '../platform/actor.ts'
import { fixedClock } from '../platform/clock.ts'
import type { Answer } from '../platform/web/answer.ts'
import { noFields } from '../platform/web/fields.ts'
import type { Handler, Routes } from '../platform/web/routes.ts'
import { audit, auditAll, auditRoutes } from './index.ts'

const handlers = new Map<string, Handler>()
auditRoutes({ get: (path, _options, handler) => void handlers.set(path, handler), post: () => {} } satisfies Routes)
const clock = fixedClock('2026-03-03T12:00:00Z')

let database: TestDatabase
let council: Agency
let person: Person
let tamsin: User
let officer: User
let auditor: User
let policeAuditor: User
let wholeAuditor: User

beforeAll(async () => {
  database = await testDatabase()
  council = await addAgency(database)
  const police = await addAgency(database)
  const team = await addTeam(database, council)
  const policeTeam = await addTeam(database, police)
  tamsin = await addUser(database, team, { name: '=Tamsin Rowe' })
  officer = await addUser(database, policeTeam, { name: 'Officer Hale' })
  auditor = await addUserWithoutPost(database, council, { name: 'The auditor' })
  await addPost(database, auditor, team, { may: ['read-records', 'read-audit'] })
  policeAuditor = await addUserWithoutPost(database, police, { name: 'The other auditor' })
  await addPost(database, policeAuditor, policeTeam, { may: ['read-audit'], serviceArea: null })
  wholeAuditor = await addUserWithoutPost(database, police, { name: 'The auditor of everybody' })
  await addPost(database, wholeAuditor, policeTeam, { may: ['read-all-audit'], serviceArea: null })
  person = await addPerson(database, team, { givenName: 'Jago', familyName: 'Penrose' })
  const theCase = await addCase(database, person, team)
  for (const [user, at, action] of [
    [tamsin, '2026-03-01T09:00:00Z', 'person-opened'],
    [tamsin, '2026-03-02T09:30:00Z', 'case-note-added'],
    [officer, '2026-03-02T10:00:00Z', 'person-opened'],
  ] as const)
    await as(database, user, (tx, actor) =>
      audit(tx, actor, new Date(at), {
        action,
        subject: { type: 'person', id: person.id },
        personId: person.id,
        caseId: theCase.id,
        detail: { page: 'history', id: person.id },
      }),
    )
})

const ask = async (user: User, path: string, params: Record<string, string>, query = ''): Promise<Answer> => {
  const actor = await actorOf(database, user.id)
  return asActor(database.web, actor, 'read', tx =>
    handlers.get(path)!({
      tx,
      actor,
      clock,
      params,
      query: new URLSearchParams(query),
      fields: noFields,
      uploads: [],
      form: { csrf: '', once: '' },
      path,
      afterCommit: () => {},
    }),
  )
}
const html = (answer: Answer): string => (answer.kind === 'page' ? renderToString(answer.body) : answer.kind)
/** A file as it is sent. */
const textOf = (answer: Answer): Promise<string> => text((answer as unknown as { content: Readable }).content)
const ofPerson = async (user: User, query?: string) => ask(user, '/people/:personId/audit', { personId: person.id }, query)

describe('[U9] the audit of a record', () => {
  test('is read by an auditor: who did what and when, in words, of their own agency', async () => {
    const shown = html(await ofPerson(auditor))
    expect(shown).toContain('Audit of Penrose, Jago')
    expect(shown).toContain('=Tamsin Rowe')
    expect(shown).toContain('Wrote a case note')
    expect(shown).toContain('02/03/2026 09:30')
    expect(shown).toContain('Page: history')
    expect(shown).not.toContain('Officer Hale')
    expect(shown.match(/<h1/g)).toHaveLength(1)
  })

  test('is not there for an auditor who may not see the person, whatever their own agency did to it', async () => {
    expect((await ofPerson(policeAuditor)).kind).toBe('not-found')
    expect((await ofPerson(policeAuditor, 'as=csv')).kind).toBe('not-found')
  })

  test('is there for the auditor of everybody, without the name of a person whom they may not see', async () => {
    const shown = html(await ofPerson(wholeAuditor))
    expect(shown).toContain('Officer Hale')
    expect(shown).toContain('Tamsin')
    expect(shown).not.toContain('Penrose')
  })

  test('is not there for anybody else', async () => {
    expect((await ofPerson(tamsin)).kind).toBe('not-found')
    expect((await ofPerson(officer)).kind).toBe('not-found')
    expect((await ask(auditor, '/people/:personId/audit', { personId: 'x' })).kind).toBe('not-found')
    expect((await ask(policeAuditor, '/people/:personId/audit', { personId: '00000000-0000-7000-8000-000000000000' })).kind).toBe(
      'not-found',
    )
  })

  test('is filtered by date, agency and action', async () => {
    expect(html(await ofPerson(auditor, 'from=2/3/2026&action=case-note-added'))).toContain('Wrote a case note')
    expect(html(await ofPerson(auditor, 'to=1/3/2026'))).not.toContain('02/03/2026')
    expect(html(await ofPerson(auditor, 'agency=1'))).toContain('Nothing was done that you may see here')
  })

  test('keeps what was typed when a date is wrong, and says what to do', async () => {
    const answer = await ofPerson(auditor, 'from=31/02/2026&to=1/3/2026')
    expect(answer).toMatchObject({ kind: 'page', status: 422 })
    expect(html(answer)).toContain('From must be a real date')
    expect(html(answer)).toContain('value="31/02/2026"')
  })

  test('goes to a spreadsheet, where no cell becomes a formula', async () => {
    const answer = await ofPerson(auditor, 'as=csv&action=case-note-added')
    expect(answer).toMatchObject({ kind: 'file', type: 'text/csv; charset=utf-8' })
    const sheet = await textOf(answer)
    expect(sheet).toContain(`'=Tamsin Rowe`)
    expect(sheet.trim().split('\n')).toHaveLength(2)
  })

  test('goes to a spreadsheet whole, however much was done', async () => {
    const busy = await addPerson(database, await addTeam(database, council))
    const busyUser = await addUser(database, await addTeam(database, council))
    await database.admin.query(
      `insert into audit_events (at, user_id, agency, actor, action, subject_type, subject_id, person_id, detail, request_id, address)
       select '2026-03-01T00:00:00Z'::timestamptz + (n / 3) * interval '1 second', $1, $2, 'Busy', 'person-opened', 'person', $3::text, $3::uuid, '{}', 'test', ''
       from generate_series(1, 2501) n`,
      [busyUser.id, council.principal, busy.id],
    )
    const lines = (await textOf(await ask(wholeAuditor, '/people/:personId/audit', { personId: busy.id }, 'as=csv'))).trim().split('\n')
    expect(lines).toHaveLength(2_502)
    expect(new Set(lines).size).toBe(2_502)
    const { rows } = await database.admin.query(`select detail from audit_events where action = 'audit-exported' and person_id = $1`, [
      busy.id,
    ])
    expect(rows).toEqual([{ detail: { lines: 2_501 } }])
  })

  test('is itself recorded', async () => {
    await ofPerson(auditor)
    const { rows } = await database.admin.query(`select action from audit_events where user_id = $1 order by id desc limit 1`, [auditor.id])
    expect(rows).toEqual([{ action: 'audit-read' }])
  })

  test('is turned page by page, each line once', async () => {
    const busy = await addPerson(database, await addTeam(database, council))
    const busyUser = await addUser(database, await addTeam(database, council))
    await as(database, busyUser, (tx, actor) =>
      auditAll(
        tx,
        actor,
        new Date('2026-03-02T11:00:00Z'),
        Array.from({ length: 120 }, (_, index) => ({
          action: 'person-opened',
          subject: { type: 'person', id: busy.id },
          personId: busy.id,
          detail: { number: `n${index}n` },
        })),
      ),
    )
    const seen: string[] = []
    let query: string | undefined = ''
    for (let turn = 0; query !== undefined; turn++) {
      const shown = html(await ask(wholeAuditor, '/people/:personId/audit', { personId: busy.id }, query))
      seen.push(...[...shown.matchAll(/n(\d+)n/g)].map(([, number]) => number!))
      query = /href="[^"]*\?([^"]*before=[^"&]*)"[^>]*rel="next"/.exec(shown)?.[1]?.replaceAll('&amp;', '&')
      expect(turn).toBeLessThan(5)
    }
    expect(new Set(seen).size).toBe(120)
    expect(seen).toHaveLength(120)
  })
})

describe('[U9] what a user did', () => {
  test('is read by the auditor of their agency', async () => {
    const shown = html(await ask(auditor, '/users/:userId/audit', { userId: tamsin.id }))
    expect(shown).toContain('=Tamsin Rowe')
    expect(shown).toContain('Penrose, Jago')
    expect(shown).toContain('Opened the record')
  })

  test('tells what was searched for to the auditor of everybody only', async () => {
    await as(database, tamsin, (tx, actor) =>
      audit(tx, actor, new Date('2026-03-02T12:00:00Z'), {
        action: 'people-searched',
        subject: { type: 'search', id: '' },
        detail: { term: 'Loveday Nance', shown: 1 },
      }),
    )
    const of = (user: User, query = '') => ask(user, '/users/:userId/audit', { userId: tamsin.id }, query)
    expect(html(await of(wholeAuditor))).toContain('Term: Loveday Nance')
    expect(html(await of(auditor))).toContain('Searched for people')
    expect(html(await of(auditor))).not.toContain('Loveday')
    expect(await textOf(await of(auditor, 'as=csv'))).not.toContain('Loveday')
  })

  test('shows another agency’s auditor nothing', async () => {
    expect(html(await ask(policeAuditor, '/users/:userId/audit', { userId: tamsin.id }))).toContain(
      'Nothing was done that you may see here',
    )
    expect(caseworker).not.toContain('read-audit')
  })
})
