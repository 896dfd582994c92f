import type { AnswerInWords } from '../forms/index.ts'
import { type Block, heading, type Paper, paragraph } from '../letters/index.ts'
import { formatInstant } from '../platform/clock.ts'
import { formatDate } from '../platform/plain-date.ts'
import type { Action } from './actions.ts'
import { surnames, whenInWords } from './frame.tsx'
import type { MeetingKind } from './kind.ts'
import type { Item, Meeting, Party, Series } from './meeting.ts'

// What papers and minutes are both made of.

export type OfPaper = { series: Series; kind: MeetingKind; meeting: Meeting; printedBy: string; now: Date }

/** A paper about a date, with the classification of its kind at its head and at the foot of every page. */
export const paperAbout = ({ series, kind, meeting, printedBy, now }: OfPaper, name: string, title: string, blocks: Block[]): Paper => ({
  title: `${title} – ${series.name}`,
  language: 'en-GB',
  largePrint: false,
  foot: `${kind.classification} · Printed by ${printedBy} ${formatInstant(now)}`,
  blocks: [
    heading(1, `${series.name}: ${name}`),
    paragraph(kind.classification),
    paragraph([whenInWords(meeting.startsAt), meeting.place].filter(Boolean).join(', ')),
    ...blocks,
  ],
})

/** An item is numbered as its reader counts: what is kept from them leaves no gap. */
export const headingOf = (kind: MeetingKind, item: Item, parties: readonly Party[], place: number): Block =>
  heading(2, `${place + 1}. ${[surnames(kind, parties), `Case ${item.reference}`].filter(Boolean).join(' · ')}`)

/** A question with its answer in words, and row by row where it is answered in rows. */
export type Line = AnswerInWords
export const lines = (all: readonly Line[]): Block => ({
  kind: 'list',
  ordered: false,
  items: all.map(([label, answer, rows]) => {
    const asked = `${label}${/[?.:]$/.test(label) ? '' : ':'} `
    if (rows) return [paragraph(asked), { kind: 'list', ordered: false, items: rows.map(row => [paragraph(row)]) }]
    return [{ kind: 'paragraph', content: [{ text: asked }, { text: answer, ...(isShort(answer) ? { strong: true } : {}) }] }]
  }),
})
/** One that is found at a glance among two dozen: a yes or a no, a day, a number. */
const isShort = (answer: string): boolean => answer.length <= 40
export const table = (head: readonly string[], rows: readonly (readonly string[])[]): Block => ({
  kind: 'table',
  head: head.map(text => [{ text }]),
  rows: rows.map(row => row.map(text => [{ text }])),
})

export function actionsTable(actions: readonly Action[]): Block[] {
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
