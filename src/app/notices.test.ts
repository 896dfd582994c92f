import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  addAgency,
  addCase,
  addPerson,
  addTeam,
  addUser,
  as,
  type Case,
  commissioner,
  type Team,
  type User,
} from '../../test/factories/world.ts'
import { freshDatabase, type TestDatabase } from '../../test/harness/database.ts'
import { breakGlass, grantAccess, rewriteCase } from '../access/index.ts'
import { prepareJobs } from '../platform/jobs.ts'
import { noticesFrom } from './notices.ts'

let database: TestDatabase
let team: Team
let worker: User
let leader: User
let friend: User
let boss: User
const now = new Date('2026-11-20T09:30:00Z')
const origin = 'https://lanyard.example'

beforeAll(async () => {
  database = await freshDatabase()
  await prepareJobs(database.adminUrl, database.schema)
  team = await addTeam(database, await addAgency(database))
  worker = await addUser(database, team, { may: ['read-records', 'record', 'share', 'restrict'] })
  leader = await addUser(database, team)
  friend = await addUser(database, await addTeam(database, await addAgency(database)))
  boss = await addUser(database, await addTeam(database, await addAgency(database)), { may: commissioner })
})

afterAll(() => database.close())

/** A restricted case, seen by these alone, that the commissioner opens in an emergency. */
async function openedInEmergency(named: readonly User[], workerId: string | null): Promise<Case & { reference: string }> {
  const theCase = await addCase(database, await addPerson(database, team), team)
  for (const user of named) {
    const grant = { caseId: theCase.id, kind: 'named', holder: user.principal, level: 'edit' } as const
    await as(database, worker, (tx, actor) => grantAccess(tx, actor, now, grant))
  }
  const { rows } = await database.admin.query<{ reference: string }>(
    'update cases set restricted = true, worker_id = $2 where id = $1 returning reference',
    [theCase.id, workerId],
  )
  const reference = rows[0]!.reference
  await as(database, worker, tx => rewriteCase(tx, theCase.id))
  const endsAt = new Date(now.getTime() + 3_600_000)
  await as(database, boss, async (tx, actor) => {
    await breakGlass(tx, actor, now, { caseId: theCase.id, reason: 'Danger to life', endsAt })
    const opened = {
      caseId: theCase.id,
      personId: theCase.personId,
      reference,
      teamId: team.id,
      workerId,
      reason: 'Danger to life',
      endsAt,
    }
    await noticesFrom(origin).tellOwner(tx, actor, now, opened)
  })
  return { ...theCase, reference }
}

const mailsTo = async (user: User) =>
  (await database.admin.query<{ words: string }>('select m::text as words from mails m where m::text like $1', [`%${user.email}%`])).rows

describe('[F3] a restricted case opened in an emergency', () => {
  test('is told to its worker and to whoever is named on it, and not to leaders who may not see it', async () => {
    const { reference } = await openedInEmergency([worker, friend], worker.id)
    for (const user of [worker, friend]) expect(JSON.stringify(await mailsTo(user))).toContain(reference)
    expect(await mailsTo(leader)).toEqual([])
    expect(await mailsTo(boss)).toEqual([])
  })

  test('with nobody left who reads it, leaders are told that one was opened, and not which', async () => {
    const { reference, id } = await openedInEmergency([], null)
    const words = JSON.stringify(await mailsTo(leader))
    expect(words).toContain('A restricted case of your team was opened in an emergency')
    expect(words).not.toContain(reference)
    expect(words).not.toContain(id)
  })
})
