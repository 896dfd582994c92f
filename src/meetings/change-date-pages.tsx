import { paths } from '../paths.ts'
import { formatTime, londonDate, londonTime, type PlainTime, parseTimeText, sameTimeOn, today } from '../platform/clock.ts'
import { partsOf, readDateParts } from '../platform/plain-date.ts'
import { type Answer, redirect } from '../platform/web/answer.ts'
import { type Fields, noFields } from '../platform/web/fields.ts'
import type { Visit } from '../platform/web/routes.ts'
import { DateInput, errorFor, errorSummaryFor, type FieldError, Form, Input, Radios, Textarea } from '../ui/index.ts'
import { cancelMeeting, moveMeeting } from './change-dates.ts'
import { buttons, dayInWords, meetingLink, meetingPage, type OfMeeting, whenInWords } from './frame.tsx'
import { agendaOf } from './items.queries.ts'
import { leftOver } from './left-over.ts'
import { comingOf } from './series.queries.ts'
import { longestLine, tooLong } from './too-long.ts'

const hasNotBegun = ({ meeting }: OfMeeting): boolean => meeting.state === 'planned' || meeting.state === 'sent'

/** Moves a date to another day, time or place. */
export async function moveDatePage(
  visit: Visit,
  of: OfMeeting,
  typed: Fields = noFields,
  errors: readonly FieldError[] = [],
): Promise<Answer> {
  const { meeting, series, kind } = of
  if (!hasNotBegun(of)) return redirect(paths.meetings.date(meeting.id), { notice: 'It cannot be moved any more.' })
  const { day, month, year } = partsOf(londonDate(meeting.startsAt))
  const stands: Record<string, string> = {
    'on-day': String(day),
    'on-month': String(month),
    'on-year': String(year),
    starts: formatTime(londonTime(meeting.startsAt)),
    place: meeting.place,
  }
  const start = (name: string) => (typed.has(name) ? typed.typed(name) : stands[name]!)
  const body = (
    <Form {...visit.form} action={paths.meetings.moveDate(meeting.id)} classes="ly-form">
      {errorSummaryFor(errors)}
      <p class="govuk-body">
        Everybody who sits in it is told that it has been moved. What agencies are asked is then wanted by another day.
      </p>
      {DateInput({
        id: 'on',
        namePrefix: 'on',
        fieldset: { legend: { text: 'The day', classes: 'govuk-fieldset__legend--s' } },
        values: Object.fromEntries(['day', 'month', 'year'].map(part => [part, start(`on-${part}`)])),
        errorMessage: errors.find(one => one.field.startsWith('on-'))?.message,
      })}
      {Input({
        name: 'starts',
        id: 'starts',
        label: 'When it begins',
        hint: 'For example, 9:30am',
        classes: 'govuk-input--width-5',
        value: start('starts'),
        errorMessage: errorFor(errors, 'starts'),
      })}
      {Input({ name: 'place', id: 'place', label: 'Where it meets', value: start('place'), errorMessage: errorFor(errors, 'place') })}
      {buttons('Move it', paths.meetings.date(meeting.id))}
    </Form>
  )
  return meetingPage(kind, 'Move this date', body, {
    context: meetingLink(series, meeting),
    inTitle: series.name,
    narrow: true,
    hasErrors: errors.length > 0,
  })
}

export async function postMoveDate(visit: Visit, of: OfMeeting): Promise<Answer> {
  const { tx, actor, clock, fields } = visit
  const { meeting, series } = of
  const errors: FieldError[] = tooLong(fields, { place: 'Where it meets' }, longestLine)
  const day = readDateParts({ day: fields.typed('on-day'), month: fields.typed('on-month'), year: fields.typed('on-year') }, 'The day')
  if (!day.ok) errors.push({ field: `on-${day.error.parts[0] ?? 'day'}`, message: day.error.message })
  else if (day.value < today(clock)) errors.push({ field: 'on-day', message: 'The day must be today or later' })
  const time = parseTimeText(fields.text('starts'))
  if (!time) errors.push({ field: 'starts', message: 'Enter when it begins, like 9:30am' })
  if (!day.ok || !time || errors.length > 0) return moveDatePage(visit, of, fields, errors)
  const instants = sameTimeOn([day.value], time as PlainTime)
  if (!instants.ok)
    return moveDatePage(visit, of, fields, [{ field: 'starts', message: 'On this day the clocks leave out the time at which it begins' }])
  // Pressed with nothing changed, nobody is told of a move that was none.
  if (instants.value[0]!.getTime() === meeting.startsAt.getTime() && fields.text('place') === meeting.place)
    return redirect(paths.meetings.date(meeting.id), { notice: 'Nothing was changed: it meets then and there already.' })
  const moved = await moveMeeting(tx, actor, clock.now(), series, meeting, { startsAt: instants.value[0]!, place: fields.text('place') })
  if (!moved.ok && moved.error === 'meets-then')
    return moveDatePage(visit, of, fields, [{ field: 'on-day', message: 'It meets at this time already' }])
  return redirect(paths.meetings.date(meeting.id), {
    notice: moved.ok ? `Moved to ${whenInWords(instants.value[0]!)}. Everybody who sits in it has been told.` : 'It cannot be moved now.',
  })
}

