import { sql } from 'kysely'
import type { Tx } from '../platform/db/database.ts'
import type { PlainDate } from '../platform/plain-date.ts'
import type { DueRule } from './rule.ts'
import { calendarWithout, type WorkingCalendar } from './working-days.ts'

/** Everything that dates of one service are worked out by. */
export type Timescales = { calendar: WorkingCalendar; rules: readonly DueRule[] }

export const ruleColumns = sql`
  r.id, r.code, r.service_area as "serviceArea", r.version, r.in_use as "inUse", r.words, r.anchor, r.settled_by as "settledBy", r.repeats, r.number, r.unit,
  r.month_end as "monthEnd", r.closed_day as "closedDay", r.days_before as "daysBefore", r.days_after as "daysAfter", r.flag_kind as "flagKind", r.source, r.verified`

/** The rules in force for a service, its own in place of those for every service, and the days that are worked on. One statement. */
export async function timescalesFor(tx: Tx, serviceArea: string): Promise<Timescales> {
  const { rows } = await sql<{ rules: DueRule[]; holidays: PlainDate[] }>`
    select coalesce((select json_agg(r) from (
        select distinct on (r.code) ${ruleColumns} from due_rules r
        where r.status = 'in-force' and r.service_area in ('', ${serviceArea}) order by r.code, r.service_area desc) r), '[]') as rules,
      coalesce((select json_agg(h.on_date) from bank_holidays h where h.withdrawn_at is null), '[]') as holidays`.execute(tx)
  return { rules: rows[0]!.rules, calendar: calendarWithout(rows[0]!.holidays) }
}

/** The same for every service area, by its code. For work on many cases. */
export async function allTimescales(tx: Tx): Promise<ReadonlyMap<string, Timescales>> {
  const areas = await tx.selectFrom('service_areas').select('code').execute()
  const all = new Map<string, Timescales>()
  for (const { code } of areas) all.set(code, await timescalesFor(tx, code))
  return all
}
