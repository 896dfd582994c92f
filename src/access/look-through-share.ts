import { sql } from 'kysely'
import { type Actor, lookAs } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import { grantAccess, type NewGrant } from './grants.ts'

/**
 * What a share would show: it is made, looked through as whoever it is for, and taken back. So what is shown is what row-level security would
 * show them, with whatever is withheld from them left out, and what they hold already beside it. One with a beginning is looked through as
 * if it had begun. The actor may edit the case, or this throws; nothing that is looked at is audited as the receiver's own look.
 */
export function lookThroughShare<T>(
  tx: Tx,
  actor: Actor,
  now: Date,
  share: { grant: NewGrant; receiver: Actor },
  look: (receiver: Actor) => Promise<T>,
): Promise<T> {
  const { grant, receiver } = share
  const change = async (): Promise<Actor> => {
    const id = await grantAccess(tx, actor, now, grant)
    const { rows } = await sql<{ principal: number }>`select principal from access_grants where id = ${id}`.execute(tx)
    const principal = rows[0]!.principal
    // Whoever reads no records does not begin to by a share.
    const readPrincipals = receiver.readPrincipals.length > 0 ? [...receiver.readPrincipals, principal] : []
    return { ...receiver, principals: [...receiver.principals, principal], readPrincipals, writePrincipals: [] }
  }
  return lookAs(tx, actor, change, look)
}
