import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { type ProtectedTable, protectedTables } from '../../db/protected-tables.ts'

/** What the live schema says of a protected table: enough to put a row in it and to name that row again. */
export type Table = Exclude<ProtectedTable, { of: 'meeting item' }> & {
  columns: readonly { name: string; type: string; needed: boolean }[]
  primaryKey: readonly string[]
  /** A column that the web role may write, to try whether it can write a row at all. Undefined where rows are only added. */
  changeable: string | undefined
  hasNamedReaders: boolean
  /** Its rows are their writer's alone: a draft. */
  hasOwner: boolean
}

export async function readTables(admin: pg.Pool): Promise<Table[]> {
  const { rows } = await admin.query<{ table: string; columns: Table['columns']; primaryKey: string[]; changeable: string | null }>(`
    select c.relname as table,
      (select json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, null), 'needed', a.attnotnull and not a.atthasdef) order by a.attnum)
        from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' and a.attidentity = '') as columns,
      (select array_agg(a.attname::text order by a.attnum) from pg_index i join pg_attribute a on a.attrelid = c.oid and a.attnum = any (i.indkey)
        where i.indrelid = c.oid and i.indisprimary) as "primaryKey",
      (select min(a.attname) from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
        and has_column_privilege('lanyard_web', c.oid, a.attnum, 'update')) as changeable
    from pg_class c where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r'`)
  const known = new Map(rows.map(row => [row.table, row]))
  // Items of meetings follow from no case and no person: their own oracle is meetings.test.ts beside this.
  return protectedTables
    .flatMap(table => (table.of === 'meeting item' ? [] : [table]))
    .map(table => {
      const { columns, primaryKey, changeable } = known.get(table.table)!
      return {
        ...table,
        columns,
        primaryKey,
        changeable: changeable ?? undefined,
        hasNamedReaders: columns.some(column => column.name === 'named_readers'),
        hasOwner: columns.some(column => column.name === 'owner'),
      }
    })
}

/**
 * Takes away what would make a row of made-up values impossible: checks of single columns, and foreign keys but for the connection that
 * puts rows in. Only row-level security and the keeping of lists are on trial here, in a database of their own.
 */
export async function loosen(admin: pg.Pool): Promise<void> {
  const { rows } = await admin.query<{ statement: string }>(`
    select format('alter table %s drop constraint %I', conrelid::regclass, conname) as statement from pg_constraint
    where connamespace = current_schema()::regnamespace and contype in ('c', 'f') and conrelid::regclass::text <> 'audit_events'`)
  const unique = await admin.query<{ statement: string }>(`
    select format('drop index %s', i.indexrelid::regclass) as statement from pg_index i join pg_class c on c.oid = i.indrelid
    where c.relnamespace = current_schema()::regnamespace and i.indisunique and not exists (select from pg_constraint k where k.conindid = i.indexrelid)`)
  for (const { statement } of [...rows, ...unique.rows]) await admin.query(statement)
}

export type Values = Readonly<Record<string, string | number | boolean | readonly number[] | readonly string[] | null>>

/** What adds one row, made up where `values` are silent, and the name of the row: its primary key as text. */
export function insertOf(table: Table, values: Values): { name: string; into: string; row: string } {
  const all: Record<string, Values[string]> = {}
  for (const { name, type, needed } of table.columns) {
    if (name in values) all[name] = values[name]!
    else if (needed || table.primaryKey.includes(name)) all[name] = madeUp(type)
  }
  const names = Object.keys(all)
  return {
    name: table.primaryKey.map(column => String(all[column])).join(' '),
    into: `insert into ${table.table} (${names.join(', ')}) values`,
    row: `(${names.map(name => literal(all[name]!)).join(', ')})`,
  }
}

/** The row's name again, of the table's columns. */
export const nameOf = (table: Table): string => table.primaryKey.map(column => `${column}::text`).join(` || ' ' || `)

function madeUp(type: string): Values[string] {
  if (type === 'uuid' || type === 'text') return randomUUID()
  if (type === 'integer' || type === 'bigint' || type === 'smallint') return Math.floor(Math.random() * 2_000_000_000)
  if (type === 'boolean') return false
  if (type === 'date') return '2026-03-02'
  if (type.startsWith('timestamp')) return '2026-03-02T09:00:00Z'
  if (type.endsWith('[]')) return []
  if (type === 'jsonb') return '{}'
  if (type === 'double precision' || type === 'numeric') return 0
  throw new Error(`No value is known for a column of type ${type}.`)
}

function literal(value: Values[string]): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return `'{${value.join(',')}}'`
  return `'${String(value).replaceAll("'", "''")}'`
}
