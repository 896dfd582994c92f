import { sql } from 'kysely'
import { type Actor, lookAs } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import { carryWithholdings } from './carry-withholdings.ts'
import { grantAccess, type NewGrant } from './grants.ts'

/**
 * What a share would show: it is made, looked through as whoever it is for, and taken back. So what is shown is what row-level security would
 * show them by this share and nothing else that they hold, with whatever is withheld from them left out; and nothing that the actor may not
 * read themself (decision 23). One with a beginning is looked through as if it had begun. The actor may edit the case, or this throws; nothing
 * that is looked at is audited as the receiver's own look.
 */
export function lookThroughShare<T>(
  tx: Tx,
  actor: Actor,
  now: Date,
  share: { grant: NewGrant; receiver: Actor },
  look: (receiver: Actor) => Promise<T>,
): Promise<T> {
  const { receiver } = share
  // A window of its own, whatever the days of the share: its principal stands for this look alone.
  const grant = { ...share.grant, startsAt: now, endsAt: new Date(now.getTime() + 86_400_000 + Math.floor(Math.random() * 86_400_000)) }
  const change = async (): Promise<Actor> => {
    const id = await grantAccess(tx, actor, now, grant)
    await carryWithholdings(tx, actor, now, grant.caseId)
    const { rows } = await sql<{ principal: number }>`select principal from access_grants where id = ${id}`.execute(tx)
    const principal = rows[0]!.principal
    return {
      ...receiver,
      // Nobody's drafts, notices or unread marks are looked through.
      userId: null,
      principal,
      principals: [...receiver.principals, principal],
      // Whoever reads no records does not begin to by a share.
      readPrincipals: receiver.readPrincipals.length > 0 ? [principal] : [],
      writePrincipals: [],
      administers: [],
      audits: [],
    }
  }
  return lookAs(tx, actor, change, look)
}
