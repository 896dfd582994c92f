import { createHash } from 'node:crypto'
import { CompiledQuery, Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import type { DB } from './schema.generated.ts'

/** Everything that the authority's schema holds, as types made from the live schema (`npm run db:types`). */
export type Schema = DB

/** A transaction opened by `asActor`, or the gate's connection. All SQL goes through one. */
export type Tx = Kysely<Schema>

export type Database = {
  kysely: Kysely<Schema>
  /** The authority's schema: set as the search path when a transaction opens. */
  schema: string
  pool: pg.Pool
  close(): Promise<void>
}

const types = new pg.TypeOverrides()
// A civil date is a string end to end: pg's default reads 31 March 1980 as 30 March in London (design: "Settled by measurement").
types.setTypeParser(pg.types.builtins.DATE, text => text)
// Counts and identities stay below 2^53 in any authority's lifetime.
types.setTypeParser(pg.types.builtins.INT8, text => Number(text))

type Connecting = {
  url: string
  schema: string
  /** How many transactions this process may have open at once. */
  max: number
  name: string
  /** Whether it serves pages: their statements are written so that one plan serves every actor. */
  pages?: boolean
  /** How many may wait for a connection; `TooBusy` is thrown at the next. Without it everybody waits: jobs have time. */
  queue?: number
}

/** A pool of connections of one database role. */
export function connect({ url, schema, max, name, pages = false, queue = Number.POSITIVE_INFINITY }: Connecting): Database {
  // The gate asks outside any transaction of an actor's, so the schema is the connection's own as well.
  // London days are worked out here; the server's own zone plays no part.
  // Planning search and the duplicate check anew for everybody cost more than running them. Jobs fill empty tables, for which a plan that was
  // made before would be the wrong one.
  const options = `-c search_path=${schema} -c timezone=UTC${pages ? ' -c plan_cache_mode=force_generic_plan' : ''}`
  const pool = new QueuedPool(queue, {
    connectionString: url,
    max,
    application_name: `lanyard ${name}`,
    types,
    options,
    Client: PreparingClient,
    idleTimeoutMillis: 30_000,
    pipeline: true,
  })
  // An idle connection that the server drops is replaced at its next use; without a listener Node would end the process.
  pool.on('error', () => {})
  const kysely = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) })
  return { kysely, schema, pool, close: () => kysely.destroy() }
}

/** More wait for the database than can be served within a second or so. The web answers it with 503. */
export class TooBusy extends Error {
  readonly statusCode = 503
}

/** A pool whose queue has an end. */
class QueuedPool extends pg.Pool {
  readonly #queue: number
  constructor(queue: number, config: pg.PoolConfig) {
    super(config)
    this.#queue = queue
  }

  // pg's own callers pass a callback; ours and Kysely's await it.
  override connect(): Promise<pg.PoolClient>
  override connect(callback: Connected): void
  override connect(callback?: Connected): unknown {
    if (callback) return super.connect(callback)
    if (this.waitingCount >= this.#queue) return Promise.reject(new TooBusy('Too many wait for the database.'))
    return super.connect()
  }
}
type Connected = Parameters<pg.Pool['connect']>[0]

const ofClient = new WeakMap<pg.PoolClient, Kysely<Schema>>()

/**
 * Lends one connection for a piece of work. Unlike Kysely's own, statements asked for together go out together: nothing waits for the
 * answer to another that it does not need. A connection whose work ended in a fault that left it unusable is thrown away.
 */
async function onConnection<T>({ pool }: Database, work: (connection: Kysely<Schema>, client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  let unusable = true
  try {
    let connection = ofClient.get(client)
    if (!connection) {
      const lent = { query: client.query.bind(client), release: () => {} }
      const onlyThisOne = { connect: async () => lent, end: async () => {} }
      connection = new Kysely<Schema>({ dialect: new PostgresDialect({ pool: onlyThisOne as unknown as pg.Pool }) })
      ofClient.set(client, connection)
    }
    const outcome = await work(connection, client)
    unusable = false
    return outcome
  } finally {
    client.release(unusable)
  }
}

/**
 * Runs a piece of work that begins a transaction, and keeps all of it or nothing. A fault of the work is thrown once the connection is fit for the
 * next one again: it need not be thrown away for that.
 */
export async function keepOrUndo<T>(
  database: Database,
  work: (connection: Kysely<Schema>, client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  const ended = await onConnection(database, async (connection, client) => {
    try {
      const value = await work(connection, client)
      // PostgreSQL answers the commit of a transaction that a statement had spoilt with a rollback and no error.
      const { command } = await client.query('commit')
      if (command !== 'COMMIT') throw new Error('Nothing was saved: a statement of this transaction had failed.')
      return { ok: true as const, value }
    } catch (fault) {
      await connection.executeQuery(CompiledQuery.raw('rollback'))
      return { ok: false as const, fault }
    }
  })
  if (!ended.ok) throw ended.fault
  return ended.value
}

const names = new Map<string, string>()

/**
 * Names every statement that has parameters, so that PostgreSQL parses and plans it once a connection: a third of a page's
 * database time otherwise. Text without parameters is left alone; it may hold several statements.
 */
class PreparingClient extends pg.Client {
  constructor(config?: pg.ClientConfig) {
    super(config)
    // pg's `query` has a dozen overloads; whatever it is called with goes on to it, of Kysely's (text, values) under a name.
    const ask = (...given: unknown[]) => (super.query as (...given: unknown[]) => unknown).apply(this, given)
    this.query = ((...given: unknown[]) => {
      const [text, values, ...more] = given
      this.sendTogether()
      return typeof text === 'string' && Array.isArray(values) && values.length > 0
        ? ask({ name: statementName(text), text, values }, ...more)
        : ask(...given)
    }) as pg.Client['query']
  }

  /** Holds what is written until everything asked for in this turn has been: one system call in place of one each. */
  private sendTogether(): void {
    const { stream } = this.connection
    stream.cork()
    process.nextTick(() => stream.uncork())
  }
}

function statementName(text: string): string {
  let name = names.get(text)
  if (!name) {
    name = createHash('md5').update(text).digest('base64url')
    // Statements are written in the source, so there are a few hundred; a list of unknown length is passed as one array.
    if (names.size < 5_000) names.set(text, name)
  }
  return name
}
