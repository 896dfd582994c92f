import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { protectedTables } from '../../../db/protected-tables.ts'
import { addAgency, addTeam, addUser, as, type Team, type User } from '../../../test/factories/world.ts'
import { freshDatabase, type TestDatabase } from '../../../test/harness/database.ts'
import { asStranger, holdKeys } from '../../platform/stranger.ts'
import { forgetOutside } from './jobs.ts'
import { keysFor, newToken } from './keys.ts'

let database: TestDatabase
let team: Team
const keys = keysFor('a secret that is only for tests, and long enough')
const [mine, theirs] = [keys.holder(newToken()), keys.holder(newToken())]
const [mineFiles, theirFiles] = [newToken(), newToken()]
const ids = {
  mine: '01a1fc15-7279-76c9-a926-e314301d8b01',
  theirs: '01a1fc15-7279-76c9-a926-e314301d8b02',
  sent: '01a1fc15-7279-76c9-a926-e314301d8b03',
}

beforeAll(async () => {
  database = await freshDatabase()
  team = await addTeam(database, await addAgency(database, { isAuthority: true }), ['early-help'])
  const { admin } = database
  await admin.query(
    `insert into form_definitions (code, version, status, title, definition, fingerprint, created_at, released_at) values
       ('outside', 1, 'released', 'Outside', '{"forOutside": true}', 'a', now(), now()), ('inside', 1, 'released', 'Inside', '{}', 'b', now(), now()),
       ('draft', 1, 'draft', 'Draft', '{"forOutside": true}', 'c', now(), null)`,
  )
  const changer = await addUser(database, team)
  for (const [code, state, audience] of [
    ['aaaaaaaa', 'open', 'public'],
    ['bbbbbbbb', 'off', 'professional'],
  ])
    await admin.query(
      `insert into outside_pages (code, service_area, audience, team_id, inbox, commissioners, form_code, name, opening, privacy, what_next, closed_words, state,
         answer_within, keep_draft_days, keep_decided_days, most_an_hour, changed_at, changed_by)
       values ($1, 'early-help', $2, $3, $4, (select commissioners from authorities), 'outside', 'A page', '', '', '', '', $5, 5, 14, 90, 30, now(), $6)`,
      [code, audience, team.id, team.posts['early-help'], state, changer.id],
    )
  const add = (id: string, holder: string, draftKey: string) =>
    asStranger(database.stranger, [holder], tx =>
      sql`insert into outside_referrals (id, page, state, inbox, commissioners, service_area, form_code, form_version, started_at, saved_at, expires_at, holder, draft_key, suspected)
        select ${id}, 'aaaaaaaa', 'draft', inbox, commissioners, 'early-help', 'outside', 1, now(), now(), now() + interval '14 days', ${holder}, ${draftKey}, false
        from outside_pages where code = 'aaaaaaaa'`.execute(tx),
    )
  await add(ids.mine, mine, mineFiles)
  await add(ids.theirs, theirs, theirFiles)
  await add(ids.sent, theirs, newToken())
  await admin.query(
    `update outside_referrals set state = 'sent', number = 'R4K7-Q92B', sent_at = now(), holder = '', answers = '{"family": "Penrose"}' where id = $1`,
    [ids.sent],
  )
  await admin.query(
    `insert into outside_files (id, referral_id, draft_key, inbox, commissioners, question, name, content_type, bytes, storage_key, added_at, scan)
     select gen_random_uuid(), id, draft_key, inbox, commissioners, 'papers', 'letter.txt', 'text/plain', 1, 'x', now(), 'not-scanned' from outside_referrals`,
  )
})
afterAll(() => database.close())

/** What the stranger's role may read of, whatever else is added to the schema. */
const readable = ['form_definitions', 'outside_files', 'outside_pages', 'outside_referrals', 'outside_tries']

