import { sql } from 'kysely'
import type { Tx } from '../platform/db/database.ts'

/** What was said to sharing: whether there is a yes in force, or the last word was no. */
export type ConsentToShare = { given: boolean; refused: boolean }

/** As the referral has it. */
export async function consentToShare(tx: Tx, caseId: string): Promise<ConsentToShare> {
  const { rows } = await sql<{ consent: string }>`
    select consent from referrals where case_id = ${caseId} order by recorded_at desc, id desc limit 1`.execute(tx)
  const consent = rows[0]?.consent
  return { given: consent === 'given', refused: consent === 'refused' }
}
