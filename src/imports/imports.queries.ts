import { sql } from 'kysely'
import type { Tx } from '../platform/db/database.ts'
import { isId } from '../platform/id.ts'
import type { Headings } from './columns/guess.ts'
import type { Import, ImportState, Kept, Outcome, Progress } from './import.ts'

/** An import that the actor may see. */
export async function findImport(tx: Tx, id: string, options: { lock?: boolean } = {}): Promise<Import | undefined> {
  if (!isId(id)) return undefined
  if (options.lock) await sql`select id from imports where id = ${id} for update`.execute(tx)
  const { rows } = await sql<Import>`${columns} where i.id = ${id}`.execute(tx)
  return rows[0]
}

/** The imports that the actor may see, the latest first. */
export async function listImports(tx: Tx): Promise<Import[]> {
  return (await sql<Import>`${columns} order by i.created_at desc limit 200`.execute(tx)).rows
}

const columns = sql`
  select i.id, i.system, i.team_id as "teamId", t.name as "teamName", u.name as "startedBy", i.started_by as "startedById", i.owner, i.agency, i.posts,
    i.people_without_case as "peopleWithoutCase", i.files, i.columns, i.mapping_name as "mappingName", i.state, i.stopped_in as "stoppedIn",
    i.stopped_because as "stoppedBecause", i.progress, i.checked, i.result, i.kept, i.created_at as "createdAt", i.checked_at as "checkedAt", i.run_at as "runAt",
    i.undone_at as "undoneAt", i.files_removed_at as "filesRemovedAt"
  from imports i join teams t on t.id = i.team_id join users u on u.id = i.started_by`

export type NewImport = Pick<
  Import,
  'id' | 'owner' | 'agency' | 'posts' | 'startedById' | 'system' | 'teamId' | 'peopleWithoutCase' | 'files' | 'columns'
>

export async function insertImport(tx: Tx, now: Date, one: NewImport): Promise<void> {
  await sql`
    insert into imports (id, owner, agency, posts, started_by, system, team_id, people_without_case, files, columns, state, created_at)
    values (${one.id}, ${one.owner}, ${one.agency}, ${one.posts}::int[], ${one.startedById}, ${one.system}, ${one.teamId}, ${one.peopleWithoutCase},
      ${JSON.stringify(one.files)}::jsonb, ${JSON.stringify(one.columns)}::jsonb, 'columns', ${now})`.execute(tx)
}

export type ImportChange = {
  state?: ImportState
  stoppedIn?: string
  stoppedBecause?: string
  runner?: string
  progress?: Progress
  columns?: Import['columns']
  mappingName?: string
  checked?: Outcome | null
  result?: Outcome | null
  kept?: Kept[]
  checkedAt?: Date | null
  runAt?: Date | null
  undoneAt?: Date | null
}

/** Changes an import; with `runner` given as `by`, only while that job is the one at work. Answers whether it was changed. */
export async function changeImport(tx: Tx, id: string, change: ImportChange, by?: string): Promise<boolean> {
  const set = {
    ...(change.state === undefined ? {} : { state: change.state }),
    ...(change.stoppedIn === undefined ? {} : { stopped_in: change.stoppedIn }),
    ...(change.stoppedBecause === undefined ? {} : { stopped_because: change.stoppedBecause }),
    ...(change.runner === undefined ? {} : { runner: change.runner }),
    ...(change.mappingName === undefined ? {} : { mapping_name: change.mappingName }),
    ...(change.progress === undefined ? {} : { progress: JSON.stringify(change.progress) }),
    ...(change.columns === undefined ? {} : { columns: JSON.stringify(change.columns) }),
    ...(change.checked === undefined ? {} : { checked: change.checked && JSON.stringify(change.checked) }),
    ...(change.result === undefined ? {} : { result: change.result && JSON.stringify(change.result) }),
    ...(change.kept === undefined ? {} : { kept: JSON.stringify(change.kept) }),
    ...(change.checkedAt === undefined ? {} : { checked_at: change.checkedAt }),
    ...(change.runAt === undefined ? {} : { run_at: change.runAt }),
    ...(change.undoneAt === undefined ? {} : { undone_at: change.undoneAt }),
  }
  let update = tx.updateTable('imports').set(set).where('id', '=', id)
  if (by !== undefined) update = update.where('runner', '=', by)
  return (await update.executeTakeFirst()).numUpdatedRows === 1n
}

export async function savedMappings(
  tx: Tx,
  agency: number,
): Promise<{ name: string; headings: Headings; savedBy: string; savedAt: Date }[]> {
  const { rows } = await sql<{ name: string; headings: Headings; savedBy: string; savedAt: Date }>`
    select name, headings, saved_by as "savedBy", saved_at as "savedAt" from import_mappings where agency = ${agency} order by name`.execute(
    tx,
  )
  return rows
}

export async function saveMapping(tx: Tx, agency: number, name: string, headings: Headings, by: string, now: Date): Promise<void> {
  await sql`
    insert into import_mappings (agency, name, headings, saved_by, saved_at) values (${agency}, ${name}, ${JSON.stringify(headings)}::jsonb, ${by}, ${now})
    on conflict (agency, name) do update set headings = excluded.headings, saved_by = excluded.saved_by, saved_at = excluded.saved_at`.execute(
    tx,
  )
}
