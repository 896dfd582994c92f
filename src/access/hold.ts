import { sql } from 'kysely'
import { asKeeper, isForReading } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'

/**
 * Holds a case until the transaction ends, so that nobody changes who may see it meanwhile. Whoever adds a row to a case calls this (or
 * `listsForPart`, which does) before reading the lists that the row will carry: a row written beside a withholding would otherwise keep
 * the lists of before it, and show what has just been hidden. Cases are held before people; writers of one case wait for each other.
 * In a transaction that only reads nothing is held.
 */
export async function holdCase(tx: Tx, caseId: string): Promise<void> {
  await asKeeper(tx, keeper => holdCaseAsKeeper(tx, keeper, caseId))
}

export async function holdCaseAsKeeper(tx: Tx, keeper: Tx, caseId: string): Promise<void> {
  if (!isForReading(tx)) await sql`select id from cases where id = ${caseId} for no key update`.execute(keeper)
}

/**
 * Holds a case that is about to change hands: waits also for every transaction that has added a row to it and not yet committed, since
 * the row's foreign key holds the case. To be asked before the facts are read.
 */
export async function holdCaseAlone(keeper: Tx, caseId: string): Promise<void> {
  await sql`select id from cases where id = ${caseId} for update`.execute(keeper)
}

/** Every case of these people, in the order in which cases are held: waits for whoever is writing on one of them. */
export async function holdCasesOf(keeper: Tx, personIds: readonly string[]): Promise<void> {
  await sql`select id from cases where person_id = any (${[...personIds]}::uuid[]) order by id for update`.execute(keeper)
}

/** Holds people in one order, so that two rewritings of the same people wait and do not lock each other out. */
export async function holdPeople(keeper: Tx, personIds: readonly string[]): Promise<void> {
  await sql`select id from people where id = any (${[...personIds]}::uuid[]) order by id for no key update`.execute(keeper)
}

/**
 * Who belongs where, and what is withheld from whom, decide together whom a person is hidden from. A change of membership waits for
 * rewritings under way and they for it: neither misses what the other has not committed yet.
 */
export async function holdMemberships(keeper: Tx, how: 'to-read' | 'to-change'): Promise<void> {
  const key = sql`hashtext(current_schema() || ' memberships')`
  await sql`select ${how === 'to-read' ? sql`pg_advisory_xact_lock_shared(${key})` : sql`pg_advisory_xact_lock(${key})`}`.execute(keeper)
}

/**
 * From whom items of meetings are kept is settled by one transaction at a time: of two about the same people, one that is being kept from somebody and one
 * that is being referred, each would otherwise miss the other. Held before any row of an item.
 */
export async function holdItemsKept(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext(current_schema() || ' items kept'))`.execute(tx)
}
