import type { VNode } from 'preact'
import { Details, errorFor, type FieldError, Input, Select } from '../../ui/index.ts'
import { CountsInput } from '../counts.tsx'
import { InstantInput } from '../instant-input.tsx'
import type { Typed } from '../typed.ts'
import { contactKinds, inputName, type KindField } from './contact-kinds.ts'
import type { NoteChoices } from './note-words.ts'

type Props = { typed: Typed; errors: readonly FieldError[]; choices: NoteChoices }

/**
 * What each kind of contact asks for beside the words. Without script every kind's questions stand folded up under its name, the chosen one's
 * open; with it only the chosen one's are there (src/islands/contact-kind.ts). What is typed for a kind that is not chosen is not saved.
 */
export function KindFields({ typed, errors, choices }: Props): VNode {
  const chosen = typed.text('note-type')
  return (
    <>
      {choices.types
        .filter(type => contactKinds[type.code])
        .map(type =>
          Details({
            summaryText: `More about it: ${type.label.toLowerCase()}`,
            open: type.code === chosen,
            attributes: { 'data-kind-of-contact': type.code },
            children: (contactKinds[type.code] ?? []).map(field => (
              <FieldOfKind key={field.name} noteType={type.code} field={field} typed={typed} errors={errors} choices={choices} />
            )),
          }),
        )}
    </>
  )
}

function FieldOfKind({ noteType, field, typed, errors, choices }: Props & { noteType: string; field: KindField }): VNode {
  const name = inputName(noteType, field)
  const label = field.kind === 'text' && field.missing ? field.label : `${field.label} (optional)`
  switch (field.kind) {
    case 'text':
      return Input({ name, label, hint: field.hint, value: typed.typed(name), errorMessage: errorFor(errors, name) })
    case 'choice':
      return Select({
        name,
        label,
        value: typed.text(name),
        items: [{ value: '', text: '' }, ...choices.of(field.list).map(one => ({ value: one.code, text: one.label }))],
        errorMessage: errorFor(errors, name),
      })
    case 'counts':
      return <CountsInput name={name} legend={label} options={choices.of(field.list)} typed={typed} errors={errors} />
    case 'next':
      return (
        <InstantInput
          name={name}
          words={{ date: label, time: `Time of ${field.label.toLowerCase()}` }}
          hint="It is put into your calendar as an appointment"
          typed={typed}
          errors={errors}
        />
      )
  }
}
