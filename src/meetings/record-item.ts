import { paths } from '../paths.ts'
import { londonTime } from '../platform/clock.ts'
import { isId } from '../platform/id.ts'
import { type Answer, json, notFound, redirect } from '../platform/web/answer.ts'
import type { Visit } from '../platform/web/routes.ts'
import type { FieldError } from '../ui/index.ts'
import { setAction } from './actions.ts'
import { chairPage } from './chair-page.tsx'
import { changesTo, type Entry, entriesOfMeeting, entryWas, isApproved, markDiscussed, writeEntry } from './entries.ts'
import type { OfItem, OfMeeting } from './frame.tsx'
import type { Item } from './meeting.ts'
import { typedInBoxes } from './not-lost.tsx'
import { noLongerRecorded, notRecordedPage } from './not-recorded-page.tsx'
import { readNewAction } from './read-action.ts'
import { mayWriteOf } from './recording.ts'
import { longestWords, tooLong } from './too-long.ts'
import { goOnFrom, type Way, wayIn } from './way-on.ts'

/** The meeting that an item is at, for those who run it. */
async function meetingOfItem(visit: Visit, of: OfItem, work: (ofMeeting: OfMeeting) => Promise<Answer>): Promise<Answer> {
  return of.meeting && of.series.runs && (await mayWriteOf(visit, of.item))
    ? work({ series: of.series, kind: of.kind, meeting: of.meeting })
    : notFound()
}

/** What whoever writes is shown again, where it cannot be saved. */
const newAction = { what: 'New action', due: 'By when' }
const because = { because: 'Why it is changed' }
export const recorded = { note: 'Notes', decision: 'Decision', rationale: 'Why', ...because, ...newAction }

/** What of the page was changed since it was opened: what stood there already is not lost. */
async function changedOn({ tx, fields }: Visit, item: Item, at: string): Promise<Partial<typeof recorded>> {
  const was = async (kind: Entry['kind']) => (isId(at) ? await entryWas(tx, item.id, at, kind, fields.text(`_base-${kind}`)) : undefined)
  const [note, decision] = [await was('note'), await was('decision')]
  return {
    ...(fields.text('note') === (note?.words ?? '') ? {} : { note: recorded.note }),
    ...(fields.text('decision') === (decision?.words ?? '') && fields.text('rationale') === (decision?.rationale ?? '')
      ? {}
      : { decision: recorded.decision, rationale: recorded.rationale }),
    ...because,
    ...newAction,
  }
}

/** Saves all that is typed on the chair's page, sets the action that is typed there, and goes on to where its button leads. */
export const postRecord = (visit: Visit, of: OfItem, otherwise = 'stay'): Promise<Answer> =>
  meetingOfItem(visit, of, async ofMeeting => {
    const { tx, actor, clock, fields } = visit
    const { meeting } = ofMeeting
    const { item } = of
    // As the page says at which date it was typed: said at one, it does not stand in the minutes of another.
    const at = fields.text('_meeting') || meeting.id
    const over = noLongerRecorded(ofMeeting, item, at)
    // An action can be set also once the minutes have gone round; what they say stands.
    if (over && (otherwise !== 'action' || at !== meeting.id)) {
      const typed = typedInBoxes(visit, await changedOn(visit, item, at))
      return typed ? notRecordedPage(ofMeeting, item, over, typed) : redirect(paths.meetings.date(meeting.id), { notice: over })
    }
    const then = fields.text('_then') || otherwise
    // Enter in any box: in the line of a new action it sets that, as its own button would.
    const way = wayIn(then === 'enter' && fields.text('what') ? 'action' : then)
    const typed = over ? [] : await typedEntries(visit, ofMeeting, item)
    const errors = [...errorsIn(visit, typed, way)]
    const action = fields.text('what') || way.to === 'action' ? await readNewAction(visit, of, meeting) : undefined
    if (action && !action.ok) errors.push(...action.errors)
    const changed = typed.filter(one => one.isConflict).map(one => one.entry.kind)
    const refuse = (all: readonly FieldError[]) => chairPage(visit, ofMeeting, { typed: fields, errors: all, changed }, item.id)
    if (errors.length > 0) return refuse(errors)
    const now = clock.now()
    if (action?.ok) {
      const set = await setAction(tx, actor, now, item, { ...action.action, caseId: null, meetingId: meeting.id })
      if (!set.ok) return refuse([{ field: 'seat', message: 'Choose somebody from the list' }])
    }
    for (const { entry, isOfApproved } of typed)
      await writeEntry(tx, actor, now, item, meeting, entry, isOfApproved ? fields.text('because') : '')
    if (way.to === 'next') await markDiscussed(tx, now, item)
    return goOnFrom(visit, ofMeeting, item, way, action !== undefined)
  })

