import { sql } from 'kysely'
import type { Tx } from '../../platform/db/database.ts'

/**
 * Who could open this case in an emergency while it is restricted: commissioners alone are told that such a case is there, and of them whose roles
 * let them open it. Nobody from whom it is withheld. The rule is the database's (`existence` in src/access/lists.ts); this says it in names.
 */
export async function emergencyOpeners(tx: Tx, caseId: string): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select u.name || ', ' || a.name as name from users u
      join agencies a on a.principal = u.agency
      join posts o on o.user_id = u.id and o.ended_at is null
      join roles r on r.id = o.role_id
    where u.status <> 'disabled' and not exists (
      select from withholdings w where w.case_id = ${caseId} and w.section is null and w.ended_at is null
        and (w.holder = u.principal or exists (select from posts p where p.user_id = u.id and p.ended_at is null and p.agency = w.holder)))
    group by u.id, u.name, a.name
    having bool_or('commission' = any (r.capabilities)) and bool_or('break-glass' = any (r.capabilities))
    order by u.name, u.id`.execute(tx)
  return rows.map(row => row.name)
}
