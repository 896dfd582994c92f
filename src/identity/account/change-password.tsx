import { audit } from '../../audit/index.ts'
import { paths } from '../../paths.ts'
import { page, redirect } from '../../platform/web/answer.ts'
import type { Routes, Visit } from '../../platform/web/routes.ts'
import { BackLink, Button, errorFor, errorSummaryFor, type FieldError, Form, PasswordInput } from '../../ui/index.ts'
import { findAccount, setPassword } from '../accounts.ts'
import { NewPasswordFields } from '../door-page.tsx'
import { type Gate, inGate } from '../gate.ts'
import { hashPassword } from '../passwords/hashing.ts'
import { passwordFault } from '../passwords/rules.ts'
import { endSessions } from '../sessions/sessions.ts'
import { provePassword } from './own-password.ts'
import { thisSession } from './own-sessions.tsx'

/** Changes one's own password. Every other session of the user ends. */
export function changePasswordRoutes(routes: Routes, gate: Gate) {
  routes.get(paths.account.password, { may: 'anyone-signed-in' }, async visit => changePage(visit, []))
  routes.post(paths.account.password, { may: 'anyone-signed-in' }, visit => change(visit, gate))
}

async function change(visit: Visit, gate: Gate) {
  const { actor, fields, clock } = visit
  const known = await findAccount(gate.database.kysely, { userId: actor.userId! })
  const fault = known && passwordFault(fields.typed('new-password'), known)
  if (fault) return changePage(visit, [{ field: 'new-password', message: fault }])
  const proof = await provePassword(visit, gate, fields.typed('password'))
  if ('message' in proof) return changePage(visit, [{ field: 'password', message: proof.message }])
  const hash = await hashPassword(fields.typed('new-password'))
  const now = clock.now()
  await inGate(gate, async tx => {
    const { userId, email } = proof.account
    await setPassword(tx, now, userId, hash)
    await endSessions(tx, now, { userId, because: 'password-changed', ...(await thisSession(tx, userId, visit)) })
    await audit(tx, actor, now, { action: 'password-changed', subject: { type: 'user', id: userId } })
    await gate.sendMail(tx, now, {
      to: email,
      kind: 'password-changed',
      subject: `Your password for ${gate.serviceName} was changed`,
      text: `Your password for ${gate.serviceName} was changed on your account page.\n\nIf it was not you, tell your administrator at once.\n`,
    })
  })
  return redirect(paths.account.show, { notice: 'Your password has been changed. You are signed out everywhere else.' })
}

function changePage(visit: Visit, errors: readonly FieldError[]) {
  return page(
    'Change your password',
    <>
      <BackLink href={paths.account.show}>Your account</BackLink>
      {errorSummaryFor(errors)}
      <h1 class="govuk-heading-l">Change your password</h1>
      <Form action={paths.account.password} classes="ly-narrow" {...visit.form}>
        <PasswordInput
          name="password"
          label="The password that you have now"
          autocomplete="current-password"
          errorMessage={errorFor(errors, 'password')}
        />
        <NewPasswordFields error={errorFor(errors, 'new-password')} />
        <Button>Change the password</Button>
      </Form>
    </>,
    { hasErrors: errors.length > 0 },
  )
}
