import { attrs, cls, content, type Options, type Part } from '../markup.tsx'

export type ErrorMessageProps = Part & Options<{ id: string; visuallyHiddenText: string }>

/** What is wrong with a field and what to do. */
export function ErrorMessage(p: ErrorMessageProps) {
  const hidden = p.visuallyHiddenText ?? 'Error'
  return (
    <p id={p.id || undefined} class={cls('govuk-error-message', p.classes)} {...attrs(p.attributes)}>
      {hidden ? <span class="govuk-visually-hidden">{hidden}:</span> : null}
      {hidden ? ' ' : null}
      {content(p)}
    </p>
  )
}
