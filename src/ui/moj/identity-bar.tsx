import { type Attributes, attrs, type Content, cls, content, type Options } from '../markup.tsx'
import { ButtonMenu, type ButtonMenuProps } from './button-menu.tsx'

export type IdentityBarProps = { title: Content } & Options<{ menus: ButtonMenuProps[]; classes: string; attributes: Attributes }>

/** Whose record this is, along the top. Lanyard's own is `RecordBanner`. */
export function IdentityBar(p: IdentityBarProps) {
  return (
    <div class={cls('moj-identity-bar', p.classes)} {...attrs(p.attributes)}>
      <div class="moj-identity-bar__container">
        <div class="moj-identity-bar__details">
          <span class="moj-identity-bar__title">{content(p.title)}</span>
        </div>
        {p.menus && (
          <div class="moj-identity-bar__actions">
            {p.menus.map((menu, i) => (
              <div key={i} class="moj-identity-bar__menu">
                {ButtonMenu(menu)}
              </div>
            ))}
          </div>
        )}
      </div>
    </div>
  )
}
