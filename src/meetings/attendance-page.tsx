import { paths } from '../paths.ts'
import { type Answer, redirect } from '../platform/web/answer.ts'
import { type Fields, noFields } from '../platform/web/fields.ts'
import type { Visit } from '../platform/web/routes.ts'
import { errorFor, errorSummaryFor, type FieldError, Form, Input, Radios } from '../ui/index.ts'
import { type Attendance, attendanceOf, attendanceWords, recordAttendance } from './entries.ts'
import { buttons, meetingLink, meetingPage, type OfMeeting } from './frame.tsx'
import { membersOf, seatsOfSeries } from './series.queries.ts'
import { longestLine, tooLong } from './too-long.ts'

const statuses = Object.entries(attendanceWords) as [Attendance['status'], string][]

/** Who came, by agency. */
export async function attendancePage(
  visit: Visit,
  { meeting, series, kind }: OfMeeting,
  typed: Fields = noFields,
  errors: readonly FieldError[] = [],
): Promise<Answer> {
  const { tx } = visit
  const seats = (await seatsOfSeries(tx, series.id)).filter(seat => !seat.endedAt)
  const members = await membersOf(tx, series.id)
  const recorded = new Map((await attendanceOf(tx, meeting.id)).map(one => [one.seatId, one]))
  const body = (
    <Form {...visit.form} action={paths.meetings.attendance(meeting.id)} classes="ly-form">
      {errorSummaryFor(errors)}
      {seats.map(seat => {
        const before = recorded.get(seat.id)
        const usual = members.filter(one => one.seatId === seat.id).map(one => one.name)
        return (
          <div key={seat.id}>
            {Radios({
              name: `status-${seat.id}`,
              idPrefix: `status-${seat.id}`,
              classes: 'govuk-radios--inline govuk-radios--small',
              fieldset: { legend: { text: seat.name, classes: 'govuk-fieldset__legend--s' } },
              value: typed.text(`status-${seat.id}`) || (before?.status ?? ''),
              items: statuses.map(([value, text]) => ({ value, text })),
            })}
            {Input({
              name: `names-${seat.id}`,
              id: `names-${seat.id}`,
              label: `Who came for ${seat.name}`,
              value: typed.has(`names-${seat.id}`) ? typed.typed(`names-${seat.id}`) : (before?.names ?? usual[0] ?? ''),
              errorMessage: errorFor(errors, `names-${seat.id}`),
            })}
          </div>
        )
      })}
      {buttons('Save', paths.meetings.run(meeting.id))}
    </Form>
  )
  return meetingPage(kind, 'Attendance', body, { context: meetingLink(series, meeting), narrow: true, hasErrors: errors.length > 0 })
}

export async function postAttendance(visit: Visit, of: OfMeeting): Promise<Answer> {
  const { tx, actor, clock, fields } = visit
  const { meeting, series } = of
  const seats = await seatsOfSeries(tx, series.id)
  const errors = tooLong(fields, Object.fromEntries(seats.map(seat => [`names-${seat.id}`, `Who came for ${seat.name}`])), longestLine)
  if (errors.length > 0) return attendancePage(visit, of, fields, errors)
  const all = seats.flatMap((seat): Attendance[] => {
    const status = statuses.find(([one]) => one === fields.text(`status-${seat.id}`))?.[0]
    return status ? [{ seatId: seat.id, status, names: status === 'present' ? fields.text(`names-${seat.id}`) : '' }] : []
  })
  await recordAttendance(tx, actor, clock.now(), meeting, seats, all)
  return redirect(paths.meetings.run(meeting.id), { notice: 'Attendance saved.' })
}
