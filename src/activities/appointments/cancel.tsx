import { type FrameParts, type PartOfCase, readerOf } from '../../cases/index.ts'
import { paths } from '../../paths.ts'
import { formatInstant } from '../../platform/clock.ts'
import { type Answer, redirect } from '../../platform/web/answer.ts'
import type { Visit } from '../../platform/web/routes.ts'
import { Checkboxes, errorFor, type FieldError, Input, Radios } from '../../ui/index.ts'
import type { Appointment } from './appointment.ts'
import { cancel } from './change-appointments.ts'
import { endedAlready } from './ended-already.ts'
import { endingPage } from './ending-page.tsx'

export async function showCancel(
  visit: Visit,
  parts: FrameParts,
  part: PartOfCase,
  found: Appointment,
  errors: readonly FieldError[] = [],
): Promise<Answer> {
  const { fields } = visit
  const children = (
    <>
      <p class="govuk-body">
        {found.kindName}, {formatInstant(found.startsAt)}, {found.workerName}.
      </p>
      {Radios({
        name: 'by',
        fieldset: { legend: { text: 'Who cancelled it?' } },
        value: fields.text('by'),
        items: [
          { value: 'them', text: 'The person' },
          { value: 'us', text: 'We did' },
        ],
        errorMessage: errorFor(errors, 'by'),
      })}
      {Input({ name: 'reason', label: 'Why', value: fields.typed('reason'), errorMessage: errorFor(errors, 'reason') })}
      {found.seriesId
        ? Checkboxes({ name: 'following', items: [{ value: 'yes', text: 'And those after it that were booked together with it' }] })
        : null}
    </>
  )
  return endingPage(visit, parts, part, found, {
    title: 'Cancel an appointment',
    action: paths.appointments.cancel(part.caseId, found.id),
    errors,
    children,
    button: { text: 'Cancel the appointment', classes: 'govuk-button--warning' },
    leave: 'Keep it',
  })
}

export async function postCancel(visit: Visit, parts: FrameParts, part: PartOfCase, found: Appointment): Promise<Answer> {
  const { tx, actor, clock, fields } = visit
  const read = readerOf(fields)
  const by = read.choice('by', ['them', 'us'], 'Select who cancelled it')
  const reason = read.needed('reason', 'Why', 'Enter why it is cancelled', 500)
  if (!by || read.errors.length > 0) return showCancel(visit, parts, part, found, read.errors)
  const outcome = await cancel(tx, actor, clock.now(), found, { by, reason, following: fields.text('following') === 'yes' })
  if (!outcome.ok) return endedAlready(found)
  const notice = outcome.value > 1 ? `${outcome.value} appointments cancelled.` : 'Appointment cancelled.'
  return redirect(paths.appointments.ofCase(part.caseId), { notice })
}
