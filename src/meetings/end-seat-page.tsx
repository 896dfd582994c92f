import { paths } from '../paths.ts'
import { type Answer, notFound, redirect } from '../platform/web/answer.ts'
import { type Fields, noFields } from '../platform/web/fields.ts'
import type { Visit } from '../platform/web/routes.ts'
import { errorFor, errorSummaryFor, type FieldError, Form, Textarea } from '../ui/index.ts'
import { openActionsOfSeries } from './actions.ts'
import { endSeat } from './change-series.ts'
import { buttons, meetingPage, type OfSeries, seriesLink } from './frame.tsx'
import type { Seat } from './meeting.ts'
import { membersOf, seatsOfSeries } from './series.queries.ts'
import { longestWords, tooLong } from './too-long.ts'

const seatOf = async ({ tx, params }: Visit, { series }: OfSeries): Promise<Seat | undefined> =>
  (await seatsOfSeries(tx, series.id)).find(one => one.id === params['seatId'] && !one.endedAt)

/** Ends an agency's seat, with the reason: its members lose at once what they had by sitting there. */
export async function endSeatPage(
  visit: Visit,
  of: OfSeries,
  typed: Fields = noFields,
  errors: readonly FieldError[] = [],
): Promise<Answer> {
  const { series, kind } = of
  const { tx, actor } = visit
  const seat = await seatOf(visit, of)
  if (!seat) return notFound()
  const members = (await membersOf(tx, series.id)).filter(one => one.seatId === seat.id)
  const open = (await openActionsOfSeries(tx, actor, series.id)).filter(one => one.seatId === seat.id).length
  const body = (
    <Form {...visit.form} action={paths.meetings.endSeat(series.id, seat.id)} classes="ly-form">
      {errorSummaryFor(errors)}
      <p class="govuk-body">
        {members.length === 0
          ? 'Nobody sits there now.'
          : `${members.map(one => one.name).join(', ')} will at once see no case of this meeting.`}{' '}
        What {seat.name} said and did stays. If it comes back, give it a new seat.
      </p>
      {open > 0 ? (
        <p class="govuk-body">
          {open === 1 ? '1 action' : `${open} actions`} that it was given {open === 1 ? 'is' : 'are'} still open: settle{' '}
          {open === 1 ? 'it' : 'them'} first, or set {open === 1 ? 'it' : 'them'} again for somebody else.
        </p>
      ) : null}
      {Textarea({
        name: 'reason',
        id: 'reason',
        label: 'Why',
        hint: 'Those who run the meeting read it',
        rows: 3,
        value: typed.typed('reason'),
        errorMessage: errorFor(errors, 'reason'),
      })}
      {buttons('End the seat', paths.meetings.members(series.id))}
    </Form>
  )
  return meetingPage(kind, `End the seat of ${seat.name}`, body, {
    context: seriesLink(series),
    narrow: true,
    hasErrors: errors.length > 0,
  })
}

export async function postEndSeat(visit: Visit, of: OfSeries): Promise<Answer> {
  const { tx, actor, clock, fields } = visit
  const seat = await seatOf(visit, of)
  if (!seat) return notFound()
  const reason = fields.text('reason')
  const errors = tooLong(fields, { reason: 'Why' }, longestWords)
  if (!reason) errors.push({ field: 'reason', message: 'Enter why the seat ends' })
  if (errors.length > 0) return endSeatPage(visit, of, fields, errors)
  const ended = await endSeat(tx, actor, clock.now(), of.series, seat, reason)
  return ended.ok ? redirect(paths.meetings.members(of.series.id), { notice: `The seat of ${seat.name} has ended.` }) : notFound()
}
