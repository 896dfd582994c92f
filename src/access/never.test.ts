import { sql } from 'kysely'
import pg from 'pg'
import { v7 as uuid } from 'uuid'
import { beforeAll, describe, expect, test } from 'vitest'
import { protectedTables } from '../../db/protected-tables.ts'
import {
  actorOf,
  addAgency,
  addCase,
  addPerson,
  addTeam,
  addUser,
  type Case,
  reader,
  systemActor,
  type User,
} from '../../test/factories/world.ts'
import { type TestDatabase, testDatabase } from '../../test/harness/database.ts'
import { asActor, asKeeper } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import { grantAccess, rewriteCase } from './index.ts'

// What the role that serves pages must never be able to do, whatever statement reaches the database through it.

let database: TestDatabase
let theirs: Case
let mine: Case
let worker: User
let stranger: User
let sharedWith: User

beforeAll(async () => {
  database = await testDatabase()
  const council = await addAgency(database)
  const other = await addAgency(database)
  const team = await addTeam(database, council)
  const otherTeam = await addTeam(database, other)
  worker = await addUser(database, team)
  stranger = await addUser(database, otherTeam)
  sharedWith = await addUser(database, otherTeam, { may: reader })
  theirs = await addCase(database, await addPerson(database, team), team)
  mine = await addCase(database, await addPerson(database, otherTeam), otherTeam)
  const actor = await actorOf(database, worker.id)
  const share = {
    kind: 'share' as const,
    holder: sharedWith.principal,
    level: 'read' as const,
    purpose: 'Joint work',
    lawfulBasis: 'Public task',
  }
  await asActor(database.web, actor, 'write', tx => grantAccess(tx, actor, new Date(), { caseId: theirs.id, ...share }))
})

const refused = async (user: User, work: (tx: Tx) => Promise<unknown>): Promise<string> => {
  const actor = await actorOf(database, user.id)
  return asActor(database.web, actor, 'write', work).then(
    () => 'was done',
    fault => String(fault.message),
  )
}
const denied = /permission denied|violates row-level security/

