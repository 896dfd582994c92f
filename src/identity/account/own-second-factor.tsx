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
  pendingSecret,
  removeAuthenticator,
  replaceRecoveryCodes,
  unusedRecoveryCodes,
} from '../second-factor/authenticators.ts'
import { Enrolment, RecoveryCodes } from '../second-factor/pages.tsx'
import { enrolmentOf } from '../second-factor/totp.ts'
import { provePassword } from './own-password.ts'

/** One's own second factor: set up, moved to another phone, new recovery codes, and turned off where the role allows it. */
export function ownSecondFactorRoutes(routes: Routes, gate: Gate) {
  const anyone = { may: 'anyone-signed-in' } as const
  routes.get(paths.account.secondFactor, anyone, visit => overview(visit, gate))
  routes.get(paths.account.setUpSecondFactor, anyone, visit => setUpPage(visit, gate, []))
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

async function setUpPage(visit: Visit, gate: Gate, errors: readonly FieldError[]): Promise<Answer> {
  const account = await ownAccount(visit, gate)
  const secret = await inGate(gate, tx => pendingSecret(tx, gate, account))
  const enrolment = await enrolmentOf(secret, { issuer: gate.serviceName, account: account.email })
  return framed('Set up an authenticator app', errors, [
    <Form action={paths.account.setUpSecondFactor} csrf={visit.form.csrf}>
      <PasswordInput name="password" label="Your password" autocomplete="current-password" errorMessage={errorFor(errors, 'password')} />
      <Enrolment enrolment={enrolment} errors={errors} />
      <Button>Set it up</Button>
    </Form>,
  ])
}

async function setUp(visit: Visit, gate: Gate): Promise<Answer> {
  const proof = await provePassword(visit, gate, visit.fields.typed('password'))
  if ('message' in proof) return setUpPage(visit, gate, [{ field: 'password', message: proof.message }])
  const now = visit.clock.now()
  const codes = await inGate(gate, async tx => {
    const made = await confirmAuthenticator(tx, gate, proof.account, visit.fields.text('code'), now)
    if (!made) return undefined
    await tx
      .updateTable('sessions')
      .set({ second_factor_at: now })
      .where('csrf_token', '=', visit.form.csrf)
      .where('user_id', '=', proof.account.userId)
      .execute()
    await record(tx, visit, 'second-factor-set-up')
    return made
  })
  if (!codes)
    return setUpPage(visit, gate, [
      { field: 'code', message: visit.fields.text('code') ? wrongSetUpCode : 'Enter the code that your app shows' },
    ])
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
