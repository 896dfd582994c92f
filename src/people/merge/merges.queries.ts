import { sql } from 'kysely'
import type { Tx } from '../../platform/db/database.ts'
import type { ClientId } from '../client-id.ts'
import type { Change } from './units.ts'

/** One record taken into another, as whoever reads the kept one is told of it. */
export type MergeOnRecord = {
  readonly id: string
  readonly keptId: string
  readonly mergedId: string
  readonly mergedClientId: ClientId
  readonly reason: string
  readonly mergedAt: Date
  readonly mergedBy: string
  readonly fields: Readonly<Record<string, Change>>
  readonly undoneAt: Date | null
  readonly undoneBy: string | null
  readonly undoneReason: string | null
}

/** The merges into a record, the newest first; undone ones too, as far as the other record may still be seen. */
export async function mergesInto(tx: Tx, personId: string): Promise<MergeOnRecord[]> {
  const { rows } = await sql<MergeOnRecord>`
    select g.id, g.kept_id as "keptId", g.merged_id as "mergedId", p.client_id as "mergedClientId", g.reason, g.merged_at as "mergedAt", g.merged_by as "mergedBy",
      g.fields, g.undone_at as "undoneAt", g.undone_by as "undoneBy", g.undone_reason as "undoneReason"
    from merges g join people p on p.id = g.merged_id where g.kept_id = ${personId} order by g.merged_at desc`.execute(tx)
  return rows
}

/** The record that stands for this one now, when it was merged into another that the actor may see. */
export async function recordKeptFor(tx: Tx, personId: string): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    with recursive r (id, merged_into) as (select p.id, p.merged_into from people p where p.id = ${personId} union
      select p.id, p.merged_into from people p join r on p.id = r.merged_into)
    select p.id from r join people p on p.id = r.id where r.merged_into is null and p.removed_at is null and r.id <> ${personId}`.execute(
    tx,
  )
  return rows[0]?.id
}
