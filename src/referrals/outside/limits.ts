import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import type { Tx } from '../../platform/db/database.ts'

/** What is counted: beginning a form, adding a file, sending, asking for a code, entering one. */
export type Tried = 'begin' | 'file' | 'send' | 'ask' | 'code'
export type Limit = { key: string; most: number; minutes: number }

/**
 * Whether somebody may do this now, by every one of these limits; if so it is counted towards all of them at once. Counted in the database,
 * one at a time for each key, so that a hundred at the same moment and over several web processes are a hundred.
 */
export async function mayTry(tx: Tx, now: Date, kind: Tried, limits: readonly Limit[]): Promise<boolean> {
  // In one order, so that two who share some keys do not wait for each other for ever.
  const ordered = [...limits].sort((a, b) => (a.key < b.key ? -1 : 1))
  for (const { key } of ordered) await sql`select pg_advisory_xact_lock(hashtextextended(${`outside ${kind} ${key}`}, 0))`.execute(tx)
  for (const { key, most, minutes } of ordered) if ((await countSince(tx, kind, key, minutesBefore(now, minutes))) >= most) return false
  for (const { key } of ordered) await tx.insertInto('outside_tries').values({ id: uuid(), kind, key, at: now }).execute()
  return true
}

async function countSince(tx: Tx, kind: Tried, key: string, since: Date): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from outside_tries where key = ${key} and kind = ${kind} and at > ${since}`.execute(tx)
  return rows[0]!.n
}

/** When a code was last asked for with this key: tries at codes are counted from then. */
export async function lastAsked(tx: Tx, key: string, since: Date): Promise<Date> {
  const { rows } = await sql<{ at: Date | null }>`
    select max(at) as at from outside_tries where key = ${key} and kind = 'ask' and at > ${since}`.execute(tx)
  return rows[0]?.at ?? since
}

/** Tries at a code since then, with this one counted: an address that nobody saved under is counted alike, so that it looks the same. */
export async function triesAtCode(tx: Tx, now: Date, key: string, since: Date): Promise<number> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`outside code ${key}`}, 0))`.execute(tx)
  await tx.insertInto('outside_tries').values({ id: uuid(), kind: 'code', key, at: now }).execute()
  return countSince(tx, 'code', key, new Date(since.getTime() - 1))
}

const minutesBefore = (now: Date, minutes: number): Date => new Date(now.getTime() - minutes * 60_000)

/** A library, a hospital or a council has one address for hundreds of people: these stop a machine and nobody else. */
export const limits = {
  begin: (address: string, everybody: string): Limit[] => [
    { key: address, most: 30, minutes: 60 },
    { key: everybody, most: 600, minutes: 60 },
  ],
  file: (address: string): Limit[] => [{ key: address, most: 60, minutes: 60 }],
  send: (address: string, page: string, mostOfPage: number, everybody: string): Limit[] => [
    { key: address, most: 15, minutes: 60 },
    { key: page, most: mostOfPage, minutes: 60 },
    { key: everybody, most: 300, minutes: 60 },
  ],
  // Few from one place, so that whoever knows somebody's address does not use up what they have themself; not endlessly many e-mails from all together.
  ask: (address: string, mail: string): Limit[] => [
    { key: `${mail} from ${address}`, most: 5, minutes: 60 },
    { key: mail, most: 30, minutes: 60 },
    { key: address, most: 20, minutes: 60 },
  ],
  code: (address: string): Limit[] => [{ key: address, most: 60, minutes: 60 }],
} as const

/** How often a code may be mistyped before another has to be asked for. */
export const mostTriesAtCode = 5
