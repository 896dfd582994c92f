import { randomUUID } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Answers, validate } from '../../forms/index.ts'
import type { Database } from '../../platform/db/database.ts'
import type { Files } from '../../platform/files.ts'
import { asStranger } from '../../platform/stranger.ts'
import { beginDraft, findDraft, saveDraft, sendDraft } from './drafts.ts'
import { keepOutsideFile } from './files.ts'
import { surroundings } from './form.ts'
import { newToken } from './keys.ts'
import { openPage } from './page.ts'

export type AtOnce = {
  pageCode: string
  at: Date
  answers: Answers
  /** Of which question, called what, with what in it. */
  file?: { question: string; name: string; content: Buffer }
  suspected?: boolean
}

/** Everything that somebody outside does on a page, in one transaction of the stranger's own: for the demonstration. Answers its id. */
export async function sendAtOnce(
  stranger: Database,
  files: Files,
  { pageCode, at, answers, file, suspected = false }: AtOnce,
): Promise<string> {
  const holder = newToken()
  return asStranger(stranger, [holder], async tx => {
    const page = await openPage(tx, pageCode)
    const id = page && (await beginDraft(tx, at, page, { holder, suspected }))
    const draft = id && (await findDraft(tx, at, holder, id, true))
    if (!page || !draft) throw new Error(`There is no open page ${pageCode}.`)
    const kept =
      file && (await keepContent(file, upload => keepOutsideFile(tx, at, files, page, draft, upload, { holder, willBeScanned: false })))
    if (kept && !kept.ok) throw new Error(kept.message)
    const filled = { answers: { ...answers, ...(file && kept ? { [file.question]: [kept.file] } : {}) }, typed: {} }
    const [wrong] = validate(draft.form, filled, surroundings(at), 'complete')
    if (wrong) throw new Error(`It could not be sent: ${wrong.message}`)
    await saveDraft(tx, at, page, draft.id, filled)
    await sendDraft(tx, at, page, draft, { holder, suspected })
    return draft.id
  })
}

async function keepContent<T>(
  { question, name, content }: NonNullable<AtOnce['file']>,
  keep: (upload: { field: string; name: string; path: string; bytes: number; tooLarge: boolean }) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'lanyard-at-once-'))
  try {
    const path = join(folder, randomUUID())
    await writeFile(path, content)
    return await keep({ field: question, name, path, bytes: content.length, tooLarge: false })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
