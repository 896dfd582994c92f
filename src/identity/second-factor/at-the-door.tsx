import { audit } from '../../audit/index.ts'
import { paths } from '../../paths.ts'
import { redirect } from '../../platform/web/answer.ts'
import { Button, errorFor, type FieldError, Input } from '../../ui/index.ts'
import { type Account, findAccount } from '../accounts.ts'
import { type Door, type DoorVisit, doorActor } from '../door.ts'
import { DoorForm, doorPage } from '../door-page.tsx'
import type { Session } from '../find-session.ts'
import { inGate } from '../gate.ts'
import { giveSecondFactor, renewToken } from '../sessions/sessions.ts'
import { type Stage, stageOf, withReturn } from '../sessions/stages.ts'
import { beginAttempt, succeed } from '../sign-in/attempts.ts'
import { proceed, proceedWith } from '../sign-in/proceed.ts'
import { refusal } from '../sign-in/sign-in.tsx'
import { acceptCode, acceptRecoveryCode, confirmAuthenticator, newPending, shownPending, unusedRecoveryCodes } from './authenticators.ts'
import { CodeField, Enrolment, RecoveryCodes } from './pages.tsx'
import { enrolmentOf } from './totp.ts'

/** The second factor at sign-in: a code, a recovery code in its place, or setting up the authenticator that a role needs (E8). */
export function secondFactorRoutes(door: Door) {
  door.get(paths.signInCode, visit => atStage(visit, ['code', 'passkey'], () => Promise.resolve(codePage(visit, []))))
  door.post(paths.signInCode, visit =>
    atStage(visit, ['code', 'passkey'], (account, session) => enterCode(visit, account, session, 'authenticator')),
  )
  door.get(paths.signInRecoveryCode, visit => atStage(visit, ['code', 'passkey'], () => Promise.resolve(recoveryPage(visit, []))))
  door.post(paths.signInRecoveryCode, visit =>
    atStage(visit, ['code', 'passkey'], (account, session) => enterCode(visit, account, session, 'recovery')),
  )
  door.get(paths.signInAuthenticator, visit => atStage(visit, ['authenticator'], account => setUpPage(visit, account, [])))
  door.post(paths.signInAuthenticator, visit => atStage(visit, ['authenticator'], (account, session) => setUp(visit, account, session)))
}

type Answering = (account: Account, session: Session) => ReturnType<Parameters<Door['get']>[1]>

export async function atStage(visit: DoorVisit, stages: readonly Stage[], answer: Answering) {
  if (!visit.session) return redirect(withReturn(paths.signIn, visit.returnTo))
  const stage = stageOf(visit.session)
  if (!stage || !stages.includes(stage)) return proceedWith(visit, visit.session)
  const account = await findAccount(visit.gate.database.kysely, { userId: visit.session.actor.userId! })
  return account ? answer(account, visit.session) : redirect(paths.signIn)
}

async function enterCode(visit: DoorVisit, account: Account, session: Session, kind: 'authenticator' | 'recovery') {
  const { gate, now, fields, address, deviceToken } = visit
  const again = kind === 'recovery' ? recoveryPage : codePage
  const code = fields.text('code')
  if (!code)
    return again(visit, [
      { field: 'code', message: kind === 'recovery' ? 'Enter a recovery code' : 'Enter the code from your authenticator app' },
    ])
  const { decision, attemptId } = await beginAttempt(gate, { email: account.email, step: 'second-factor', address, deviceToken })
  if (!decision.allowed) return { ...again(visit, [{ field: 'code', message: refusal(decision, now) }]), status: 429 }
  const token = await inGate(gate, async tx => {
    const accepted =
      kind === 'recovery' ? await acceptRecoveryCode(tx, gate, account.userId, code, now) : await acceptCode(tx, gate, account, code, now)
    const actor = doorActor(visit, session.actor)
    const left = kind === 'recovery' ? await unusedRecoveryCodes(tx, account.userId) : undefined
    const action = !accepted ? 'second-factor-failed' : kind === 'recovery' ? 'recovery-code-used' : 'second-factor-given'
    await audit(tx, actor, now, { action, subject: { type: 'user', id: account.userId }, detail: left === undefined ? {} : { left } })
    if (!accepted) return undefined
    await giveSecondFactor(tx, now, session.id, kind === 'recovery' ? 'recovery-code' : 'authenticator')
    return renewToken(tx, session.id)
  })
  if (!token) return again(visit, [{ field: 'code', message: kind === 'recovery' ? wrongRecoveryCode : wrongCode }])
  await succeed(gate, attemptId)
  visit.keepSession(token)
  return proceed(visit, token)
}

