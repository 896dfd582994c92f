import type { Tx } from '../../platform/db/database.ts'
import { hashOfToken } from '../find-session.ts'
import { newToken } from '../sessions/sessions.ts'

/** A link that lets its reader set a password: asked for, or sent with an invitation. */
export type Purpose = 'reset' | 'invitation'

const lastsMinutes: Record<Purpose, number> = { reset: 60, invitation: 7 * 24 * 60 }

/** Makes a link's token. Only its hash is kept. `agency` where an administrator makes it: the policy compares it with theirs. */
export async function newLink(
  tx: Tx,
  now: Date,
  { userId, purpose, agency }: { userId: string; purpose: Purpose; agency?: number },
): Promise<string> {
  const token = newToken()
  await tx
    .insertInto('password_resets')
    .values({
      token_hash: hashOfToken(token),
      user_id: userId,
      purpose,
      created_at: now,
      expires_at: new Date(now.getTime() + lastsMinutes[purpose] * 60_000),
      ...(agency === undefined ? {} : { agency }),
    })
    .execute()
  return token
}

/** Whose link this is, while it works: once, and not for long. */
export async function findLink(tx: Tx, now: Date, token: string): Promise<{ userId: string; purpose: Purpose } | undefined> {
  if (!/^[\w-]{43}$/.test(token)) return undefined
  const row = await tx
    .selectFrom('password_resets')
    .select(['user_id as userId', 'purpose'])
    .where('token_hash', '=', hashOfToken(token))
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst()
  return row as { userId: string; purpose: Purpose } | undefined
}

/** Uses a link up: setting the password then cancels every other one of its user. False when another request was quicker. */
export async function useLink(tx: Tx, now: Date, token: string): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('password_resets')
    .set({ used_at: now })
    .where('token_hash', '=', hashOfToken(token))
    .where('used_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/**
 * Ends every link that a user still has: it was sent for the password, the mailbox or the account as they were. Through the gate, with the
 * user's row locked by whoever changes them.
 */
export async function cancelLinks(tx: Tx, now: Date, userId: string): Promise<void> {
  await tx.updateTable('password_resets').set({ used_at: now }).where('user_id', '=', userId).where('used_at', 'is', null).execute()
}