/** Sets an action, by the address of its own: the same as by the chair's page. */
export const postAddAction = (visit: Visit, of: OfItem): Promise<Answer> => postRecord(visit, of, 'action')

/** Keeps what is typed while it is typed: whatever it still lacks. May come any number of times; nothing new makes no revision. */
export const postKeepTyped = (visit: Visit, of: OfItem): Promise<Answer> =>
  meetingOfItem(visit, of, async ofMeeting => {
    const { tx, actor, clock, fields } = visit
    const { item } = of
    const over = noLongerRecorded(ofMeeting, item, fields.text('_meeting'))
    if (over) return json({ state: 'closed', message: `Not saved. ${over}` })
    if (tooLong(fields, boxes, longestWords).length > 0) return json({ message: 'Not saved: it is longer than there is room for.' })
    const typed = await typedEntries(visit, ofMeeting, item)
    if (typed.some(one => one.isConflict))
      return json({
        state: 'clash',
        message: 'Not saved: somebody else wrote in the same box. Your words are on this page. Press “Save” to see both.',
      })
    if (typed.some(one => one.isOfApproved))
      return json({ state: 'closed', message: 'Not saved: the minutes have been approved. Press “Save”, and say why they are changed.' })
    const now = clock.now()
    for (const { entry } of typed) await writeEntry(tx, actor, now, item, ofMeeting.meeting, entry)
    // Only a box that shows what stands goes on from there: what somebody else wrote in one that was not touched is not on this page.
    const stand = await entriesOfMeeting(tx, ofMeeting.meeting.id)
    const bases = Object.fromEntries(
      typed.flatMap(({ entry, isMine }) => {
        const base = stand.find(one => one.itemId === item.id && one.kind === entry.kind)
        return isMine && base ? [[entry.kind, base.id]] : []
      }),
    )
    return json({ saved: `Saved at ${londonTime(now)}`, bases })
  })

type Typed = {
  entry: Pick<Entry, 'kind' | 'words' | 'rationale'>
  isConflict: boolean
  /** Whether what is to stand is what the page shows. */
  isMine: boolean
  /** Whether these are the writer's words, and not somebody else's who has not come to their end. */
  isOwn: boolean
  /** Whether they change what was approved with the minutes. */
  isOfApproved: boolean
}
const boxes = { note: 'Notes', decision: 'Decision', rationale: 'Why', ...because }

/** The boxes of the page as they are to stand. One that was not touched says nothing: what somebody else has written in it meanwhile stands. */
async function typedEntries({ tx, actor, fields }: Visit, { meeting }: OfMeeting, item: Item): Promise<Typed[]> {
  const all: Typed[] = []
  for (const kind of ['note', 'decision'] as const) {
    if (!fields.has(kind)) continue
    const typed = { kind, words: fields.text(kind), rationale: kind === 'decision' ? fields.text('rationale') : '' }
    const was = await entryWas(tx, item.id, meeting.id, kind, fields.text(`_base-${kind}`))
    const standing = (await entriesOfMeeting(tx, meeting.id)).find(one => one.itemId === item.id && one.kind === kind)
    const put = changesTo(actor, typed, was, standing)
    const isMine = !put.isConflict && put.entry.words === typed.words && put.entry.rationale === typed.rationale
    const isNew = put.entry.words !== (standing?.words ?? '') || put.entry.rationale !== (standing?.rationale ?? '')
    all.push({
      ...put,
      isMine,
      isOfApproved: isNew && standing !== undefined && isApproved(standing, meeting),
      isOwn: isNew || standing?.byId === actor.userId,
    })
  }
  return all
}

const changedWords = (kind: Entry['kind']): string =>
  `Somebody else wrote ${kind === 'note' ? 'the notes' : 'the decision'} while you were writing. Yours has not been saved: put both together and save`

/**
 * A decision is saved with its reason, by whoever writes it: another who saves their notes meanwhile is not asked for it. A case is finished with a decision
 * and its reason, whoever wrote it; going on to another one asks for neither: they can come back.
 */
function* errorsIn({ fields }: Visit, typed: readonly Typed[], { to }: Way): Generator<FieldError> {
  const decided = typed.find(one => one.entry.kind === 'decision')
  const decision = decided?.entry.words ?? ''
  const isAsked = to === 'next' || (to === 'stay' && decided?.isOwn)
  if (to === 'next' && !decision) yield { field: 'decision', message: 'Enter what was decided, also when nothing is to be done' }
  if (isAsked && decision && !decided?.entry.rationale) yield { field: 'rationale', message: 'Enter why it was decided' }
  if (typed.some(one => one.isOfApproved) && !fields.text('because'))
    yield { field: 'because', message: 'Enter why it is changed: the minutes have been approved' }
  yield* tooLong(fields, boxes, longestWords)
  for (const { entry, isConflict } of typed) if (isConflict) yield { field: entry.kind, message: changedWords(entry.kind) }
}
