import { audit } from '../../audit/index.ts'
import { paths } from '../../paths.ts'
import { formatInstant } from '../../platform/clock.ts'
import { type Answer, notFound, redirect } from '../../platform/web/answer.ts'
import type { Routes, Visit } from '../../platform/web/routes.ts'
import { Button, DataTable, type FieldError, Form } from '../../ui/index.ts'
import type { Account } from '../accounts.ts'
import { type Gate, inGate } from '../gate.ts'
import { type Passkey, passkeysOf } from '../passkeys/passkeys.ts'
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
import { giveSecondFactor } from '../sessions/sessions.ts'
import { beginAttempt, succeed } from '../sign-in/attempts.ts'
import { refusal } from '../sign-in/sign-in.tsx'
import { type Asking, askPassword, factorNeededBy, factorPage, leavesEnough, overviewTitle, ownAccount } from './own-factors.tsx'
import { provePassword } from './own-password.ts'
import { thisSession } from './own-sessions.tsx'

/** One's own second factor: set up, moved to another phone, new recovery codes, and turned off where the role allows it. */
export function ownSecondFactorRoutes(routes: Routes, gate: Gate) {
  const anyone = { may: 'anyone-signed-in' } as const
  routes.get(paths.account.secondFactor, anyone, visit => overview(visit, gate))
  routes.get(paths.account.setUpSecondFactor, anyone, async visit => askPassword(visit, settingUp, []))
  routes.post(paths.account.setUpSecondFactor, anyone, visit => setUp(visit, gate))
  routes.get(paths.account.recoveryCodes, anyone, async visit => askPassword(visit, newCodes, []))
  routes.post(paths.account.recoveryCodes, anyone, visit => makeNewCodes(visit, gate))
  routes.get(paths.account.turnOffSecondFactor, anyone, async visit =>
    (await whatIsLeft(visit, gate, await ownAccount(visit, gate))).mayTurnOff ? askPassword(visit, turningOff, []) : notFound(),
  )
  routes.post(paths.account.turnOffSecondFactor, anyone, visit => turnOff(visit, gate))
}

const whatIsLeft = async (visit: Visit, gate: Gate, account: Account) => {
  const passkeys = await passkeysOf(gate.database.kysely, account.userId)
  return { passkeys, mayTurnOff: leavesEnough(await factorNeededBy(visit), { authenticator: false, passkeys: passkeys.length }) }
}

async function overview(visit: Visit, gate: Gate): Promise<Answer> {
  const account = await ownAccount(visit, gate)
  const left = await unusedRecoveryCodes(gate.database.kysely, account.userId)
  const { passkeys, mayTurnOff } = await whatIsLeft(visit, gate, account)
  const has = account.hasAuthenticator || passkeys.length > 0
  return factorPage(
    overviewTitle,
    [],
    [
      has ? null : (
        <p class="govuk-body">
          With a second factor nobody signs in as you who only knows your password: they also need your phone or your key.
        </p>
      ),
      <h2 class="govuk-heading-m">Passkeys and security keys</h2>,
      <p class="govuk-body">
        The safest: they cannot be given away to a page that only looks like this one. A passkey that knows you by PIN, finger or face also
        signs you in without a password.
      </p>,
      <PasskeyList passkeys={passkeys} mayRemoveLast={await mayRemoveLast(visit, account, passkeys.length)} />,
      <Button href={paths.account.addPasskey} classes={has ? 'govuk-button--secondary' : ''}>
        Add a passkey or security key
      </Button>,
      <h2 class="govuk-heading-m">Authenticator app</h2>,
      account.hasAuthenticator ? (
        <>
          <p class="govuk-body">It is set up: a code from it lets you in after your password.</p>
          <div class="govuk-button-group">
            <Button href={paths.account.setUpSecondFactor} classes="govuk-button--secondary">
              Move to another phone
            </Button>
            {mayTurnOff ? (
              <Button href={paths.account.turnOffSecondFactor} classes="govuk-button--secondary">
                Turn it off
              </Button>
            ) : null}
          </div>
          {mayTurnOff ? null : <p class="govuk-body">Your role needs a second factor, so it cannot be turned off.</p>}
        </>
      ) : (
        <Button href={paths.account.setUpSecondFactor} classes="govuk-button--secondary">
          Set it up
        </Button>
      ),
      has ? (
        <>
          <h2 class="govuk-heading-m">Recovery codes</h2>
          <p class="govuk-body">
            You have {left === 1 ? '1 recovery code' : `${left} recovery codes`} left, for the day that the rest is lost.
          </p>
          <Button href={paths.account.recoveryCodes} classes="govuk-button--secondary">
            Make new recovery codes
          </Button>
        </>
      ) : null,
    ],
  )
}

