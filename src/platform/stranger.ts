import { CompiledQuery, sql } from 'kysely'
import { type Database, keepOrUndo, type Tx } from './db/database.ts'

/**
 * The one way to a transaction of somebody without an account, as the role lanyard_stranger. `keys` are hashes of what they have shown (their
 * browser's cookie, a code): the rows that carry one are theirs, and no other. Respond only after it has resolved.
 */
export async function asStranger<T>(database: Database, keys: readonly string[], work: (tx: Tx) => Promise<T>): Promise<T> {
  return keepOrUndo(database, async connection => {
    await connection.executeQuery(CompiledQuery.raw(`begin; set local search_path = ${database.schema}; ${holding(keys)}`))
    return work(connection)
  })
}

/** Lets the rest of a stranger's transaction open what these keys open, and nothing that other keys did. */
export async function holdKeys(tx: Tx, keys: readonly string[]): Promise<void> {
  await sql.raw(holding(keys)).execute(tx)
}

/** Nothing but a key reaches the statement. */
function holding(keys: readonly string[]): string {
  for (const key of keys) if (!/^[\w-]{43}$/.test(key)) throw new Error('A key is not a key.')
  return `set local lanyard.stranger = '{${keys.join(',')}}'`
}
