import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { listsForRowOfItem } from '../access/index.ts'
import type { Tx } from '../platform/db/database.ts'
import type { NewParty } from './referral.ts'

/**
 * Puts somebody, or a place, among those whom an item is about. `writer` is who must be able to write the row; whoever adds one writes the item's lists
 * anew afterwards, since it is nobody's own.
 */
export async function addParty(tx: Tx, itemId: string, party: Omit<NewParty, 'stage'>, writer: readonly number[]): Promise<string> {
  const id = uuid()
  const lists = await listsForRowOfItem(tx, itemId, { audience: 'running', own: writer, outlasts: true, part: party.part })
  await sql`
    insert into meeting_parties (id, item_id, part, role, family_name, given_name, born_on, is_place, postcode, about, position, readers, editors, withheld)
    select ${id}, ${itemId}, ${party.part}, ${party.role}, ${party.familyName}, ${party.givenName}, ${party.bornOn}, ${party.isPlace}, ${party.postcode}, ${party.about},
      coalesce((select max(position) + 1 from meeting_parties where item_id = ${itemId}), 0), ${lists.readers}::int[], ${lists.editors}::int[], ${lists.withheld}::int[]`.execute(
    tx,
  )
  return id
}
