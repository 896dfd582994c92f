import { attrs, cls, content, type Part } from '../markup.tsx'

export type TagProps = Part

/** A status in words on a colour: `classes="govuk-tag--green"`. */
export function Tag(p: TagProps) {
  return (
    <strong class={cls('govuk-tag', p.classes)} {...attrs(p.attributes)}>
      {content(p)}
    </strong>
  )
}
