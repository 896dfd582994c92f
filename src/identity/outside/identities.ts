import { sql } from 'kysely'
import type { Tx } from '../../platform/db/database.ts'
import { type Account, findAccount } from '../accounts.ts'
import { cancelLinks } from '../reset-password/links.ts'
import type { Claims } from './assurance.ts'
import type { Provider } from './providers.ts'

export type Known = { account: Account; linkedNow: boolean } | { refused: 'not known here' | 'of another agency' }

/**
 * Which user somebody is who has signed in there: whom an administrator has linked; or, where the provider is trusted with that, somebody invited who
 * has never been in, by an e-mail address that the issuer says is verified. Nobody else, and never a holder of a role of the authority without
 * an administrator: an issuer that vouches for any address it likes would otherwise hand out ours (decision 24).
 */
export async function whoIs(tx: Tx, now: Date, provider: Provider, subject: string, person: Claims): Promise<Known> {
  const linked = await tx
    .selectFrom('provider_identities')
    .select('user_id as userId')
    .where('provider_id', '=', provider.id)
    .where('subject', '=', subject)
    .executeTakeFirst()
  const account = linked ? await findAccount(tx, linked) : await invited(tx, provider, person)
  if (!account) return { refused: 'not known here' }
  if (provider.agency !== null && provider.agency !== account.agency) return { refused: 'of another agency' }
  if (!linked) {
    const made = await linkIdentity(tx, now, { providerId: provider.id, subject, userId: account.userId, by: null })
    if (!made) return { refused: 'not known here' }
    // The invitation has done its work.
    await cancelLinks(tx, now, account.userId)
  }
  await tx
    .updateTable('provider_identities')
    .set({ last_used_at: now })
    .where('provider_id', '=', provider.id)
    .where('subject', '=', subject)
    .execute()
  return { account, linkedNow: !linked }
}

async function invited(tx: Tx, provider: Provider, person: Claims): Promise<Account | undefined> {
  const email = person['email']
  if (!provider.linksInvited || person['email_verified'] !== true || typeof email !== 'string') return undefined
  const account = await findAccount(tx, { email }, { held: true })
  if (!account) return undefined
  const { rows } = await sql`
    select from users u where u.id = ${account.userId} and u.status = 'invited' and u.last_sign_in_at is null
      and not exists (select from posts o join roles r on r.id = o.role_id where o.user_id = u.id and o.ended_at is null and r.authority_only)`.execute(
    tx,
  )
  return rows.length > 0 ? account : undefined
}

export type Identity = {
  providerId: string
  provider: string
  subject: string
  linkedAt: Date
  linkedBy: string | null
  lastUsedAt: Date | null
}

/** As whom a user is known elsewhere. */
export async function identitiesOf(tx: Tx, userId: string): Promise<Identity[]> {
  const { rows } = await sql<Identity>`
    select i.provider_id as "providerId", p.name as provider, i.subject, i.linked_at as "linkedAt", b.name as "linkedBy", i.last_used_at as "lastUsedAt"
    from provider_identities i join sign_in_providers p on p.id = i.provider_id left join users b on b.id = i.linked_by
    where i.user_id = ${userId} order by p.name`.execute(tx)
  return rows
}

/** Whether anybody is known by this provider: whose subject means somebody else once its issuer or the claim for it is another. */
export async function isLinkedThrough(tx: Tx, providerId: string): Promise<boolean> {
  const { rows } = await sql`select from provider_identities where provider_id = ${providerId} limit 1`.execute(tx)
  return rows.length > 0
}

/** Says that somebody there is this user. False when they are somebody else's, or the user is known there already. */
export async function linkIdentity(
  tx: Tx,
  now: Date,
  { providerId, subject, userId, by }: { providerId: string; subject: string; userId: string; by: string | null },
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('provider_identities')
    .values({ provider_id: providerId, subject, user_id: userId, linked_at: now, linked_by: by })
    .onConflict(conflict => conflict.doNothing())
    .executeTakeFirst()
  return (numInsertedOrUpdatedRows ?? 0n) > 0n
}

export async function unlinkIdentity(tx: Tx, userId: string, providerId: string): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('provider_identities')
    .where('user_id', '=', userId)
    .where('provider_id', '=', providerId)
    .executeTakeFirst()
  return numDeletedRows > 0n
}
