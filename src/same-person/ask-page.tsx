import { paths } from '../paths.ts'
import { formatClientId, formatName, type PersonFrame, type PersonRecord, personPage } from '../people/index.ts'
import type { Answer } from '../platform/web/answer.ts'
import type { Visit } from '../platform/web/routes.ts'
import { Button, errorFor, errorSummaryFor, type FieldError, Form, Input } from '../ui/index.ts'

/** For somebody who may not merge these two: what may be said, which is not why, and a way to whoever may. */
export function askPage(
  frame: PersonFrame,
  visit: Visit,
  record: PersonRecord,
  other: PersonRecord,
  errors: readonly FieldError[],
): Promise<Answer> {
  return personPage(
    frame,
    visit,
    record,
    'Ask to merge two records',
    <div class="ly-narrow">
      {errorSummaryFor(errors)}
      <h1 class="govuk-heading-l">Ask to merge two records</h1>
      <p class="govuk-body">
        <bdi>{formatName(record)}</bdi> (LY {formatClientId(record.clientId)}) and <bdi>{formatName(other)}</bdi> (LY{' '}
        {formatClientId(other.clientId)}) can be merged by the authority, who sees all of both. Nothing changes until they have looked.
      </p>
      <Form action={paths.samePerson.askToMerge(record.id, other.id)} {...visit.form}>
        <Input
          name="reason"
          label="How do you know that they are the same person?"
          hint="Read by whoever may see both records"
          value={visit.fields.typed('reason')}
          errorMessage={errorFor(errors, 'reason')}
        />
        <div class="govuk-button-group">
          <Button text="Ask the authority" />
          <a class="govuk-link" href={paths.samePerson.show(record.id)}>
            Cancel
          </a>
        </div>
      </Form>
    </div>,
    { hasErrors: errors.length > 0 },
  )
}

/** For somebody who holds the right and does not see all of these two: they cannot, and there is nobody above them to ask. */
export function cannotPage(frame: PersonFrame, visit: Visit, record: PersonRecord, other: PersonRecord): Promise<Answer> {
  return personPage(
    frame,
    visit,
    record,
    'Merge two records',
    <>
      <h1 class="govuk-heading-l">You cannot merge these two records</h1>
      <p class="govuk-body">
        <bdi>{formatName(record)}</bdi> and <bdi>{formatName(other)}</bdi> are merged only by somebody who sees all of both. Ask the leaders
        of the teams who work with them.
      </p>
      <p class="govuk-body">
        <a class="govuk-link" href={paths.samePerson.show(record.id)}>
          Back
        </a>
      </p>
    </>,
  )
}
