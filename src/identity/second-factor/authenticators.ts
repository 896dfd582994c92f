import { sql } from 'kysely'
import type { Tx } from '../../platform/db/database.ts'
import type { Account } from '../accounts.ts'
import { hashOfToken } from '../find-session.ts'
import type { Gate } from '../gate.ts'
import { hashOfRecoveryCode, newRecoveryCodes } from './recovery-codes.ts'
import { newSecret, seal, stepOfCode, unseal } from './totp.ts'

/** An authenticator that is being set up, as one page shows it. The mark names it in the page's form. */
export type Pending = { secret: string; mark: string }

/** A new authenticator to set up, whenever the page is opened: nobody scans a secret that somebody else was shown before. */
export async function newPending(tx: Tx, gate: Gate, { userId }: Account): Promise<Pending> {
  const secret = newSecret()
  const sealed = seal(gate.keys.secondFactor, userId, secret)
  await tx.updateTable('credentials').set({ totp_pending: sealed }).where('user_id', '=', userId).execute()
  return { secret, mark: hashOfToken(sealed) }
}

/** The one that a page has shown, over a mistyped code; undefined once the page has been opened anew elsewhere. */
export function shownPending(gate: Gate, { userId, totpPending }: Account, mark: string): Pending | undefined {
  return totpPending !== null && hashOfToken(totpPending) === mark
    ? { secret: unseal(gate.keys.secondFactor, userId, totpPending), mark }
    : undefined
}

/** Makes the authenticator that a page has shown the user's own when the code is right, and answers ten new recovery codes. */
export async function confirmAuthenticator(
  tx: Tx,
  gate: Gate,
  account: Account,
  { mark, code }: { mark: string; code: string },
  now: Date,
): Promise<string[] | undefined> {
  const pending = shownPending(gate, account, mark)
  const step = pending && stepOfCode(pending.secret, code, now)
  if (step === undefined) return undefined
  const { numUpdatedRows } = await tx
    .updateTable('credentials')
    .set({ totp_secret: account.totpPending, totp_pending: null, totp_confirmed_at: now, totp_last_step: step })
    .where('user_id', '=', account.userId)
    .where('totp_pending', '=', account.totpPending)
    .executeTakeFirst()
  return numUpdatedRows > 0n ? replaceRecoveryCodes(tx, gate, account.userId) : undefined
}

/** Whether a code from the authenticator is right and has not been used: each is accepted once (RFC 6238 §5.2), also by two requests at once. */
export async function acceptCode(tx: Tx, gate: Gate, account: Account, code: string, now: Date): Promise<boolean> {
  if (!account.totpSecret || !account.hasAuthenticator) return false
  const step = stepOfCode(unseal(gate.keys.secondFactor, account.userId, account.totpSecret), code, now)
  if (step === undefined) return false
  const { numUpdatedRows } = await tx
    .updateTable('credentials')
    .set({ totp_last_step: step })
    .where('user_id', '=', account.userId)
    .where(where => where.or([where('totp_last_step', 'is', null), where('totp_last_step', '<', step)]))
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Uses up a recovery code. */
export async function acceptRecoveryCode(tx: Tx, gate: Gate, userId: string, code: string, now: Date): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('recovery_codes')
    .set({ used_at: now })
    .where('user_id', '=', userId)
    .where('code_hash', '=', hashOfRecoveryCode(gate.keys.recoveryCodes, userId, code))
    .where('used_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Ten new codes; the old ones are worth nothing from now on. */
export async function replaceRecoveryCodes(tx: Tx, gate: Gate, userId: string): Promise<string[]> {
  const codes = newRecoveryCodes()
  await tx.deleteFrom('recovery_codes').where('user_id', '=', userId).execute()
  await tx
    .insertInto('recovery_codes')
    .values(codes.map(code => ({ user_id: userId, code_hash: hashOfRecoveryCode(gate.keys.recoveryCodes, userId, code) })))
    .execute()
  return codes
}

export async function unusedRecoveryCodes(tx: Tx, userId: string): Promise<number> {
  const row = await tx
    .selectFrom('recovery_codes')
    .select(one => one.fn.countAll<number>().as('count'))
    .where('user_id', '=', userId)
    .where('used_at', 'is', null)
    .executeTakeFirstOrThrow()
  return row.count
}

/** Ten recovery codes for whoever has set up a second factor and holds none; undefined for whoever has some left. */
export async function firstRecoveryCodes(tx: Tx, gate: Gate, userId: string): Promise<string[] | undefined> {
  return (await unusedRecoveryCodes(tx, userId)) > 0 ? undefined : replaceRecoveryCodes(tx, gate, userId)
}

/** Forgets the authenticator, and known devices with it, since somebody else may hold one; the recovery codes where no passkey is left either. */
export async function removeAuthenticator(tx: Tx, userId: string): Promise<void> {
  await tx
    .updateTable('credentials')
    .set({ totp_secret: null, totp_pending: null, totp_confirmed_at: null, totp_last_step: null })
    .where('user_id', '=', userId)
    .execute()
  await tx.deleteFrom('known_devices').where('user_id', '=', userId).execute()
  await forgetUnneededCodes(tx, userId)
}

/** Recovery codes stand for a second factor: with the last one of those they go. */
export async function forgetUnneededCodes(tx: Tx, userId: string): Promise<void> {
  await sql`delete from recovery_codes where user_id = ${userId}
    and not exists (select from passkeys p where p.user_id = recovery_codes.user_id)
    and not exists (select from credentials k where k.user_id = recovery_codes.user_id and k.totp_confirmed_at is not null)`.execute(tx)
}

/** Forgets every second factor of a user: they have lost them all. */
export async function removeSecondFactors(tx: Tx, userId: string): Promise<void> {
  await tx.deleteFrom('passkeys').where('user_id', '=', userId).execute()
  await removeAuthenticator(tx, userId)
}