describe('[V6] the role of whoever comes without an account', () => {
  test('reads its own five tables and no other', async () => {
    const { rows } = await database.admin.query<{ name: string }>(
      `select c.relname as name from pg_class c where relnamespace = '${database.schema}'::regnamespace and relkind in ('r', 'p')
         and (has_table_privilege('lanyard_stranger', c.oid, 'select') or has_any_column_privilege('lanyard_stranger', c.oid, 'select')) order by 1`,
    )
    expect(rows.map(row => row.name)).toEqual(readable)
  })

  test.each([
    'principals',
    'users',
    'posts',
    'teams',
    'sessions',
    'credentials',
    'audit_events',
    'mails',
    ...protectedTables.map(({ table }) => table),
  ])('is refused %s', async table => {
    await expect(asStranger(database.stranger, [mine], tx => sql`select * from ${sql.table(table)} limit 1`.execute(tx))).rejects.toThrow(
      /permission denied/,
    )
  })

  test('asks for no job, and steps into no other role', async () => {
    for (const statement of [
      sql`select enqueue_job('send-mail', '{}', null, null)`,
      sql`set local role lanyard_keeper`,
      sql`set local role lanyard_web`,
    ])
      await expect(asStranger(database.stranger, [mine], tx => statement.execute(tx))).rejects.toThrow(/permission denied/)
  })

  test('reads pages that are not off, and forms made for it', async () => {
    const seen = await asStranger(database.stranger, [], async tx => ({
      pages: (await sql`select code from outside_pages`.execute(tx)).rows,
      forms: (await sql`select code from form_definitions`.execute(tx)).rows,
    }))
    expect(seen).toEqual({ pages: [{ code: 'aaaaaaaa' }], forms: [{ code: 'outside' }] })
  })

  test('reads the draft that its browser holds and the files of it: not another’s, and nothing that was sent', async () => {
    const of = (held: string[]) =>
      asStranger(database.stranger, held, async tx => ({
        referrals: (await sql<{ id: string }>`select id from outside_referrals`.execute(tx)).rows.map(row => row.id),
        files: (await sql<{ id: string }>`select referral_id as id from outside_files`.execute(tx)).rows.map(row => row.id),
      }))
    expect(await of([mine])).toEqual({ referrals: [ids.mine], files: [] })
    expect(await of([mine, mineFiles])).toEqual({ referrals: [ids.mine], files: [ids.mine] })
    expect(await of([])).toEqual({ referrals: [], files: [] })
    expect(await of([keys.holder(newToken())])).toEqual({ referrals: [], files: [] })
  })

  test('changes, sends and deletes no draft of another’s, and nothing that was sent', async () => {
    const changed = (statement: ReturnType<typeof sql>) =>
      asStranger(database.stranger, [mine, mineFiles], async tx => Number((await statement.execute(tx)).numAffectedRows ?? 0))
    expect(await changed(sql`update outside_referrals set answers = '{}' where id = any (${[ids.theirs, ids.sent]}::uuid[])`)).toBe(0)
    expect(await changed(sql`delete from outside_referrals where id = any (${[ids.theirs, ids.sent]}::uuid[])`)).toBe(0)
    expect(await changed(sql`delete from outside_files where referral_id = any (${[ids.theirs, ids.sent]}::uuid[])`)).toBe(0)
    // Nor does it put a draft of its own into another browser, or into another inbox.
    await expect(changed(sql`update outside_referrals set holder = ${theirs} where id = ${ids.mine} returning id`)).resolves.toBe(1)
    await database.admin.query('update outside_referrals set holder = $1 where id = $2', [mine, ids.mine])
    await expect(changed(sql`update outside_referrals set inbox = 1 where id = ${ids.mine}`)).rejects.toThrow(/permission denied/)
  })

  test('by an address alone puts a code on what was saved under it, and reads nothing', async () => {
    const mailKey = keys.mail('jago@example.org')
    await database.admin.query('update outside_referrals set mail_key = $1 where id = $2', [mailKey, ids.mine])
    const outcome = await asStranger(database.stranger, [mailKey], async tx => ({
      changed: Number(
        (await sql`update outside_referrals set code_key = ${keys.code('jago@example.org', '12345678')}`.execute(tx)).numAffectedRows,
      ),
      read: (await sql`select id from outside_referrals`.execute(tx)).rows,
    }))
    expect(outcome).toEqual({ changed: 1, read: [] })
    const opened = await asStranger(database.stranger, [], async tx => {
      await holdKeys(tx, [keys.code('JAGO@example.org', '1234 5678')])
      return (await sql<{ id: string }>`select id from outside_referrals`.execute(tx)).rows
    })
    expect(opened).toEqual([{ id: ids.mine }])
  })
})

