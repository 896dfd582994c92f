import type { ComponentChildren, VNode } from 'preact'
import { paths } from '../paths.ts'
import { formatTime, londonDate, londonTime } from '../platform/clock.ts'
import { formatDate, weekdayOf } from '../platform/plain-date.ts'
import { type Answer, page } from '../platform/web/answer.ts'
import { Button, PageTitle } from '../ui/index.ts'
import type { Booking, Session } from './group.ts'

/** 'Monday 09/11/2026' */
export const dayInWords = ({ startsAt }: Pick<Session, 'startsAt'>): string =>
  `${weekdays[weekdayOf(londonDate(startsAt)) - 1]} ${formatDate(londonDate(startsAt))}`

/** 'Tuesday 3/11/2026, 2pm to 4pm' */
export function whenInWords({ startsAt, endsAt }: Pick<Session, 'startsAt' | 'endsAt'>): string {
  const day = londonDate(startsAt)
  const until = `${londonDate(endsAt) === day ? '' : `${formatDate(londonDate(endsAt))} `}${formatTime(londonTime(endsAt))}`
  return `${dayInWords({ startsAt })}, ${formatTime(londonTime(startsAt))} to ${until}`
}
const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

export const sessionTitle = (session: Pick<Session, 'moduleTitle' | 'topic'>): string => session.moduleTitle ?? session.topic

/** A page of groups: narrow where it is a form. */
export function groupPage(
  title: string,
  body: ComponentChildren,
  {
    context,
    actions,
    hasErrors = false,
    narrow = false,
    inTitle,
  }: { context?: ComponentChildren; actions?: ComponentChildren; hasErrors?: boolean; narrow?: boolean; inTitle?: string } = {},
): Answer {
  const inside = (
    <div class={narrow ? 'ly-narrow' : undefined}>
      {PageTitle({ title, context, actions })}
      {body}
    </div>
  )
  return page(inTitle ? `${title} – ${inTitle}` : title, inside, { hasErrors, section: 'groups' })
}

/** The line that leads back to the group of a page. */
export const groupLine = (group: { id: string; name: string; teamName: string; agencyName: string }): VNode => (
  <>
    <a class="govuk-link" href={paths.groups.show(group.id)}>
      {group.name}
    </a>{' '}
    · {group.teamName}, {group.agencyName}
  </>
)

export const buttons = (text: string, back: string, { classes, secondary }: { classes?: string; secondary?: VNode } = {}): VNode => (
  <div class="govuk-button-group">
    {Button({ text, classes, preventDoubleClick: true })}
    {secondary}
    <a class="govuk-link" href={back}>
      Back
    </a>
  </div>
)

/** Where a booking stands, in words. Of one that waits, when they asked: why they have no place yet may be nobody's to know (decision 22). */
export function standingInWords(booking: Booking): string {
  if (booking.status === 'waiting') return `Asked for a place on ${formatDate(londonDate(booking.askedAt))}`
  if (booking.status === 'booked') return booking.placedAt ? `Has a place since ${formatDate(londonDate(booking.placedAt))}` : 'Has a place'
  return [booking.outcomeLabel, booking.endedAt ? formatDate(londonDate(booking.endedAt)) : ''].filter(Boolean).join(', ')
}
