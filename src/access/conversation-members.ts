import { sql } from 'kysely'
import { asKeeper } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import { holdCaseAsKeeper } from './hold.ts'
import { sorted } from './lists.ts'
import { aboutAction, aboutItem } from './meeting-conversations.ts'
import { holdItemAsKeeper } from './meeting-items.ts'

/**
 * Holds a conversation until the transaction ends, after what it is about. To be asked before anybody reads who is in it in order to change it: one who
 * adds somebody while another leaves would otherwise go by a list on which the other still stands.
 */
export async function holdConversation(tx: Tx, conversationId: string): Promise<void> {
  await asKeeper(tx, async keeper => {
    const { rows } = await sql<{ caseId: string | null; itemId: string | null }>`
      select case_id as "caseId", case subject_type
          when ${aboutItem} then subject_id
          when ${aboutAction} then (select a.item_id from meeting_actions a where a.id = subject_id) end as "itemId"
      from conversations where id = ${conversationId}`.execute(keeper)
    const { caseId, itemId } = rows[0] ?? {}
    if (caseId) await holdCaseAsKeeper(tx, keeper, caseId)
    if (itemId) await holdItemAsKeeper(keeper, itemId)
    await sql`select id from conversations where id = ${conversationId} for update`.execute(keeper)
  })
}

/**
 * Lets those who are in a conversation now, and nobody else, read it, of those who may read what it is about: all of it, from its beginning. Of one that is
 * about nothing on record they are its readers as well. After somebody has come or left, whom the caller has shown that the actor may let in. Who is in it is
 * read once it is held, and from nobody's memory. Answers their principals.
 */
export const nameMembers = (tx: Tx, conversationId: string): Promise<readonly number[]> =>
  asKeeper(tx, keeper => nameMembersAsKeeper(keeper, conversationId))

/**
 * Takes somebody out of whatever they were told by name: of conversations about a case those alone stay that are about one of these agencies' cases. What
 * they wrote stays with the others; of two who wrote to each other the other one keeps it.
 */
export async function leaveConversations(keeper: Tx, now: Date, userId: string, stays: readonly number[]): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    update conversation_members m set left_at = ${now}, unread_since = null from conversations c
    where c.id = m.conversation_id and m.user_id = ${userId} and m.left_at is null
      and (c.case_id is null or not exists (select from cases k where k.id = c.case_id and k.agency = any (${[...stays]}::int[])))
    returning c.id`.execute(keeper)
  for (const id of rows.map(row => row.id).sort()) await nameMembersAsKeeper(keeper, id)
}

async function nameMembersAsKeeper(keeper: Tx, conversationId: string): Promise<readonly number[]> {
  // Held, so that a message that is being sent is among those that are written.
  const { rows } = await sql<{ isOfNothing: boolean }>`
    select subject_type is null as "isOfNothing" from conversations where id = ${conversationId} for update`.execute(keeper)
  if (!rows[0]) throw new Error('There is no such conversation.')
  const members = await membersOf(keeper, conversationId)
  const named = sql`${members}::int[]`
  const lists = rows[0].isOfNothing ? sql`named_readers = ${named}, readers = ${named}, editors = ${named}` : sql`named_readers = ${named}`
  await sql`
    update texts set ${lists} where source = 'message'
      and source_id in (select m.id from messages m where m.conversation_id = ${conversationId})`.execute(keeper)
  // What a message said that was withdrawn, and the file that it brought, stays its author's.
  await sql`update message_versions set ${lists} where conversation_id = ${conversationId} and not authors_own`.execute(keeper)
  await sql`update message_files set ${lists} where conversation_id = ${conversationId} and not authors_own`.execute(keeper)
  for (const table of ['messages', 'conversation_members'])
    await sql`update ${sql.table(table)} set ${lists} where conversation_id = ${conversationId}`.execute(keeper)
  // A change as a message is one: a page that stands open is told who can be called by name.
  await sql`update conversations set ${lists}, changes = changes + 1 where id = ${conversationId}`.execute(keeper)
  return members
}

async function membersOf(keeper: Tx, conversationId: string): Promise<number[]> {
  const { rows } = await sql<{ principal: number }>`
    select u.principal from conversation_members m join users u on u.id = m.user_id
    where m.conversation_id = ${conversationId} and m.left_at is null`.execute(keeper)
  return sorted(rows.map(row => row.principal))
}
