import { sql } from 'kysely'
import { audit } from '../audit/index.ts'
import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'

/** What can be signed off. */
export const approvable = ['form', 'plan', 'closure'] as const
export type Approvable = (typeof approvable)[number]

/** Whether this service has such work signed off before it counts: a form before the assessment is done, a plan before it is made, a closure before it closes. */
export async function needsApproval(tx: Tx, serviceArea: string, what: Approvable): Promise<boolean> {
  const { rows } = await sql<{ needed: boolean }>`
    select is_needed as needed from approval_needs where service_area = ${serviceArea} and what = ${what}`.execute(tx)
  return rows[0]?.needed ?? false
}

/** What each service has signed off. */
export async function approvalNeeds(tx: Tx): Promise<{ serviceArea: string; what: Approvable }[]> {
  const { rows } = await sql<{ serviceArea: string; what: Approvable }>`
    select service_area as "serviceArea", what from approval_needs where is_needed order by service_area, what`.execute(tx)
  return rows
}

/** Says what a service has signed off. What is under way already is not asked for again. */
export async function keepApprovalNeeds(
  tx: Tx,
  actor: Actor,
  now: Date,
  serviceArea: string,
  needed: readonly Approvable[],
): Promise<void> {
  for (const what of approvable)
    await sql`
      insert into approval_needs (service_area, what, is_needed) values (${serviceArea}, ${what}, ${needed.includes(what)})
      on conflict (service_area, what) do update set is_needed = excluded.is_needed`.execute(tx)
  await audit(tx, actor, now, { action: 'approval-needs-kept', subject: { type: 'service-area', id: serviceArea }, detail: { needed } })
}
