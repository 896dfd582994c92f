import { attrs, cls, content, type Options, type Part, raw } from '../markup.tsx'

export type ButtonProps = Part &
  Options<{
    href: string
    type: 'submit' | 'button' | 'reset'
    name: string
    value: string | number
    id: string
    disabled: boolean
    isStartButton: boolean
    preventDoubleClick: boolean
  }>

const startIcon = raw(
  '<svg class="govuk-button__start-icon" xmlns="http://www.w3.org/2000/svg" width="17.5" height="19" viewBox="0 0 33 40" aria-hidden="true" focusable="false"><path fill="currentColor" d="M0 0h13l20 20-20 20H0l20-20z"/></svg>',
)

/** A button, or with `href` a link that looks and acts like one. */
export function Button(p: ButtonProps) {
  const classes = cls('govuk-button', p.classes, p.isStartButton && 'govuk-button--start')
  const inner = p.html && p.isStartButton ? <span>{raw(p.html)}</span> : content(p)
  const icon = p.isStartButton ? [' ', startIcon] : null
  if (p.href)
    return (
      <a
        href={p.href}
        role="button"
        draggable={false}
        class={classes}
        data-module="govuk-button"
        id={p.id || undefined}
        {...attrs(p.attributes)}
      >
        {inner}
        {icon}
      </a>
    )
  return (
    <button
      type={p.type || 'submit'}
      value={p.value || undefined}
      name={p.name || undefined}
      disabled={Boolean(p.disabled)}
      aria-disabled={p.disabled ? 'true' : undefined}
      data-prevent-double-click={p.preventDoubleClick === undefined ? undefined : String(p.preventDoubleClick)}
      class={classes}
      data-module="govuk-button"
      id={p.id || undefined}
      {...attrs(p.attributes)}
    >
      {inner}
      {icon}
    </button>
  )
}