describe('[V6] from inside, by SQL', () => {
  const seenBy = (user: User) =>
    as(database, user, async tx => ({
      referrals: (await sql<{ id: string }>`select id from outside_referrals`.execute(tx)).rows.map(row => row.id),
      files: (await sql<{ id: string }>`select referral_id as id from outside_files`.execute(tx)).rows.map(row => row.id),
      changed: Number((await sql`update outside_referrals set decided_note = 'x' where id = ${ids.sent}`.execute(tx)).numAffectedRows ?? 0),
    }))
  const none = { referrals: [], files: [], changed: 0 }

  test('whoever triages for the team reads and decides what was sent, and no draft', async () => {
    const seen = await seenBy(await addUser(database, team))
    expect(seen.referrals).toEqual([ids.sent])
    expect(seen.changed).toBe(1)
  })

  test('a caseworker who does not triage, a reader, another team and another agency find nothing', async () => {
    expect(await seenBy(await addUser(database, team, { may: ['read-records', 'record'] }))).toEqual(none)
    expect(await seenBy(await addUser(database, team, { may: ['read-records', 'manage-allocation'] }))).toEqual(none)
    expect(await seenBy(await addUser(database, await addTeam(database, team.agency, ['early-help'])))).toEqual(none)
    expect(await seenBy(await addUser(database, await addTeam(database, await addAgency(database), ['early-help'])))).toEqual(none)
  })

  test('whoever triages changes neither whose inbox it is in nor what was typed elsewhere', async () => {
    const user = await addUser(database, team)
    for (const column of ['inbox', 'page', 'number', 'holder', 'draft_key'])
      await expect(
        as(database, user, tx => sql`update outside_referrals set ${sql.ref(column)} = null where id = ${ids.sent}`.execute(tx)),
      ).rejects.toThrow(/permission denied/)
    await expect(as(database, user, tx => sql`select draft_key from outside_referrals`.execute(tx))).rejects.toThrow(/permission denied/)
  })

  test('drafts, spam and what was decided are forgotten when their days are over; what waits never is', async () => {
    const { admin } = database
    await admin.query(`update outside_referrals set expires_at = now() - interval '1 hour' where id = any ($1)`, [[ids.mine]])
    await admin.query(`update outside_referrals set sent_at = now() - interval '3 years' where id = $1`, [ids.sent])
    await admin.query(
      `insert into outside_referrals (id, page, number, state, inbox, commissioners, service_area, form_code, form_version, started_at, saved_at, expires_at, sent_at, holder, draft_key, decided_at)
       select gen_random_uuid(), page, n || '', s, inbox, commissioners, service_area, form_code, form_version, started_at, saved_at, expires_at, sent_at, '', n || '', now() - d
       from outside_referrals, (values (1, 'spam', interval '15 days'), (2, 'spam', interval '13 days'), (3, 'declined', interval '91 days'), (4, 'declined', interval '89 days')) v (n, s, d)
       where id = $1`,
      [ids.sent],
    )
    const files = {
      keep: async () => ({ key: '', bytes: 0 }),
      read: async () => undefined,
      remove: async () => {},
      keptBefore: async function* () {},
    }
    await forgetOutside({ worker: database.worker, files, clock: { now: () => new Date() } })
    const { rows } = await admin.query<{ state: string }>('select state from outside_referrals order by state')
    expect(rows.map(row => row.state)).toEqual(['declined', 'draft', 'sent', 'spam'])
  })
})
