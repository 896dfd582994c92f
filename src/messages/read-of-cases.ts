import { sql } from 'kysely'
import { auditAll } from '../audit/index.ts'
import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import type { Conversation } from './conversation.ts'

/**
 * Records that something of these conversations was read where they were not opened: the first words on a list, or what came to a page that stood open. Of those
 * about a case, since to read them is to read its record (U9); what else people write to each other is nobody's record.
 */
export async function auditReadOfCases(
  tx: Tx,
  actor: Actor,
  now: Date,
  action: 'conversation-listed' | 'conversation-followed',
  conversations: readonly Pick<Conversation, 'id' | 'caseId'>[],
): Promise<void> {
  const ofCases = conversations.flatMap(({ id, caseId }) => (caseId ? [{ id, caseId }] : []))
  if (ofCases.length === 0) return
  const { rows } = await sql<{ caseId: string; personId: string }>`
    select id as "caseId", person_id as "personId" from cases where id = any (${[...new Set(ofCases.map(one => one.caseId))]}::uuid[])`.execute(
    tx,
  )
  const people = new Map(rows.map(row => [row.caseId, row.personId]))
  await auditAll(
    tx,
    actor,
    now,
    ofCases.map(({ id, caseId }) => ({ action, subject: { type: 'conversation', id }, caseId, personId: people.get(caseId) })),
  )
}