describe('the role that serves pages', () => {
  test('cannot add a grant, for a case of one’s own or of others', async () => {
    for (const [user, caseId] of [
      [stranger, theirs.id],
      [sharedWith, theirs.id],
      [worker, theirs.id],
    ] as const) {
      const answer = await refused(user, tx =>
        sql`insert into access_grants (id, case_id, kind, holder, principal, level, starts_at, granted_at, readers, editors)
          values (${uuid()}, ${caseId}, 'named', ${user.principal}, ${user.principal}, 'edit', now(), now(), ${[user.principal]}::int[], ${[user.principal]}::int[])`.execute(
          tx,
        ),
      )
      expect(answer).toMatch(denied)
    }
  })

  test('cannot make a grant larger, or give it to somebody else', async () => {
    for (const change of [
      `level = 'edit'`,
      'parts = null',
      `principal = ${stranger.principal}`,
      `ends_at = 'infinity'`,
      `case_id = '${mine.id}'`,
    ])
      expect(await refused(worker, tx => sql.raw(`update access_grants set ${change}`).execute(tx))).toMatch(denied)
  })

  test('cannot grant access through src/access to a case that one may only read', async () => {
    const actor = await actorOf(database, sharedWith.id)
    const grant = { caseId: theirs.id, kind: 'named' as const, holder: actor.principal, level: 'edit' as const }
    await expect(asActor(database.web, actor, 'write', tx => grantAccess(tx, actor, new Date(), grant))).rejects.toThrow(
      'decided by those whose case it is',
    )
  })

  test('cannot add, widen or delete a withholding', async () => {
    const lists = sql`${[worker.principal]}::int[], ${[worker.principal]}::int[]`
    expect(
      await refused(worker, tx =>
        sql`insert into withholdings (id, case_id, holder, reason, withheld_at, readers, editors) values (${uuid()}, ${theirs.id}, ${stranger.principal}, 'x', now(), ${lists})`.execute(
          tx,
        ),
      ),
    ).toMatch(denied)
    expect(await refused(worker, tx => sql`update withholdings set holder = 1`.execute(tx))).toMatch(denied)
    expect(await refused(worker, tx => sql`delete from withholdings`.execute(tx))).toMatch(denied)
  })

  test.each(protectedTables.map(({ table }) => table))('cannot write who may see a row of %s', async table => {
    for (const column of ['readers', 'editors', 'withheld'])
      expect(await refused(worker, tx => sql.raw(`update ${table} set ${column} = '{1}'`).execute(tx))).toMatch(denied)
  })

  test('cannot add a row that it could not write again', async () => {
    const answer = await refused(worker, tx =>
      sql`insert into case_events (id, case_id, position, kind, part, occurred_on, recorded_at, author, readers, editors)
        values (${uuid()}, ${theirs.id}, 99, 'x', 'case', now(), now(), '', ${[worker.principal]}::int[], ${[stranger.principal]}::int[])`.execute(
        tx,
      ),
    )
    expect(answer).toMatch(denied)
  })

  test('lists of one’s own making on a row of somebody else’s case last until the case’s own are written, and open nothing else', async () => {
    const id = uuid()
    const own = [stranger.principal]
    expect(
      await refused(stranger, tx =>
        sql`insert into case_events (id, case_id, position, kind, part, occurred_on, recorded_at, author, readers, editors)
          values (${id}, ${theirs.id}, 98, 'x', 'case', now(), now(), '', ${own}::int[], ${own}::int[])`.execute(tx),
      ),
    ).toBe('was done')
    await asActor(database.web, systemActor, 'write', tx => rewriteCase(tx, theirs.id))
    const actor = await actorOf(database, stranger.id)
    const seen = await asActor(database.web, actor, 'read', async tx => {
      const { rows } = await sql<{
        n: number
      }>`select (select count(*) from case_events where case_id = ${theirs.id}) + (select count(*) from cases where id = ${theirs.id}) as n`.execute(
        tx,
      )
      return rows[0]?.n
    })
    expect(seen).toBe(0)
  })

  test('cannot hold somebody else’s principal, or a window of it', async () => {
    expect(
      await refused(worker, tx =>
        sql`insert into held_principals (principal, holder, starts_at) values (${stranger.principal}, ${worker.principal}, now())`.execute(
          tx,
        ),
      ),
    ).toMatch(denied)
    expect(await refused(worker, tx => sql`update held_principals set ends_at = null`.execute(tx))).toMatch(denied)
    expect(await refused(worker, tx => sql`delete from held_principals`.execute(tx))).toMatch(denied)
  })

  test('cannot make anybody findable', async () => {
    expect(
      await refused(worker, tx =>
        sql`insert into person_tokens (principal, token, person_id) values (${worker.principal}, 'n:x', ${theirs.personId})`.execute(tx),
      ),
    ).toMatch(denied)
    expect(await refused(worker, tx => sql`update person_tokens set principal = ${worker.principal}`.execute(tx))).toMatch(denied)
  })

  test.each(['credentials', 'recovery_codes', 'sessions', 'password_resets', 'sign_in_attempts', 'held_posts', 'known_devices', 'mails'])(
    'cannot read %s',
    async table => {
      expect(await refused(worker, tx => sql.raw(`select * from ${table} limit 1`).execute(tx))).toMatch(denied)
    },
  )

  test('cannot change or delete an audit event, nor look into the chain', async () => {
    for (const statement of [
      `update audit_events set actor = 'x'`,
      'delete from audit_events',
      'truncate audit_events',
      'select * from audit_chain',
      'delete from audit_chain',
      'select * from audit_marks',
    ])
      expect(await refused(worker, tx => sql.raw(statement).execute(tx))).toMatch(denied)
  })

  test('cannot record an act in somebody else’s name, nor in nobody’s', async () => {
    const act = (userId: string | null) => (tx: Tx) =>
      sql`insert into audit_events (at, user_id, actor, action, subject_type, subject_id, request_id, address) values (now(), ${userId}::uuid, '', 'x', '', '', '', '')`.execute(
        tx,
      )
    expect(await refused(worker, act(stranger.id))).toMatch(denied)
    expect(await refused(worker, act(null))).toMatch(denied)
    expect(await refused(worker, act(worker.id))).toBe('was done')
  })

  test('cannot become another role than the keeper', async () => {
    for (const role of ['lanyard_owner', 'lanyard_gate', 'lanyard_worker', 'postgres'])
      expect(await refused(worker, tx => sql.raw(`set local role ${role}`).execute(tx))).toMatch(/permission denied/)
  })

  test('cannot switch row-level security off, nor make or change tables', async () => {
    expect(
      await refused(worker, tx => sql`set local row_security = off`.execute(tx).then(() => sql`select * from cases`.execute(tx))),
    ).toMatch(/row-level security policy/)
    for (const statement of [
      'create table mine (id int)',
      'alter table cases disable row level security',
      'drop policy readable on cases',
      'grant select on credentials to lanyard_web',
      'create view all_cases as select * from cases',
    ])
      expect(await refused(worker, tx => sql.raw(statement).execute(tx))).toMatch(/permission denied|must be owner|must have|denied/)
  })

  test('cannot delete a record of anything', async () => {
    for (const { table } of protectedTables) {
      // Indexes of what stands elsewhere: what is due next, and what is found by its words. And what somebody is still writing.
      if (['case_dues', 'texts', 'letter_drafts'].includes(table)) continue
      expect(await refused(worker, tx => sql.raw(`delete from ${table}`).execute(tx)), table).toMatch(/permission denied/)
    }
  })

  test('sees nothing on a connection on which nobody has signed in', async () => {
    const client = new pg.Client({ connectionString: database.url('lanyard_web'), options: `-c search_path=${database.schema}` })
    await client.connect()
    for (const { table } of protectedTables) {
      const { rows } = await client.query(`select count(*)::int as n from ${table}`)
      expect([table, rows[0].n]).toEqual([table, 0])
    }
    await client.end()
  })
})

describe('the keeper', () => {
  const asked = (statement: string) =>
    asActor(database.web, systemActor, 'write', tx => asKeeper(tx, keeper => sql.raw(statement).execute(keeper))).then(
      () => 'was done',
      fault => String(fault.message),
    )

  test.each([
    'select given_name from people',
    'select * from case_notes',
    'select summary from timeline_entries',
    'select answers from answer_sections',
    `update people set family_name = 'x'`,
    'update cases set team_id = null',
    'update cases set restricted = false',
    'select * from credentials',
    'select * from audit_events',
    'delete from people',
    'delete from access_grants',
    'delete from withholdings',
  ])('writes access lists and nothing else: %s', async statement => {
    expect(await asked(statement)).toMatch(/permission denied/)
  })
})