/** Cancels a date, and says what becomes of its cases; once cancelled, what becomes of those that were kept from whoever did. */
export async function cancelDatePage(
  visit: Visit,
  of: OfMeeting,
  typed: Fields = noFields,
  errors: readonly FieldError[] = [],
): Promise<Answer> {
  const { meeting, series, kind } = of
  const { tx, actor } = visit
  const left = leftOver(await agendaOf(tx, actor, meeting.id)).length
  const isCancelled = meeting.state === 'cancelled'
  if (!hasNotBegun(of) && !(isCancelled && left > 0))
    return redirect(paths.meetings.date(meeting.id), { notice: 'It cannot be cancelled any more.' })
  const dates = await otherDates(visit, of)
  const title = isCancelled ? 'What becomes of its cases' : 'Cancel this date'
  const body = (
    <Form {...visit.form} action={paths.meetings.cancelDate(meeting.id)} classes="ly-form">
      {errorSummaryFor(errors)}
      {isCancelled
        ? null
        : Textarea({
            name: 'reason',
            id: 'reason',
            label: 'Why',
            hint: 'Everybody who sits in the meeting reads it: name nobody here',
            rows: 3,
            value: typed.typed('reason'),
            errorMessage: errorFor(errors, 'reason'),
          })}
      {left > 0
        ? Radios({
            name: 'cases',
            fieldset: {
              legend: {
                text: left === 1 ? 'What becomes of its case?' : `What becomes of its ${left} cases?`,
                classes: 'govuk-fieldset__legend--s',
              },
            },
            hint: 'Members do not see them until they are sent out again. What agencies have answered goes with them.',
            value: typed.text('cases') || (dates[0]?.id ?? 'wait'),
            items: [
              ...dates.map(one => ({ value: one.id, text: `On the agenda of ${dayInWords(one.startsAt)}` })),
              { value: 'wait', text: 'Back to be triaged' },
            ],
            errorMessage: errorFor(errors, 'cases'),
          })
        : null}
      {buttons(isCancelled ? 'Save' : 'Cancel this date', paths.meetings.date(meeting.id))}
    </Form>
  )
  return meetingPage(kind, title, body, {
    context: meetingLink(series, meeting),
    inTitle: series.name,
    narrow: true,
    hasErrors: errors.length > 0,
  })
}

const otherDates = async ({ tx }: Visit, { series, meeting }: OfMeeting) =>
  (await comingOf(tx, series.id)).filter(one => one.id !== meeting.id)

export async function postCancelDate(visit: Visit, of: OfMeeting): Promise<Answer> {
  const { tx, actor, clock, fields } = visit
  const { meeting, series } = of
  const reason = fields.text('reason')
  const errors: FieldError[] = tooLong(fields, { reason: 'Why' }, longestLine)
  if (!reason && meeting.state !== 'cancelled') errors.push({ field: 'reason', message: 'Enter why it is cancelled' })
  const next = (await otherDates(visit, of)).find(one => one.id === fields.text('cases'))
  if (!next && fields.text('cases') !== 'wait' && leftOver(await agendaOf(tx, actor, meeting.id)).length > 0)
    errors.push({ field: 'cases', message: 'Choose what becomes of its cases' })
  if (errors.length > 0) return cancelDatePage(visit, of, fields, errors)
  const cancelled = await cancelMeeting(tx, actor, clock.now(), series, meeting, { reason, next })
  return redirect(paths.meetings.series(series.id), {
    notice: cancelled.ok ? `${dayInWords(meeting.startsAt)} is cancelled.` : 'It cannot be cancelled now.',
  })
}
