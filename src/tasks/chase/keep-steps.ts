import { sql } from 'kysely'
import { audit } from '../../audit/index.ts'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { chasingSteps } from './chase.queries.ts'
import type { ChasingStep } from './steps.ts'

/** The steps of one service by itself; '' for those of every service that has none of its own. */
export async function stepsOfService(tx: Tx, serviceArea: string): Promise<ChasingStep[]> {
  return (await chasingSteps(tx)).filter(step => step.serviceArea === serviceArea)
}

/** Puts these in place of the steps of a service. With none, a service goes by those of every service. */
export async function keepSteps(tx: Tx, actor: Actor, now: Date, serviceArea: string, steps: readonly ChasingStep[]): Promise<void> {
  await sql`update chasing_steps set in_use = false where service_area = ${serviceArea} and in_use`.execute(tx)
  for (const { days, tell } of steps)
    await sql`
      insert into chasing_steps (service_area, days, tell) values (${serviceArea}, ${days}, ${tell})
      on conflict (service_area, days, tell) do update set in_use = true`.execute(tx)
  await audit(tx, actor, now, {
    action: 'chasing-steps-kept',
    subject: { type: 'service-area', id: serviceArea || 'every' },
    detail: { steps: steps.map(({ days, tell }) => `${tell} ${days}`) },
  })
}
