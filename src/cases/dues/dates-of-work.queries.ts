import { sql } from 'kysely'
import type { Tx } from '../../platform/db/database.ts'
import type { PlainDate } from '../../platform/plain-date.ts'

/** Something that a rule or a review makes due on a case. */
export type WorkDate = {
  caseId: string
  personId: string
  caseName: string
  source: string
  words: string
  href: string
  dueOn: PlainDate
  given: string | null
  family: string | null
}

/** What is due on a worker's open cases, the earliest first. Their tasks and actions of plans, which also set dates, are left to their lists. */
export async function datesOfWork(tx: Tx, workerId: string, limit: number): Promise<WorkDate[]> {
  const { rows } = await sql<WorkDate>`
    select d.case_id as "caseId", w.person_id as "personId", s.name || ' ' || w.reference as "caseName", d.source, d.words, d.href, d.due_on as "dueOn",
      p.given_name as given, p.family_name as family
    from caseload_entries w
      join case_dues d on d.case_id = w.case_id
      join service_areas s on s.code = w.service_area
      left join people p on p.id = w.person_id
    where w.worker_id = ${workerId}::uuid and w.closed_on is null and d.due_on < 'infinity' and (d.source in ('stage', 'review') or d.source like 'rule/%')
    order by d.due_on, d.case_id, d.source limit ${limit}`.execute(tx)
  return rows
}
