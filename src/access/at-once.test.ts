import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
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
  asSystem,
  type Case,
  type Team,
  type User,
} from '../../test/factories/world.ts'
import { isWaiting, signal } from '../../test/harness/at-once.ts'
import { type TestDatabase, testDatabase } from '../../test/harness/database.ts'
import { type Actor, asActor, asKeeper } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import { grantAccess, holdCase, type Lists, listsForPart, rewriteCase, rewritePeopleWithheldFrom, withhold } from './index.ts'

// Two transactions at once, each on a connection of its own: what one hides, the other must not show.

let database: TestDatabase
let council: Agency
let police: Agency
let team: Team
let worker: User
let actor: Actor

beforeAll(async () => {
  database = await testDatabase()
  council = await addAgency(database)
  police = await addAgency(database)
  team = await addTeam(database, council)
  worker = await addUser(database, team)
  actor = await actorOf(database, worker.id)
})

const now = new Date()
const newCase = async (): Promise<Case> => addCase(database, await addPerson(database, team), team)
const inWriting = <T>(work: (tx: Tx) => Promise<T>) => asActor(database.web, actor, 'write', work)
const hide = (theCase: Case) =>
  inWriting(tx => withhold(tx, actor, now, { caseId: theCase.id, holder: police.principal, reason: 'For safety' }))

const addEvent = async (tx: Tx, theCase: Case, { readers, editors, withheld }: Lists): Promise<string> => {
  const id = uuid()
  await sql`
    insert into case_events (id, case_id, position, kind, part, occurred_on, recorded_at, author, readers, editors, withheld)
    values (${id}, ${theCase.id}, ${Math.floor(Math.random() * 1_000_000)}, 'x', 'case', now(), now(), '', ${readers}::int[], ${editors}::int[], ${withheld}::int[])`.execute(
    tx,
  )
  return id
}
const withheldOn = async (table: string, id: string): Promise<number[]> => {
  const { rows } = await database.admin.query<{ withheld: number[] }>(`select withheld from ${table} where id = $1`, [id])
  return rows[0]!.withheld
}

describe('a row added while its case is withheld from somebody', () => {
  test('read its lists first: the withholding waits for the row, and covers it', async () => {
    const theCase = await newCase()
    const [read, go] = [signal(), signal()]
    const adding = inWriting(async tx => {
      const lists = await listsForPart(tx, theCase.id, 'case')
      read.happen()
      await go.happened
      return addEvent(tx, theCase, lists)
    })
    await read.happened
    const hiding = hide(theCase)
    expect(await isWaiting(hiding)).toBe(true)
    go.happen()
    const id = await adding
    await hiding
    expect(await withheldOn('case_events', id)).toEqual([police.principal])
  })

  test('comes second: it waits, and carries the lists of afterwards', async () => {
    const theCase = await newCase()
    const [hidden, go] = [signal(), signal()]
    const hiding = inWriting(async tx => {
      await withhold(tx, actor, now, { caseId: theCase.id, holder: police.principal, reason: 'For safety' })
      hidden.happen()
      await go.happened
    })
    await hidden.happened
    const adding = inWriting(async tx => addEvent(tx, theCase, await listsForPart(tx, theCase.id, 'case')))
    expect(await isWaiting(adding)).toBe(true)
    go.happen()
    await hiding
    expect(await withheldOn('case_events', await adding)).toEqual([police.principal])
  })

  test('copied its lists from another row: holding the case is enough', async () => {
    const theCase = await newCase()
    const [held, go] = [signal(), signal()]
    const adding = inWriting(async tx => {
      await holdCase(tx, theCase.id)
      const { rows } = await sql<Lists>`select readers, editors, withheld from cases where id = ${theCase.id}`.execute(tx)
      held.happen()
      await go.happened
      return addEvent(tx, theCase, rows[0]!)
    })
    await held.happened
    const hiding = hide(theCase)
    expect(await isWaiting(hiding)).toBe(true)
    go.happen()
    const id = await adding
    await hiding
    expect(await withheldOn('case_events', id)).toEqual([police.principal])
  })

  test('forgot to hold the case but is in already: the withholding waits for it all the same', async () => {
    const theCase = await newCase()
    const [added, go] = [signal(), signal()]
    const adding = inWriting(async tx => {
      const { rows } = await sql<Lists>`select readers, editors, withheld from cases where id = ${theCase.id}`.execute(tx)
      const id = await addEvent(tx, theCase, rows[0]!)
      added.happen()
      await go.happened
      return id
    })
    await added.happened
    const hiding = hide(theCase)
    expect(await isWaiting(hiding)).toBe(true)
    go.happen()
    const id = await adding
    await hiding
    expect(await withheldOn('case_events', id)).toEqual([police.principal])
  })

  test('a page that only reads waits for nobody', async () => {
    const theCase = await newCase()
    const [held, go] = [signal(), signal()]
    const holding = inWriting(async tx => {
      await holdCase(tx, theCase.id)
      held.happen()
      await go.happened
    })
    await held.happened
    const reading = asActor(database.web, actor, 'read', tx => listsForPart(tx, theCase.id, 'notes'))
    expect(await isWaiting(reading)).toBe(false)
    go.happen()
    await holding
  })

  test('twenty workers writing on one case at once all get through', async () => {
    const theCase = await newCase()
    const each = Array.from({ length: 20 }, () =>
      inWriting(async tx => {
        await addEvent(tx, theCase, await listsForPart(tx, theCase.id, 'case'))
        await sql`update cases set version = version + 1 where id = ${theCase.id}`.execute(tx)
      }),
    )
    await Promise.all(each)
    const { rows } = await database.admin.query('select version from cases where id = $1', [theCase.id])
    expect(rows[0].version).toBe(21)
  })
})

