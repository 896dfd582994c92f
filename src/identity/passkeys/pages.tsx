import type { ComponentChildren } from 'preact'
import { Button, Form } from '../../ui/index.ts'

type PasskeyFormProps = {
  action: string
  csrf: string
  /** Whether the browser is to make one or to use one. */
  does: 'add' | 'use'
  /** What the browser needs for it, as WebAuthn writes it. */
  options: object
  button: string
  /** Where the answer goes. */
  field?: string
  /** What else can be used where there is no script, or no passkeys. */
  without: ComponentChildren
  children?: ComponentChildren
}

/** A form that the browser fills in with a passkey (src/islands/passkey.ts). Until script has woken, it shows what else can be used. */
export function PasskeyForm({ action, csrf, does, options, button, field = 'answer', without, children }: PasskeyFormProps) {
  return (
    <>
      <div data-passkey-without>
        <p class="govuk-body">Passkeys and security keys need JavaScript and a browser that knows them. This one does not offer them.</p>
        {without}
      </div>
      <Form action={action} csrf={csrf} attributes={{ 'data-passkey': does, 'data-options': JSON.stringify(options) }}>
        <div data-passkey-ready hidden>
          <p class="govuk-error-message" data-passkey-problem role="alert" hidden>
            Nothing came from your passkey or security key. Try again.
          </p>
          {children}
          <input type="hidden" name={field} data-answer />
          <Button>{button}</Button>
        </div>
      </Form>
    </>
  )
}