const wrongCode = 'The code is not right, or has been used already. Wait for the next one that your app shows, and enter that'
const wrongRecoveryCode = 'The recovery code is not right, or has been used already. Enter another one'

async function setUp(visit: DoorVisit, account: Account, session: Session) {
  const { gate, now, fields } = visit
  const { decision, attemptId } = await beginAttempt(gate, {
    email: account.email,
    step: 'second-factor',
    address: visit.address,
    deviceToken: visit.deviceToken,
  })
  if (!decision.allowed) return { ...(await setUpPage(visit, account, [{ field: 'code', message: refusal(decision, now) }])), status: 429 }
  const done = await inGate(gate, async tx => {
    const codes = await confirmAuthenticator(tx, gate, account, { mark: fields.text('shown'), code: fields.text('code') }, now)
    if (!codes) return undefined
    await giveSecondFactor(tx, now, session.id, 'authenticator')
    await audit(tx, doorActor(visit, session.actor), now, { action: 'second-factor-set-up', subject: { type: 'user', id: account.userId } })
    return { codes, token: await renewToken(tx, session.id) }
  })
  if (!done)
    return setUpPage(visit, account, [
      { field: 'code', message: fields.text('code') ? wrongSetUpCode : 'Enter the code that your app shows' },
    ])
  await succeed(gate, attemptId)
  visit.keepSession(done.token)
  // The code page sees that nothing is left to do there and leads on.
  return doorPage('Keep your recovery codes', <RecoveryCodes codes={done.codes} next={withReturn(paths.signInCode, visit.returnTo)} />)
}

export const wrongSetUpCode = 'The code is not right. Check that your phone’s clock sets itself, and enter the code that the app shows now'

async function setUpPage(visit: DoorVisit, account: Account, errors: readonly FieldError[]) {
  const { gate } = visit
  const pending = shownPending(gate, account, visit.fields.text('shown')) ?? (await inGate(gate, tx => newPending(tx, gate, account)))
  const enrolment = await enrolmentOf(pending.secret, { issuer: gate.serviceName, account: account.email })
  return doorPage(
    'Set up your second factor',
    <>
      <p class="govuk-body">
        Your role reaches far, so a password alone does not open it. From now on you also enter a code from your phone.
      </p>
      <DoorForm action={paths.signInAuthenticator} csrf={visit.form.csrf} returnTo={visit.returnTo}>
        <Enrolment enrolment={enrolment} mark={pending.mark} errors={errors} />
        <Button>Continue</Button>
      </DoorForm>
      <p class="govuk-body">
        <a class="govuk-link" href={withReturn(paths.signInNewPasskey, visit.returnTo)}>
          Use a passkey or security key instead
        </a>
      </p>
    </>,
    errors,
  )
}

const codePage = (visit: DoorVisit, errors: readonly FieldError[]) =>
  doorPage(
    'Enter your code',
    <>
      <DoorForm action={paths.signInCode} csrf={visit.form.csrf} returnTo={visit.returnTo}>
        <CodeField error={errorFor(errors, 'code')} hint="Your authenticator app shows it." />
        <Button>Continue</Button>
      </DoorForm>
      {visit.session?.hasPasskey ? (
        <p class="govuk-body">
          <a class="govuk-link" href={withReturn(paths.signInPasskey, visit.returnTo)}>
            Use a passkey or security key
          </a>
        </p>
      ) : null}
      <p class="govuk-body">
        <a class="govuk-link" href={withReturn(paths.signInRecoveryCode, visit.returnTo)}>
          I do not have my phone: use a recovery code
        </a>
      </p>
    </>,
    errors,
  )

const recoveryPage = (visit: DoorVisit, errors: readonly FieldError[]) =>
  doorPage(
    'Enter a recovery code',
    <>
      <DoorForm action={paths.signInRecoveryCode} csrf={visit.form.csrf} returnTo={visit.returnTo}>
        <Input
          name="code"
          label="Recovery code"
          hint="One of the ten that you were given when you set up your second factor, such as 4xk7q-m2c9t."
          autocomplete="off"
          spellcheck={false}
          classes="govuk-input--width-20"
          errorMessage={errorFor(errors, 'code')}
        />
        <Button>Continue</Button>
      </DoorForm>
      <p class="govuk-body">
        If you have neither your phone or key nor a recovery code, ask your administrator to reset your second factor.
      </p>
      <p class="govuk-body">
        <a class="govuk-link" href={withReturn(visit.session?.hasPasskey ? paths.signInPasskey : paths.signInCode, visit.returnTo)}>
          {visit.session?.hasPasskey ? 'Use my passkey or security key' : 'Use my authenticator app'}
        </a>
      </p>
    </>,
    errors,
  )
