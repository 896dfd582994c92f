import type { VNode } from 'preact'
import { InstantInput, type Typed } from '../../cases/index.ts'
import type { Visit } from '../../platform/web/routes.ts'
import {
  Button,
  Checkboxes,
  errorFor,
  errorSummaryFor,
  type FieldError,
  Form,
  Input,
  InsetText,
  Radios,
  Select,
  Textarea,
} from '../../ui/index.ts'
import { HolidaysQuestion, type OnHoliday } from './on-bank-holidays.tsx'
import { repeats, startWords } from './read-appointment.ts'

export type AppointmentFormProps = {
  form: Visit['form']
  action: string
  typed: Typed
  errors: readonly FieldError[]
  kinds: readonly { code: string; label: string }[]
  workers: readonly { id: string; name: string }[]
  /** What is already there at that time; the form then asks whether to book all the same. */
  clashes: readonly string[]
  button: string
  back: string
  /** Bank holidays that some of a series fall on; the form then asks what to do on these. */
  holidays: readonly OnHoliday[]
  /** For one that is there already: its version, how many of its series come after it, and the question why it is moved. */
  moving?: { version: number; later: number }
}

/** When, how long, who, where: the day and time first. */
export function AppointmentForm(p: AppointmentFormProps): VNode {
  const { typed, errors } = p
  const text = (name: string, label: string, hint?: string) =>
    Input({ name, label, hint, value: typed.typed(name), errorMessage: errorFor(errors, name) })
  return (
    <Form {...p.form} action={p.action} classes="ly-form">
      {errorSummaryFor(errors)}
      {p.clashes.length > 0
        ? InsetText({
            children: (
              <>
                {p.clashes.map(clash => (
                  <p class="govuk-body" key={clash}>
                    {clash}.
                  </p>
                ))}
                {Checkboxes({ name: 'despite-clash', items: [{ value: 'yes', text: 'Keep this time all the same' }] })}
              </>
            ),
          })
        : null}
      {p.holidays.length > 0 ? (
        <HolidaysQuestion
          holidays={p.holidays}
          typed={typed}
          errors={errors}
          words={
            p.moving
              ? { leaveOut: 'Leave these where they are', keep: 'Move these too' }
              : { leaveOut: 'Leave these out', keep: 'Book these too' }
          }
        />
      ) : null}
      {p.moving ? <input type="hidden" name="version" value={p.moving.version} /> : null}
      {p.moving && p.moving.later > 0
        ? Radios({
            name: 'which',
            fieldset: { legend: { text: 'Which to move' } },
            value: typed.text('which') || 'one',
            items: [
              { value: 'one', text: 'This one' },
              {
                value: 'rest',
                text: p.moving.later === 1 ? 'This one and the one after it' : `This one and the ${p.moving.later} after it`,
                hint: { text: 'By as many days, to the same time. They get the same place, worker and notes' },
              },
            ],
            errorMessage: errorFor(errors, 'which'),
          })
        : null}
      {p.moving
        ? null
        : Select({
            name: 'kind',
            label: 'Kind of contact',
            value: typed.text('kind'),
            items: p.kinds.map(kind => ({ value: kind.code, text: kind.label })),
            errorMessage: errorFor(errors, 'kind'),
          })}
      <InstantInput name="starts" words={startWords} typed={typed} errors={errors} />
      {Input({
        name: 'minutes',
        label: 'How long',
        hint: 'For example, 45 or 1:30',
        classes: 'govuk-input--width-5',
        value: typed.typed('minutes'),
        errorMessage: errorFor(errors, 'minutes'),
      })}
      {Select({
        name: 'worker',
        label: 'Who will be there',
        value: typed.text('worker'),
        items: p.workers.map(worker => ({ value: worker.id, text: worker.name })),
        errorMessage: errorFor(errors, 'worker'),
      })}
      {text('place', 'Where (optional)', 'A room or an address')}
      {text('purpose', 'What it is for (optional)')}
      {Textarea({
        name: 'safety',
        label: 'Safety note (optional)',
        hint: 'What whoever goes there must know before. It is shown before a visit, with the alerts and flags of the record',
        rows: 2,
        value: typed.typed('safety'),
        errorMessage: errorFor(errors, 'safety'),
      })}
      {p.moving ? text('reason', 'Why it is moved (optional)') : <Repeating typed={typed} errors={errors} />}
      <div class="govuk-button-group">
        {Button({ text: p.button, preventDoubleClick: true })}
        <a class="govuk-link" href={p.back}>
          Cancel
        </a>
      </div>
    </Form>
  )
}

function Repeating({ typed, errors }: { typed: Typed; errors: readonly FieldError[] }): VNode {
  return (
    <>
      {Select({
        name: 'repeat',
        label: 'How often',
        value: typed.text('repeat'),
        items: Object.entries(repeats).map(([value, words]) => ({ value: value === '0' ? '' : value, text: words })),
        errorMessage: errorFor(errors, 'repeat'),
      })}
      {Input({
        name: 'times',
        label: 'How many times, if more than once',
        classes: 'govuk-input--width-3',
        inputmode: 'numeric',
        value: typed.typed('times'),
        errorMessage: errorFor(errors, 'times'),
      })}
    </>
  )
}
