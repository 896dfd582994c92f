import type { VNode } from 'preact'
import type { Visit } from '../platform/web/routes.ts'
import { Button, errorFor, errorSummaryFor, type FieldError, Form, Textarea } from '../ui/index.ts'

type Ending = { title: string /** What ending it does. */; words: VNode; why: string; button: string; action: string; back: string }

/** Asks why a share or a withholding ends. */
export const endingForm = (visit: Visit, { title, words, why, button, action, back }: Ending, errors: readonly FieldError[]): VNode => (
  <>
    {errorSummaryFor(errors)}
    <h1 class="govuk-heading-l">{title}</h1>
    {words}
    <Form {...visit.form} action={action}>
      <Textarea
        name="reason"
        rows={2}
        label={{ text: why, classes: 'govuk-label--s' }}
        value={visit.fields.typed('reason')}
        errorMessage={errorFor(errors, 'reason')}
      />
      <div class="govuk-button-group">
        <Button text={button} classes="govuk-button--warning" />
        <a class="govuk-link" href={back}>
          Cancel
        </a>
      </div>
    </Form>
  </>
)
