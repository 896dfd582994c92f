import type { ComponentChildren, VNode } from 'preact'
import { paths } from '../paths.ts'
import { formatTime, londonDate, londonTime } from '../platform/clock.ts'
import type { Files } from '../platform/files.ts'
import { addDays, formatDate, formatLongDate, type PlainDate, weekdayOf } from '../platform/plain-date.ts'
import { type Answer, notFound, page, redirect } from '../platform/web/answer.ts'
import type { Visit } from '../platform/web/routes.ts'
import { Button, PageTitle, Tag } from '../ui/index.ts'
import { findItem, partiesOf } from './items.queries.ts'
import { criterionLabel, kindOf, type MeetingKind, type MeetingKinds, roleLabel } from './kind.ts'
import { kindNow } from './kind-now.ts'
import { type Item, itemStateWords, type Meeting, type Party, partyName, type Series } from './meeting.ts'
import { findMeeting, findSeries, takesPart } from './series.queries.ts'

export type MeetingParts = {
  kinds: MeetingKinds
  /** Where files are kept that show what was done, and who scans them. */
  files: Files
  scanning: { wake(): void } | null
  /** What else concerns whoever is here for a meeting, such as what is shared with them; null where nothing does. */
  besides?: (visit: Visit) => Promise<VNode | null>
}

export type OfSeries = { series: Series; kind: MeetingKind }
export type OfMeeting = OfSeries & { meeting: Meeting }
export type OfItem = OfSeries & { item: Item; parties: readonly Party[]; meeting: Meeting | undefined }

/** Answers about a series that the actor runs, takes part in, or may refer to; for everybody else there is no such page. */
export async function withSeries(
  { tx, actor, params }: Visit,
  { kinds }: MeetingParts,
  who: 'anybody' | 'part' | 'runs',
  work: (of: OfSeries) => Promise<Answer>,
): Promise<Answer> {
  const series = await findSeries(tx, actor, params['seriesId'] ?? '')
  if (!series || (who === 'runs' && !series.runs) || (who === 'part' && !takesPart(series))) return notFound()
  return work({ series, kind: await kindNow(tx, kindOf(kinds, series.kind)) })
}

export async function withMeeting(
  { tx, actor, params }: Visit,
  { kinds }: MeetingParts,
  who: 'part' | 'runs',
  work: (of: OfMeeting) => Promise<Answer>,
): Promise<Answer> {
  const meeting = await findMeeting(tx, params['meetingId'] ?? '')
  const series = meeting && (await findSeries(tx, actor, meeting.seriesId))
  if (!meeting || !series || !takesPart(series) || (who === 'runs' && !series.runs)) return notFound()
  return work({ meeting, series, kind: await kindNow(tx, kindOf(kinds, series.kind)) })
}

/** Answers about an item as the actor sees it: `edit` where they may change it. */
export async function withItem(
  { tx, actor, params }: Visit,
  { kinds }: MeetingParts,
  to: 'read' | 'edit',
  work: (of: OfItem) => Promise<Answer>,
): Promise<Answer> {
  const item = await findItem(tx, actor, params['itemId'] ?? '')
  if (!item || (to === 'edit' && !item.mayEdit)) return notFound()
  const series = await findSeries(tx, actor, item.seriesId)
  if (!series) return notFound()
  const meeting = item.meetingId ? await findMeeting(tx, item.meetingId) : undefined
  const parties = (await partiesOf(tx, [item.id])).get(item.id) ?? []
  return work({ item, series, meeting, parties, kind: await kindNow(tx, kindOf(kinds, series.kind)) })
}

/** Back to an item once it has changed; where that has shut the actor out, to where they would be without it. */
export async function backToItem({ tx, actor }: Visit, { item, series }: Pick<OfItem, 'item' | 'series'>, notice: string): Promise<Answer> {
  if (await findItem(tx, actor, item.id)) return redirect(paths.meetings.item(item.id), { notice })
  return redirect(takesPart(series) ? paths.meetings.series(series.id) : paths.meetings.home, { notice })
}

type PageOptions = {
  /** Over the page, in place of its title: with names, which no title holds. */
  heading?: ComponentChildren
  context?: ComponentChildren
  actions?: ComponentChildren
  hasErrors?: boolean
  narrow?: boolean
  inTitle?: string
}

/** A page of a kind of meeting, under its classification. */
export function meetingPage(kind: MeetingKind | null, title: string, body: ComponentChildren, options: PageOptions = {}): Answer {
  const { heading, context, actions, hasErrors = false, narrow = false, inTitle } = options
  const inside = (
    <div class={narrow ? 'ly-narrow' : undefined}>
      {PageTitle({ title: heading ?? title, context, actions })}
      {body}
    </div>
  )
  return page(inTitle ? `${title} – ${inTitle}` : title, inside, {
    hasErrors,
    section: 'meetings',
    ...(kind ? { classification: kind.classification } : {}),
  })
}

