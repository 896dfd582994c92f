import { paths } from '../paths.ts'
import { londonDate, today } from '../platform/clock.ts'
import { type Answer, notFound, redirect } from '../platform/web/answer.ts'
import type { Visit } from '../platform/web/routes.ts'
import type { FieldError } from '../ui/index.ts'
import { readActionLine, readWhen, type Whom, whomMeant } from './action-line.ts'
import { type NewAction, setAction } from './actions.ts'
import { chairPage, mayWriteOf } from './chair-page.tsx'
import { changesTo, type Entry, entriesOfMeeting, entryWas, markDiscussed, writeEntry } from './entries.ts'
import type { OfItem, OfMeeting } from './frame.tsx'
import { agendaOf } from './items.queries.ts'
import { agencyLabel } from './kind.ts'
import { membersOf, seatsOfSeries } from './series.queries.ts'
import { longestLine, longestWords, tooLong } from './too-long.ts'

/** What a press on the chair's page asks for. Whatever it is, what was typed is saved with it: notes are written while people talk. */
type Then = 'next' | 'stay' | 'action' | 'attendance' | { to: string }

/** Answers for the meeting that an item is at, to those who run it and may write of the item. */
async function meetingOfItem(visit: Visit, of: OfItem, work: (ofMeeting: OfMeeting) => Promise<Answer>): Promise<Answer> {
  return of.meeting && of.series.runs && (await mayWriteOf(visit, of.item))
    ? work({ series: of.series, kind: of.kind, meeting: of.meeting })
    : notFound()
}

export const postRecord = (visit: Visit, of: OfItem): Promise<Answer> =>
  meetingOfItem(visit, of, async ofMeeting => {
    const { meeting } = ofMeeting
    if (of.item.minutesCirculatedAt || meeting.state === 'planned' || meeting.state === 'cancelled')
      return redirect(paths.meetings.date(meeting.id), { notice: 'The minutes have gone round: they are no longer changed.' })
    return record(visit, of, ofMeeting, thenOf(visit))
  })

/** An action alone, also once the minutes have gone round. */
export const postAddAction = (visit: Visit, of: OfItem): Promise<Answer> =>
  meetingOfItem(visit, of, ofMeeting => record(visit, of, ofMeeting, 'action'))

function thenOf({ fields }: Visit): Then {
  const then = fields.text('_then')
  if (then.startsWith('to:')) return { to: then.slice(3) }
  if (then === 'enter') return fields.text('what') ? 'action' : 'stay'
  return then === 'next' || then === 'action' || then === 'attendance' ? then : 'stay'
}

async function record(visit: Visit, of: OfItem, ofMeeting: OfMeeting, then: Then): Promise<Answer> {
  const { tx, actor, clock, fields } = visit
  const { meeting } = ofMeeting
  const { item } = of
  const now = clock.now()
  const [note, decided] = [
    await typedEntry(visit, of, ofMeeting, 'note', fields.text('note'), ''),
    await typedEntry(visit, of, ofMeeting, 'decision', fields.text('decision'), fields.text('rationale')),
  ]
  const errors: FieldError[] = []
  if (then === 'next') {
    const { words, rationale } = decided.entry
    if (!words) errors.push({ field: 'decision', message: 'Enter what was decided, also when nothing is to be done' })
    if (words && !rationale) errors.push({ field: 'rationale', message: 'Enter why it was decided' })
  }
  errors.push(...tooLong(fields, { note: 'Notes', decision: 'Decision', rationale: 'Why' }, longestWords))
  const changed = [note, decided].filter(one => one.isConflict).map(one => one.entry.kind)
  for (const kind of changed) errors.push({ field: kind, message: changedWords(kind) })
  const action = then === 'action' || fields.text('what') ? await typedAction(visit, of, ofMeeting) : undefined
  if (action && 'errors' in action) errors.push(...action.errors)
  if (errors.length > 0) return chairPage(visit, ofMeeting, fields, errors, item.id, changed)
  if (action && 'what' in action) {
    const set = await setAction(tx, actor, now, item, action)
    if (!set.ok) return chairPage(visit, ofMeeting, fields, [{ field: 'seat', message: 'They cannot be given it' }], item.id)
  }
  for (const { entry } of [note, decided]) await writeEntry(tx, actor, now, item, meeting, entry)
  if (then === 'attendance') return redirect(paths.meetings.attendance(meeting.id))
  if (then === 'action') return redirect(`${paths.meetings.run(meeting.id, item.id)}#what`, { notice: 'Action set.' })
  if (then === 'stay') return redirect(paths.meetings.run(meeting.id, item.id), { notice: 'Saved.' })
  if (then !== 'next') return redirect(paths.meetings.run(meeting.id, then.to))
  await markDiscussed(tx, now, item)
  const items = (await agendaOf(tx, actor, meeting.id)).filter(one => one.state !== 'listed')
  const next = items[items.findIndex(one => one.id === item.id) + 1]
  return redirect(paths.meetings.run(meeting.id, next?.id ?? item.id), { notice: `Case ${item.reference} is done.` })
}