const mayRemoveLast = async (visit: Visit, { hasAuthenticator }: Account, count: number) =>
  leavesEnough(await factorNeededBy(visit), { authenticator: hasAuthenticator, passkeys: count - 1 })

function PasskeyList({ passkeys, mayRemoveLast }: { passkeys: readonly Passkey[]; mayRemoveLast: boolean }) {
  if (passkeys.length === 0) return null
  return (
    <DataTable
      caption="Passkeys and security keys"
      captionHidden
      rows={passkeys}
      keyOf={row => row.credentialId}
      columns={[
        { heading: 'Name', rowHeader: true, cell: row => row.name, second: row => (row.synced ? 'Shared among your devices' : undefined) },
        { heading: 'Added', cell: row => formatInstant(row.createdAt) },
        { heading: 'Last used', cell: row => (row.lastUsedAt ? formatInstant(row.lastUsedAt) : 'Not yet') },
        {
          heading: 'Remove',
          headingHidden: true,
          cell: row =>
            mayRemoveLast ? (
              <a class="govuk-link" href={paths.account.removePasskey(row.credentialId)}>
                Remove<span class="govuk-visually-hidden"> {row.name}</span>
              </a>
            ) : (
              'Needed by your role'
            ),
        },
      ]}
    />
  )
}

async function setUpPage(visit: Visit, gate: Gate, { email }: Account, { secret, mark }: Pending, errors: readonly FieldError[]) {
  const enrolment = await enrolmentOf(secret, { issuer: gate.serviceName, account: email })
  return factorPage(settingUp.title, errors, [
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
    const here = await thisSession(tx, account.userId, visit)
    if ('except' in here) await giveSecondFactor(tx, now, here.except, 'authenticator')
    await record(tx, visit, 'second-factor-set-up')
    return made
  })
  if (!codes) return again(wrongSetUpCode)
  await succeed(gate, attemptId)
  return factorPage('Keep your recovery codes', [], [<RecoveryCodes codes={codes} next={paths.account.secondFactor} />])
}

async function makeNewCodes(visit: Visit, gate: Gate): Promise<Answer> {
  const proof = await provePassword(visit, gate, visit.fields.typed('password'))
  if ('message' in proof) return askPassword(visit, newCodes, [{ field: 'password', message: proof.message }])
  if (!proof.account.hasAuthenticator && !proof.account.hasPasskey) return notFound()
  const codes = await inGate(gate, async tx => {
    await record(tx, visit, 'recovery-codes-made')
    return replaceRecoveryCodes(tx, gate, proof.account.userId)
  })
  return factorPage('Keep your recovery codes', [], [<RecoveryCodes codes={codes} next={paths.account.secondFactor} />])
}

async function turnOff(visit: Visit, gate: Gate): Promise<Answer> {
  if (!(await whatIsLeft(visit, gate, await ownAccount(visit, gate))).mayTurnOff) return notFound()
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
  words: 'From then on nothing is asked of it. Without a passkey your password alone opens your account.',
  button: 'Turn it off',
}