export const buttons = (text: string, back: string, backText = 'Back'): VNode => (
  <div class="govuk-button-group">
    {Button({ text, preventDoubleClick: true })}
    <a class="govuk-link" href={back}>
      {backText}
    </a>
  </div>
)

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
/** 'Wednesday' */
const weekdayName = (at: Date): string => weekdays[weekdayOf(londonDate(at)) - 1]!
/** 'today', 'Wednesday' of the next six days, 'Wednesday 16 December' beyond, with its year where it is another; so for a day that is past. */
export function dayFromHere(at: Date, today: PlainDate): string {
  const day = londonDate(at)
  if (day === today) return 'today'
  if (day > today && day <= addDays(today, 6)) return weekdayName(at)
  const long = formatLongDate(day)
  return `${weekdayName(at)} ${day.slice(0, 4) === today.slice(0, 4) ? long.replace(/ \d{4}$/, '') : long}${day < today ? ', which is past' : ''}`
}
/** 'Wednesday 02/12/2026' */
export const dayInWords = (at: Date): string => `${weekdayName(at)} ${formatDate(londonDate(at))}`
/** 'Wednesday 02/12/2026, 9:30am' */
export const whenInWords = (at: Date): string => `${dayInWords(at)}, ${formatTime(londonTime(at))}`
export const timeOf = (at: Date): string => formatTime(londonTime(at))

export const seriesLink = ({ id, name }: Pick<Series, 'id' | 'name'>): VNode => (
  <a class="govuk-link" href={paths.meetings.series(id)}>
    {name}
  </a>
)
export const meetingLink = (series: Pick<Series, 'name'>, { id, startsAt }: Pick<Meeting, 'id' | 'startsAt'>): VNode => (
  <a class="govuk-link" href={paths.meetings.date(id)}>
    {series.name}, {dayInWords(startsAt)}
  </a>
)
/** By the surnames of its people where the reader sees them: so it is spoken of. */
export const itemLink = ({ id, reference }: Pick<Item, 'id' | 'reference'>, names = ''): VNode => (
  <a class="govuk-link" href={paths.meetings.item(id)}>
    <ItemName reference={reference} names={names} />
  </a>
)
/** 'PENHALIGON · Case 26/43412' */
export const ItemName = ({ reference, names }: { reference: string; names: string }): VNode =>
  names ? (
    <>
      <bdi>{names}</bdi> <span class="ly-reference">Case {reference}</span>
    </>
  ) : (
    <>Case {reference}</>
  )

/**
 * 'PENHALIGON / NANCARROW and 1 more': by what people at a meeting call a case, as far as the reader sees whom it is about, who are counted as they see them;
 * '' where they see nobody.
 */
export function surnames(kind: MeetingKind, parties: readonly Party[]): string {
  const names = [...new Set(kind.sameIn.flat())].map(role => {
    const [first, ...more] = parties.filter(party => party.role === role)
    if (!first) return ''
    const name = first.isPlace ? first.familyName : (first.familyName || first.givenName).toUpperCase()
    return more.length > 0 ? `${name} and ${more.length} more` : name
  })
  // A family by its name once.
  return [...new Set(names.filter(name => name && !names.some(one => one.startsWith(`${name} and `))))].join(' / ')
}
export const itemTag = ({ state }: Pick<Item, 'state'>): VNode => <Tag text={itemStateWords[state]} classes={tagColours[state]} />
const tagColours: Record<Item['state'], string> = {
  draft: 'govuk-tag--grey',
  referred: 'govuk-tag--yellow',
  withdrawn: 'govuk-tag--grey',
  returned: 'govuk-tag--orange',
  listed: 'govuk-tag--blue',
  sent: 'govuk-tag--blue',
  discussed: 'govuk-tag--green',
  closed: 'govuk-tag--grey',
}

/** 'Acceptable behaviour contract, 02/12/2026 to 02/06/2027' */
export const stageInWords = ({ label, givenOn, until }: NonNullable<Party['stage']>): string =>
  `${label}, ${formatDate(givenOn)}${until ? ` to ${formatDate(until)}` : ''}`

/** 'Victim: PENROSE, Jago · Child: …', as far as the reader sees them, with where they stand in the steps that are taken with them. */
export function peopleLine(kind: MeetingKind, parties: readonly Party[]): string {
  return kind.parties
    .flatMap(({ role }) => {
      const these = parties.filter(party => party.role === role)
      return these.length > 0
        ? [
            `${roleLabel(kind, role)}: ${these.map(one => (one.stage ? `${partyName(one)} (${stageInWords(one.stage)})` : partyName(one))).join('; ')}`,
          ]
        : []
    })
    .join(' · ')
}

/** A line of an item: its score, whether it is a repeat, who referred. Whom it is about is said by its people, each as the reader may see them. */
export function itemLine(item: Item, kind: MeetingKind): string {
  return [
    item.score === null ? '' : `Checklist ${item.score}`,
    item.isRepeat ? 'Repeat' : '',
    `from ${item.referringAgency}`,
    item.criteria.map(one => criterionLabel(kind, one)).join(', '),
  ]
    .filter(Boolean)
    .join(' · ')
}
