import { sql } from 'kysely'
import { type NewNotice, tellUsers } from '../notifications/index.ts'
import type { Tx } from '../platform/db/database.ts'
import { isWithheldFrom } from './directory.ts'

/**
 * Something of a case that was given to somebody from whom it is kept, by a partner who may not know that and to whom they stand among their colleagues
 * (`colleaguesAmong`): they hear nothing of it, and it would be left undone. Whoever works the case is told, or who allocates for its team.
 */
export async function tellOfGivenInVain(
  tx: Tx,
  now: Date,
  { caseId, userId, ...notice }: Pick<NewNotice, 'kind' | 'href'> & { caseId: string; userId: string },
): Promise<void> {
  if (!(await isWithheldFrom(tx, caseId, userId))) return
  await tellUsers(tx, now, {
    ...notice,
    to: await answeringFor(tx, caseId),
    words: 'Something on a case of yours was given to somebody from whom it is kept: give it to somebody else',
    caseId,
  })
}

async function answeringFor(tx: Tx, caseId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct coalesce(c.worker_id, o.user_id) as id from cases c
      left join posts o on c.worker_id is null and o.team_id = c.team_id and o.service_area = c.service_area and o.ended_at is null
        and exists (select from roles r where r.id = o.role_id and 'manage-allocation' = any (r.capabilities))
    where c.id = ${caseId} and coalesce(c.worker_id, o.user_id) is not null`.execute(tx)
  return rows.map(row => row.id)
}
