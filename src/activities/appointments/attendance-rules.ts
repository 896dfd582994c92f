import { audit } from '../../audit/index.ts'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { AttendanceRule } from './appointment.ts'

/** A rule with who says so, and whether that has been compared with it. */
export type SourcedRule = AttendanceRule & { source: string; verified: boolean }

/** Those for every service first, then each service's own; each by how many in a row. */
export async function attendanceRules(tx: Tx): Promise<SourcedRule[]> {
  const rows = await tx
    .selectFrom('attendance_rules')
    .select(['service_area', 'nth', 'action', 'days', 'words', 'source', 'verified'])
    .where('withdrawn_at', 'is', null)
    .orderBy('service_area')
    .orderBy('nth')
    .execute()
  return rows.map(({ service_area, action, ...row }) => ({
    ...row,
    serviceArea: service_area,
    follows: action as AttendanceRule['follows'],
  }))
}

/** Adds a rule, or puts the one for as many of that service right. Row-level security lets only the authority's administrators. */
export async function keepAttendanceRule(
  tx: Tx,
  actor: Actor,
  now: Date,
  { serviceArea, nth, follows, days, words, source, verified }: SourcedRule,
): Promise<void> {
  const kept = { action: follows, days, words, source, verified }
  await tx
    .insertInto('attendance_rules')
    .values({ service_area: serviceArea, nth, ...kept })
    .onConflict(conflict => conflict.columns(['service_area', 'nth']).doUpdateSet({ ...kept, withdrawn_at: null }))
    .execute()
  await audit(tx, actor, now, { action: 'attendance-rule-kept', subject: subjectOf({ serviceArea, nth }), detail: kept })
}

/** It holds no more: the rule for fewer stands in its place, or the rules for every service in that of a service's last. */
export async function withdrawAttendanceRule(tx: Tx, actor: Actor, now: Date, { serviceArea, nth, ...was }: SourcedRule): Promise<void> {
  await tx
    .updateTable('attendance_rules')
    .set({ withdrawn_at: now })
    .where('service_area', '=', serviceArea)
    .where('nth', '=', nth)
    .execute()
  await audit(tx, actor, now, { action: 'attendance-rule-withdrawn', subject: subjectOf({ serviceArea, nth }), detail: was })
}

const subjectOf = ({ serviceArea, nth }: Pick<AttendanceRule, 'serviceArea' | 'nth'>) => ({
  type: 'attendance-rule',
  id: serviceArea ? `${nth}-${serviceArea}` : String(nth),
})
