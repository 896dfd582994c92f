import type { ComponentChildren } from 'preact'
import { audit } from '../../audit/index.ts'
import { paths } from '../../paths.ts'
import { type Answer, notFound, page, redirect } from '../../platform/web/answer.ts'
import type { Routes, Visit } from '../../platform/web/routes.ts'
import { BackLink, Button, errorFor, errorSummaryFor, type FieldError, Form, PasswordInput } from '../../ui/index.ts'
import { type Account, findAccount } from '../accounts.ts'
import { type Gate, inGate } from '../gate.ts'
import { wrongSetUpCode } from '../second-factor/at-the-door.tsx'
import {
  confirmAuthenticator,
  newPending,
  type Pending,
  removeAuthenticator,
  replaceRecoveryCodes,
  shownPending,
  unusedRecoveryCodes,
} from '../second-factor/authenticators.ts'
import { Enrolment, RecoveryCodes } from '../second-factor/pages.tsx'
import { enrolmentOf } from '../second-factor/totp.ts'
import { beginAttempt, succeed } from '../sign-in/attempts.ts'
import { refusal } from '../sign-in/sign-in.tsx'
import { provePassword } from './own-password.ts'

/** One's own second factor: set up, moved to another phone, new recovery codes, and turned off where the role allows it. */
export function ownSecondFactorRoutes(routes: Routes, gate: Gate) {
  const anyone = { may: 'anyone-signed-in' } as const
  routes.get(paths.account.secondFactor, anyone, visit => overview(visit, gate))
  routes.get(paths.account.setUpSecondFactor, anyone, async visit => askPassword(visit, settingUp, []))
  routes.post(paths.account.setUpSecondFactor, anyone, visit => setUp(visit, gate))
  routes.get(paths.account.recoveryCodes, anyone, async visit => askPassword(visit, newCodes, []))
  routes.post(paths.account.recoveryCodes, anyone, visit => makeNewCodes(visit, gate))
  routes.get(paths.account.turnOffSecondFactor, anyone, async visit =>
    (await isNeeded(visit)) ? notFound() : askPassword(visit, turningOff, []),
  )
  routes.post(paths.account.turnOffSecondFactor, anyone, visit => turnOff(visit, gate))
}

const ownAccount = async (visit: Visit, gate: Gate): Promise<Account> => {
  const account = await findAccount(gate.database.kysely, { userId: visit.actor.userId! })
  if (!account) throw new Error('A signed-in user has no account.')
  return account
}

async function isNeeded({ tx, actor }: Visit): Promise<boolean> {
  const row = await tx
    .selectFrom('posts as o')
    .innerJoin('roles as r', 'r.id', 'o.role_id')
    .select('o.id')
    .where('o.user_id', '=', actor.userId)
    .where('o.ended_at', 'is', null)
    .where('r.needs_second_factor', '=', true)
    .executeTakeFirst()
  return row !== undefined
}

async function overview(visit: Visit, gate: Gate): Promise<Answer> {
  const account = await ownAccount(visit, gate)
  const left = await unusedRecoveryCodes(gate.database.kysely, account.userId)
  const needed = await isNeeded(visit)
  return framed(
    'Your second factor',
    [],
    [
      account.hasAuthenticator ? (
        <>
          <p class="govuk-body">An authenticator app is set up. You enter a code from it whenever you sign in.</p>
          <p class="govuk-body">You have {left === 1 ? '1 recovery code' : `${left} recovery codes`} left.</p>
          <div class="govuk-button-group">
            <Button href={paths.account.recoveryCodes} classes="govuk-button--secondary">
              Make new recovery codes
            </Button>
            <Button href={paths.account.setUpSecondFactor} classes="govuk-button--secondary">
              Move to another phone
            </Button>
            {needed ? null : (
              <Button href={paths.account.turnOffSecondFactor} classes="govuk-button--secondary">
                Turn it off
              </Button>
            )}
          </div>
          {needed ? <p class="govuk-body">Your role needs a second factor, so it cannot be turned off.</p> : null}
        </>
      ) : (
        <>
          <p class="govuk-body">With a second factor nobody signs in as you who only knows your password: they also need your phone.</p>
          <Button href={paths.account.setUpSecondFactor}>Set it up</Button>
        </>
      ),
    ],
  )
}

async function setUpPage(visit: Visit, gate: Gate, { email }: Account, { secret, mark }: Pending, errors: readonly FieldError[]) {
  const enrolment = await enrolmentOf(secret, { issuer: gate.serviceName, account: email })
  return framed(settingUp.title, errors, [
    <Form action={paths.account.setUpSecondFactor} csrf={visit.form.csrf}>
      <Enrolment enrolment={enrolment} mark={mark} errors={errors} />
      <Button>Set it up</Button>
    </Form>,
  ])
}

/** The password first, the secret then: whoever finds the screen unlocked is not shown what the owner scans afterwards. */
async function setUp(visit: Visit, gate: Gate): Promise<Answer> {
  return visit.fields.text('shown') ? confirmShown(visit, gate) : showNew(visit, gate)
}

