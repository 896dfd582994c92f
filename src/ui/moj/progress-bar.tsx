import { type Attributes, attrs, cls, content, type Options, type Part } from '../markup.tsx'

export type ProgressItem = { label: Part } & Options<{
  id: string
  active: boolean
  complete: boolean
  classes: string
  attributes: Attributes
}>
export type ProgressBarProps = { items: readonly ProgressItem[] } & Options<{
  id: string
  label: string
  classes: string
  attributes: Attributes
}>

/** How far one has come in a task of several pages. For the stages of a case use `Steps`, which has dates. */
export function ProgressBar(p: ProgressBarProps) {
  return (
    <div id={p.id ?? 'progress'} class={cls('moj-progress-bar', p.classes)} aria-label={p.label || undefined} {...attrs(p.attributes)}>
      <ol class="moj-progress-bar__list">
        {p.items.map((item, i) => (
          <li
            key={i}
            id={item.id ?? `progress-item-${i + 1}`}
            class={cls('moj-progress-bar__item', item.classes)}
            aria-current={item.active ? 'step' : undefined}
            {...attrs(item.attributes)}
          >
            <span class={cls('moj-progress-bar__icon', item.complete && 'moj-progress-bar__icon--complete')} />{' '}
            <span class={cls('moj-progress-bar__label', item.label.classes)}>{content(item.label)}</span>
          </li>
        ))}
      </ol>
    </div>
  )
}
