import { sql } from 'kysely'
import type { Tx } from '../db/database.ts'

/** What one process tells all others: whose open pages should look again, and at what. Numbers and an id, never a word. */
export type News = { to: readonly number[]; about: string }

/** PostgreSQL refuses a payload of 8,000 bytes; a principal has at most eleven. */
const most = 500

/** Wakes the open pages of these users, in every web process, if and only if the caller's transaction is committed. */
export async function wakeLive(tx: Tx, { to, about }: News): Promise<void> {
  for (let from = 0; from < to.length; from += most) {
    const news: News = { to: to.slice(from, from + most), about }
    await sql`select pg_notify('live_' || current_schema(), ${JSON.stringify(news)})`.execute(tx)
  }
}

/** Of a payload that reached us: anybody who may log in to the database can send one, so nothing of it is believed but its shape. */
export function newsFrom(payload: string | undefined): News | undefined {
  try {
    const { to, about } = JSON.parse(payload ?? '') as Partial<News>
    return Array.isArray(to) && to.every(one => Number.isSafeInteger(one)) && typeof about === 'string' ? { to, about } : undefined
  } catch {
    return undefined
  }
}
