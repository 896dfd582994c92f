import type { VNode } from 'preact'
import { type PlainDate, partsOf } from '../../platform/plain-date.ts'
import { Checkboxes, errorFor, type FieldError, Input, Radios, Textarea } from '../../ui/index.ts'
import { dateControl, type Shown } from '../edit-section/section-form.tsx'
import { type Address, addressKinds, addressKindWords } from '../person.ts'
import type { Offered } from './secret-readers.ts'

/** The boxes of an address. `offered` says who would read it, were it secret. */
export function AddressFields({ shown, errors, offered }: { shown: Shown; errors: readonly FieldError[]; offered: Offered }): VNode {
  const keepers = offered.keepers.join(' and ') || 'whoever records it'
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
              text: `Only ${keepers} can read it, like any refuge or other safe place. Everybody else who reads the record is told that there is a confidential address and not where it is`,
            },
            checked: shown.text('confidential') === 'yes',
          },
        ],
      })}
      {offered.others.length > 0 &&
        Checkboxes({
          name: 'reader',
          errorMessage: errorFor(errors, 'reader'),
          fieldset: { legend: { text: 'Who else may read it, if it is confidential or a refuge?', classes: 'govuk-fieldset__legend--s' } },
          hint: 'Services that you can see work with the person. Leave all unticked unless they must know where the person is',
          classes: 'govuk-checkboxes--small',
          items: offered.others.map(one => ({
            value: String(one.principal),
            text: one.name,
            checked: shown.all('reader').includes(String(one.principal)),
          })),
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
  return { text: name => values[name] ?? '', all: name => (name === 'reader' ? (address.namedReaders ?? []).map(String) : []) }
}

function dateBoxes(name: string, date: PlainDate | null): Record<string, string> {
  if (date === null) return {}
  const { day, month, year } = partsOf(date)
  return { [`${name}-day`]: String(day), [`${name}-month`]: String(month), [`${name}-year`]: String(year) }
}
