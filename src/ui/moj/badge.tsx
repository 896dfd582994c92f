import { attrs, cls, content, type Part } from '../markup.tsx'

export type BadgeProps = Part

/** A small label in an outline: `classes="moj-badge--blue"`. */
export function Badge(p: BadgeProps) {
  return (
    <span class={cls('moj-badge', p.classes)} {...attrs(p.attributes)}>
      {content(p)}
    </span>
  )
}
