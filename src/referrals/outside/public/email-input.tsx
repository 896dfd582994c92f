import type { VNode } from 'preact'
import { errorFor, type FieldError, Input } from '../../../ui/index.ts'
import type { StrangerVisit } from '../door.ts'

/** Sends a code to an address. The words say neither which service nor about whom. */
export type SendCode = (email: string, code: string) => Promise<void>

export function EmailInput({ errors, value, hint }: { errors: readonly FieldError[]; value: string; hint?: string }): VNode {
  return (
    <Input
      name="email"
      type="email"
      label={{ text: 'Email address', classes: 'govuk-label--s' }}
      hint={hint}
      autocomplete="off"
      spellcheck={false}
      value={value}
      errorMessage={errorFor(errors, 'email')}
    />
  )
}

/** An address that mail can go to. */
export function readEmail({ fields }: StrangerVisit): { email: string; errors: FieldError[] } {
  const email = fields.text('email')
  const isOne = /^[^\s@<>,;"]+@[^\s@<>,;"]+\.[^\s@<>,;"]+$/.test(email) && email.length <= 254
  if (isOne) return { email, errors: [] }
  const message = email ? 'Enter an email address like name@example.org' : 'Enter your email address'
  return { email, errors: [{ field: 'email', message }] }
}
