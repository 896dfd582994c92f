import { keepUpload } from '../documents/index.ts'
import { paths } from '../paths.ts'
import { formatInstant } from '../platform/clock.ts'
import { ok } from '../platform/result.ts'
import { type Answer, notFound, redirect } from '../platform/web/answer.ts'
import type { Visit } from '../platform/web/routes.ts'
import { actionPage, type OfAction } from './action-page.tsx'
import { endAction, entriesOf, findAction, updateAction } from './actions.ts'
import { addEvidence } from './evidence.ts'
import type { MeetingParts } from './frame.tsx'
import { longestWords, tooLong } from './too-long.ts'

/** What has been done so far, that it is done, no longer needed or open again, with what shows it. */
export async function postEndAction(visit: Visit, { files, scanning }: MeetingParts, of: OfAction): Promise<Answer> {
  const { action, series } = of
  const { tx, actor, clock, fields, uploads } = visit
  const to = fields.text('to')
  // Whoever had the page open while somebody else ended it is told first: their words are kept on it.
  const asSeen = fields.text('_state')
  if ((asSeen && asSeen !== action.state) || ((to === 'done' || to === 'cancelled') && action.state !== 'open'))
    return endedMeanwhile(visit, of)
  const words = fields.text('words')
  if (!words)
    return actionPage(visit, of, fields, [
      {
        field: to === 'open' ? 'again' : 'words',
        message:
          to === 'done'
            ? 'Enter what was done, and what shows it'
            : to === 'open'
              ? 'Enter why it is opened again'
              : 'Enter what has been done',
      },
    ])
  const [long] = tooLong(fields, { words: 'What was done' }, longestWords)
  if (long) return actionPage(visit, of, fields, [long])
  const isAllowed =
    to === 'open' ? action.state !== 'open' : to === 'update' || to === 'done' || (to === 'cancelled' && series?.runs === true)
  if (!isAllowed) return notFound()
  const upload = uploads.find(one => one.field === 'file' && one.name !== '')
  const kept = upload ? await keepUpload(files, upload) : undefined
  if (kept && !kept.ok) return actionPage(visit, of, fields, [{ field: 'file', message: kept.message }])
  const now = clock.now()
  const written =
    to === 'update'
      ? ok(await updateAction(tx, actor, now, action, words))
      : await endAction(tx, actor, now, action, to as 'done' | 'cancelled' | 'open', words)
  if (!written.ok) return endedMeanwhile(visit, { ...of, action: (await findAction(tx, actor, action.id)) ?? action })
  if (kept) {
    await addEvidence(tx, actor, now, action, { entryId: written.value, file: kept.file, willBeScanned: scanning !== null })
    visit.afterCommit(() => scanning?.wake())
  }
  const notice = to === 'update' ? (action.state === 'open' ? 'Update added.' : 'Note added.') : 'Saved.'
  return redirect(paths.meetings.action(action.id), { notice })
}

/** The page as it stands now, with the words that were typed on it before: who ended it, or opened it again, and when. */
export async function endedMeanwhile(visit: Visit, of: OfAction): Promise<Answer> {
  const { action } = of
  const last = (await entriesOf(visit.tx, [action.id])).findLast(one => ['done', 'cancelled', 'reopened'].includes(one.kind))
  const what = action.state === 'done' ? 'completed it' : action.state === 'cancelled' ? 'took it back' : 'opened it again'
  const who = last ? `${last.byName} ${what} on ${formatInstant(last.at)}.` : 'It is no longer as you saw it.'
  const how = action.state === 'open' ? 'Look at what it says now, then save again' : 'Add them as a note, or open it again'
  return actionPage(visit, of, visit.fields, [{ field: 'words', message: `${who} Your words are kept. ${how}` }])
}
