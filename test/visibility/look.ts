import { sql } from 'kysely'
import { type Actor, asActor } from '../../src/platform/actor.ts'
import { rowKey, type Scene } from './scene.ts'
import { nameOf, type Table } from './tables.ts'

export type Seen = {
  rows: Set<string> /** People found by a token, with the person's row beside it, as every search does. */
  found: Set<string>
}

/** Everything of the scene that an actor reads: every protected table in one statement. */
export async function lookAround(scene: Scene, actor: Actor): Promise<Seen> {
  const cases = sql`${scene.cases}::uuid[]`
  const people = sql`${scene.people}::uuid[]`
  const each = scene.tables.map(
    table =>
      sql`array(select ${sql.raw(nameOf(table))} from ${sql.table(table.table)} where ${sql.ref(table.key)} = any (${table.of === 'case' ? cases : people})) as ${sql.ref(table.table)}`,
  )
  const row = await asActor(scene.database.web, actor, 'read', async tx => {
    const { rows } = await sql<Record<string, string[]>>`
      select ${sql.join(each)}, array(select distinct p.id::text from person_tokens k join people p on p.id = k.person_id
        where k.token = 'n:penrose' and k.person_id = any (${people})) as found`.execute(tx)
    return rows[0]!
  })
  const rows = new Set<string>()
  for (const { table } of scene.tables) for (const name of row[table]!) rows.add(rowKey(table, name))
  return { rows, found: new Set(row.found) }
}

class TakenBack extends Error {}

/** Everything of the scene that an actor could change, tried and taken back. */
export async function tryToWrite(scene: Scene, actor: Actor): Promise<Set<string>> {
  const changeable = scene.tables.filter((table): table is Table & { changeable: string } => table.changeable !== undefined)
  const cases = sql`${scene.cases}::uuid[]`
  const people = sql`${scene.people}::uuid[]`
  const updates = changeable.map(
    table => sql`${sql.ref(`${table.table}_written`)} as (
      update ${sql.table(table.table)} set ${sql.ref(table.changeable)} = ${sql.ref(table.changeable)}
      where ${sql.ref(table.key)} = any (${table.of === 'case' ? cases : people}) returning ${sql.raw(nameOf(table))} as name)`,
  )
  const written = new Set<string>()
  await asActor(scene.database.web, actor, 'write', async tx => {
    const { rows } = await sql<Record<string, string[]>>`
      with ${sql.join(updates)}
      select ${sql.join(changeable.map(table => sql`array(select name from ${sql.ref(`${table.table}_written`)}) as ${sql.ref(table.table)}`))}`.execute(
      tx,
    )
    for (const { table } of changeable) for (const name of rows[0]![table]!) written.add(rowKey(table, name))
    throw new TakenBack()
  }).catch(fault => {
    if (!(fault instanceof TakenBack)) throw fault
  })
  return written
}
