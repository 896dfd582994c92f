import type { VNode } from 'preact'
import { type PlainDate, partsOf } from '../../platform/plain-date.ts'
import { Checkboxes, errorFor, type FieldError, Input, Radios, Textarea } from '../../ui/index.ts'
import { dateControl, type Shown } from '../edit-section/section-form.tsx'
import { type Address, addressKinds, addressKindWords } from '../person.ts'

/** The boxes of an address. */
export function AddressFields({ shown, errors }: { shown: Shown; errors: readonly FieldError[] }): VNode {
  const input = (name: string, label: string, classes: string, hint?: string) =>
    Input({ name, label, hint, value: shown.text(name), errorMessage: errorFor(errors, name), classes, autocomplete: 'off' })
  return (
    <>
      {Radios({
        name: 'kind',
        value: shown.text('kind'),
        errorMessage: errorFor(errors, 'kind'),
        fieldset: { legend: { text: 'What kind of address is it?', classes: 'govuk-fieldset__legend--s' } },
        classes: 'govuk-radios--small',
        items: addressKinds.map(kind => ({ value: kind, text: addressKindWords[kind] })),
      })}
      {Textarea({
        name: 'lines',
        label: 'Building and street',
        hint: 'Leave empty with no fixed abode',
        rows: '2',
        value: shown.text('lines'),
        errorMessage: errorFor(errors, 'lines'),
      })}
      {input('town', 'Town or city', 'govuk-!-width-one-half')}
      {input('postcode', 'Postcode', 'govuk-input--width-10', 'Without one: ZZ99 3VZ stands for no fixed abode')}
      {dateControl('from', 'When did they move in?', 'Leave empty if it is not known', shown, errors)}
      {dateControl('to', 'When did they move out?', 'Leave empty if they still live there', shown, errors)}
      {Checkboxes({
        name: 'confidential',
        classes: 'govuk-checkboxes--small',
        items: [
          {
            value: 'yes',
            text: 'This address is confidential',
            hint: {
              text: 'It is not shown in the banner, on lists or in search. Anyone who may read the record sees it on the details page, with a warning',
            },
            checked: shown.text('confidential') === 'yes',
          },
        ],
      })}
      {input('uprn', 'Unique property reference number (UPRN), if known', 'govuk-input--width-10')}
      {input('note', 'About this address (optional)', '', 'Access, dogs, who else lives there')}
    </>
  )
}

/** An address on record, by the names of the form's boxes. */
export function shownAddress(address: Address): Shown {
  const values: Record<string, string> = {
    kind: address.kind,
    lines: address.lines ?? '',
    town: address.town ?? '',
    postcode: address.postcode ?? '',
    uprn: address.uprn ?? '',
    note: address.note ?? '',
    confidential: address.confidential ? 'yes' : '',
    ...dateBoxes('from', address.from),
    ...dateBoxes('to', address.to),
  }
  return { text: name => values[name] ?? '', all: () => [] }
}

function dateBoxes(name: string, date: PlainDate | null): Record<string, string> {
  if (date === null) return {}
  const { day, month, year } = partsOf(date)
  return { [`${name}-day`]: String(day), [`${name}-month`]: String(month), [`${name}-year`]: String(year) }
}
