import { sql } from 'kysely'
import { formatTelephone, type Telephone } from '../people/index.ts'
import { asActor } from '../platform/actor.ts'
import type { Database } from '../platform/db/database.ts'
import { system } from './work.ts'

export type OutboxText = { id: string; to: string; words: string; at: Date; sent: boolean }

/** The latest texts that no network was given, as the system: for the page that is open where nothing leaves the machine. */
export async function textsInOutbox(worker: Database): Promise<OutboxText[]> {
  const { rows } = await asActor(worker, system, 'read', tx =>
    sql<OutboxText & { to: Telephone }>`
      select id, number as to, words, created_at as at, accepted_at is not null as sent from text_messages
      where carrier = 'outbox' or carrier is null and status = 'created' order by created_at desc limit 50`.execute(tx),
  )
  return rows.map(row => ({ ...row, to: formatTelephone(row.to) }))
}
