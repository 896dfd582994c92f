import type { VNode } from 'preact'
import { paths } from '../paths.ts'
import { formatInstant, londonDate, middayOf } from '../platform/clock.ts'
import type { Visit } from '../platform/web/routes.ts'
import { Button, Facts, Form, SidePanel } from '../ui/index.ts'
import { dayInWords, type OfMeeting } from './frame.tsx'
import { leftOver } from './left-over.ts'
import type { Item } from './meeting.ts'
import { isAnswered, papersLeft, type Research } from './research.ts'

type AboutProps = { visit: Visit; of: OfMeeting; items: readonly Item[]; research: readonly Research[] }

/** What those who run it do next, and what everybody needs to know. */
export function AboutMeeting({ visit, of: { meeting, series }, items, research }: AboutProps): VNode {
  const toSend = items.filter(one => one.state === 'listed').length
  const isOver = meeting.state === 'held' || meeting.state === 'cancelled'
  // What is carried over brings its questions along: they are asked anew once the agenda is sent.
  const isOut = meeting.state !== 'planned'
  const unfinished = isOver ? leftOver(items) : []
  const toGoRound = papersLeft(items).filter(item => research.some(one => one.itemId === item.id && isAnswered(one)))
  const chased = Math.max(0, ...research.map(one => one.chasedAt?.getTime() ?? 0))
  const missing = research.filter(one => !isAnswered(one)).length
  const act = (action: string, text: string, secondary = false) => (
    <Form {...visit.form} action={action}>
      {Button({ text, preventDoubleClick: true, classes: secondary ? 'govuk-button--secondary' : undefined })}
    </Form>
  )
  return (
    <SidePanel id="about" title="This meeting">
      <Facts
        items={[
          meeting.state === 'cancelled' ? { label: 'Why it was cancelled', value: meeting.cancelledReason } : null,
          { label: 'Answers wanted by', value: dayInWords(middayOf(meeting.researchDueOn)) },
          { label: 'Papers', value: meeting.circulatedAt ? `went round on ${dayInWords(meeting.circulatedAt)}` : 'have not gone round' },
          series.runs && isOut && research.length > 0 ? { label: 'Still to answer', value: String(missing) } : null,
          series.runs && isOut && chased ? { label: 'Reminded', value: formatInstant(new Date(chased)) } : null,
        ]}
      />
      {meeting.circulatedAt || (series.runs && meeting.sentAt) ? (
        <p class="govuk-body">
          <a class="govuk-link" href={paths.meetings.papers(meeting.id)}>
            Papers
          </a>
        </p>
      ) : null}
      {meeting.minutesCirculatedAt || (series.runs && meeting.sentAt) ? (
        <p class="govuk-body">
          <a class="govuk-link" href={paths.meetings.minutes(meeting.id)}>
            Minutes
          </a>
        </p>
      ) : null}
      {series.runs && !isOver ? (
        <>
          {toSend > 0 ? act(paths.meetings.send(meeting.id), toSend === 1 ? 'Send 1 item out' : `Send ${toSend} items out`) : null}
          {isOut && missing > 0 && londonDate(visit.clock.now()) <= londonDate(meeting.startsAt)
            ? act(paths.meetings.chase(meeting.id), 'Remind those who have not answered', true)
            : null}
        </>
      ) : null}
      {series.runs && meeting.state !== 'cancelled' && toGoRound.length > 0
        ? act(paths.meetings.circulate(meeting.id), meeting.circulatedAt ? moreInWords(toGoRound.length) : 'Send the papers round', true)
        : null}
      {series.runs && (meeting.state === 'planned' || meeting.state === 'sent') ? (
        <p class="govuk-body">
          <a class="govuk-link" href={paths.meetings.moveDate(meeting.id)}>
            Move this date
          </a>{' '}
          ·{' '}
          <a class="govuk-link" href={paths.meetings.cancelDate(meeting.id)}>
            Cancel it
          </a>
        </p>
      ) : null}
      {series.runs && unfinished.length > 0 ? (
        <p class="govuk-body">
          <a
            class="govuk-link"
            href={meeting.state === 'held' ? paths.meetings.run(meeting.id, unfinished[0]!.id) : paths.meetings.cancelDate(meeting.id)}
          >
            {unfinished.length === 1 ? '1 case is' : `${unfinished.length} cases are`} not finished
          </a>
        </p>
      ) : null}
    </SidePanel>
  )
}

const moreInWords = (count: number): string =>
  count === 1 ? 'Send the papers of 1 more case round' : `Send the papers of ${count} more cases round`
