import type { VNode } from 'preact'
import { paths } from '../paths.ts'
import type { Answer } from '../platform/web/answer.ts'
import { WarningText } from '../ui/index.ts'
import { dayInWords, itemLink, meetingPage, type OfMeeting, seriesLink } from './frame.tsx'
import type { Item } from './meeting.ts'

/** Why what was said of an item cannot be written down there any more: it is at another date now, or what was said stands. */
export function noLongerRecorded({ meeting }: Pick<OfMeeting, 'meeting'>, item: Item, at: string): string | undefined {
  const day = dayInWords(meeting.startsAt)
  if (at && at !== meeting.id) return `The case has gone on to ${day} since you opened the page.`
  if (item.minutesCirculatedAt) return 'The minutes of this case have gone round: they are no longer changed.'
  if (meeting.state === 'cancelled') return `${day} has been cancelled.`
  if (meeting.state === 'planned') return `The agenda of ${day} has not been sent.`
  return undefined
}

/** Somebody was quicker than whoever wrote down what was said: nothing of it was saved, and nothing that they typed is lost. */
export function notRecordedPage({ meeting, series, kind }: OfMeeting, item: Item, why: string, typed: VNode): Answer {
  const body = (
    <>
      {WarningText({ text: why, iconFallbackText: 'Warning' })}
      <p class="govuk-body">
        What follows is not kept: copy what matters to where it belongs.{' '}
        <a href={paths.meetings.date(meeting.id)} class="govuk-link">
          The agenda of {dayInWords(meeting.startsAt)}
        </a>
      </p>
      <h2 class="govuk-heading-m">What you typed</h2>
      {typed}
    </>
  )
  return meetingPage(kind, 'It was not saved', body, {
    context: (
      <>
        {seriesLink(series)} · {itemLink(item)}
      </>
    ),
    inTitle: `Case ${item.reference}`,
    hasErrors: true,
    narrow: true,
  })
}