/** A box that was not touched says nothing: what somebody else has written in it meanwhile stands. */
async function typedEntry(
  { tx, fields }: Visit,
  { item }: OfItem,
  { meeting }: OfMeeting,
  kind: Entry['kind'],
  words: string,
  rationale: string,
) {
  const was = await entryWas(tx, item.id, meeting.id, kind, fields.text(`_base-${kind}`))
  const stands = (await entriesOfMeeting(tx, meeting.id)).find(one => one.itemId === item.id && one.kind === kind)
  const isThere = fields.has(kind) || fields.has(`_base-${kind}`)
  return changesTo(isThere ? { kind, words, rationale } : was, was, stands)
}

const changedWords = (kind: Entry['kind']): string =>
  `Somebody else wrote ${kind === 'note' ? 'the notes' : 'the decision'} while you were writing. Yours has not been saved: put both together and save`

async function typedAction(
  { tx, clock, fields }: Visit,
  { item, kind, series, parties }: OfItem,
  { meeting }: OfMeeting,
): Promise<NewAction | { errors: FieldError[] }> {
  const seats = (await seatsOfSeries(tx, series.id)).filter(seat => !seat.endedAt && !item.withheld.includes(seat.agency))
  const members = await membersOf(tx, series.id)
  const whom: Whom[] = seats.flatMap(seat => [
    { seat, workerId: null, names: [seat.name, agencyLabel(kind, seat.category)] },
    ...members.filter(one => one.seatId === seat.id).map(one => ({ seat, workerId: one.userId, names: [one.name] })),
  ])
  const line = readActionLine(fields.text('what'), today(clock), who => whomMeant(whom, who) !== undefined)
  const chosen = seats.find(one => one.id === fields.text('seat'))
  const meant = chosen ? { seat: chosen, workerId: null } : whomMeant(whom, line.who)
  const typed = fields.text('due')
  const due = typed ? readWhen(typed, today(clock)) : line.due
  const errors: FieldError[] = []
  if (!line.what) errors.push({ field: 'what', message: 'Enter what is to be done' })
  errors.push(...tooLong(fields, { what: 'An action' }, 2 * longestLine))
  if (!meant)
    errors.push({
      field: 'seat',
      message: line.who
        ? `Choose the agency: “${line.who}” is none of them, or more than one`
        : 'Choose the agency, or type @ and its name',
    })
  // What is written down after a meeting may have been due since then.
  const earliest = [today(clock), londonDate(meeting.startsAt)].sort()[0]!
  if (!due)
    errors.push({
      field: 'due',
      message: typed || line.when ? noSuchDay(typed || line.when) : 'Enter by when, like fri, in 10 days or 27/11/2026',
    })
  else if (due < earliest) errors.push({ field: 'due', message: 'By when must be today or later' })
  if (!meant || !due || errors.length > 0) return { errors }
  const partyId = parties.find(one => one.id === fields.text('party'))?.id ?? null
  return { what: line.what, seat: meant.seat, workerId: meant.workerId, dueOn: due, partyId, caseId: null, meetingId: meeting.id }
}

const noSuchDay = (typed: string): string => `“${typed}” is no day that can be read. Enter by when, like fri, in 10 days or 27/11/2026`
