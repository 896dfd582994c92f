import { Button, errorFor, type FieldError, Input, InsetText, raw } from '../../ui/index.ts'
import type { enrolmentOf } from './totp.ts'

/** The field for a code of six digits. Text, not a number: codes begin with 0. */
export function CodeField({ error, hint }: { error: string | undefined; hint?: string }) {
  return (
    <Input
      name="code"
      label="Six-digit code"
      hint={hint}
      inputmode="numeric"
      autocomplete="one-time-code"
      spellcheck={false}
      classes="govuk-input--width-10 govuk-input--extra-letter-spacing"
      errorMessage={error}
    />
  )
}

type EnrolmentProps = { enrolment: Awaited<ReturnType<typeof enrolmentOf>>; mark: string; errors: readonly FieldError[] }

/** What the authenticator app reads: as a picture, and as letters for those who cannot point a phone at it. */
export function Enrolment({ enrolment, mark, errors }: EnrolmentProps) {
  return (
    <>
      <input type="hidden" name="shown" value={mark} />
      <ol class="govuk-list govuk-list--number">
        <li>
          Open an authenticator app on your phone. If you have none, install one: Microsoft Authenticator, Google Authenticator and others
          all work.
        </li>
        <li>In the app, add an account and point the phone at this square.</li>
        <li>Enter the code that the app then shows.</li>
      </ol>
      <div role="img" aria-label="QR code to be read by your authenticator app">
        {raw(enrolment.svg)}
      </div>
      <p class="govuk-body">
        If you cannot point a phone at it, type this key into the app: <br />
        <code>{enrolment.typed}</code>
      </p>
      <CodeField error={errorFor(errors, 'code')} hint="It changes every 30 seconds." />
    </>
  )
}

/** The recovery codes, this once. */
export function RecoveryCodes({ codes, next }: { codes: readonly string[]; next: string }) {
  return (
    <>
      <p class="govuk-body">
        If you lose your phone, one of these codes lets you in, each of them once. <strong>They are shown only now.</strong> Print this page
        or write them down, and keep them where you keep other things that open doors.
      </p>
      <InsetText>
        <ol class="govuk-list">
          {codes.map(code => (
            <li key={code}>
              <code>{code}</code>
            </li>
          ))}
        </ol>
      </InsetText>
      <Button href={next}>I have kept them: continue</Button>
    </>
  )
}
