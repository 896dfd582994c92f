import { keepUpload } from '../documents/index.ts'
import { paths } from '../paths.ts'
import { ok } from '../platform/result.ts'
import { type Answer, notFound, redirect } from '../platform/web/answer.ts'
import type { Visit } from '../platform/web/routes.ts'
import { actionPage, type OfAction } from './action-page.tsx'
import { endAction, updateAction } from './actions.ts'
import { addEvidence } from './evidence.ts'
import type { MeetingParts } from './frame.tsx'
import { longestWords, tooLong } from './too-long.ts'

/** What has been done so far, that it is done, no longer needed or open again, with what shows it. */
export async function postEndAction(visit: Visit, { files, scanning }: MeetingParts, of: OfAction): Promise<Answer> {
  const { action, series } = of
  const { tx, actor, clock, fields, uploads } = visit
  const to = fields.text('to')
  const words = fields.text('words')
  if (!words)
    return actionPage(visit, of, fields, [
      { field: 'words', message: to === 'done' ? 'Enter what was done, and what shows it' : 'Enter what has been done' },
    ])
  const [long] = tooLong(fields, { words: 'What was done' }, longestWords)
  if (long) return actionPage(visit, of, fields, [long])
  const isAllowed =
    to === 'open'
      ? action.state !== 'open'
      : action.state === 'open' && (to === 'update' || to === 'done' || (to === 'cancelled' && series?.runs))
  if (!isAllowed) return notFound()
  const upload = uploads.find(one => one.field === 'file' && one.name !== '')
  const kept = upload ? await keepUpload(files, upload) : undefined
  if (kept && !kept.ok) return actionPage(visit, of, fields, [{ field: 'file', message: kept.message }])
  const now = clock.now()
  const written =
    to === 'update'
      ? ok(await updateAction(tx, actor, now, action, words))
      : await endAction(tx, actor, now, action, to as 'done' | 'cancelled' | 'open', words)
  if (!written.ok)
    return redirect(paths.meetings.action(action.id), { notice: 'Somebody else changed it meanwhile. Look at what it says now.' })
  if (kept) {
    await addEvidence(tx, actor, now, action, { entryId: written.value, file: kept.file, willBeScanned: scanning !== null })
    visit.afterCommit(() => scanning?.wake())
  }
  return redirect(paths.meetings.action(action.id), { notice: to === 'update' ? 'Update added.' : 'Saved.' })
}
