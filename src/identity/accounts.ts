import { sql } from 'kysely'
import { audit } from '../audit/index.ts'
import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import { cancelLinks } from './reset-password/links.ts'

/** A user as the gate knows them: enough to let them in, nothing of their work. */
export type Account = {
  userId: string
  name: string
  email: string
  agency: number
  passwordHash: string | null
  mustChangePassword: boolean
  totpSecret: string | null
  totpPending: string | null
  totpLastStep: number | null
  hasAuthenticator: boolean
  hasPasskey: boolean
}

/**
 * The account of an e-mail address or of a user; undefined for one that is not there or is disabled. `held`: it stays as it is until the
 * transaction ends, so that no link is made for a mailbox that is being taken from it.
 */
export async function findAccount(tx: Tx, by: { email: string } | { userId: string }, { held = false } = {}): Promise<Account | undefined> {
  const { rows } = await sql<Account>`
    select u.id as "userId", u.name, u.email, u.agency, k.password_hash as "passwordHash", coalesce(k.must_change_password, false) as "mustChangePassword",
      k.totp_secret as "totpSecret", k.totp_pending as "totpPending", k.totp_last_step as "totpLastStep", k.totp_confirmed_at is not null as "hasAuthenticator",
      exists (select from passkeys p where p.user_id = u.id) as "hasPasskey"
    from users u join agencies a on a.principal = u.agency and a.disabled_at is null left join credentials k on k.user_id = u.id
    where u.status <> 'disabled' and ${'email' in by ? sql`lower(u.email) = ${by.email.trim().toLowerCase()}` : sql`u.id = ${by.userId}`} ${held ? sql`for share of u` : sql``}`.execute(
    tx,
  )
  return rows[0]
}

/**
 * Sets a user's own password. Links that were sent for the one before are worth nothing from now on, and an authenticator that was being
 * set up begins again: whoever knew the old password may have read its secret.
 */
export async function setPassword(tx: Tx, now: Date, userId: string, passwordHash: string, { mustChange = false } = {}): Promise<void> {
  await tx
    .insertInto('credentials')
    .values({ user_id: userId, password_hash: passwordHash, password_changed_at: now, must_change_password: mustChange })
    .onConflict(conflict =>
      conflict
        .column('user_id')
        .doUpdateSet({ password_hash: passwordHash, password_changed_at: now, must_change_password: mustChange, totp_pending: null }),
    )
    .execute()
  await cancelLinks(tx, now, userId)
}

/** Keeps the same password under a stronger hash: nothing changes for its user. */
export async function strengthenHash(tx: Tx, userId: string, passwordHash: string): Promise<void> {
  await tx.updateTable('credentials').set({ password_hash: passwordHash }).where('user_id', '=', userId).execute()
}

/** Whoever types an e-mail address that nobody has. */
export const nobody = { userId: null, name: 'Unknown account', agency: 0 }

type Who = { userId: string | null; name: string; agency: number }

/** Records what an account did at the door, where there is no session yet. */
export async function auditAccount(
  tx: Tx,
  now: Date,
  who: Who,
  { requestId, address }: { requestId: string; address: string },
  action: string,
  detail: Record<string, unknown> = {},
) {
  const actor = { userId: who.userId, name: who.name, agency: who.agency, requestId, address } as Actor
  await audit(tx, actor, now, { action, subject: { type: 'user', id: who.userId ?? 'unknown' }, detail })
}
