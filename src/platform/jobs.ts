import { Logger, type ParsedCronItem, parseCronItems, run, runMigrations, type TaskList } from 'graphile-worker'
import { sql } from 'kysely'
import pg from 'pg'
import type { Tx } from './db/database.ts'

/** What a job does. `payload` is what was given when it was put in the queue; throwing has it tried again later. */
export type Job = (payload: unknown, job: { tryNumber: number; lastTry: boolean }) => Promise<void>

/** graphile-worker's own schema beside the authority's: its tables have triggers, which an authority's tables never do. */
const queueOf = (schema: string): string => `${schema}_jobs`

/**
 * Puts a job in the queue in the caller's transaction: it runs if and only if that commits. With a key, a job that waits under the same
 * key is replaced. The payload holds ids, never a word about a person.
 */
export async function enqueue(
  tx: Tx,
  task: string,
  payload: Record<string, unknown>,
  { key, runAt }: { key?: string; runAt?: Date } = {},
): Promise<void> {
  await sql`select enqueue_job(${task}, ${JSON.stringify(payload)}::json, ${key ?? null}, ${runAt ?? null})`.execute(tx)
}

/**
 * Makes and brings up to date the queue of an authority's schema, after its migrations. The owner owns it, the worker works it, and
 * whoever serves people may only put jobs in, through one function. Safe to run again, and twice at once.
 */
export async function prepareJobs(adminUrl: string, schema: string): Promise<void> {
  if (!/^[a-z][a-z0-9_]{0,50}$/.test(schema)) throw new Error(`"${schema}" is not a schema name.`)
  const queue = queueOf(schema)
  const client = new pg.Client({ connectionString: adminUrl, application_name: 'lanyard migrate' })
  await client.connect()
  try {
    await client.query(`select pg_advisory_lock(hashtext('lanyard migrate'))`)
    await client.query(`create schema if not exists ${queue} authorization lanyard_owner`)
    await client.query(`set role lanyard_owner`)
    // graphile-worker would create the schema, for which the owner has no right: with this table there it sees that it need not.
    await client.query(`
      create table if not exists ${queue}.migrations (id int primary key, ts timestamptz default now() not null);
      alter table ${queue}.migrations add column if not exists breaking boolean not null default false`)
    const pool = new pg.Pool({ connectionString: adminUrl, max: 2, options: '-c role=lanyard_owner' })
    listenForErrors(pool)
    try {
      await runMigrations({ pgPool: pool, schema: queue, logger: silent })
    } finally {
      await pool.end()
    }
    await client.query(grants(schema, queue))
  } finally {
    await client.end()
  }
}

type JobsOptions = {
  /** Connection of lanyard_worker. */
  url: string
  schema: string
  tasks: Readonly<Record<string, Job>>
  /** When to run which task by itself: `{ task: 'tidy', at: '17 3 * * *' }`, in UTC. */
  timetable?: readonly { task: string; at: string }[]
  concurrency?: number
  log: { error(line: string): void }
}

/** What is working the queue. `stop` finishes what has been begun. */
export type Jobs = { stop(): Promise<void> }

/** Starts working the queue in this process. Any number of processes may work the same one. */
export async function startJobs({ url, schema, tasks, timetable = [], concurrency = 2, log }: JobsOptions): Promise<Jobs> {
  const pool = new pg.Pool({
    connectionString: url,
    max: concurrency + 2,
    application_name: 'lanyard jobs',
    options: `-c search_path=${schema}`,
  })
  listenForErrors(pool)
  const taskList: TaskList = Object.fromEntries(
    Object.entries(tasks).map(([name, work]) => [
      name,
      (payload, { job }) => work(payload, { tryNumber: job.attempts, lastTry: job.attempts >= job.max_attempts }),
    ]),
  )
  const parsedCronItems: ParsedCronItem[] = parseCronItems(
    timetable.map(({ task, at }) => ({ task, match: at, options: { maxAttempts: 3 } })),
  )
  // Errors name the task and what went wrong, never the payload.
  const logger = new Logger(() => (level, message) => {
    if (level === 'error') log.error(`Job: ${message}`)
  })
  const runner = await run({
    pgPool: pool,
    schema: queueOf(schema),
    taskList,
    parsedCronItems,
    concurrency,
    noHandleSignals: true,
    pollInterval: 2_000,
    logger,
  })
  return {
    stop: async () => {
      await runner.stop()
      await pool.end()
    },
  }
}

/** A connection that the server drops is replaced at its next use; without a listener Node would end the process. */
function listenForErrors(pool: pg.Pool): void {
  pool.on('error', () => {})
  pool.on('connect', client => void client.on('error', () => {}))
}

const silent = new Logger(() => () => {})

// graphile-worker switches row-level security on for its tables and writes no policy: its own roles are given theirs here.
const grants = (schema: string, queue: string): string => `
  grant usage on schema ${queue} to lanyard_worker;
  revoke execute on all functions in schema ${queue} from public;
  grant execute on all functions in schema ${queue} to lanyard_worker;
  grant select on ${queue}.migrations, ${queue}.jobs to lanyard_worker;
  grant select, insert, update, delete on ${privateTables.map(table => `${queue}.${table}`).join(', ')} to lanyard_worker;
  grant usage on all sequences in schema ${queue} to lanyard_worker;
  ${privateTables
    .map(
      table => `drop policy if exists worked on ${queue}.${table};
  create policy worked on ${queue}.${table} to lanyard_worker using (true) with check (true);`,
    )
    .join('\n  ')}
  create or replace function ${schema}.enqueue_job(task text, payload json, job_key text, run_at timestamptz) returns void
    language sql security definer set search_path = pg_catalog, pg_temp
    as $$ select ${queue}.add_job(task, payload, run_at => run_at, job_key => job_key) $$;
  revoke execute on function ${schema}.enqueue_job from public;
  grant execute on function ${schema}.enqueue_job to lanyard_web, lanyard_gate, lanyard_worker;`

const privateTables = ['_private_jobs', '_private_job_queues', '_private_tasks', '_private_known_crontabs'] as const
