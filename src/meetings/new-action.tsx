import type { VNode } from 'preact'
import { Button, errorFor, Input, Select } from '../ui/index.ts'
import type { OfMeeting } from './frame.tsx'
import { agencyLabel } from './kind.ts'
import { type Party, partyName } from './meeting.ts'
import type { Doer } from './read-action.ts'
import type { Recording } from './recording.ts'

type Props = Pick<Recording, 'typed' | 'errors'> & { of: OfMeeting; people: readonly Party[]; doers: readonly Doer[] }

/** One line, as it is spoken: what, @who, when; or the boxes under it. They belong to the form of what is said: setting an action saves that as well. */
export function NewActionBoxes({ of: { kind }, people, doers, typed, errors }: Props): VNode {
  const attributes = { form: 'record' }
  return (
    <>
      {Input({
        name: 'what',
        id: 'what',
        label: 'New action',
        hint: 'What, then @ and an agency or somebody of it, and when: Change the locks @housing fri',
        value: typed.typed('what'),
        errorMessage: errorFor(errors, 'what'),
        attributes,
      })}
      {Select({
        name: 'seat',
        id: 'seat',
        label: 'Who does it',
        value: typed.text('seat'),
        items: [
          { value: '', text: 'As typed after @' },
          ...doers.map(({ seat, worker }) =>
            worker
              ? { value: `${seat.id}/${worker.id}`, text: `${worker.name}, ${seat.name}` }
              : { value: seat.id, text: seat.name + (seat.category ? ` (${agencyLabel(kind, seat.category)})` : '') },
          ),
        ],
        errorMessage: errorFor(errors, 'seat'),
        attributes,
      })}
      {Input({
        name: 'due',
        id: 'due',
        label: 'By when',
        hint: 'fri, tomorrow, in 10 days, 27/11/2026',
        value: typed.typed('due'),
        errorMessage: errorFor(errors, 'due'),
        attributes,
      })}
      {people.length > 0
        ? Select({
            name: 'party',
            id: 'party',
            label: 'About (optional)',
            value: typed.text('party'),
            items: [{ value: '', text: 'The whole case' }, ...people.map(one => ({ value: one.id, text: partyName(one) }))],
            attributes,
          })
        : null}
      {Button({ text: 'Set the action', classes: 'govuk-button--secondary', name: '_then', value: 'action', attributes })}
    </>
  )
}
