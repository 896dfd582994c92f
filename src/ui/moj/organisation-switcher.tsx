import { attrs, cls, content, type Options, type Part } from '../markup.tsx'

export type OrganisationSwitcherProps = Part &
  Options<{ id: string; label: string; link: { href: string } & Options<{ id: string; text: string }> & Part }>

/** For which organisation one is working, and a link to change it. */
export function OrganisationSwitcher(p: OrganisationSwitcherProps) {
  return (
    <div
      id={p.id || undefined}
      class={cls('moj-organisation-nav', p.classes)}
      aria-label={p.label ?? 'Organisation switcher'}
      {...attrs(p.attributes)}
    >
      <div class="moj-organisation-nav__title">{content(p)}</div>
      {p.link && (
        <a
          id={p.link.id || undefined}
          href={p.link.href}
          class={cls('moj-organisation-nav__link', p.link.classes)}
          {...attrs(p.link.attributes)}
        >
          {p.link.text ?? 'Change organisation'}
        </a>
      )}
    </div>
  )
}
