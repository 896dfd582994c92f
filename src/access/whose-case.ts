import { sql } from 'kysely'
import { asKeeper } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'

/** Whose case this is, whether the actor may see it or not: to write into that person's audit that somebody tried, never to show. */
export async function whoseCase(tx: Tx, caseId: string): Promise<string | undefined> {
  return asKeeper(tx, async keeper => {
    const { rows } = await sql<{ personId: string }>`select person_id as "personId" from cases where id = ${caseId}`.execute(keeper)
    return rows[0]?.personId
  })
}
