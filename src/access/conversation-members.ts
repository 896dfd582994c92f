import { sql } from 'kysely'
import { asKeeper } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import { sorted } from './lists.ts'

/**
 * Lets these alone read a conversation, of those who may read what it is about: all of it, from its beginning. Of one that is about nothing
 * on record they are its readers as well. The caller has shown that the actor, a member, may say who is.
 */
export async function nameMembers(tx: Tx, conversationId: string, principals: readonly number[]): Promise<void> {
  const named = sql`${sorted(principals)}::int[]`
  await asKeeper(tx, async keeper => {
    // Held, so that a message that is being sent is among those that are written.
    const { rows } = await sql<{ isOfNothing: boolean }>`
      select subject_type is null as "isOfNothing" from conversations where id = ${conversationId} for update`.execute(keeper)
    if (!rows[0]) throw new Error('There is no such conversation.')
    const lists = rows[0].isOfNothing
      ? sql`named_readers = ${named}, readers = ${named}, editors = ${named}`
      : sql`named_readers = ${named}`
    await sql`
      update texts set ${lists} where source = 'message'
        and source_id in (select m.id from messages m where m.conversation_id = ${conversationId})`.execute(keeper)
    // What a message said that was withdrawn stays its author's.
    await sql`update message_versions set ${lists} where conversation_id = ${conversationId} and not authors_own`.execute(keeper)
    for (const table of ['messages', 'conversation_members'])
      await sql`update ${sql.table(table)} set ${lists} where conversation_id = ${conversationId}`.execute(keeper)
    await sql`update conversations set ${lists} where id = ${conversationId}`.execute(keeper)
  })
}