describe('two changes of one person at once', () => {
  test('shares of two of their cases are both in the person’s lists', async () => {
    const person = await addPerson(database, team)
    const [first, second] = [await addCase(database, person, team), await addCase(database, person, team)]
    const [one, other] = [
      await addUser(database, await addTeam(database, police)),
      await addUser(database, await addTeam(database, police)),
    ]
    const share = (theCase: Case, user: User) =>
      inWriting(tx => grantAccess(tx, actor, now, { caseId: theCase.id, kind: 'named', holder: user.principal, level: 'read' }))
    await Promise.all([share(first, one), share(second, other)])
    const { rows } = await database.admin.query<{ readers: number[] }>('select readers from people where id = $1', [person.id])
    expect(rows[0]?.readers).toEqual(expect.arrayContaining([one.principal, other.principal]))
  })

  test('somebody gets a post while a case is withheld from its agency: they are hidden from whichever commits first', async () => {
    for (const postFirst of [true, false]) {
      const theCase = await newCase()
      const user = await addUser(database, team)
      const policeTeam = await addTeam(database, police)
      const giving = (async () => {
        if (!postFirst) await wait(30)
        await addPost(database, user, policeTeam)
        await asSystem(database, tx => rewritePeopleWithheldFrom(tx, [user.principal, council.principal, police.principal]))
      })()
      await Promise.all([giving, hide(theCase)])
      expect(await withheldOn('people', theCase.personId)).toContain(user.principal)
    }
  })
})

describe('stepping into the keeper’s role', () => {
  const everybody = sql<{ n: number }>`select count(*)::int as n from people`

  test('whoever does not await it is refused, not answered as the keeper', async () => {
    const theCase = await newCase()
    const stranger = await actorOf(database, (await addUser(database, await addTeam(database, police))).id)
    await asActor(database.web, stranger, 'read', async tx => {
      const both = await Promise.allSettled([listsForPart(tx, theCase.id, 'case'), everybody.execute(tx)])
      expect(both[0].status).toBe('fulfilled')
      expect(both[1]).toMatchObject({ status: 'rejected' })
    })
    await asActor(database.web, stranger, 'read', async tx => {
      const [counted] = await Promise.all([everybody.execute(tx), listsForPart(tx, theCase.id, 'case')])
      expect(counted.rows[0]?.n).toBe(0)
    })
  })

  test('a fault steps out again: whoever catches it goes on as themself', async () => {
    const stranger = await actorOf(database, (await addUser(database, await addTeam(database, police))).id)
    await asActor(database.web, stranger, 'write', async tx => {
      await expect(rewriteCase(tx, uuid())).rejects.toThrow('is not there')
      const { rows } = await sql<{ role: string }>`select current_user as role`.execute(tx)
      expect(rows[0]?.role).toBe('lanyard_web')
      expect((await everybody.execute(tx)).rows[0]?.n).toBe(0)
    })
  })

  test('a statement that fails ends the transaction, and the connection is the web role’s again', async () => {
    for (let time = 0; time < 5; time++) {
      const failing = asActor(database.web, actor, 'write', tx =>
        asKeeper(tx, keeper => sql`select given_name from people`.execute(keeper)),
      )
      await expect(failing).rejects.toThrow('permission denied')
    }
    const roles = await Promise.all(
      Array.from({ length: 4 }, () =>
        asActor(
          database.web,
          actor,
          'read',
          async tx => (await sql<{ role: string }>`select current_user as role`.execute(tx)).rows[0]?.role,
        ),
      ),
    )
    expect(new Set(roles)).toEqual(new Set(['lanyard_web']))
  })

  test('a prepared statement is planned anew for the role and the actor that run it', async () => {
    const theCase = await newCase()
    const stranger = await actorOf(database, (await addUser(database, await addTeam(database, police))).id)
    const count = async (tx: Tx) =>
      (await sql<{ n: number }>`select count(*)::int as n from cases where id = ${theCase.id}`.execute(tx)).rows[0]?.n
    await asActor(database.web, stranger, 'read', async tx => {
      // More often than the five times after which PostgreSQL keeps one plan for all values.
      for (let time = 0; time < 12; time++) {
        expect(await count(tx)).toBe(0)
        expect(await asKeeper(tx, count)).toBe(1)
      }
    })
    for (let time = 0; time < 12; time++) {
      expect(await asActor(database.web, actor, 'read', count)).toBe(1)
      expect(await asActor(database.web, stranger, 'read', count)).toBe(0)
    }
  })
})
