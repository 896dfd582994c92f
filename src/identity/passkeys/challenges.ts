import type { Tx } from '../../platform/db/database.ts'
import { hashOfToken } from '../find-session.ts'
import { newToken } from '../sessions/sessions.ts'

/** What a passkey is asked for. A challenge for one is worth nothing for another. */
export type Purpose = 'add' | 'second-factor' | 'sign-in' | 'proof'
export type Asked = { purpose: Purpose; boundTo: string }

/** How long somebody may look for their key. */
const lastsMinutes = 10

/** Makes what an authenticator is to sign. It is kept here, and taken once, from the browser whose form it was made for. */
export async function newChallenge(tx: Tx, now: Date, { purpose, boundTo }: Asked): Promise<string> {
  const challenge = newToken()
  await tx.deleteFrom('passkey_challenges').where('expires_at', '<', now).execute()
  await tx
    .insertInto('passkey_challenges')
    .values({
      challenge_hash: hashOfToken(challenge),
      purpose,
      bound_to: hashOfToken(boundTo),
      expires_at: new Date(now.getTime() + lastsMinutes * 60_000),
    })
    .execute()
  return challenge
}

/** Uses a challenge up, whatever becomes of the answer to it. False for one that was never made, is over, or was somebody else's. */
export async function takeChallenge(tx: Tx, now: Date, challenge: string, { purpose, boundTo }: Asked): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('passkey_challenges')
    .where('challenge_hash', '=', hashOfToken(challenge))
    .where('purpose', '=', purpose)
    .where('bound_to', '=', hashOfToken(boundTo))
    .where('expires_at', '>=', now)
    .executeTakeFirst()
  return numDeletedRows > 0n
}
