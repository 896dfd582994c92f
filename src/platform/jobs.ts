import { type CronItem, Logger, parseCronItems, run, runMigrations, type TaskList } from 'graphile-worker'
import { sql } from 'kysely'
import pg from 'pg'
import type { Tx } from './db/database.ts'
import type { Log } from './log.ts'

/** Work for later, written in the transaction that asks for it: it is done if and only if that transaction is committed. */
export async function enqueue(
  tx: Tx,
  task: string,
  payload: Readonly<Record<string, unknown>>,
  options: { runAt?: Date; once?: string } = {},
): Promise<void> {
  await sql`
    select graphile_worker.add_job(${task}, ${JSON.stringify(payload)}::json, run_at => ${options.runAt ?? null}::timestamptz, job_key => ${options.once ?? null}::text, max_attempts => 12)`.execute(
    tx,
  )
}

/** Brings the queue's own schema up to date and opens it to the roles that add and do jobs. Run by an administrator of the database. */
export async function prepareJobs(adminUrl: string): Promise<void> {
  await runMigrations({ connectionString: adminUrl })
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  try {
    await client.query(grants)
  } finally {
    await client.end()
  }
}

export type Jobs = { stop(): Promise<void> }

/** Does jobs in this process, as lanyard_worker. `schedule` names tasks with their times in cron's words. */
export async function startJobs(options: {
  workerUrl: string
  tasks: TaskList
  schedule: readonly CronItem[]
  log: Log
  concurrency?: number
}): Promise<Jobs> {
  const { workerUrl, tasks, schedule, log, concurrency = 2 } = options
  const runner = await run({
    connectionString: workerUrl,
    taskList: tasks,
    parsedCronItems: parseCronItems([...schedule]),
    concurrency,
    noHandleSignals: true,
    logger: quiet(log),
    maxPoolSize: concurrency + 2,
  })
  return { stop: () => runner.stop() }
}

/** Faults alone: that a job began and ended is in the queue's own tables. */
function quiet(log: Log): Logger {
  return new Logger(() => (level, message) => {
    if (level === 'error') log.error(message)
  })
}

// The queue's tables have row-level security of their own with no policy. A web process adds jobs and can read none of their content back
// beyond what add_job itself needs; the worker does them.
const grants = `
  grant usage on schema graphile_worker to lanyard_web, lanyard_gate, lanyard_worker;
  grant select, insert, update on graphile_worker._private_jobs, graphile_worker._private_tasks, graphile_worker._private_job_queues to lanyard_web, lanyard_gate;
  grant select, insert, update, delete on all tables in schema graphile_worker to lanyard_worker;
  grant usage on all sequences in schema graphile_worker to lanyard_web, lanyard_gate, lanyard_worker;
  grant execute on all functions in schema graphile_worker to lanyard_web, lanyard_gate, lanyard_worker;
  do $$
  declare one record;
  begin
    for one in select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'graphile_worker' and c.relkind = 'r' and c.relrowsecurity loop
      execute format('drop policy if exists lanyard on graphile_worker.%I', one.relname);
      execute format('create policy lanyard on graphile_worker.%I to lanyard_web, lanyard_gate, lanyard_worker using (true) with check (true)', one.relname);
    end loop;
  end $$;
`
