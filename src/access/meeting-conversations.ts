import { sql } from 'kysely'
import { asKeeper } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import { type ItemFacts, listsForItemRow, wordsPart } from './meeting-lists.ts'

/** What a conversation of a meeting can be about, as its row keeps it. */
export const aboutItem = 'meeting-item'
export const aboutAction = 'meeting-action'
const aboutDate = 'meeting'

/**
 * Writes who may read what is said about an item, and about each of its actions, on to every row of those conversations: whoever reads the item or
 * keeps the action, of those who are in the conversation, and nobody from whom the item is kept. Members write by reading, as in all conversations.
 */
export async function rewriteConversationsOfItem(keeper: Tx, itemId: string, facts: ItemFacts): Promise<void> {
  // Held before its rows are written: a message that is being sent is then seen by the statements that follow, and takes the new lists with it.
  const { rows } = await sql<{ id: string; own: number[] | null }>`
    select c.id, about.own from (
        select ${itemId}::uuid as id, null::int[] as own union all select t.id, t.own from meeting_actions t where t.item_id = ${itemId}) about
      join conversations c on c.subject_id = about.id and c.subject_type in (${aboutItem}, ${aboutAction})
    order by c.id for update of c`.execute(keeper)
  for (const { id, own } of rows) {
    const { readers, withheld } = listsForItemRow(facts, { audience: 'item', part: wordsPart, ...(own ? { own, outlasts: true } : {}) })
    await writeLists(keeper, id, readers, withheld)
  }
}

/** The same for conversations about the dates of a series: whoever sits in it and whoever runs it. */
export async function rewriteConversationsOfDates(tx: Tx, seriesId: string): Promise<void> {
  await asKeeper(tx, async keeper => {
    const { rows } = await sql<{ id: string; seenBy: number[] }>`
      select c.id, m.seen_by as "seenBy" from conversations c join meetings m on m.id = c.subject_id
      where c.subject_type = ${aboutDate} and m.series_id = ${seriesId} order by c.id for update of c`.execute(keeper)
    for (const { id, seenBy } of rows) await writeLists(keeper, id, seenBy, [])
  })
}

async function writeLists(keeper: Tx, conversationId: string, readers: readonly number[], withheld: readonly number[]): Promise<void> {
  const lists = sql`readers = ${[...readers]}::int[], editors = ${[...readers]}::int[], withheld = ${[...withheld]}::int[]`
  await sql`
    update texts set ${lists} where source = 'message'
      and source_id in (select m.id from messages m where m.conversation_id = ${conversationId})`.execute(keeper)
  for (const table of ['messages', 'message_versions', 'message_files', 'conversation_members'])
    await sql`update ${sql.table(table)} set ${lists} where conversation_id = ${conversationId}`.execute(keeper)
  await sql`update conversations set ${lists} where id = ${conversationId}`.execute(keeper)
}
