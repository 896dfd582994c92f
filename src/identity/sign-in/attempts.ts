import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { hashOfToken } from '../find-session.ts'
import { type Gate, hashOfEmail, inGate } from '../gate.ts'
import { type Attempt, type Decision, mayTry } from './limits.ts'

export type Attempted = { email: string; step: Attempt['step']; address: string; deviceToken: string | undefined }

/**
 * Asks the limits and, when they allow it, notes the try as failed before anything is checked: a hundred guesses sent at once are counted
 * one after another. `succeed` turns it round.
 */
export async function beginAttempt(
  gate: Gate,
  { email, step, address, deviceToken }: Attempted,
): Promise<{ decision: Decision; attemptId: string }> {
  const now = gate.clock.now()
  const emailHash = hashOfEmail(gate, email)
  const device = deviceToken ? hashOfToken(deviceToken) : null
  return inGate(gate, async tx => {
    await sql`select pg_advisory_xact_lock(hashtextextended(${emailHash}, 0))`.execute(tx)
    const { rows } = await sql<{ known: boolean; strangers: number }>`
      select
        exists (select from known_devices d join users u on u.id = d.user_id where d.device_hash = ${device} and lower(u.email) = ${email.trim().toLowerCase()})
        or exists (select from sign_in_attempts where email_hash = ${emailHash} and address = ${address} and succeeded and step = ${step} and at > ${before(now, 30 * 24 * 60)}) as known,
        (select count(distinct email_hash)::int from sign_in_attempts where address = ${address} and not succeeded and not known and step = 'password' and at > ${before(now, 60)}) as strangers`.execute(
      tx,
    )
    const { known, strangers } = rows[0]!
    const history = await tx
      .selectFrom('sign_in_attempts')
      .select(['at', 'succeeded', 'step', 'address', 'device_hash as device', 'known'])
      .where('email_hash', '=', emailHash)
      .where('at', '>', before(now, 24 * 60))
      .orderBy('at', 'desc')
      .limit(500)
      .execute()
    const decision = mayTry(now, { step, address, device, known }, history as Attempt[], strangers)
    const attemptId = uuid()
    if (decision.allowed) {
      await tx
        .insertInto('sign_in_attempts')
        .values({ id: attemptId, email_hash: emailHash, address, at: now, succeeded: false, step, device_hash: device, known })
        .execute()
    }
    return { decision, attemptId }
  })
}

export async function succeed(gate: Gate, attemptId: string): Promise<void> {
  await gate.database.kysely.updateTable('sign_in_attempts').set({ succeeded: true }).where('id', '=', attemptId).execute()
}

const before = (now: Date, minutes: number) => new Date(now.getTime() - minutes * 60_000)
