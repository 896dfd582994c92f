import { sql } from 'kysely'
import { asKeeper } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import { holdPeople } from './hold.ts'
import type { Lists } from './lists.ts'

/**
 * The lists for a new row between two people, or between a person and somebody who is not on record. Holds both until the transaction ends,
 * so that they still hold when the row is written. Row-level security then lets only somebody write it who may read both.
 */
export async function listsOfTwo(tx: Tx, personId: string, otherId: string | null): Promise<{ own: Lists; other: Lists }> {
  const ids = otherId === null ? [personId] : [personId, otherId]
  return asKeeper(tx, async keeper => {
    await holdPeople(keeper, ids)
    const { rows } = await sql<Lists & { id: string }>`
      select id, readers, editors, withheld from people where id = any (${ids}::uuid[])`.execute(keeper)
    const listsOf = (id: string): Lists => {
      const row = rows.find(one => one.id === id)
      if (!row) throw new Error('A row between two people needs both of them.')
      return row
    }
    return { own: listsOf(personId), other: listsOf(otherId ?? personId) }
  })
}
