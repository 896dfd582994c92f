import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { audit } from '../audit/index.ts'
import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import { no, ok, type Result } from '../platform/result.ts'
import type { DueRule } from './rule.ts'
import { ruleColumns } from './rules.queries.ts'

export type NewRule = Omit<DueRule, 'id' | 'version'>

/** How many open cases' dates a proposed version would move. Numbers alone: whoever keeps rules need not read records. */
export type RuleEffect = { cases: number; added: number; dropped: number; earlier: number; later: number; overdue: number }

export type RuleVersion = DueRule & {
  status: 'proposed' | 'in-force' | 'replaced' | 'discarded'
  effect: RuleEffect | null
  proposedBy: string
  proposedAt: Date
  inForceAt: Date | null
  endedAt: Date | null
}

const versions = sql`
  select ${ruleColumns}, r.status, r.effect, coalesce(u.name, 'Lanyard') as "proposedBy", r.proposed_at as "proposedAt", r.in_force_at as "inForceAt", r.ended_at as "endedAt"
  from due_rules r left join users u on u.id = r.proposed_by`

/** The rules in force, those for every service first. */
export async function rulesInForce(tx: Tx): Promise<RuleVersion[]> {
  const { rows } =
    await sql<RuleVersion>`${versions} where r.status = 'in-force' order by r.service_area, r.anchor not like 'stage/%', r.in_force_at, r.code`.execute(
      tx,
    )
  return rows
}

/** Every version of a rule, the latest first. */
export async function versionsOfRule(tx: Tx, code: string, serviceArea: string): Promise<RuleVersion[]> {
  const { rows } =
    await sql<RuleVersion>`${versions} where r.code = ${code} and r.service_area = ${serviceArea} order by r.version desc`.execute(tx)
  return rows
}

export async function findRule(tx: Tx, id: string): Promise<RuleVersion | undefined> {
  const { rows } = await sql<RuleVersion>`${versions} where r.id = ${id}::uuid`.execute(tx)
  return rows[0]
}

/** Writes a version down without putting it in force. An earlier proposal for the same rule is discarded. Answers its id. */
export async function proposeRule(tx: Tx, actor: Actor, now: Date, rule: NewRule): Promise<string> {
  const id = uuid()
  await sql`update due_rules set status = 'discarded', ended_at = ${now}
    where code = ${rule.code} and service_area = ${rule.serviceArea} and status = 'proposed'`.execute(tx)
  await sql`
    insert into due_rules (id, code, service_area, version, status, in_use, words, anchor, settled_by, repeats, number, unit, month_end, closed_day, days_before, days_after,
      flag_kind, source, verified, proposed_by, proposed_at)
    select ${id}, ${rule.code}, ${rule.serviceArea}, coalesce(max(r.version), 0) + 1, 'proposed', ${rule.inUse}, ${rule.words}, ${rule.anchor}, ${rule.settledBy}, ${rule.repeats},
      ${rule.number}, ${rule.unit}, ${rule.monthEnd}, ${rule.closedDay}, ${rule.daysBefore}::int, ${rule.daysAfter}::int, ${rule.flagKind}, ${rule.source}, ${rule.verified},
      ${actor.userId}, ${now}
    from due_rules r where r.code = ${rule.code} and r.service_area = ${rule.serviceArea}`.execute(tx)
  await told(tx, actor, now, 'due-rule-proposed', { ...rule, id })
  return id
}

/** Puts a proposed version in force in place of the one before it. The caller has the dates of open cases worked out again. */
export async function putRuleInForce(tx: Tx, actor: Actor, now: Date, id: string): Promise<Result<RuleVersion, 'not-proposed'>> {
  const rule = await findRule(tx, id)
  if (rule?.status !== 'proposed') return no('not-proposed')
  await sql`update due_rules set status = 'replaced', ended_at = ${now}
    where code = ${rule.code} and service_area = ${rule.serviceArea} and status = 'in-force'`.execute(tx)
  const begun =
    await sql`update due_rules set status = 'in-force', in_force_at = ${now} where id = ${id}::uuid and status = 'proposed'`.execute(tx)
  if (begun.numAffectedRows !== 1n) return no('not-proposed')
  await told(tx, actor, now, 'due-rule-put-in-force', rule)
  return ok(rule)
}

/** For the job that counts: what a proposed version would do. */
export async function noteEffect(tx: Tx, id: string, effect: RuleEffect): Promise<void> {
  await sql`update due_rules set effect = ${JSON.stringify(effect)}::jsonb where id = ${id}::uuid and status = 'proposed'`.execute(tx)
}

const told = (tx: Tx, actor: Actor, now: Date, action: string, { id, code, serviceArea }: Pick<DueRule, 'id' | 'code' | 'serviceArea'>) =>
  audit(tx, actor, now, { action, subject: { type: 'due-rule', id }, detail: { code, serviceArea } })
