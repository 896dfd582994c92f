import type { ComponentChildren, VNode } from 'preact'
import type { Options } from './markup.tsx'

export type AlertBarProps = {
  kind: 'danger' | 'warning' | 'notice' | 'success'
  title: ComponentChildren
} & Options<{ children: ComponentChildren; link: { text: string; href: string }; role: 'status' | 'alert' }>

/** One line that must not be overlooked, under the banner of a record: a danger, what is withheld, a death. The words say which. */
export function AlertBar({ kind, title, children, link, role }: AlertBarProps): VNode {
  return (
    <div class={`ly-alert ly-alert--${kind}`} role={role}>
      <strong>{title}</strong> {children ? <span>{children}</span> : null}{' '}
      {link ? (
        <a class="govuk-link" href={link.href}>
          {link.text}
        </a>
      ) : null}
    </div>
  )
}
