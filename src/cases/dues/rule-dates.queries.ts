import { sql } from 'kysely'
import type { Tx } from '../../platform/db/database.ts'
import type { PlainDate } from '../../platform/plain-date.ts'

export type RuleDates = { dueOn: PlainDate; begunOn: PlainDate; opensOn: PlainDate | null; closesOn: PlainDate | null }

/** The dates that rules give a case now, by their source. */
export async function datesByRule(tx: Tx, caseId: string): Promise<ReadonlyMap<string, RuleDates>> {
  const { rows } = await sql<RuleDates & { source: string }>`
    select source, due_on as "dueOn", begun_on as "begunOn", opens_on as "opensOn", closes_on as "closesOn" from case_dues
    where case_id = ${caseId} and begun_on is not null and due_on < 'infinity'`.execute(tx)
  return new Map(rows.map(({ source, ...dates }) => [source, dates]))
}
