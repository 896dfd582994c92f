import type { ComponentChildren } from 'preact'
import { type FrameParts, type PartOfCase, partPage } from '../../cases/index.ts'
import { paths } from '../../paths.ts'
import type { Answer } from '../../platform/web/answer.ts'
import type { Visit } from '../../platform/web/routes.ts'
import { Button, errorSummaryFor, type FieldError, Form } from '../../ui/index.ts'
import type { Appointment } from './appointment.ts'

type Ending = {
  title: string
  action: string
  errors: readonly FieldError[]
  children: ComponentChildren
  button: { text: string; classes?: string }
  /** The way back to the appointment, with nothing done. */
  leave: string
}

/** The page on which somebody says what became of an appointment: what it is about, what is asked, and the way back. */
export function endingPage(visit: Visit, parts: FrameParts, part: PartOfCase, found: Appointment, ending: Ending): Promise<Answer> {
  const { title, action, errors, children, button, leave } = ending
  const body = (
    <Form {...visit.form} action={action} classes="ly-form">
      {errorSummaryFor(errors)}
      {children}
      <div class="govuk-button-group">
        {Button({ ...button, preventDoubleClick: true })}
        <a class="govuk-link" href={paths.appointments.show(part.caseId, found.id)}>
          {leave}
        </a>
      </div>
    </Form>
  )
  return partPage(visit, parts, part, title, body, { current: 'appointments', hasErrors: errors.length > 0, narrow: true })
}
