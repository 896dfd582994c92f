import { heading, type Paper, paragraph } from '../letters/index.ts'
import { londonDate } from '../platform/clock.ts'
import { formatDate } from '../platform/plain-date.ts'
import type { Action } from './actions.ts'
import { type Attendance, attendanceWords, type Entry } from './entries.ts'
import { dayInWords, itemLine, peopleLine } from './frame.tsx'
import { type Item, type Party, partyName, type Seat } from './meeting.ts'
import { actionsTable, headingOf, type OfPaper, paperAbout, table } from './paper-blocks.ts'

/** What was said and decided of one item, and what is to be done, as its reader may see it. */
export type ItemInMinutes = {
  item: Item
  parties: readonly Party[]
  entries: readonly Entry[]
  actions: readonly Action[]
  wentOn: boolean
}

type Given = OfPaper & {
  isChangedSince: boolean
  items: readonly ItemInMinutes[]
  attendance: readonly Attendance[]
  seats: readonly Seat[]
}

/** What was said and decided, with who was there and what is to be done. */
export function minutesOf(given: Given): Paper {
  const { kind, meeting, items, attendance, seats, isChangedSince } = given
  const came = seats.flatMap(seat => {
    const one = attendance.find(each => each.seatId === seat.id)
    if (one) return [[seat.name, attendanceWords[one.status], one.names]]
    return seat.endedAt ? [] : [[seat.name, 'Not recorded', '']]
  })
  return paperAbout(given, 'minutes', `Minutes of ${dayInWords(meeting.startsAt)}`, [
    meeting.minutesApprovedAt
      ? paragraph(
          `Approved on ${formatDate(londonDate(meeting.minutesApprovedAt))} by ${meeting.minutesApprovedBy}${isChangedSince ? ', and changed since: not approved as they stand' : ''}.`,
        )
      : paragraph('A draft, not approved.'),
    ...(came.length > 0 ? [heading(2, 'Who was there'), table(['Agency', 'Attendance', 'Who'], came)] : []),
    ...(meeting.minutesWords ? [paragraph(meeting.minutesWords)] : []),
    ...items.flatMap(({ item, parties, entries, actions, wentOn }, place) => [
      headingOf(kind, item, parties, place),
      paragraph(peopleLine(kind, parties) || parties.map(partyName).join('; ')),
      paragraph(itemLine(item, kind)),
      ...(wentOn ? [paragraph('Carried over: it was on this agenda, was not done, and goes on to a later date.')] : []),
      ...entries.filter(entry => entry.kind === 'note' && entry.words).map(entry => paragraph(entry.words)),
      ...entries
        .filter(entry => entry.kind === 'decision' && entry.words)
        .flatMap(entry => [paragraph(`Decision: ${entry.words}`), ...(entry.rationale ? [paragraph(`Why: ${entry.rationale}`)] : [])]),
      ...actionsTable(actions),
    ]),
  ])
}
