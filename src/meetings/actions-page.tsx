import type { VNode } from 'preact'
import { paths } from '../paths.ts'
import { londonDate } from '../platform/clock.ts'
import type { Tx } from '../platform/db/database.ts'
import type { Answer } from '../platform/web/answer.ts'
import type { Visit } from '../platform/web/routes.ts'
import { DataTable, Due, Tag } from '../ui/index.ts'
import { type Action, openActionsOfSeries, ownActions } from './actions.ts'
import { auditItems } from './change-items.ts'
import { ItemName, type MeetingParts, meetingLink, meetingPage, type OfMeeting, surnames } from './frame.tsx'
import { partiesOf } from './items.queries.ts'
import type { MeetingKinds } from './kind.ts'
import type { Series } from './meeting.ts'
import { allSeries } from './series.queries.ts'

/** What the reader is to do, and what is open in the series that they run. */
export async function actionsPage(visit: Visit, { kinds }: MeetingParts): Promise<Answer> {
  const { tx, actor, clock } = visit
  const own = await ownActions(tx, actor)
  const running = (await allSeries(tx, actor)).filter(one => one.runs)
  const ofSeries: { series: Series; open: Action[] }[] = []
  for (const series of running) ofSeries.push({ series, open: await openActionsOfSeries(tx, actor, series.id) })
  await auditItems(
    tx,
    actor,
    clock.now(),
    'meeting-actions-read',
    [...own, ...ofSeries.flatMap(one => one.open)].map(one => ({ id: one.itemId })),
  )
  const names = await namesOf(tx, kinds, [...own, ...ofSeries.flatMap(one => one.open)])
  const body = (
    <>
      <ActionTable caption="Yours" actions={own} names={names} now={clock.now()} />
      {ofSeries.map(({ series, open }) => (
        <ActionTable key={series.id} caption={`Open in ${series.name}`} actions={open} names={names} now={clock.now()} />
      ))}
    </>
  )
  return meetingPage(kinds[0] ?? null, 'Actions of meetings', body)
}

/** What is open from earlier dates of a series: gone through when a meeting begins. */
export async function actionsBeforePage(visit: Visit, { meeting, series, kind }: OfMeeting): Promise<Answer> {
  const { tx, actor, clock } = visit
  const open = (await openActionsOfSeries(tx, actor, series.id)).filter(one => one.meetingId !== meeting.id)
  await auditItems(
    tx,
    actor,
    clock.now(),
    'meeting-actions-read',
    open.map(one => ({ id: one.itemId })),
  )
  const body = (
    <>
      <ActionTable caption="Open from earlier dates" actions={open} names={await namesOf(tx, [kind], open)} now={clock.now()} />
      <p class="govuk-body">
        <a class="govuk-link" href={paths.meetings.run(meeting.id)}>
          Back to the meeting
        </a>
      </p>
    </>
  )
  return meetingPage(kind, 'Actions from earlier dates', body, { context: meetingLink(series, meeting), inTitle: series.name })
}

/** Whose cases these actions are of, by item, as far as the reader sees their people. */
export async function namesOf(tx: Tx, kinds: MeetingKinds, actions: readonly Action[]): Promise<ReadonlyMap<string, string>> {
  const parties = await partiesOf(tx, [...new Set(actions.map(one => one.itemId))])
  const kindBySeries = new Map(actions.map(one => [one.itemId, kinds.find(kind => kind.code === one.meets.kind)]))
  return new Map(
    [...parties].map(([itemId, these]) => {
      const kind = kindBySeries.get(itemId)
      return [itemId, kind ? surnames(kind, these) : '']
    }),
  )
}

type TableProps = { caption: string; actions: readonly Action[]; names: ReadonlyMap<string, string>; now: Date }
export function ActionTable({ caption, actions, names, now }: TableProps): VNode {
  return (
    <DataTable
      caption={caption}
      rows={actions}
      keyOf={one => one.id}
      empty={
        <>
          <h2 class="govuk-heading-m">{caption}</h2>
          <p class="govuk-body">Nothing is open.</p>
        </>
      }
      columns={[
        {
          heading: 'Action',
          rowHeader: true,
          cell: one => (
            <a class="govuk-link" href={paths.meetings.action(one.id)}>
              {one.what}
            </a>
          ),
          second: one => (one.reference ? <ItemName reference={one.reference} names={names.get(one.itemId) ?? ''} /> : ''),
        },
        { heading: 'Who', cell: one => one.agencyName, second: one => one.workerName ?? '' },
        {
          heading: 'Due',
          cell: one =>
            one.state === 'open' ? (
              <Due date={one.dueOn} today={londonDate(now)} />
            ) : (
              <Tag text={one.state === 'done' ? 'Done' : 'Taken back'} classes="govuk-tag--grey" />
            ),
        },
      ]}
    />
  )
}
