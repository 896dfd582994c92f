import type { ComponentChildren, VNode } from 'preact'
import { cls, type Options } from './markup.tsx'

export type Chip = { text: string; href: string } & Options<{ current: boolean; count: number }>

/** Ready-made views of a list, each an address that can be sent. */
export function FilterChips({ label, items, heading }: { label: string; items: readonly Chip[]; heading?: ComponentChildren }): VNode {
  return (
    <nav class="ly-chips" aria-label={label}>
      {heading}
      <ul class="ly-chips__list">
        {items.map(item => (
          <li key={item.href}>
            <a class={cls('ly-chip', item.current && 'ly-chip--current')} href={item.href} aria-current={item.current ? 'true' : undefined}>
              {item.text}
              {item.count === undefined ? null : ` ${item.count}`}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}
