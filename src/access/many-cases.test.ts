import { beforeAll, describe, expect, it } from 'vitest'
import {
  actorOf,
  addAgency,
  addCase,
  addPerson,
  addTeam,
  addUser,
  as,
  asSystem,
  type Case,
  commissioner,
  type Team,
  type User,
} from '../../test/factories/world.ts'
import { type TestDatabase, testDatabase } from '../../test/harness/database.ts'
import { grantAccess, hideRemoved, listsForPart, listsForPartOfMany, peopleWithOtherCases, rewriteCase, rowsOfCasesIn } from './index.ts'

let database: TestDatabase
let team: Team
let other: Team
let leader: User
let elsewhere: User
const now = new Date('2026-11-20T10:00:00Z')
beforeAll(async () => {
  database = await testDatabase()
  team = await addTeam(database, await addAgency(database))
  other = await addTeam(database, await addAgency(database))
  leader = await addUser(database, team)
  elsewhere = await addUser(database, other)
})

const remove = (cases: readonly Case[], personIds: readonly string[] = []) =>
  as(database, leader, async tx => {
    await tx
      .updateTable('cases')
      .set({ removed_at: now })
      .where(
        'id',
        'in',
        cases.map(one => one.id),
      )
      .execute()
    if (personIds.length > 0)
      await tx
        .updateTable('people')
        .set({ removed_at: now, removed_reason: 'Test' })
        .where('id', 'in', [...personIds])
        .execute()
    await hideRemoved(tx, { caseIds: cases.map(one => one.id), personIds })
  })
const sees = (user: User, table: 'cases' | 'people', id: string) =>
  as(database, user, async tx => (await tx.selectFrom(table).select('id').where('id', '=', id).execute()).length === 1)
const tokensOf = async (personId: string) =>
  (
    await database.admin.query<{ principal: number }>('select distinct principal from person_tokens where person_id = $1', [personId])
  ).rows.map(row => row.principal)

describe('what an undone import takes out of sight', () => {
  it('[F24] is read by nobody, commissioners included, and stays so whoever is granted what', async () => {
    const boss = await addUser(database, team, { may: commissioner })
    const person = await addPerson(database, team)
    const theCase = await addCase(database, person, team)
    await remove([theCase], [person.id])
    for (const user of [leader, boss]) {
      expect(await sees(user, 'cases', theCase.id)).toBe(false)
      expect(await sees(user, 'people', person.id)).toBe(false)
    }
    expect(await tokensOf(person.id)).toEqual([])
    // Rewriting it, as any later change of memberships may, opens nothing.
    await asSystem(database, tx => rewriteCase(tx, theCase.id))
    expect(await sees(boss, 'cases', theCase.id)).toBe(false)
    expect(await sees(boss, 'people', person.id)).toBe(false)
    await expect(
      as(database, leader, (tx, actor) =>
        grantAccess(tx, actor, now, { caseId: theCase.id, kind: 'named', holder: leader.principal, level: 'edit' }),
      ),
    ).rejects.toThrow('whose case it is')
  })

  it('[F24] leaves a person to whoever reads another case of theirs', async () => {
    const person = await addPerson(database, team)
    const [mine, theirs] = [await addCase(database, person, team), await addCase(database, person, other)]
    await remove([mine])
    expect(await sees(leader, 'people', person.id)).toBe(false)
    expect(await sees(elsewhere, 'people', person.id)).toBe(true)
    expect(await sees(elsewhere, 'cases', theirs.id)).toBe(true)
  })

  it('[F24] leaves somebody who was registered here before to the post that did it', async () => {
    const person = await addPerson(database, team)
    await remove([await addCase(database, person, team)])
    expect(await sees(leader, 'people', person.id)).toBe(true)
  })

  it('hides nothing that was not marked', async () => {
    const theCase = await addCase(database, await addPerson(database, team), team)
    await as(database, leader, tx => hideRemoved(tx, { caseIds: [theCase.id], personIds: [] }))
    expect(await sees(leader, 'cases', theCase.id)).toBe(true)
  })
})

describe('many cases at once', () => {
  it('have for each the lists that it has by itself', async () => {
    const cases = [
      await addCase(database, await addPerson(database, team), team),
      await addCase(database, await addPerson(database, team), team, { restricted: true }),
    ]
    await as(database, leader, (tx, actor) =>
      grantAccess(tx, actor, now, {
        caseId: cases[0]!.id,
        kind: 'share',
        holder: elsewhere.principal,
        level: 'read',
        parts: ['notes'],
        purpose: 'x',
        lawfulBasis: 'x',
      }),
    )
    await asSystem(database, async tx => {
      for (const part of ['notes', 'plan']) {
        const lists = await listsForPartOfMany(
          tx,
          cases.map(one => one.id),
          part,
        )
        for (const one of cases) expect(lists.get(one.id)).toEqual(await listsForPart(tx, one.id, part))
      }
      expect((await listsForPartOfMany(tx, [crypto.randomUUID()], 'notes')).size).toBe(0)
    })
  })

  it('are counted without being read: whether somebody else has a case of this person, and whether anything was added', async () => {
    const person = await addPerson(database, team)
    const mine = await addCase(database, person, team)
    const actor = await actorOf(database, leader.id)
    await as(database, leader, async tx => {
      expect(await peopleWithOtherCases(tx, [person.id], [mine.id])).toEqual(new Set())
      expect(await rowsOfCasesIn(tx, [mine.id], ['plans', 'access_grants'])).toEqual(new Map())
    })
    await addCase(database, person, other)
    await as(database, leader, (tx, me) =>
      grantAccess(tx, me, now, { caseId: mine.id, kind: 'named', holder: actor.principal, level: 'edit' }),
    )
    await as(database, leader, async tx => {
      expect(await peopleWithOtherCases(tx, [person.id], [mine.id])).toEqual(new Set([person.id]))
      expect(await rowsOfCasesIn(tx, [mine.id], ['plans', 'access_grants'])).toEqual(new Map([[mine.id, 1]]))
    })
  })
})
