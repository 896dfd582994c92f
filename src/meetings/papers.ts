import { type Block, heading, type Paper, paragraph } from '../letters/index.ts'
import { formatInstant, londonDate } from '../platform/clock.ts'
import { formatDate } from '../platform/plain-date.ts'
import type { Action } from './actions.ts'
import { type Attendance, attendanceWords, type Entry } from './entries.ts'
import { dayInWords, itemLine, peopleLine, surnames, whenInWords } from './frame.tsx'
import type { MeetingKind } from './kind.ts'
import { type Item, type Meeting, type Party, partyName, type Seat, type Series } from './meeting.ts'

/** One item as its reader may see it, for papers and minutes. */
export type ItemOnPaper = {
  item: Item
  parties: readonly Party[]
  happened: string
  /** What each agency has let go round, question by question; nothing of what is still its own. */
  known: readonly { agencyName: string; held: boolean; lines: readonly (readonly [string, string])[] }[]
  entries: readonly Entry[]
  actions: readonly Action[]
}

type Given = { series: Series; kind: MeetingKind; meeting: Meeting; items: readonly ItemOnPaper[]; printedBy: string; now: Date }

const frame = ({ series, kind, printedBy, now }: Given, title: string): Omit<Paper, 'blocks'> => ({
  title: `${title} – ${series.name}`,
  language: 'en-GB',
  largePrint: false,
  foot: `${kind.classification} · Printed by ${printedBy} ${formatInstant(now)}`,
})

const bullets = (items: readonly string[]): Block => ({ kind: 'list', ordered: false, items: items.map(text => [paragraph(text)]) })
const table = (head: readonly string[], rows: readonly (readonly string[])[]): Block => ({
  kind: 'table',
  head: head.map(text => [{ text }]),
  rows: rows.map(row => row.map(text => [{ text }])),
})

/** What members read before: the cases, and what agencies know of them. */
export function papersOf(given: Given): Paper {
  const { series, kind, meeting, items } = given
  return {
    ...frame(given, `Papers for ${dayInWords(meeting.startsAt)}`),
    blocks: [
      heading(1, `${series.name}: papers`),
      paragraph(kind.classification),
      paragraph([whenInWords(meeting.startsAt), meeting.place].filter(Boolean).join(', ')),
      ...items.flatMap((one, place) => [
        ...headOf(one, place, kind),
        ...(one.happened ? [paragraph(one.happened)] : []),
        ...one.known.flatMap(({ agencyName, held, lines }): Block[] => [
          heading(3, agencyName),
          held
            ? bullets(lines.map(([label, answer]) => `${label}${label.endsWith('?') ? '' : ':'} ${answer}`))
            : paragraph('Holds nothing.'),
        ]),
        ...actionsTable(one.actions),
      ]),
    ],
  }
}

/** What was said and decided, with who was there and what is to be done. */
export function minutesOf(given: Given & { attendance: readonly Attendance[]; seats: readonly Seat[] }): Paper {
  const { series, kind, meeting, items, attendance, seats } = given
  const came = seats.flatMap(seat => {
    const one = attendance.find(each => each.seatId === seat.id)
    if (one) return [[seat.name, attendanceWords[one.status], one.names]]
    return seat.endedAt ? [] : [[seat.name, 'Not recorded', '']]
  })
  return {
    ...frame(given, `Minutes of ${dayInWords(meeting.startsAt)}`),
    blocks: [
      heading(1, `${series.name}: minutes`),
      paragraph(kind.classification),
      paragraph([whenInWords(meeting.startsAt), meeting.place].filter(Boolean).join(', ')),
      ...(meeting.minutesApprovedAt
        ? [paragraph(`Approved on ${formatDate(londonDate(meeting.minutesApprovedAt))}.`)]
        : [paragraph('A draft, not approved.')]),
      ...(came.length > 0 ? [heading(2, 'Who was there'), table(['Agency', 'Attendance', 'Who'], came)] : []),
      ...(meeting.minutesWords ? [paragraph(meeting.minutesWords)] : []),
      ...items.flatMap((one, place) => [
        ...headOf(one, place, kind),
        ...one.entries.filter(entry => entry.kind === 'note' && entry.words).map(entry => paragraph(entry.words)),
        ...one.entries
          .filter(entry => entry.kind === 'decision' && entry.words)
          .flatMap(entry => [paragraph(`Decision: ${entry.words}`), ...(entry.rationale ? [paragraph(`Why: ${entry.rationale}`)] : [])]),
        ...actionsTable(one.actions),
      ]),
    ],
  }
}

const headOf = ({ item, parties }: ItemOnPaper, place: number, kind: MeetingKind): Block[] => [
  heading(2, `${place + 1}. ${[surnames(kind, parties), `Case ${item.reference}`].filter(Boolean).join(' · ')}`),
  paragraph(peopleLine(kind, parties) || parties.map(partyName).join('; ')),
  paragraph(itemLine(item, kind)),
]

function actionsTable(actions: readonly Action[]): Block[] {
  if (actions.length === 0) return []
  return [
    table(
      ['Action', 'Who', 'By', 'State'],
      actions.map(one => [
        one.what,
        [one.agencyName, one.workerName].filter(Boolean).join(', '),
        formatDate(one.dueOn),
        one.state === 'open' ? 'Open' : one.state === 'done' ? 'Done' : 'Taken back',
      ]),
    ),
  ]
}
