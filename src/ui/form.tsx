import type { ComponentChildren, VNode } from 'preact'
import { ErrorSummary } from './govuk/error-summary.tsx'
import { type Attributes, attrs, type Options } from './markup.tsx'

/** One thing that the person has to put right: the id of the field, and what to do in their words. */
export type FieldError = { readonly field: string; readonly message: string }

export type FormProps = { action: string; csrf: string; children?: ComponentChildren } & Options<{
  /** Makes a second press of the button save nothing. Left out for forms that may be repeated without harm, such as an autosave. */
  once: string
  id: string
  /** For forms with files. */
  multipart: boolean
  classes: string
  attributes: Attributes
}>

/** A form that changes something. Carries the proof that it is ours (`_csrf`) and that it is sent once (`_once`). Spread `visit.form` into it. */
export function Form(p: FormProps): VNode {
  return (
    <form
      method="post"
      action={p.action}
      id={p.id}
      class={p.classes}
      enctype={p.multipart ? 'multipart/form-data' : undefined}
      // Messages come from the server in GOV.UK wording; the browser's own bubbles vanish before they can be read.
      novalidate
      {...attrs(p.attributes)}
    >
      <input type="hidden" name="_csrf" value={p.csrf} />
      {p.once ? <input type="hidden" name="_once" value={p.once} /> : null}
      {p.children}
    </form>
  )
}

/** The error summary for the top of a page, in the order of the fields; nothing when there are no errors. */
export function errorSummaryFor(errors: readonly FieldError[]): VNode | null {
  if (!errors.length) return null
  return ErrorSummary({
    titleText: 'There is a problem',
    errorList: errors.map(({ field, message }) => ({ text: message, href: field ? `#${field}` : undefined })),
  })
}

/** The first message for a field, as `errorMessage` takes it. */
export function errorFor(errors: readonly FieldError[], field: string): string | undefined {
  return errors.find(error => error.field === field)?.message
}
