import { sql } from 'kysely'
import { audit } from '../audit/index.ts'
import { type Actor, asActor } from '../platform/actor.ts'
import type { Database } from '../platform/db/database.ts'
import type { Files } from '../platform/files.ts'

/** For how many days the files of an import are kept after anything was last done with them. They are whole caseloads. */
export const daysFilesAreKept = 30

/**
 * Removes the stored files of imports that nothing has been done with for thirty days, and the values that were shown of their columns.
 * What was taken over, the counts and what was found stay. Acts as the system, for a nightly job; safe to run again.
 */
export async function tidyImports({
  database,
  files,
  now,
  actor,
}: {
  database: Database
  files: Files
  now: Date
  actor: Actor
}): Promise<void> {
  const before = new Date(now.getTime() - daysFilesAreKept * 24 * 3_600_000)
  await asActor(database, actor, 'write', async tx => {
    const { rows } = await sql<{ id: string }>`
      update imports i set files_removed_at = ${now},
        files = (select jsonb_object_agg(kind, file || '{"samples": []}') from jsonb_each(i.files) as f (kind, file))
      where files_removed_at is null and state not in ('checking', 'running', 'undoing')
        and greatest(created_at, checked_at, run_at, undone_at) < ${before}
      returning id`.execute(tx)
    for (const { id } of rows) await audit(tx, actor, now, { action: 'import-files-removed', subject: { type: 'import', id } })
  })
  // The same file is kept once, also where two imports were begun with it. Asked of every import whose files are gone, so that a night
  // that ended between the two steps is made up for by the next.
  const unused = await asActor(database, actor, 'read', async tx => {
    const { rows } = await sql<{ key: string }>`
      select distinct file ->> 'key' as key from imports i, jsonb_each(i.files) as f (kind, file) where i.files_removed_at is not null
      except select file ->> 'key' from imports i, jsonb_each(i.files) as f (kind, file) where i.files_removed_at is null`.execute(tx)
    return rows.map(row => row.key)
  })
  for (const key of unused) await files.remove(key)
  await removeForsaken(database, files, actor, new Date(now.getTime() - 24 * 3_600_000))
}

/** Files that were sent with a form that was then left: a day old and named by no import. */
async function removeForsaken(database: Database, files: Files, actor: Actor, before: Date): Promise<void> {
  const old: string[] = []
  for await (const key of files.keptBefore(before)) old.push(key)
  if (old.length === 0) return
  const named = await asActor(database, actor, 'read', async tx => {
    const { rows } = await sql<{ key: string }>`
      select distinct file ->> 'key' as key from imports i, jsonb_each(i.files) as f (kind, file) where i.files_removed_at is null`.execute(
      tx,
    )
    return new Set(rows.map(row => row.key))
  })
  for (const key of old) if (!named.has(key)) await files.remove(key)
}
