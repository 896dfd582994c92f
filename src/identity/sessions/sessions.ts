import { randomBytes } from 'node:crypto'
import { v7 as uuid } from 'uuid'
import type { Tx } from '../../platform/db/database.ts'
import { hashOfToken, type SecondFactor, type Session } from '../find-session.ts'

/** A session's cookie, a device's, a link's: 256 bits. Only its hash is kept. */
export const newToken = (): string => randomBytes(32).toString('base64url')

export type EndedBecause = 'signed-out' | 'timed-out' | 'ended-by-user' | 'ended-by-administrator' | 'password-changed' | 'signed-in-again'

/** Begins a session and answers its id and token. */
export async function startSession(
  tx: Tx,
  now: Date,
  {
    userId,
    address,
    browser,
    begunWith = 'password',
  }: { userId: string; address: string; browser: string; begunWith?: Session['begunWith'] },
): Promise<{ id: string; token: string }> {
  const [id, token] = [uuid(), newToken()]
  await tx
    .insertInto('sessions')
    .values({
      id,
      token_hash: hashOfToken(token),
      user_id: userId,
      csrf_token: newToken(),
      created_at: now,
      last_seen_at: now,
      address,
      browser: browser.slice(0, 300),
      begun_with: begunWith,
      proved_at: now,
    })
    .execute()
  return { id, token }
}

/** A new token for a session that has gained rights: whoever knew the old one has nothing. */
export async function renewToken(tx: Tx, sessionId: string): Promise<string> {
  const token = newToken()
  await tx
    .updateTable('sessions')
    .set({ token_hash: hashOfToken(token), csrf_token: newToken() })
    .where('id', '=', sessionId)
    .execute()
  return token
}

/** Notes on a session that its user has given a second factor. A passkey is the one of ours that no page elsewhere can be told. */
export async function giveSecondFactor(tx: Tx, now: Date, sessionId: string, factor: SecondFactor): Promise<void> {
  await tx
    .updateTable('sessions')
    .set({ second_factor_at: now, proved_at: now, second_factor: factor, ...(factor === 'passkey' ? { phishing_resistant: true } : {}) })
    .where('id', '=', sessionId)
    .execute()
}

export type EndedSessions = { userId: string; because: EndedBecause; only?: string; except?: string }

/** Ends a user's sessions: one, all but one, or all. Answers how many were still going. */
export async function endSessions(tx: Tx, now: Date, { userId, because, only, except }: EndedSessions): Promise<number> {
  let update = tx
    .updateTable('sessions')
    .set({ ended_at: now, ended_because: because })
    .where('user_id', '=', userId)
    .where('ended_at', 'is', null)
  if (only) update = update.where('id', '=', only)
  if (except) update = update.where('id', '<>', except)
  const { numUpdatedRows } = await update.executeTakeFirst()
  return Number(numUpdatedRows)
}

export type ListedSession = { id: string; createdAt: Date; lastSeenAt: Date; address: string; browser: string }

/** A user's sessions that are still going, the latest first. */
export async function openSessionsOf(tx: Tx, userId: string, lastSeenAfter: Date, begunAfter: Date): Promise<ListedSession[]> {
  return tx
    .selectFrom('sessions')
    .select(['id', 'created_at as createdAt', 'last_seen_at as lastSeenAt', 'address', 'browser'])
    .where('user_id', '=', userId)
    .where('ended_at', 'is', null)
    .where('last_seen_at', '>', lastSeenAfter)
    .where('created_at', '>', begunAfter)
    .orderBy('last_seen_at', 'desc')
    .execute()
}

/** 'Firefox on Windows', from what a browser says of itself. A help to its owner, never a proof. */
export function nameOfBrowser(userAgent: string): string {
  const browser = [
    ['Edg', 'Edge'],
    ['OPR', 'Opera'],
    ['Firefox', 'Firefox'],
    ['Chrome', 'Chrome'],
    ['Safari', 'Safari'],
  ].find(([sign]) => userAgent.includes(sign!))?.[1]
  const system = [
    ['iPhone', 'iPhone'],
    ['iPad', 'iPad'],
    ['Android', 'Android'],
    ['Windows', 'Windows'],
    ['Mac OS', 'a Mac'],
    ['CrOS', 'a Chromebook'],
    ['Linux', 'Linux'],
  ].find(([sign]) => userAgent.includes(sign!))?.[1]
  return `${browser ?? 'A browser'}${system ? ` on ${system}` : ''}`
}