async function showNew(visit: Visit, gate: Gate): Promise<Answer> {
  const proof = await provePassword(visit, gate, visit.fields.typed('password'))
  if ('message' in proof) return askPassword(visit, settingUp, [{ field: 'password', message: proof.message }])
  const pending = await inGate(gate, tx => newPending(tx, gate, proof.account))
  return setUpPage(visit, gate, proof.account, pending, [])
}

async function confirmShown(visit: Visit, gate: Gate): Promise<Answer> {
  const now = visit.clock.now()
  const account = await ownAccount(visit, gate)
  const [mark, code] = [visit.fields.text('shown'), visit.fields.text('code')]
  const pending = shownPending(gate, account, mark)
  // Opened anew elsewhere, or the password was changed: what was scanned is worth nothing.
  if (!pending) return askPassword(visit, settingUp, [{ field: 'password', message: 'Begin again: this page had been left behind' }])
  const again = (message: string) => setUpPage(visit, gate, account, pending, [{ field: 'code', message }])
  if (!code) return again('Enter the code that your app shows')
  const attempt = { email: account.email, step: 'second-factor', address: visit.actor.address, deviceToken: undefined } as const
  const { decision, attemptId } = await beginAttempt(gate, attempt)
  if (!decision.allowed) return again(refusal(decision, now))
  const codes = await inGate(gate, async tx => {
    const made = await confirmAuthenticator(tx, gate, account, { mark, code }, now)
    if (!made) return undefined
    await tx
      .updateTable('sessions')
      .set({ second_factor_at: now })
      .where('csrf_token', '=', visit.form.csrf)
      .where('user_id', '=', account.userId)
      .execute()
    await record(tx, visit, 'second-factor-set-up')
    return made
  })
  if (!codes) return again(wrongSetUpCode)
  await succeed(gate, attemptId)
  return framed('Keep your recovery codes', [], [<RecoveryCodes codes={codes} next={paths.account.secondFactor} />])
}

async function makeNewCodes(visit: Visit, gate: Gate): Promise<Answer> {
  const proof = await provePassword(visit, gate, visit.fields.typed('password'))
  if ('message' in proof) return askPassword(visit, newCodes, [{ field: 'password', message: proof.message }])
  if (!proof.account.hasAuthenticator) return notFound()
  const codes = await inGate(gate, async tx => {
    await record(tx, visit, 'recovery-codes-made')
    return replaceRecoveryCodes(tx, gate, proof.account.userId)
  })
  return framed('Keep your recovery codes', [], [<RecoveryCodes codes={codes} next={paths.account.secondFactor} />])
}

async function turnOff(visit: Visit, gate: Gate): Promise<Answer> {
  if (await isNeeded(visit)) return notFound()
  const proof = await provePassword(visit, gate, visit.fields.typed('password'))
  if ('message' in proof) return askPassword(visit, turningOff, [{ field: 'password', message: proof.message }])
  await inGate(gate, async tx => {
    await removeAuthenticator(tx, proof.account.userId)
    await record(tx, visit, 'second-factor-turned-off')
    await gate.sendMail(tx, visit.clock.now(), {
      to: proof.account.email,
      kind: 'second-factor-turned-off',
      subject: `Your second factor for ${gate.serviceName} was turned off`,
      text: `The second factor of your account for ${gate.serviceName} was turned off on your account page.\n\nIf it was not you, tell your administrator at once.\n`,
    })
  })
  return redirect(paths.account.secondFactor, { notice: 'Your second factor has been turned off.' })
}

const record = (tx: Parameters<typeof audit>[0], { actor, clock }: Visit, action: string) =>
  audit(tx, actor, clock.now(), { action, subject: { type: 'user', id: actor.userId! } })

type Asking = { title: string; action: string; words: string; button: string }
const settingUp: Asking = {
  title: 'Set up an authenticator app',
  action: paths.account.setUpSecondFactor,
  words: 'Enter your password first. Then you are shown what your app reads.',
  button: 'Continue',
}
const newCodes: Asking = {
  title: 'Make new recovery codes',
  action: paths.account.recoveryCodes,
  words: 'You get ten new codes. The ones that you have now stop working.',
  button: 'Make new codes',
}
const turningOff: Asking = {
  title: 'Turn off your second factor',
  action: paths.account.turnOffSecondFactor,
  words: 'From then on your password alone opens your account.',
  button: 'Turn it off',
}

function askPassword(visit: Visit, asking: Asking, errors: readonly FieldError[]): Answer {
  return framed(asking.title, errors, [
    <p class="govuk-body">{asking.words}</p>,
    <Form action={asking.action} csrf={visit.form.csrf}>
      <PasswordInput name="password" label="Your password" autocomplete="current-password" errorMessage={errorFor(errors, 'password')} />
      <Button>{asking.button}</Button>
    </Form>,
  ])
}

function framed(title: string, errors: readonly FieldError[], body: readonly ComponentChildren[]): Answer {
  return page(
    title,
    <>
      <BackLink href={paths.account.show}>Your account</BackLink>
      {errorSummaryFor(errors)}
      <h1 class="govuk-heading-l">{title}</h1>
      <div class="ly-narrow">{body}</div>
    </>,
    { hasErrors: errors.length > 0 },
  )
}
