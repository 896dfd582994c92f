import { sql } from 'kysely'
import { decidingGrants } from '../access/index.ts'
import type { Tx } from '../platform/db/database.ts'

/** A withholding, as those who may edit the case read it; whoever it keeps out does not. */
export type Withholding = {
  id: string
  caseId: string
  /** Principal of an agency or a user. */
  holder: number
  name: string
  agencyName: string
  /** `answer set/section`; null: the whole case. */
  section: string | null
  reason: string
  wishOf: string
  by: string
  at: Date
  endedAt: Date | null
  endedBy: string | null
  endedReason: string
}

/** From whom these cases, or sections of their forms, are withheld or were; what stands first. */
export async function withholdingsOf(tx: Tx, caseIds: readonly string[]): Promise<Withholding[]> {
  const { rows } = await sql<Withholding>`
    select w.id, w.case_id as "caseId", w.holder, coalesce(u.name, a.name, 'Somebody') as name, coalesce(ua.name, '') as "agencyName",
      w.answer_set_id || '/' || w.section as section, w.reason, w.wish_of as "wishOf", coalesce(b.name, 'Lanyard') as by, w.withheld_at as at,
      w.ended_at as "endedAt", e.name as "endedBy", w.ended_reason as "endedReason"
    from withholdings w
      left join users u on u.principal = w.holder left join agencies ua on ua.principal = u.agency
      left join agencies a on a.principal = w.holder
      left join users b on b.id = w.withheld_by left join users e on e.id = w.ended_by
    where w.case_id = any (${[...caseIds]}::uuid[])
    order by w.ended_at is not null, w.withheld_at desc, w.id`.execute(tx)
  return rows
}

/** Agencies and users who see nothing of the whole case, whatever is shared with them. */
export const keptOutBy = (withholdings: readonly Withholding[]): ReadonlySet<number> =>
  new Set(withholdings.filter(one => one.section === null && one.endedAt === null).map(one => one.holder))

export type AtWork = { principal: number; agency: number; name: string }

/** Whoever the case is allocated to, works beside them, covers, co-ordinates or is named on it. */
export async function atWorkOn(tx: Tx, caseId: string): Promise<AtWork[]> {
  const { rows } = await sql<AtWork>`
    select distinct u.principal, u.agency, u.name from access_grants g join users u on u.principal = g.holder
    where g.case_id = ${caseId} and g.ended_at is null and g.kind = any (${[...decidingGrants]}::text[]) order by u.name`.execute(tx)
  return rows
}
