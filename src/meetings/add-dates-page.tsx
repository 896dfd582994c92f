import { paths } from '../paths.ts'
import { today } from '../platform/clock.ts'
import { readDateParts } from '../platform/plain-date.ts'
import { type Answer, redirect } from '../platform/web/answer.ts'
import { type Fields, noFields } from '../platform/web/fields.ts'
import type { Visit } from '../platform/web/routes.ts'
import { DateInput, errorFor, errorSummaryFor, type FieldError, Form, Input } from '../ui/index.ts'
import { addMeetings } from './change-series.ts'
import { buttons, meetingPage, type OfSeries, seriesLink } from './frame.tsx'

/** Dates of a series, each so many weeks after the one before. */
export async function addDatesPage(
  visit: Visit,
  { series, kind }: OfSeries,
  typed: Fields = noFields,
  errors: readonly FieldError[] = [],
): Promise<Answer> {
  const address = paths.meetings.addDates(series.id)
  const body = (
    <Form {...visit.form} action={address} classes="ly-form">
      {errorSummaryFor(errors)}
      <p class="govuk-body">
        {series.weeks === 1 ? 'Every week' : `Every ${series.weeks} weeks`} at {series.startsAt}
        {series.place ? `, ${series.place}` : ''}.
      </p>
      {DateInput({
        id: 'first',
        namePrefix: 'first',
        fieldset: { legend: { text: 'The first date', classes: 'govuk-fieldset__legend--s' } },
        values: Object.fromEntries(['day', 'month', 'year'].map(part => [part, typed.typed(`first-${part}`)])),
        errorMessage: errors.find(one => one.field.startsWith('first-'))?.message,
      })}
      {Input({
        name: 'times',
        id: 'times',
        label: 'How many dates',
        classes: 'govuk-input--width-3',
        inputmode: 'numeric',
        value: typed.has('times') ? typed.typed('times') : '4',
        errorMessage: errorFor(errors, 'times'),
      })}
      {buttons('Add dates', paths.meetings.series(series.id))}
    </Form>
  )
  return meetingPage(kind, 'Add dates', body, { context: seriesLink(series), narrow: true, hasErrors: errors.length > 0 })
}

export async function postAddDates(visit: Visit, of: OfSeries): Promise<Answer> {
  const { tx, actor, clock, fields } = visit
  const errors: FieldError[] = []
  const first = readDateParts(
    { day: fields.typed('first-day'), month: fields.typed('first-month'), year: fields.typed('first-year') },
    'First date',
  )
  if (!first.ok) errors.push({ field: `first-${first.error.parts[0] ?? 'day'}`, message: first.error.message })
  else if (first.value < today(clock)) errors.push({ field: 'first-day', message: 'First date must be today or in the future' })
  const times = Number(fields.text('times'))
  if (!Number.isInteger(times) || times < 1 || times > 60)
    errors.push({ field: 'times', message: 'How many dates must be a whole number from 1 to 60' })
  if (!first.ok || errors.length > 0) return addDatesPage(visit, of, fields, errors)
  const added = await addMeetings(tx, actor, clock.now(), of.series, first.value, times)
  if (!added.ok)
    return addDatesPage(visit, of, fields, [
      { field: 'first-day', message: 'On one of these days the clocks leave out the time at which it begins' },
    ])
  return redirect(paths.meetings.series(of.series.id), { notice: added.value === 1 ? '1 date added.' : `${added.value} dates added.` })
}
