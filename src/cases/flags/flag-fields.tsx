import type { VNode } from 'preact'
import { isOption, type Option } from '../../lists/index.ts'
import type { PlainDate } from '../../platform/plain-date.ts'
import type { Fields } from '../../platform/web/fields.ts'
import { errorFor, type FieldError, Radios, Select, Textarea } from '../../ui/index.ts'
import { DayInput } from '../day-input.tsx'
import { readerOf } from '../read-fields.ts'
import type { FlagOutcome, NewFlag } from './flags.ts'

type Shown = { typed: Fields; errors: readonly FieldError[] }

/** What a new flag or alert asks. `name` keeps the two apart on a page that has both. */
export function NewFlagFields({
  name,
  kinds,
  legend,
  typed,
  errors,
}: Shown & { name: string; kinds: readonly Option[]; legend: string }): VNode {
  return (
    <Select
      name={name}
      label={{ text: legend, classes: 'govuk-label--s' }}
      errorMessage={errorFor(errors, name)}
      value={typed.text(name)}
      items={[{ value: '', text: 'Choose' }, ...kinds.map(one => ({ value: one.code, text: one.label }))]}
    />
  )
}

export function FlagDetailFields({ typed, errors }: Shown): VNode {
  return (
    <>
      <Textarea
        name="note"
        rows={3}
        label={{ text: 'What must people know?', classes: 'govuk-label--s' }}
        hint="In a line or two: it is read at a glance"
        value={typed.typed('note')}
        errorMessage={errorFor(errors, 'note')}
      />
      <DayInput
        name="review"
        legend="When should somebody look at it again?"
        hint="Leave it empty if it stands until it is resolved"
        typed={typed}
        errors={errors}
      />
    </>
  )
}

/** Reads a new flag of one of these kinds. */
export function readNewFlag(fields: Fields, name: string, kinds: readonly Option[], today: PlainDate): NewFlag | { errors: FieldError[] } {
  const read = readerOf(fields)
  const kind = fields.text(name)
  if (!isOption(kinds, kind)) read.refuse(name, 'Select what kind it is')
  const note =
    kind === 'other'
      ? read.needed('note', 'What people must know', 'Enter what people must know', 500)
      : read.text('note', 'What people must know', 500)
  const reviewOn = read.maybeDay('review', 'Date of the review', { notBefore: today })
  if (read.errors.length > 0) return { errors: read.errors }
  return { kind, label: kinds.find(one => one.code === kind)?.label ?? kind, note, reviewOn }
}

/** Does it still stand? */
export function FlagOutcomeFields({ typed, errors }: Shown): VNode {
  return (
    <>
      <Radios
        name="outcome"
        fieldset={{ legend: { text: 'Does it still stand?', classes: 'govuk-fieldset__legend--s' } }}
        errorMessage={errorFor(errors, 'outcome')}
        value={typed.text('outcome')}
        items={[
          {
            value: 'keep',
            text: 'Yes',
            conditional: {
              text: (
                <DayInput
                  name="review"
                  legend="When should somebody look at it again?"
                  hint="Leave it empty if it stands until it is resolved"
                  typed={typed}
                  errors={errors}
                />
              ),
            },
          },
          { value: 'resolve', text: 'No, it can come off', hint: { text: 'It stays in the history.' } },
        ]}
      />
      <Textarea
        name="reason"
        rows={3}
        label={{ text: 'Why?', classes: 'govuk-label--s' }}
        value={typed.typed('reason')}
        errorMessage={errorFor(errors, 'reason')}
      />
    </>
  )
}

export function readFlagOutcome(fields: Fields, today: PlainDate): FlagOutcome | { errors: FieldError[] } {
  const read = readerOf(fields)
  const outcome = read.choice('outcome', ['keep', 'resolve'], 'Select whether it still stands')
  const reviewOn = outcome === 'keep' ? read.maybeDay('review', 'Date of the review', { notBefore: today }) : null
  const reason = read.needed('reason', 'Reason', 'Enter why', 1_000)
  if (read.errors.length > 0 || !outcome) return { errors: read.errors }
  return outcome === 'keep' ? { outcome, reviewOn, reason } : { outcome, reason }
}
