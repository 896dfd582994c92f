import { Button, type ButtonProps } from '../govuk/button.tsx'
import { type Attributes, attrs, cls, type Options } from '../markup.tsx'

export type ButtonMenuProps = { items: ButtonProps[] } & Options<{
  button: Options<{ text: string; classes: string }>
  alignMenu: 'left' | 'right'
  classes: string
  attributes: Attributes
}>

/** Buttons that script folds into one menu; a row of buttons without script. */
export function ButtonMenu(p: ButtonMenuProps) {
  return (
    <div
      class={cls('moj-button-menu', p.classes)}
      data-module="moj-button-menu"
      {...attrs(p.attributes)}
      data-button-text={p.button?.text}
      data-button-classes={p.button?.classes}
      data-align-menu={p.alignMenu}
    >
      {p.items.map((item, i) => [
        i ? ' ' : null,
        Button({ ...item, classes: cls('moj-button-menu__item govuk-button--secondary', item.classes) }),
      ])}
    </div>
  )
}
