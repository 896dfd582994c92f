import { sql } from 'kysely'
import type { Tx } from '../platform/db/database.ts'

export type Window = { startsAt: Date; endsAt: Date | null }

/**
 * The principal that stands for a holder from one moment to another. The same window of the same holder is one principal, so a thousand
 * shares that end on the same day add one number to the holder's list. To be called as the keeper.
 */
export async function windowOf(tx: Tx, holder: number, { startsAt, endsAt }: Window): Promise<number> {
  const found = await sql<{ principal: number }>`
    select h.principal from held_principals h join principals p on p.id = h.principal and p.kind = 'window'
    where h.holder = ${holder} and h.starts_at = ${startsAt} and h.ends_at is not distinct from ${endsAt} limit 1`.execute(tx)
  if (found.rows[0]) return found.rows[0].principal
  const made = await sql<{ principal: number }>`
    with made as (insert into principals (kind) values ('window') returning id)
    select id as principal from made`.execute(tx)
  const principal = made.rows[0]!.principal
  await sql`insert into held_principals (principal, holder, starts_at, ends_at) values (${principal}, ${holder}, ${startsAt}, ${endsAt})`.execute(
    tx,
  )
  return principal
}
