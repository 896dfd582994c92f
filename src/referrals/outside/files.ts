import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { keepUpload, type Scan } from '../../documents/index.ts'
import type { FileAnswer } from '../../forms/index.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { Files } from '../../platform/files.ts'
import { holdKeys } from '../../platform/stranger.ts'
import type { Upload } from '../../platform/web/receive.ts'
import type { Draft } from './drafts.ts'
import type { OpenPage } from './page.ts'

/** Of one file, in bytes; and how many a draft may have. */
export const largestOutsideFile = 10 * 1024 * 1024
export const mostFiles = 10

export type OutsideFile = {
  id: string
  question: string
  name: string
  contentType: string
  bytes: number
  key: string
  scan: Scan
}

/** Checks a file as every document is checked, and keeps it with the draft; or says how to mend it. */
export async function keepOutsideFile(
  tx: Tx,
  now: Date,
  files: Files,
  page: Pick<OpenPage, 'inbox' | 'commissioners'>,
  draft: Draft,
  upload: Upload,
  { holder, willBeScanned }: { holder: string; willBeScanned: boolean },
): Promise<{ ok: true; file: FileAnswer } | { ok: false; message: string }> {
  if (upload.tooLarge || upload.bytes > largestOutsideFile) return { ok: false, message: 'The selected file must be smaller than 10 MB' }
  await holdKeys(tx, [holder, draft.draftKey])
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from outside_files where referral_id = ${draft.id}`.execute(tx)
  if (rows[0]!.n >= mostFiles) return { ok: false, message: `You can add up to ${mostFiles} files. Take one off to add another` }
  const kept = await keepUpload(files, upload)
  if (!kept.ok) return kept
  const { name, contentType, bytes, key } = kept.file
  const id = uuid()
  await sql`
    insert into outside_files (id, referral_id, draft_key, inbox, commissioners, question, name, content_type, bytes, storage_key, added_at, scan)
    values (${id}, ${draft.id}, ${draft.draftKey}, ${page.inbox}, ${page.commissioners}, ${upload.field}, ${name}, ${contentType}, ${bytes}, ${key}, ${now},
      ${willBeScanned ? 'awaiting-scan' : 'not-scanned'})`.execute(tx)
  return { ok: true, file: { id, name, bytes } }
}

/** Takes off the files that no answer names any more. */
export async function dropOtherFiles(tx: Tx, draft: Draft, holder: string, kept: readonly string[]): Promise<void> {
  await holdKeys(tx, [holder, draft.draftKey])
  await sql`delete from outside_files where referral_id = ${draft.id} and id <> all (${[...kept]}::uuid[])`.execute(tx)
}

/** The files of a referral, as far as the actor may triage it. */
export async function filesOfReferral(tx: Tx, referralId: string): Promise<OutsideFile[]> {
  const { rows } = await sql<OutsideFile>`
    select id, question, name, content_type as "contentType", bytes, storage_key as key, scan from outside_files
    where referral_id = ${referralId} order by added_at, id`.execute(tx)
  return rows
}
