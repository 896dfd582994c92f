import type { VNode } from 'preact'
import { Button, Input } from '../../ui/index.ts'

type Props = {
  action: string
  typed: string
  kept?: Readonly<Record<string, string>> /** The cursor is in it when the page opens. */
  focused?: boolean
}

/** The box that finds somebody who is not among the recent ones. */
export function FindBox({ action, typed, kept = {}, focused = false }: Props): VNode {
  return (
    <search>
      <form action={action} method="get" class="ly-find-line">
        {Object.entries(kept).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        {Input({
          id: 'find-whom',
          name: 'q',
          label: 'Find a person',
          hint: 'Name, date of birth, client id, NHS number or postcode',
          value: typed,
          autocomplete: 'off',
          spellcheck: false,
          attributes: { autofocus: { value: focused, optional: true } },
        })}
        {Button({ text: 'Find', classes: 'govuk-button--secondary' })}
      </form>
    </search>
  )
}
