import { CompiledQuery, sql } from 'kysely'
import type { Capability } from './capabilities.ts'
import type { Database, Tx } from './db/database.ts'

/** A post as its holder works in it: a team, and the service area that the team works in. */
export type Post = { teamId: string; teamName: string; serviceArea: string | null; postPrincipal: number | null; agencyName: string }

/** Who acts. Every request, job and command makes one and passes it on; nothing finds it by itself. */
export type Actor = {
  /** Null for the system itself. */
  userId: string | null
  name: string
  /** The user's own principal: the owner of drafts and notices. */
  principal: number
  /** The agency that the user belongs to. */
  agency: number
  agencyName: string
  /** Everything that a row can name to mean this actor, now. */
  principals: readonly number[]
  /** The part of them that may change anything. Empty for a read-only user. */
  writePrincipals: readonly number[]
  /** Principals of the agencies whose users the actor manages; 0 stands for the authority. */
  administers: readonly number[]
  /** Principals of the agencies whose audit the actor may read; 0 stands for all. */
  audits: readonly number[]
  capabilities: ReadonlySet<Capability>
  posts: readonly Post[]
  requestId: string
  address: string
}

export const may = (actor: Actor, capability: Capability): boolean => actor.capabilities.has(capability)

/**
 * The one way to a transaction under row-level security. Opens it with the actor's principals, runs the work, commits, and returns
 * what the work returned; rolls back when the work throws. Respond only after it has resolved.
 *
 * A read still writes its audit event, but does not wait for the disk (decision 0003); a write always does.
 */
export async function asActor<T>(database: Database, actor: Actor, mode: 'read' | 'write', work: (tx: Tx) => Promise<T>): Promise<T> {
  return database.kysely.connection().execute(async connection => {
    await connection.executeQuery(CompiledQuery.raw(opening(database.schema, actor, mode)))
    try {
      const outcome = await work(connection)
      await connection.executeQuery(CompiledQuery.raw('commit'))
      return outcome
    } catch (fault) {
      await connection.executeQuery(CompiledQuery.raw('rollback'))
      throw fault
    }
  })
}

/**
 * Steps into the keeper's role for one piece of work, for the access lists alone: the keeper may write readers, editors and withheld
 * of any row and nothing else. Only `access` calls this; an architecture test says so.
 */
export async function asKeeper<T>(tx: Tx, work: () => Promise<T>): Promise<T> {
  await sql`set local role lanyard_keeper`.execute(tx)
  // A fault leaves the transaction aborted, and its rollback ends the role with it.
  const outcome = await work()
  await sql`set local role none`.execute(tx)
  return outcome
}

function opening(schema: string, actor: Actor, mode: 'read' | 'write'): string {
  const settings = [
    `set local search_path = ${schema}`,
    `set local lanyard.principals = '${list(actor.principals)}'`,
    `set local lanyard.write_principals = '${list(actor.writePrincipals)}'`,
    `set local lanyard.administers = '${list(actor.administers)}'`,
    `set local lanyard.audits = '${list(actor.audits)}'`,
  ]
  if (mode === 'read') settings.push('set local synchronous_commit = off')
  return `begin; ${settings.join('; ')}`
}

/** Built from integers alone, so that nothing typed can reach the statement. */
function list(numbers: readonly number[]): string {
  for (const number of numbers) if (!Number.isSafeInteger(number)) throw new Error('A principal is not a whole number.')
  return `{${numbers.join(',')}}`
}
