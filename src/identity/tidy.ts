import { type Gate, inGate } from './gate.ts'

const daysKept = { sessions: 90, attempts: 30, links: 30, devices: 400 } as const

/** Forgets what nobody will ask for again. For a nightly job. */
export async function tidySignIns(gate: Pick<Gate, 'database' | 'clock'>): Promise<void> {
  const now = gate.clock.now()
  const before = (days: number) => new Date(now.getTime() - days * 24 * 3_600_000)
  await inGate(gate, async tx => {
    await tx.deleteFrom('passkey_challenges').where('expires_at', '<', now).execute()
    await tx.deleteFrom('provider_sign_ins').where('expires_at', '<', now).execute()
    await tx.deleteFrom('held_posts').where('expires_at', '<', now).execute()
    await tx.deleteFrom('sessions').where('last_seen_at', '<', before(daysKept.sessions)).execute()
    await tx.deleteFrom('sign_in_attempts').where('at', '<', before(daysKept.attempts)).execute()
    await tx.deleteFrom('password_resets').where('expires_at', '<', before(daysKept.links)).execute()
    await tx.deleteFrom('known_devices').where('last_used_at', '<', before(daysKept.devices)).execute()
  })
}
