import { sql } from 'kysely'
import type { Tx } from '../../platform/db/database.ts'

/**
 * Remembers when somebody was last in touch with the person, for lists of work: `words` is the kind, such as 'Home visit'. An earlier contact
 * recorded late changes nothing. To be called in the transaction that records the note. With a share of the notes alone it changes nothing.
 */
export async function noteContact(tx: Tx, caseId: string, contact: { at: Date; words: string }): Promise<void> {
  await sql`
    update caseload_entries set last_contact_at = ${contact.at}, last_contact = ${contact.words}
    where case_id = ${caseId} and (last_contact_at is null or last_contact_at <= ${contact.at})`.execute(tx)
}
