import { audit } from '../../audit/index.ts'
import { paths } from '../../paths.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { Files } from '../../platform/files.ts'
import { type Answer, file, notFound, redirect } from '../../platform/web/answer.ts'
import type { Routes, Visit } from '../../platform/web/routes.ts'
import { largestFile } from '../begin-import.ts'
import { countDoubts } from '../doubts.ts'
import { fileKinds } from '../import.ts'
import { findImport } from '../imports.queries.ts'
import { problemsOf } from '../problems.ts'
import { problemsFile } from '../problems-file.ts'
import { askFor, jobKey } from '../work/job.ts'
import { beginPage, beginPosted } from './begin.tsx'
import { columnsPage, columnsPosted } from './columns.tsx'
import { duplicatesPage, duplicatesPosted } from './duplicates.tsx'
import { listPage } from './list.tsx'
import { showPage } from './show.tsx'
import { undoPage, undoPosted } from './undo.tsx'

/** What the pages need of the application: where files are kept, and work for later written in the transaction. */
export type ImportPages = {
  files: Files
  enqueue: (tx: Tx, task: ImportTask, payload: { importId: string; userId: string | null }, options: { key: string }) => Promise<void>
}
export type ImportTask = 'check-import' | 'run-import' | 'undo-import'

/** The pages of imports, for those whose role lets them import. */
export function importRoutes(routes: Routes, pages: ImportPages): void {
  const may = { may: 'import-records' } as const
  routes.get('/imports', may, listPage)
  routes.get('/imports/new', may, beginPage)
  routes.post('/imports/new', { ...may, uploadLimit: largestFile }, visit => beginPosted(visit, pages))
  routes.get('/imports/:importId', may, showPage)
  routes.get('/imports/:importId/columns', may, columnsPage)
  routes.post('/imports/:importId/columns', may, visit => columnsPosted(visit, pages))
  routes.get('/imports/:importId/duplicates', may, duplicatesPage)
  routes.post('/imports/:importId/duplicates', may, duplicatesPosted)
  routes.get('/imports/:importId/problems/:kind', may, visit => problemsDownload(visit, pages))
  routes.post('/imports/:importId/check', may, visit => startAgain(visit, pages))
  routes.post('/imports/:importId/run', may, visit => startRun(visit, pages))
  routes.get('/imports/:importId/undo', may, undoPage)
  routes.post('/imports/:importId/undo', may, visit => undoPosted(visit, pages))
  // Addresses that are only posted to lead, typed by hand, to the import.
  for (const only of ['check', 'run'])
    routes.get(`/imports/:importId/${only}`, may, async ({ params }) => redirect(paths.imports.show(params.importId ?? '')))
}

/** A check that stopped, or is not heard of, is begun again. */
async function startAgain({ tx, actor, params }: Visit, { enqueue }: ImportPages): Promise<Answer> {
  const theImport = await findImport(tx, params.importId ?? '', { lock: true })
  if (!theImport) return notFound()
  if (theImport.state !== 'checking' && !(theImport.state === 'stopped' && theImport.stoppedIn === 'checking'))
    return redirect(paths.imports.show(theImport.id))
  await askFor(tx, theImport.id, 'checking')
  await enqueue(tx, 'check-import', { importId: theImport.id, userId: actor.userId }, { key: jobKey(theImport.id) })
  return redirect(paths.imports.show(theImport.id))
}

async function startRun({ tx, actor, clock, params, fields }: Visit, { enqueue }: ImportPages): Promise<Answer> {
  const theImport = await findImport(tx, params.importId ?? '', { lock: true })
  if (!theImport) return notFound()
  const isCarriedOn = fields.text('carry-on') === 'yes' && (theImport.state === 'running' || theImport.stoppedIn === 'running')
  if (theImport.state !== 'checked' && !isCarriedOn) return redirect(paths.imports.show(theImport.id))
  const { undecided } = await countDoubts(tx, theImport.id)
  if (undecided > 0) return redirect(paths.imports.duplicates(theImport.id), { notice: 'Decide about these first' })
  await askFor(tx, theImport.id, 'running')
  await audit(tx, actor, clock.now(), { action: 'import-run-begun', subject: { type: 'import', id: theImport.id } })
  await enqueue(tx, 'run-import', { importId: theImport.id, userId: actor.userId }, { key: jobKey(theImport.id) })
  return redirect(paths.imports.show(theImport.id))
}

async function problemsDownload({ tx, actor, clock, params }: Visit, { files }: ImportPages): Promise<Answer> {
  const theImport = await findImport(tx, params.importId ?? '')
  const kind = fileKinds.find(one => one === params.kind)
  if (!theImport || !kind || !theImport.files[kind] || theImport.filesRemovedAt) return notFound()
  const problems = await problemsOf(tx, theImport.id, kind)
  await audit(tx, actor, clock.now(), {
    action: 'import-problems-downloaded',
    subject: { type: 'import', id: theImport.id },
    detail: { kind },
  })
  const name = theImport.files[kind].name.replace(/\.[^.]*$/, '')
  return file({ content: problemsFile(files, theImport, kind, problems), type: 'text/csv; charset=utf-8', name: `${name} - to mend.csv` })
}
