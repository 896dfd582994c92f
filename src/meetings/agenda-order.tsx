import type { VNode } from 'preact'
import { paths } from '../paths.ts'
import type { Fields } from '../platform/web/fields.ts'
import type { Visit } from '../platform/web/routes.ts'
import { Button, errorFor, type FieldError, Form } from '../ui/index.ts'
import type { OfMeeting } from './frame.tsx'
import { type Item, type Party, partyName } from './meeting.ts'

type OrderProps = {
  visit: Visit
  of: OfMeeting
  items: readonly Item[]
  parties: ReadonlyMap<string, readonly Party[]>
  typed: Fields
  errors: readonly FieldError[]
}

/** In which order items are talked about, and how long each has. */
export function Order({ visit, of: { meeting }, items, parties, typed, errors }: OrderProps): VNode {
  const box = (name: string, stands: number, label: string) => {
    const error = errorFor(errors, name)
    return (
      <>
        {error ? (
          <p class="govuk-error-message" id={`${name}-error`}>
            {error}
          </p>
        ) : null}
        <input
          class={`govuk-input govuk-input--width-3${error ? ' govuk-input--error' : ''}`}
          id={name}
          name={name}
          value={typed.has(name) ? typed.typed(name) : String(stands)}
          inputmode="numeric"
          aria-label={label}
          aria-describedby={error ? `${name}-error` : undefined}
        />
      </>
    )
  }
  return (
    <details class="govuk-details" open={errors.length > 0}>
      <summary class="govuk-details__summary">
        <span class="govuk-details__summary-text">Change the order, and how long each case has</span>
      </summary>
      <div class="govuk-details__text">
        <Form {...visit.form} action={paths.meetings.order(meeting.id)}>
          <p class="govuk-body">A case that you give another place takes it, and the others move up or down.</p>
          <table class="govuk-table">
            <caption class="govuk-visually-hidden">Order and time</caption>
            <thead class="govuk-table__head">
              <tr>
                {['Case', 'Place', 'Minutes'].map(heading => (
                  <th class="govuk-table__header" scope="col" key={heading}>
                    {heading}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody class="govuk-table__body">
              {items.map((one, place) => (
                <tr class="govuk-table__row" key={one.id}>
                  <th class="govuk-table__header" scope="row">
                    {one.reference}
                    <span class="ly-second">
                      <bdi>{(parties.get(one.id) ?? []).slice(0, 1).map(partyName).join('')}</bdi>
                    </span>
                  </th>
                  <td class="govuk-table__cell">{box(`place-${one.id}`, place + 1, `Place of case ${one.reference}`)}</td>
                  <td class="govuk-table__cell">{box(`minutes-${one.id}`, one.minutes, `Minutes for case ${one.reference}`)}</td>
                </tr>
              ))}
            </tbody>
          </table>
          {Button({ text: 'Save the order', classes: 'govuk-button--secondary' })}
        </Form>
      </div>
    </details>
  )
}
