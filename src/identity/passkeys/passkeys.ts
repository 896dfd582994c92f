import { createHmac } from 'node:crypto'
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import type { Tx } from '../../platform/db/database.ts'
import type { Gate } from '../gate.ts'
import { readAdded, readUsed } from './answers.ts'
import { newChallenge, type Purpose, takeChallenge } from './challenges.ts'

/** Somebody's passkey or security key, as its owner sees it. */
export type Passkey = { credentialId: string; name: string; synced: boolean; createdAt: Date; lastUsedAt: Date | null }

export async function passkeysOf(tx: Tx, userId: string): Promise<Passkey[]> {
  return tx
    .selectFrom('passkeys')
    .select(['credential_id as credentialId', 'name', 'synced', 'created_at as createdAt', 'last_used_at as lastUsedAt'])
    .where('user_id', '=', userId)
    .orderBy('created_at')
    .execute()
}

/** Which site a passkey is for: the browser itself refuses to use it anywhere else, which is why it cannot be phished. */
const siteOf = (gate: Gate) => ({ id: new URL(gate.publicOrigin).hostname, origin: gate.publicOrigin, name: gate.serviceName })

/** Names a user to their authenticator, in this authority alone, without saying who they are (WebAuthn §14.6.1). */
const handleOf = (gate: Gate, userId: string) =>
  createHmac('sha256', gate.keys.passkeys).update(`${gate.database.schema} ${userId}`).digest()

type Owner = { userId: string; name: string; email: string }

/** What the browser needs to make a new passkey: discoverable where the authenticator can, so that it also signs in without a password. */
export async function optionsToAdd(tx: Tx, gate: Gate, owner: Owner, boundTo: string, now: Date) {
  const site = siteOf(gate)
  const known = await tx.selectFrom('passkeys').select(['credential_id', 'transports']).where('user_id', '=', owner.userId).execute()
  return generateRegistrationOptions({
    rpID: site.id,
    rpName: site.name,
    userName: owner.email,
    userDisplayName: owner.name,
    userID: new Uint8Array(handleOf(gate, owner.userId)),
    challenge: bytesOf(await newChallenge(tx, now, { purpose: 'add', boundTo })),
    attestationType: 'none',
    excludeCredentials: known.map(one => ({ id: one.credential_id, transports: one.transports })),
    authenticatorSelection: { residentKey: 'preferred', userVerification: 'preferred' },
  })
}

/** What the browser needs to use one: one of a user's own, or whichever the person before it chooses. */
export async function optionsToUse(
  tx: Tx,
  gate: Gate,
  { purpose, userId, boundTo }: { purpose: Purpose; userId: string | undefined; boundTo: string },
  now: Date,
) {
  const known = userId
    ? await tx.selectFrom('passkeys').select(['credential_id', 'transports']).where('user_id', '=', userId).execute()
    : undefined
  return generateAuthenticationOptions({
    rpID: siteOf(gate).id,
    challenge: bytesOf(await newChallenge(tx, now, { purpose, boundTo })),
    // In place of a password it must know its owner, by PIN, finger or face; beside one, having it is enough.
    userVerification: userId ? 'preferred' : 'required',
    ...(known ? { allowCredentials: known.map(one => ({ id: one.credential_id, transports: one.transports })) } : {}),
  })
}

/** Keeps a new passkey when the answer is to what this browser was asked, for this site. */
export async function addPasskey(
  tx: Tx,
  gate: Gate,
  userId: string,
  { answer, name, boundTo }: { answer: string; name: string; boundTo: string },
  now: Date,
): Promise<boolean> {
  const read = readAdded(answer)
  if (!read || !(await takeChallenge(tx, now, read.challenge, { purpose: 'add', boundTo }))) return false
  const site = siteOf(gate)
  const found = await verifyRegistrationResponse({
    response: read,
    expectedChallenge: read.challenge,
    expectedOrigin: site.origin,
    expectedRPID: site.id,
    requireUserVerification: false,
  }).catch(() => undefined)
  if (!found?.verified) return false
  const { credential, credentialBackedUp } = found.registrationInfo
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('passkeys')
    .values({
      credential_id: credential.id,
      user_id: userId,
      name,
      public_key: Buffer.from(credential.publicKey).toString('base64url'),
      counter: credential.counter,
      transports: read.response.transports,
      synced: credentialBackedUp,
      created_at: now,
    })
    .onConflict(conflict => conflict.doNothing())
    .executeTakeFirst()
  return (numInsertedOrUpdatedRows ?? 0n) > 0n
}

export type Outcome = { userId: string } | { refused: 'stale' | 'unknown' | 'not-verified' }

/**
 * Whether an answer comes from a passkey that is known here, of this user where one is named. Its challenge is used up either way. A use that
 * counts no further than the last comes from a copy of the key and is refused.
 */
export async function usePasskey(
  tx: Tx,
  gate: Gate,
  { answer, purpose, boundTo, userId }: { answer: string; purpose: Purpose; boundTo: string; userId: string | undefined },
  now: Date,
): Promise<Outcome> {
  const read = readUsed(answer)
  if (!read || !(await takeChallenge(tx, now, read.challenge, { purpose, boundTo }))) return { refused: 'stale' }
  const kept = await tx.selectFrom('passkeys').selectAll().where('credential_id', '=', read.id).forUpdate().executeTakeFirst()
  if (!kept || (userId && kept.user_id !== userId)) return { refused: 'unknown' }
  const { userHandle, ...response } = read.response
  if (userHandle ? userHandle !== handleOf(gate, kept.user_id).toString('base64url') : !userId) return { refused: 'unknown' }
  const site = siteOf(gate)
  const found = await verifyAuthenticationResponse({
    response: { ...read, response },
    expectedChallenge: read.challenge,
    expectedOrigin: site.origin,
    expectedRPID: site.id,
    credential: { id: kept.credential_id, publicKey: bytesOf(kept.public_key), counter: Number(kept.counter), transports: kept.transports },
    // Alone it is both factors; and before what reaches far a touch of the key that was left in an unlocked machine proves nothing.
    requireUserVerification: !userId || purpose === 'proof',
  }).catch(() => undefined)
  if (!found?.verified) return { refused: 'not-verified' }
  await tx
    .updateTable('passkeys')
    .set({ counter: found.authenticationInfo.newCounter, last_used_at: now })
    .where('credential_id', '=', kept.credential_id)
    .execute()
  return { userId: kept.user_id }
}

export async function removePasskey(tx: Tx, userId: string, credentialId: string): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('passkeys')
    .where('user_id', '=', userId)
    .where('credential_id', '=', credentialId)
    .executeTakeFirst()
  return numDeletedRows > 0n
}

const bytesOf = (text: string) => new Uint8Array(Buffer.from(text, 'base64url'))
