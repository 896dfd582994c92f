import { v7 as uuid } from 'uuid'
import { paths } from '../../paths.ts'
import { redirect } from '../../platform/web/answer.ts'
import { Button, type FieldError, Input } from '../../ui/index.ts'
import { type Account, auditAccount, findAccount, nobody, setPassword } from '../accounts.ts'
import type { Door, DoorVisit } from '../door.ts'
import { DoorForm, doorPage, NewPasswordFields } from '../door-page.tsx'
import { hashOfEmail, inGate } from '../gate.ts'
import { hashPassword } from '../passwords/hashing.ts'
import { passwordFault } from '../passwords/rules.ts'
import { endSessions } from '../sessions/sessions.ts'
import { beginAttempt } from '../sign-in/attempts.ts'
import { refusal } from '../sign-in/sign-in.tsx'
import { findLink, newLink, useLink } from './links.ts'

/** A new password by way of one's mailbox. Nothing that is shown, nor how long it takes, tells whether there is such an account. */
export function resetPasswordRoutes(door: Door) {
  door.get(paths.forgottenPassword, async visit => askPage(visit, '', []))
  door.post(paths.forgottenPassword, ask)
  door.get(paths.setPassword(':token'), async visit => {
    const link = await findLink(visit.gate.database.kysely, visit.now, visit.params['token'] ?? '')
    return link ? setPage(visit, link.purpose, undefined) : deadLinkPage()
  })
  door.post(paths.setPassword(':token'), set)
}

/** An answer to an address takes at least this long, whether or not a mail was written. */
const leastMilliseconds = 150

async function ask(visit: DoorVisit) {
  const { gate, fields, now, address } = visit
  const email = fields.text('email')
  if (!/^[^\s@]+@[^\s@]+$/.test(email)) {
    return askPage(visit, email, [
      { field: 'email', message: email ? 'Enter an email address like name@example.gov.uk' : 'Enter your email address' },
    ])
  }
  const { decision } = await beginAttempt(gate, { email, step: 'reset', address, deviceToken: visit.deviceToken })
  if (!decision.allowed) return { ...askPage(visit, email, [{ field: 'email', message: refusal(decision, now) }]), status: 429 }
  await Promise.all([sendLink(visit, email), new Promise(resolve => setTimeout(resolve, leastMilliseconds))])
  return doorPage(
    'Check your email',
    <>
      <p class="govuk-body">
        If {email} has an account, a link for setting a new password is on its way to it. It works once, within an hour.
      </p>
      <p class="govuk-body">
        If nothing comes within a few minutes, look among unwanted mail, then ask your administrator whether your account is in order.
      </p>
    </>,
  )
}

async function sendLink(visit: DoorVisit, email: string): Promise<void> {
  const { gate, now } = visit
  await inGate(gate, async tx => {
    const account = await findAccount(tx, { email }, { held: true })
    await auditAccount(tx, now, account ?? nobody, visit, 'password-reset-asked')
    if (!account) return
    const token = await newLink(tx, now, { userId: account.userId, purpose: 'reset' })
    await gate.sendMail(tx, now, {
      to: account.email,
      kind: 'password-reset',
      subject: `Set a new password for ${gate.serviceName}`,
      text: `Somebody, probably you, asked to set a new password for ${gate.serviceName}.\n\nSet it here, within an hour:\n${gate.publicOrigin}${paths.setPassword(token)}\n\nIf it was not you, do nothing: your password stays as it is.\n`,
    })
  })
}

async function set(visit: DoorVisit) {
  const { gate, now, fields } = visit
  const token = visit.params['token'] ?? ''
  const link = await findLink(gate.database.kysely, now, token)
  const account = link && (await findAccount(gate.database.kysely, { userId: link.userId }))
  if (!link || !account) return deadLinkPage()
  const password = fields.typed('new-password')
  const fault = passwordFault(password, account)
  if (fault) return setPage(visit, link.purpose, fault)
  const hash = await hashPassword(password)
  const done = await inGate(gate, async tx => {
    if (!(await useLink(tx, now, token))) return false
    await setNewPassword(visit, tx, account, hash)
    return true
  })
  if (!done) return deadLinkPage()
  visit.forgetSession()
  return redirect(paths.signIn, { notice: 'Your password has been set. Sign in with it.' })
}

async function setNewPassword(visit: DoorVisit, tx: Parameters<typeof setPassword>[0], account: Account, hash: string): Promise<void> {
  const { gate, now } = visit
  await setPassword(tx, now, account.userId, hash)
  await endSessions(tx, now, { userId: account.userId, because: 'password-changed' })
  // The owner of the mailbox begins again: guesses of whoever locked the account no longer count.
  await tx
    .insertInto('sign_in_attempts')
    .values({ id: uuid(), email_hash: hashOfEmail(gate, account.email), address: visit.address, at: now, succeeded: true, step: 'reset' })
    .execute()
  await auditAccount(tx, now, account, visit, 'password-reset')
  await gate.sendMail(tx, now, {
    to: account.email,
    kind: 'password-changed',
    subject: `Your password for ${gate.serviceName} was changed`,
    text: `Your password for ${gate.serviceName} was set through a link that had been sent to this address.\n\nIf it was not you, tell your administrator at once.\n`,
  })
}

const askPage = (visit: DoorVisit, email: string, errors: readonly FieldError[]) =>
  doorPage(
    'Set a new password',
    <>
      <p class="govuk-body">Enter the email address that you sign in with. A link for setting a new password is sent to it.</p>
      <DoorForm action={paths.forgottenPassword} csrf={visit.form.csrf}>
        <Input
          name="email"
          type="email"
          label="Email address"
          autocomplete="username"
          spellcheck={false}
          value={email}
          errorMessage={errors[0]?.message}
        />
        <Button>Send the link</Button>
      </DoorForm>
      <p class="govuk-body">
        <a class="govuk-link" href={paths.signIn}>
          Back to sign in
        </a>
      </p>
    </>,
    errors,
  )

const setPage = (visit: DoorVisit, purpose: 'reset' | 'invitation', fault: string | undefined) =>
  doorPage(
    purpose === 'invitation' ? 'Welcome: choose your password' : 'Set a new password',
    <DoorForm action={paths.setPassword(visit.params['token'] ?? '')} csrf={visit.form.csrf}>
      <NewPasswordFields error={fault} />
      <Button>Set the password</Button>
    </DoorForm>,
    fault ? [{ field: 'new-password', message: fault }] : [],
  )

const deadLinkPage = () => ({
  ...doorPage(
    'This link no longer works',
    <>
      <p class="govuk-body">It may have been used, or its time may be over. Your password has not been changed.</p>
      <p class="govuk-body">
        <a class="govuk-link" href={paths.forgottenPassword}>
          Have another one sent
        </a>
      </p>
    </>,
  ),
  status: 410,
})
