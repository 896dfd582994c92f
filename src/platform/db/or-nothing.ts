import { sql } from 'kysely'
import type { Result } from '../result.ts'
import type { Tx } from './database.ts'

/** Does work that a rule may refuse half-way: after a no, nothing that it wrote is there, and the transaction goes on. */
export async function orNothing<T, No extends string>(tx: Tx, work: () => Promise<Result<T, No>>): Promise<Result<T, No>> {
  await sql`savepoint or_nothing`.execute(tx)
  const outcome = await work()
  await sql.raw(outcome.ok ? 'release savepoint or_nothing' : 'rollback to savepoint or_nothing').execute(tx)
  return outcome
}
