import { type Block, heading, type Paper, paragraph } from '../letters/index.ts'
import { londonDate } from '../platform/clock.ts'
import { ageOn, formatDate, type PlainDate } from '../platform/plain-date.ts'
import type { Action } from './actions.ts'
import { dayInWords, itemLine, stageInWords } from './frame.tsx'
import { type MeetingKind, roleLabel } from './kind.ts'
import type { LastTime } from './last-time.tsx'
import { type Item, type Party, partyName } from './meeting.ts'
import { actionsTable, headingOf, type Line, lines, type OfPaper, paperAbout, table } from './paper-blocks.ts'
import type { WayToReach } from './reaching.tsx'

/** One item as its reader may see it before the meeting, so that whoever prints it needs nothing beside it. */
export type ItemInPapers = {
  item: Item
  parties: readonly Party[]
  reaching: readonly WayToReach[]
  happened: string
  last: LastTime
  /** What its referrer wrote, and what everybody writes together, section by section, but for what stands above. */
  sections: readonly { title: string; lines: readonly Line[] }[]
  /** What each agency has let go round, question by question; nothing of what is still its own. */
  known: readonly { agencyName: string; held: boolean; lines: readonly Line[] }[]
  /** Agencies that were asked and have not answered, as far as the reader may know. */
  unanswered: readonly string[]
  actions: readonly Action[]
}

/** What members read before: the cases, and what agencies know of them. */
export function papersOf(given: OfPaper & { items: readonly ItemInPapers[] }): Paper {
  const { kind, meeting, items } = given
  const day = londonDate(meeting.startsAt)
  return paperAbout(
    given,
    'papers',
    `Papers for ${dayInWords(meeting.startsAt)}`,
    items.flatMap((one, place) => [
      headingOf(kind, one.item, one.parties, place),
      paragraph(itemLine(one.item, kind)),
      ...people(kind, one.parties, day),
      ...under('Reaching them safely', reaching(one.reaching)),
      ...under('What happened', one.happened ? [paragraph(one.happened)] : []),
      ...under('Heard before', heardBefore(one)),
      ...one.sections.flatMap(section => under(section.title, [lines(section.lines)])),
      ...one.known.flatMap(({ agencyName, held, lines: brought }) =>
        under(agencyName, [held ? lines(brought) : paragraph('Holds nothing.')]),
      ),
      ...under('No answer', one.unanswered.length > 0 ? [paragraph(one.unanswered.join('; '))] : []),
      ...under('Actions', actionsTable(one.actions)),
    ]),
  )
}

/** A heading for what there is; none where the reader has nothing under it. */
const under = (title: string, blocks: readonly Block[]): Block[] => (blocks.length > 0 ? [heading(3, title), ...blocks] : [])

/** Whom it is about, as old as they are when it is talked about. */
function people(kind: MeetingKind, parties: readonly Party[], day: PlainDate): Block[] {
  if (parties.length === 0) return []
  const age = (born: PlainDate) => ageOn(born, day)?.toString() ?? ''
  const { stages } = kind
  return [
    table(
      ['Who', 'Name', 'Date of birth', 'Age', ...(stages ? [stages.label] : [])],
      parties.map(one => [
        roleLabel(kind, one.role),
        partyName(one),
        one.bornOn ? formatDate(one.bornOn) : one.isPlace ? '' : 'Not known',
        one.bornOn ? age(one.bornOn) : '',
        ...(stages ? [one.stage ? stageInWords(one.stage) : ''] : []),
      ]),
    ),
  ]
}

/** What must never be done stands before the rest, and strong. */
function reaching(ways: readonly WayToReach[]): Block[] {
  const others = ways.filter(one => !one.isWarning)
  return [
    ...ways
      .filter(one => one.isWarning)
      .map(({ label, answer }): Block => ({ kind: 'paragraph', content: [{ text: `${label}: ${answer}`, strong: true }] })),
    ...(others.length > 0 ? [lines(others.map(({ label, answer }): Line => [label, answer]))] : []),
  ]
}

/** What was decided of the same people, and what is still to be done from then. */
function heardBefore({ item, last: { earlier, decisions, open } }: Pick<ItemInPapers, 'item' | 'last'>): Block[] {
  const isHeard = earlier?.state === 'discussed' || earlier?.state === 'closed'
  return [
    ...(earlier?.meetingAt && isHeard ? [paragraph(`Case ${earlier.reference}, heard on ${dayInWords(earlier.meetingAt)}.`)] : []),
    ...decisions.map(one =>
      paragraph(
        [`Decided on ${dayInWords(one.at)}: ${one.words}`, one.rationale ? `Why: ${one.rationale}` : ''].filter(Boolean).join('\n'),
      ),
    ),
    // Its own actions stand below, those that are done too.
    ...actionsTable(open.filter(one => one.itemId !== item.id)),
  ]
}
