import { resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { personReferences } from '../../db/person-references.ts'
import { protectedTables } from '../../db/protected-tables.ts'
import { migrate } from '../../src/platform/db/migrate.ts'
import { testSchema, testSecret } from '../harness/cluster.ts'
import { freshDatabase, type TestDatabase } from '../harness/database.ts'

// What must be true of every table, read from the live schema, so that a table of next year is held to it too.

let database: TestDatabase
beforeAll(async () => {
  database = await freshDatabase()
})
afterAll(() => database.close())

const namesOf = async (query: string, values: unknown[] = []): Promise<string[]> => {
  const { rows } = await database.admin.query<{ name: string }>(query, values)
  return rows.map(row => row.name)
}
const ours = `relnamespace = '${testSchema}'::regnamespace`
const applicationRoles = ['lanyard_web', 'lanyard_gate', 'lanyard_stranger', 'lanyard_worker', 'lanyard_reporting', 'lanyard_keeper']

describe('every table', () => {
  test('has row-level security enabled and forced', async () => {
    expect(
      await namesOf(
        `select relname as name from pg_class where ${ours} and relkind in ('r', 'p') and not (relrowsecurity and relforcerowsecurity)`,
      ),
    ).toEqual([])
  })

  test('belongs to the owner, who does not log in and bypasses nothing', async () => {
    expect(
      await namesOf(`select relname as name from pg_class where ${ours} and relkind = 'r' and relowner <> 'lanyard_owner'::regrole`),
    ).toEqual([])
    expect(
      await namesOf(
        `select rolname as name from pg_roles where rolname like 'lanyard%' and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolinherit or rolreplication)`,
      ),
    ).toEqual([])
    expect(
      await namesOf(`select rolname as name from pg_roles where rolname in ('lanyard_owner', 'lanyard_keeper') and rolcanlogin`),
    ).toEqual([])
  })

  test('has a primary key, no trigger of its own, no rule, no enum, no numeric key', async () => {
    expect(
      await namesOf(
        `select relname as name from pg_class c where ${ours} and relkind = 'r' and not exists (select from pg_constraint where conrelid = c.oid and contype = 'p')`,
      ),
    ).toEqual([])
    expect(
      await namesOf(`select tgname as name from pg_trigger t join pg_class c on c.oid = t.tgrelid where ${ours} and not tgisinternal`),
    ).toEqual([])
    expect(await namesOf(`select rulename as name from pg_rules where schemaname = $1`, [testSchema])).toEqual([])
    expect(
      await namesOf(`select typname as name from pg_type where typtype = 'e' and typnamespace = '${testSchema}'::regnamespace`),
    ).toEqual([])
    expect(
      await namesOf(`select c.relname || '.' || a.attname as name from pg_index i join pg_class c on c.oid = i.indrelid
        join pg_attribute a on a.attrelid = c.oid and a.attnum = any (i.indkey) where ${ours} and a.atttypid = 'numeric'::regtype`),
    ).toEqual([])
  })

  test('has no view and but one function beside it, which puts a job in the queue: rules are code, and a view would read as its owner', async () => {
    expect(await namesOf(`select proname as name from pg_proc where pronamespace = '${testSchema}'::regnamespace`)).toEqual(['enqueue_job'])
    expect(await namesOf(`select relname as name from pg_class where ${ours} and relkind in ('v', 'm', 'f')`)).toEqual([])
  })

  test('says what happens to its rows when what they point at is deleted, and has an index that finds them', async () => {
    const unsaid = await namesOf(`
      select conrelid::regclass || ' ' || conname as name from pg_constraint where contype = 'f' and connamespace = '${testSchema}'::regnamespace and confdeltype = 'a'`)
    expect(unsaid, 'foreign keys without on delete').toEqual([])
    // The key's columns, in any order, must be the first of an index over all rows.
    const slow = await namesOf(`
      select conrelid::regclass || ' ' || conname as name from pg_constraint k
      where contype = 'f' and connamespace = '${testSchema}'::regnamespace and not exists (
        select from pg_index i where i.indrelid = k.conrelid and i.indpred is null
          and (i.indkey::int2[])[0:cardinality(k.conkey) - 1] @> k.conkey and (i.indkey::int2[])[0:cardinality(k.conkey) - 1] <@ k.conkey)`)
    expect(slow, 'foreign keys without an index').toEqual([])
  })

  test('with access lists is in db/protected-tables.ts, and the other way round', async () => {
    const withLists = await namesOf(`
      select c.relname as name from pg_class c where ${ours} and relkind = 'r'
        and exists (select from pg_attribute where attrelid = c.oid and attname = 'readers' and not attisdropped) order by 1`)
    expect(protectedTables.map(table => table.table).sort()).toEqual(withLists)
  })

  test('with access lists has all three, none of them null', async () => {
    const { rows } = await database.admin.query(`
      select c.relname, count(*)::int as lists from pg_class c join pg_attribute a on a.attrelid = c.oid
      where ${ours} and relkind = 'r' and a.attname in ('readers', 'editors', 'withheld') and a.attnotnull and a.atttypid = 'int[]'::regtype group by 1`)
    expect(rows.filter(row => row.lists !== 3)).toEqual([])
    expect(rows).toHaveLength(protectedTables.length)
  })

  test('between two people has the lists of the other as well', async () => {
    const withOther = await namesOf(`
      select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid
      where ${ours} and relkind = 'r' and a.attname in ('other_readers', 'other_editors', 'other_withheld') and a.attnotnull and a.atttypid = 'int[]'::regtype
      group by 1 having count(*) = 3 order by 1`)
    expect(withOther).toEqual([...betweenTwo].sort())
  })

  test('that names a person says what becomes of that when the person’s record is merged', async () => {
    const naming = await namesOf(`
      select distinct conrelid::regclass || '.' || a.attname as name from pg_constraint k join pg_attribute a on a.attrelid = k.conrelid and a.attnum = any (k.conkey)
      where contype = 'f' and connamespace = '${testSchema}'::regnamespace and confrelid = 'people'::regclass order by 1`)
    expect([...new Set(personReferences.map(({ table, column }) => `${table}.${column}`))].sort()).toEqual(naming.sort())
  })

  test('of a case has its key, part and section columns as db/protected-tables.ts names them', async () => {
    for (const table of protectedTables) {
      const columns = await namesOf(
        `select attname as name from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped`,
        [table.table],
      )
      const named = [
        table.key,
        ...(table.of === 'case' && 'column' in table.part ? [table.part.column] : []),
        ...(table.of === 'case' && table.section ? [table.section.answerSet, table.section.section] : []),
        ...(table.of === 'case' && table.furtherSections ? [table.furtherSections] : []),
      ]
      for (const column of named) expect(columns, table.table).toContain(column)
    }
  })
})

describe('policies', () => {
  type Policy = {
    tablename: string
    policyname: string
    cmd: string
    qual: string | null
    with_check: string | null
    roles: string[]
    permissive: string
  }
  const policies = async (): Promise<Policy[]> => {
    const { rows } = await database.admin.query<Policy>(
      `select tablename, policyname, cmd, qual, with_check, roles::text[] as roles, permissive from pg_policies where schemaname = $1`,
      [testSchema],
    )
    return rows
  }

  test('ask nothing of another table', async () => {
    for (const { tablename, policyname, qual, with_check } of await policies()) {
      for (const expression of [qual, with_check])
        expect(expression ?? '', `${tablename}.${policyname}`).not.toMatch(/\b(select|exists)\b/i)
    }
  })

  test('call only functions that read nothing', async () => {
    const known = new Set(['nullif', 'current_setting', 'any', 'and', 'or', 'not', 'array', 'coalesce', 'cardinality', 'from'])
    for (const { tablename, policyname, qual, with_check } of await policies()) {
      for (const [, name] of `${qual ?? ''} ${with_check ?? ''}`.matchAll(/([a-z_]+)\s*\(/gi))
        expect(known, `${tablename}.${policyname}`).toContain(name!.toLowerCase())
    }
  })

  test('speak to roles by name, never to everybody', async () => {
    for (const { tablename, policyname, roles } of await policies()) expect(roles, `${tablename}.${policyname}`).not.toContain('public')
  })

  test('are the same for every protected table, but for named readers', async () => {
    const all = await policies()
    const shape = (table: string, name: string) => {
      const policy = all.find(one => one.tablename === table && one.policyname === name)
      return policy && JSON.stringify([policy.cmd, policy.roles, policy.qual, policy.with_check])
    }
    for (const name of ['readable', 'addable', 'changeable', 'kept_read', 'kept']) {
      const shapes = new Map<string, string[]>()
      for (const { table } of protectedTables) {
        const of = shape(table, name) ?? 'missing'
        shapes.set(of, [...(shapes.get(of) ?? []), table])
      }
      // One for ordinary rows, two for rows with named readers (people, agencies), one for rows between two people, and one for those that an agency says.
      expect(
        [...shapes.values()]
          .sort((a, b) => b.length - a.length)
          .slice(1)
          .flat()
          .every(table => ['case_notes', 'texts', 'timeline_entries', ...conversing, ...namingAgencies, ...betweenTwo].includes(table)),
        name,
      ).toBe(true)
      expect(shapes.has('missing'), name).toBe(false)
    }
  })

  test('of protected tables beyond the common ones are few, and each is known', async () => {
    const common = ['readable', 'addable', 'changeable', 'kept_read', 'kept']
    const names = new Set(protectedTables.map(one => one.table))
    const further = (await policies())
      .filter(one => names.has(one.tablename) && !common.includes(one.policyname))
      .map(one => `${one.tablename}.${one.policyname}`)
    // Each of these opens rows past the lists, for the reason told where it stands in db/policies.
    expect(further.sort()).toEqual([...knownFurther].sort())
  })
})

const conversing = protectedTables.flatMap(table => (table.of === 'case' && table.readersWrite === 'every row' ? [table.table] : []))
const namingAgencies = ['person_addresses', 'person_versions', 'person_professionals']
const betweenTwo = protectedTables.filter(table => 'otherKey' in table).map(({ table }) => table)

/** Policies on protected tables beside the macro's own. Add one only with its reason beside it in db/policies. */
const knownFurther = [
  'access_grants.kept_added',
  'withholdings.kept_added',
  'meeting_item_withholdings.kept_added',
  'meeting_documents.scanned',
  // Refuses beyond the lists.
  'meeting_items.decided_by_those_who_run_it',
  'meeting_evidence.scanned',
  'involvements.kept_by_editors',
  'case_dues.no_longer_due',
  'case_dues.timed',
  'case_events.timed',
  'case_moments.timed',
  'cases.read_for_words',
  'caseload_entries.timed',
  'caseload_entries.timed_anew',
  'document_versions.scanned',
  'form_presence.looked_over',
  'form_presence.tidied',
  'texts.taken_out',
  'texts.filled',
  'conversations.as_oneself',
  'conversations.forgotten',
  'conversations.looked_over',
  'message_files.as_oneself',
  'message_files.own_file',
  'message_files.scanned',
  'messages.as_oneself',
  'messages.looked_over',
  'messages.own_words',
  'documents.read_for_words',
  'answer_sets.read_for_words',
  'answer_sections.read_for_words',
  'letter_drafts.own',
  'letter_drafts.discarded',
  'signatures.as_oneself',
  'text_messages.looked_over',
  'text_messages.carried',
]

describe('grants', () => {
  test('give nothing to everybody', async () => {
    expect(
      await namesOf(`select c.relname || ' ' || x.privilege_type as name from pg_class c, aclexplode(c.relacl) x where ${ours} and x.grantee = 0
        union all select c.relname || '.' || a.attname from pg_class c join pg_attribute a on a.attrelid = c.oid, aclexplode(a.attacl) x where ${ours} and x.grantee = 0
        union all select nspname from pg_namespace, aclexplode(nspacl) x where nspname = '${testSchema}' and x.grantee = 0`),
    ).toEqual([])
  })

  test('let nobody change or delete an audit event or a link', async () => {
    for (const role of applicationRoles) {
      for (const table of ['audit_events', 'audit_chain']) {
        const { rows } = await database.admin.query(
          `select has_table_privilege($1, $2, 'update') or has_any_column_privilege($1, $2, 'update') or has_table_privilege($1, $2, 'delete') or has_table_privilege($1, $2, 'truncate') as may`,
          [role, table],
        )
        expect([role, table, rows[0].may]).toEqual([role, table, false])
      }
    }
  })

  test('to change rows list the columns, and never the access lists but for the keeper', async () => {
    const whole = await namesOf(`select c.relname || ' to ' || x.grantee::regrole as name from pg_class c, aclexplode(c.relacl) x
      where ${ours} and x.privilege_type = 'UPDATE' and x.grantee in ('lanyard_web'::regrole, 'lanyard_stranger'::regrole, 'lanyard_worker'::regrole, 'lanyard_keeper'::regrole, 'lanyard_reporting'::regrole)`)
    expect(whole, 'updates of whole tables').toEqual([])
    const lists = await namesOf(`select c.relname || '.' || a.attname as name from pg_class c join pg_attribute a on a.attrelid = c.oid
      where ${ours} and c.relkind = 'r' and a.attname in ('readers', 'editors', 'withheld')
        and (has_column_privilege('lanyard_web', c.oid, a.attnum, 'update') or has_column_privilege('lanyard_worker', c.oid, a.attnum, 'update'))`)
    expect(lists).toEqual([])
  })

  test('to delete are few, none of them a record of anything', async () => {
    const deletable =
      await namesOf(`select distinct c.relname as name from pg_class c, aclexplode(c.relacl) x where ${ours} and x.privilege_type = 'DELETE'
      and x.grantee = 'lanyard_web'::regrole order by 1`)
    expect(deletable).toEqual([...knownDeletable].sort())
  })

  test('let nobody truncate, and the reporting role only read', async () => {
    expect(
      await namesOf(`select c.relname || ' ' || x.privilege_type as name from pg_class c, aclexplode(c.relacl) x where ${ours}
      and (x.privilege_type in ('TRUNCATE', 'TRIGGER', 'REFERENCES') and x.grantee <> 'lanyard_owner'::regrole
        or x.privilege_type <> 'SELECT' and x.grantee = 'lanyard_reporting'::regrole)`),
    ).toEqual([])
  })

  test('never open the credentials to the role that serves pages', async () => {
    for (const table of gatesOwn)
      for (const role of ['lanyard_web', 'lanyard_stranger', 'lanyard_worker', 'lanyard_reporting', 'lanyard_keeper']) {
        const { rows } = await database.admin.query(
          `select has_table_privilege($1, $2, 'select') or has_any_column_privilege($1, $2, 'select') as may`,
          [role, table],
        )
        expect([role, table, rows[0].may]).toEqual([role, table, false])
      }
  })
})

/** What lets people in, and nobody else reads. */
const gatesOwn = [
  'credentials',
  'recovery_codes',
  'sessions',
  'password_resets',
  'sign_in_attempts',
  'passkeys',
  'passkey_challenges',
  'provider_identities',
  'provider_sign_ins',
]

/** What the web role may delete: indexes, drafts, saved views of a list, the secret addresses of calendars, what a dry run of an import found, and files from outside that have become documents. */
const knownDeletable = [
  'calendar_feeds',
  'case_dues',
  'import_doubts',
  'import_problems',
  'letter_drafts',
  'note_drafts',
  'outside_files',
  'saved_searches',
  'saved_views',
  'text_batches',
  'texts',
]

describe('migrating', () => {
  const picture = async () => {
    const { rows } = await database.admin.query(`
      select jsonb_agg(x order by x::text) as all from (
        select jsonb_build_array('policy', tablename, policyname, cmd, roles, qual, with_check, permissive) as x from pg_policies where schemaname = '${testSchema}'
        union all select jsonb_build_array('column', attrelid::regclass::text, attname, format_type(atttypid, atttypmod), attnotnull, attacl::text) from pg_attribute a join pg_class c on c.oid = a.attrelid where ${ours} and attnum > 0
        union all select jsonb_build_array('class', relname, relkind, relacl::text, relrowsecurity, relforcerowsecurity) from pg_class where ${ours}
        union all select jsonb_build_array('constraint', conrelid::regclass::text, conname, pg_get_constraintdef(oid)) from pg_constraint where connamespace = '${testSchema}'::regnamespace) as everything`)
    return rows[0].all
  }

  test('a second time changes nothing', async () => {
    const before = await picture()
    const { applied } = await migrate({ adminUrl: database.adminUrl, schema: testSchema, secret: testSecret, folder: resolve('db') })
    expect(applied).toEqual([])
    expect(await picture()).toEqual(before)
  })

  test('runs on the oldest PostgreSQL that must work, or a later one', async () => {
    const { rows } = await database.admin.query<{ version: number }>(`select current_setting('server_version_num')::int as version`)
    expect(rows[0]?.version).toBeGreaterThanOrEqual(150_000)
  })
})
