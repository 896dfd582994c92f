import { paths } from '../paths.ts'
import { londonDate } from '../platform/clock.ts'
import { type Answer, redirect } from '../platform/web/answer.ts'
import type { Visit } from '../platform/web/routes.ts'
import { Form } from '../ui/index.ts'
import { openMeeting, takeBackOpening } from './course.ts'
import { buttons, dayInWords, meetingLink, meetingPage, type OfMeeting } from './frame.tsx'
import type { Meeting } from './meeting.ts'

export const isItsDay = ({ clock }: Visit, { startsAt }: Meeting): boolean => londonDate(startsAt) === londonDate(clock.now())

/** Asks before a meeting is opened on another day than its own: whoever only looks how it works would else begin it. */
export async function openPage(visit: Visit, of: OfMeeting): Promise<Answer> {
  const { meeting, series, kind } = of
  if (meeting.state !== 'sent') return redirect(paths.meetings.run(meeting.id), { notice: cannotOpen })
  const body = (
    <Form {...visit.form} action={paths.meetings.open(meeting.id)}>
      <p class="govuk-body">
        {isItsDay(visit, meeting) ? 'It meets today.' : `It meets on ${dayInWords(meeting.startsAt)}: that is not today.`} From when it is
        open it is neither moved nor cancelled. You can close it again as long as nothing has been said.
      </p>
      <input type="hidden" name="sure" value="yes" />
      {buttons('Open it now', paths.meetings.run(meeting.id), 'Not yet')}
    </Form>
  )
  return meetingPage(kind, 'Open the meeting', body, { context: meetingLink(series, meeting), inTitle: series.name, narrow: true })
}

export const postOpen = (visit: Visit, of: OfMeeting): Promise<Answer> =>
  isItsDay(visit, of.meeting) || visit.fields.text('sure') === 'yes' ? openNow(visit, of) : openPage(visit, of)

const cannotOpen = 'It cannot be opened now.'
export async function openNow({ tx, actor, clock }: Visit, { meeting }: OfMeeting): Promise<Answer> {
  const opened = await openMeeting(tx, actor, clock.now(), meeting)
  return redirect(paths.meetings.run(meeting.id), { notice: opened.ok ? 'The meeting is open. Who is there?' : cannotOpen })
}

export async function postNotYet({ tx, actor, clock }: Visit, { meeting }: OfMeeting): Promise<Answer> {
  const closed = await takeBackOpening(tx, actor, clock.now(), meeting)
  return redirect(paths.meetings.run(meeting.id), {
    notice: closed.ok ? 'It is not open any more.' : 'Something has been said at it: it can only be ended.',
  })
}
