import type { VNode } from 'preact'
import { paths } from '../paths.ts'
import type { Visit } from '../platform/web/routes.ts'
import { Button, DataTable } from '../ui/index.ts'
import { dayInWords, whenInWords } from './frame.tsx'
import type { Meeting, Series } from './meeting.ts'

/** When a series meets next, and what it wants of whoever runs it. */
export type Standing = { next: Meeting | undefined; waits: readonly { href: string; text: string }[] }

/** What waits for those who run a series: each a link to where it is done. */
export function toRun(seriesId: string, waiting: number, unsent: Meeting | undefined): Standing['waits'] {
  return [
    ...(waiting > 0
      ? [
          {
            href: paths.meetings.series(seriesId),
            text: waiting === 1 ? '1 referral waits to be triaged' : `${waiting} referrals wait to be triaged`,
          },
        ]
      : []),
    ...(unsent ? [{ href: paths.meetings.minutes(unsent.id), text: `Minutes of ${dayInWords(unsent.startsAt)} have not gone round` }] : []),
  ]
}

/** What waits for the reader, who runs them: first on the page. */
export function WaitsForYou({ mine, stand }: { mine: readonly Series[]; stand: ReadonlyMap<string, Standing> }): VNode | null {
  const waits = mine.flatMap(of => stand.get(of.id)?.waits.map(one => ({ ...one, of })) ?? [])
  if (waits.length === 0) return null
  return (
    <>
      <h2 class="govuk-heading-m">Waits for you to run it</h2>
      <ul class="govuk-list govuk-list--bullet">
        {waits.map(one => (
          <li key={one.href}>
            <a class="govuk-link" href={one.href}>
              {one.text}
            </a>
            <span class="ly-second">{one.of.name}</span>
          </li>
        ))}
      </ul>
    </>
  )
}

/** The meetings that the reader sits in or runs, and when each is next. */
export function YourMeetings({ mine, stand }: { mine: readonly Series[]; stand: ReadonlyMap<string, Standing> }): VNode {
  return (
    <>
      <DataTable
        caption="Your meetings"
        rows={mine}
        keyOf={one => one.id}
        columns={[
          {
            heading: 'Meeting',
            rowHeader: true,
            cell: one => (
              <a class="govuk-link" href={paths.meetings.series(one.id)}>
                {one.name}
              </a>
            ),
            second: one => (one.runs ? 'You run it' : 'You sit in it'),
          },
          {
            heading: 'Next',
            cell: one => {
              const meeting = stand.get(one.id)?.next
              return meeting ? (
                <a class="govuk-link" href={paths.meetings.date(meeting.id)}>
                  {whenInWords(meeting.startsAt)}
                </a>
              ) : (
                'No date is fixed'
              )
            },
          },
        ]}
      />
      <p class="govuk-body">
        They stand in{' '}
        <a class="govuk-link" href={paths.calendar.show}>
          your calendar
        </a>
        , and can stand in{' '}
        <a class="govuk-link" href={paths.calendar.address}>
          that of your telephone or of Outlook
        </a>
        .
      </p>
    </>
  )
}

/** Everybody who records may have to refer. */
export function Referring({ visit: { actor }, series }: { visit: Visit; series: readonly Series[] }): VNode | null {
  if (!actor.capabilities.has('record')) return null
  if (series.length === 0) return <p class="govuk-body">No meeting of several agencies has been set up here yet.</p>
  return (
    <div class="govuk-button-group">
      {series.map(one => (
        <span key={one.id}>
          {Button({ text: `Refer to ${one.name}`, href: paths.meetings.refer(one.id), classes: 'govuk-button--secondary' })}
        </span>
      ))}
    </div>
  )
}
