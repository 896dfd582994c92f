import type { FastifyRequest } from 'fastify'
import { v7 as uuid } from 'uuid'
import type { Tx } from '../../platform/db/database.ts'
import type { Fields } from '../../platform/web/fields.ts'
import { originIsOurs } from '../../platform/web/origin.ts'
import { type Gate, inGate } from '../gate.ts'

export type HeldPost = { id: string; path: string; fields: Record<string, readonly string[]>; heldAt: Date; hadFiles: boolean }

/** How long what was typed is kept for its user to come back. */
const keptMinutes = 60
/** So that a broken page that posts by itself fills nothing: the oldest goes. */
const mostOfAUser = 20

/**
 * Keeps what somebody tried to save after their session had timed out, or its cookie was gone, until they have signed in again. For whom, the form itself
 * says: each carries its session's own token, which nobody else has. So it is never for whoever signs in next at a shared computer, nor for whoever is
 * signed in there (`here`) when the page of somebody else is still open. Never a password: the pages of the account and of users are left out, or
 * (`wherever`) every field of that kind.
 */
export async function holdPost(
  gate: Gate,
  request: FastifyRequest,
  fields: Fields,
  { here, wherever = false }: { here?: string; wherever?: boolean } = {},
): Promise<void> {
  const path = request.url.split('?')[0] ?? '/'
  if (!originIsOurs(request, gate.publicOrigin) || (!wherever && /^\/(account|users)(\/|$)/.test(path))) return
  const userId = await whoseForm(gate, fields.text('_csrf'), here)
  if (userId === undefined) return
  const now = gate.clock.now()
  const typed = Object.fromEntries(
    Object.entries(fields.toJSON()).filter(([name]) => name !== '_csrf' && !/password|secret|^_proof/i.test(name)),
  )
  await inGate(gate, async tx => {
    await tx
      .insertInto('held_posts')
      .values({
        id: uuid(),
        user_id: userId,
        path,
        fields: JSON.stringify(typed),
        held_at: now,
        expires_at: new Date(now.getTime() + keptMinutes * 60_000),
        had_files: Boolean(request.isMultipart?.()),
      })
      .execute()
    // What was typed last is what somebody comes back for.
    const past = tx
      .selectFrom('held_posts')
      .select('id')
      .where('user_id', '=', userId)
      .orderBy('held_at', 'desc')
      .orderBy('id', 'desc')
      .offset(mostOfAUser)
    await tx.deleteFrom('held_posts').where('user_id', '=', userId).where('id', 'in', past).execute()
  })
}

/** Whose session a form is of. Of one that its user, or somebody for them, ended nothing is kept, unless they are `here` again. */
async function whoseForm(gate: Gate, token: string, here: string | undefined): Promise<string | undefined> {
  if (!token || token.length > 100) return undefined
  const session = await gate.database.kysely
    .selectFrom('sessions')
    .select(['user_id as userId', 'ended_because as endedBecause'])
    .where('csrf_token', '=', token)
    .where('signed_in_at', 'is not', null)
    .executeTakeFirst()
  if (!session) return undefined
  const endedByItself = [null, 'timed-out', 'signed-in-again'].includes(session.endedBecause)
  return endedByItself || session.userId === here ? session.userId : undefined
}

/** What is kept for a user, the latest first. */
export async function heldPostsOf(tx: Tx, userId: string, now: Date): Promise<HeldPost[]> {
  const rows = await tx
    .selectFrom('held_posts')
    .select(['id', 'path', 'fields', 'held_at as heldAt', 'had_files as hadFiles'])
    .where('user_id', '=', userId)
    .where('expires_at', '>', now)
    .orderBy('held_at', 'desc')
    .orderBy('id', 'desc')
    .execute()
  return rows.map(row => ({ ...row, fields: row.fields as HeldPost['fields'] }))
}

export async function discardHeldPost(tx: Tx, userId: string, id: string): Promise<void> {
  await tx.deleteFrom('held_posts').where('user_id', '=', userId).where('id', '=', id).execute()
}
