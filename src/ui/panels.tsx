import type { ComponentChildren, VNode } from 'preact'
import { cls, type Falsy, type Options } from './markup.tsx'

export type Figure = { count: number; label: string } & Options<{ href: string; urgent: boolean }>

/** The row of counts at the top of a list of work. A count that is urgent and not nought stands out. */
export function Figures({ items, label }: { items: readonly Figure[]; label: string }): VNode {
  return (
    <ul class="ly-figures" aria-label={label}>
      {items.map(item => (
        <li key={item.label} class={cls('ly-figures__item', item.urgent && item.count > 0 && 'ly-figures__item--urgent')}>
          <span class="ly-figures__count">{item.count}</span>{' '}
          {item.href ? (
            <a class="govuk-link govuk-link--no-visited-state govuk-link--no-underline ly-figures__link" href={item.href}>
              {item.label}
            </a>
          ) : (
            item.label
          )}
        </li>
      ))}
    </ul>
  )
}

export type Step = { title: string; state: 'done' | 'current' | 'coming' } & Options<{ detail: ComponentChildren; late: boolean }>

/** Where the case stands: its stages with their dates, side by side, one under another on a phone. */
export function Steps({ items, label }: { items: readonly Step[]; label: string }): VNode {
  return (
    <ol class="ly-steps" aria-label={label}>
      {items.map(item => (
        <li
          key={item.title}
          class={`ly-steps__item ly-steps__item--${item.state}`}
          aria-current={item.state === 'current' ? 'step' : undefined}
        >
          <span class="ly-steps__title">
            {item.title}
            {item.state === 'done' ? <span class="govuk-visually-hidden">, done</span> : null}
          </span>
          {item.detail ? <span class={cls('ly-steps__detail', item.late && 'ly-strong')}>{item.detail}</span> : null}
        </li>
      ))}
    </ol>
  )
}

export type Fact = { label: string; value: ComponentChildren } & Options<{ second: ComponentChildren }>

/** What is known, label beside value, closely set. Values that are missing are left out by passing `false`. */
export function Facts({ items, classes }: { items: readonly (Fact | Falsy)[]; classes?: string | undefined }): VNode {
  return (
    <dl class={cls('ly-facts', classes)}>
      {items.map(item =>
        item ? (
          <div key={item.label}>
            <dt>{item.label}</dt>
            <dd>
              {item.value}
              {item.second ? <span class="ly-second">{item.second}</span> : null}
            </dd>
          </div>
        ) : null,
      )}
    </dl>
  )
}

/** A part of the column at the side, under its heading. `id` must be unique on the page. */
export function SidePanel({ id, title, children }: { id: string; title: ComponentChildren; children?: ComponentChildren }): VNode {
  return (
    <section class="ly-panel" aria-labelledby={id}>
      <h2 class="ly-panel__title" id={id}>
        {title}
      </h2>
      {children}
    </section>
  )
}

export type NextThing = { text: ComponentChildren } & Options<{
  href: string
  /** In words: '3 days late', 'Today', '20 Nov'. */
  due: ComponentChildren
  late: boolean
  detail: ComponentChildren
}>

/** What to do next, the most pressing first, and the buttons for what is done most. */
export function DoNext({
  id,
  items,
  actions,
  title,
}: {
  id?: string
  title?: string
  items: readonly NextThing[]
  actions?: ComponentChildren
}): VNode {
  return (
    <SidePanel id={id ?? 'do-next'} title={title ?? 'Do next'}>
      {items.length ? (
        <ul class="ly-list">
          {items.map((item, i) => (
            <li key={i}>
              {item.due ? <span class={item.late ? 'ly-due--late' : 'ly-due'}>{item.due}</span> : null}{' '}
              {item.href ? (
                <a class="govuk-link" href={item.href}>
                  {item.text}
                </a>
              ) : (
                item.text
              )}
              {item.detail ? <span class="ly-second">{item.detail}</span> : null}
            </li>
          ))}
        </ul>
      ) : (
        <p class="govuk-body">Nothing is due.</p>
      )}
      {actions ? <div class="govuk-button-group">{actions}</div> : null}
    </SidePanel>
  )
}

/** Nothing to show, why, and what one can do about it. */
export function EmptyState({
  title,
  children,
  action,
}: {
  title: string
  children?: ComponentChildren
  action?: ComponentChildren
}): VNode {
  return (
    <div class="ly-empty">
      <p class="ly-strong">{title}</p>
      {children ? <p class="govuk-body">{children}</p> : null}
      {action}
    </div>
  )
}
