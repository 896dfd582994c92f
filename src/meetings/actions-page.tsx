import type { VNode } from 'preact'
import { paths } from '../paths.ts'
import { londonDate } from '../platform/clock.ts'
import type { Answer } from '../platform/web/answer.ts'
import type { Visit } from '../platform/web/routes.ts'
import { DataTable, Due, Tag } from '../ui/index.ts'
import { type Action, openActionsOfSeries, ownActions } from './actions.ts'
import { auditItems } from './change-items.ts'
import { type MeetingParts, meetingPage } from './frame.tsx'
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
  const body = (
    <>
      <ActionTable caption="Yours" actions={own} now={clock.now()} />
      {ofSeries.map(({ series, open }) => (
        <ActionTable key={series.id} caption={`Open in ${series.name}`} actions={open} now={clock.now()} />
      ))}
    </>
  )
  return meetingPage(kinds[0] ?? null, 'Actions of meetings', body)
}

export function ActionTable({ caption, actions, now }: { caption: string; actions: readonly Action[]; now: Date }): VNode {
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
          second: one => (one.reference ? `Case ${one.reference}` : ''),
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
