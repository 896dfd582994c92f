import { attrs, cls, content, type Options, type Part } from '../markup.tsx'

export type WarningTextProps = Part & Options<{ iconFallbackText: string }>

/** Something that must not be overlooked. */
export function WarningText(p: WarningTextProps) {
  return (
    <div class={cls('govuk-warning-text', p.classes)} {...attrs(p.attributes)}>
      <span class="govuk-warning-text__icon" aria-hidden="true">
        !
      </span>{' '}
      <strong class="govuk-warning-text__text">
        <span class="govuk-visually-hidden">{p.iconFallbackText || 'Warning'}</span> {content(p)}
      </strong>
    </div>
  )
}
