import type { ComponentChildren } from 'preact'
import { type PageAnswer, page } from '../platform/web/answer.ts'
import { errorSummaryFor, type FieldError, Form, PasswordInput } from '../ui/index.ts'
import { shortestPassword } from './passwords/rules.ts'

/** A page of the door: one heading, what went wrong, one thing to do. */
export function doorPage(title: string, body: ComponentChildren, errors: readonly FieldError[] = [], heading = title): PageAnswer {
  return page(
    title,
    <>
      {errorSummaryFor(errors)}
      <h1 class="govuk-heading-l">{heading}</h1>
      {body}
    </>,
    { layout: 'calm', hasErrors: errors.length > 0 },
  )
}

/** A form of the door, which remembers where its reader was going. */
export function DoorForm({
  action,
  csrf,
  returnTo,
  children,
}: {
  action: string
  csrf: string
  returnTo?: string
  children: ComponentChildren
}) {
  return (
    <Form action={action} csrf={csrf}>
      {returnTo && returnTo !== '/' ? <input type="hidden" name="return" value={returnTo} /> : null}
      {children}
    </Form>
  )
}

/** The two fields of a new password. */
export function NewPasswordFields({ error }: { error: string | undefined }) {
  return (
    <PasswordInput
      name="new-password"
      label="New password"
      hint={`At least ${shortestPassword} characters. Three random words are easy to remember and hard to guess.`}
      autocomplete="new-password"
      errorMessage={error}
    />
  )
}
