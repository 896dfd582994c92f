import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  addAgency,
  addCase,
  addPerson,
  addPost,
  addTeam,
  addUser,
  addUserWithoutPost,
  as,
  type Case,
  commissioner,
  type Team,
  type User,
} from '../../test/factories/world.ts'
import { freshDatabase, type TestDatabase } from '../../test/harness/database.ts'
import { breakGlass, grantAccess, rewriteCase } from '../access/index.ts'
import { tellOwner } from './notices.ts'

let database: TestDatabase
let team: Team
let worker: User
let leader: User
let friend: User
let boss: User
const now = new Date('2026-11-20T09:30:00Z')

beforeAll(async () => {
  database = await freshDatabase()
  team = await addTeam(database, await addAgency(database))
  worker = await addUser(database, team, { may: ['read-records', 'record', 'share', 'restrict'] })
  leader = await addUser(database, team)
  friend = await addUser(database, await addTeam(database, await addAgency(database)))
  boss = await addUser(database, await addTeam(database, await addAgency(database)), { may: commissioner })
})

afterAll(() => database.close())

/** A case that somebody opens in an emergency: a restricted one, seen by these alone, unless it is said not to be. */
async function openedInEmergency(
  named: readonly User[],
  workerId: string | null,
  { restricted = true, by = boss }: { restricted?: boolean; by?: User } = {},
): Promise<Case & { reference: string }> {
  const theCase = await addCase(database, await addPerson(database, team), team)
  for (const user of named) {
    const grant = { caseId: theCase.id, kind: 'named', holder: user.principal, level: 'edit' } as const
    await as(database, worker, (tx, actor) => grantAccess(tx, actor, now, grant))
  }
  const { rows } = await database.admin.query<{ reference: string }>(
    'update cases set restricted = $3, worker_id = $2 where id = $1 returning reference',
    [theCase.id, workerId, restricted],
  )
  const reference = rows[0]!.reference
  await as(database, worker, tx => rewriteCase(tx, theCase.id))
  const endsAt = new Date(now.getTime() + 3_600_000)
  await as(database, by, async (tx, actor) => {
    await breakGlass(tx, actor, now, { caseId: theCase.id, reason: 'Danger to life', endsAt })
    const opened = {
      caseId: theCase.id,
      personId: theCase.personId,
      reference,
      teamId: team.id,
      workerId,
      restricted,
      reason: 'Danger to life',
      endsAt,
    }
    await tellOwner(tx, actor, now, opened)
  })
  return { ...theCase, reference }
}

const noticesTo = async (user: User) =>
  (
    await database.admin.query<{ words: string; href: string | null; caseId: string | null }>(
      'select words, href, case_id as "caseId" from notices where user_id = $1',
      [user.id],
    )
  ).rows

describe('[F3] a restricted case opened in an emergency', () => {
  test('is told to its worker and to whoever is named on it, and not to leaders who may not see it', async () => {
    const { id } = await openedInEmergency([worker, friend], worker.id)
    for (const user of [worker, friend])
      expect(await noticesTo(user)).toEqual([
        { words: 'A restricted record of yours was opened in an emergency', href: `/cases/${id}`, caseId: id },
      ])
    expect(await noticesTo(leader)).toEqual([])
    expect(await noticesTo(boss)).toEqual([])
  })

  test('with nobody left who reads it, leaders are told that one was opened, and not which', async () => {
    const { reference, id } = await openedInEmergency([], null)
    const told = await noticesTo(leader)
    expect(told).toEqual([{ words: expect.stringContaining('A restricted record of your team was opened'), href: null, caseId: null }])
    expect(JSON.stringify(told)).not.toContain(reference)
    expect(JSON.stringify(told)).not.toContain(id)
  })
})

describe('[F3] a case that is not restricted, opened in an emergency by somebody of another agency', () => {
  const words = 'A record of your team was opened in an emergency by somebody who may not read it otherwise'
  let officer: User
  let own: Team
  let hers: User
  let lead: User
  beforeAll(async () => {
    officer = await addUser(database, await addTeam(database, await addAgency(database), ['housing']), {
      may: ['read-records', 'see-existence', 'break-glass'],
    })
    own = await addTeam(database, team.agency, ['early-help', 'refugees'])
    hers = await addUser(database, own, { may: ['read-records', 'record', 'share', 'restrict'] })
    lead = await addUser(database, own)
    team = own
    worker = hers
  })

  test('is told to its worker and the leaders of its team and service, with the link, and not to others it is shared with', async () => {
    const elsewhere = await addUserOf('refugees')
    const { id } = await openedInEmergency([friend], hers.id, { restricted: false, by: officer })
    const told = { words, href: `/cases/${id}`, caseId: id }
    expect(await noticesTo(hers)).toEqual([told])
    expect(await noticesTo(lead)).toEqual([told])
    expect((await noticesTo(friend)).map(one => one.caseId)).not.toContain(id)
    for (const user of [elsewhere, officer]) expect(await noticesTo(user)).toEqual([])
  })

  test('without a worker is told to the leaders, who can see it', async () => {
    const { id } = await openedInEmergency([], null, { restricted: false, by: officer })
    expect((await noticesTo(lead)).at(-1)).toEqual({ words, href: `/cases/${id}`, caseId: id })
  })

  async function addUserOf(serviceArea: string): Promise<User> {
    const user = await addUserWithoutPost(database, own.agency)
    await addPost(database, user, own, { serviceArea })
    return user
  }
})
