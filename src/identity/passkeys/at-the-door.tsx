import { audit } from '../../audit/index.ts'
import { paths } from '../../paths.ts'
import type { Answer } from '../../platform/web/answer.ts'
import type { FieldError } from '../../ui/index.ts'
import { Input } from '../../ui/index.ts'
import { type Account, auditAccount, findAccount, nobody } from '../accounts.ts'
import { type Door, type DoorVisit, doorActor } from '../door.ts'
import { doorPage } from '../door-page.tsx'
import type { Session } from '../find-session.ts'
import { inGate } from '../gate.ts'
import { atStage } from '../second-factor/at-the-door.tsx'
import { firstRecoveryCodes } from '../second-factor/authenticators.ts'
import { RecoveryCodes } from '../second-factor/pages.tsx'
import { endSessions, giveSecondFactor, nameOfBrowser, renewToken, startSession } from '../sessions/sessions.ts'
import { stageOf, withReturn } from '../sessions/stages.ts'
import { proceed } from '../sign-in/proceed.ts'
import { PasskeyForm } from './pages.tsx'
import { addPasskey, optionsToAdd, optionsToUse, usePasskey } from './passkeys.ts'

/**
 * Passkeys and security keys at the door (E8): in place of password and code, where the key itself knows its owner; as the second factor after a
 * password; and set up where a role needs one.
 */
export function passkeyRoutes(door: Door) {
  door.get(paths.signInPasskey, async visit =>
    isWithin(visit) ? atStage(visit, ['passkey'], account => usePage(visit, account, [])) : usePage(visit, undefined, []),
  )
  door.post(paths.signInPasskey, async visit =>
    isWithin(visit) ? atStage(visit, ['passkey'], (account, session) => second(visit, account, session)) : signIn(visit),
  )
  const settingUp = ['authenticator', 'new-passkey'] as const
  door.get(paths.signInNewPasskey, visit => atStage(visit, settingUp, account => newPage(visit, account, [])))
  door.post(paths.signInNewPasskey, visit => atStage(visit, settingUp, (account, session) => setUp(visit, account, session)))
}

/** Whether this browser's user has given a password already, and is not in yet. */
const isWithin = ({ session }: DoorVisit) => session !== undefined && stageOf(session) !== undefined

const notTaken: FieldError = { field: '', message: 'The passkey or security key was not accepted. Try again, or use another way in' }

/** Without a password: the key says whose it is, and has asked for a PIN, a finger or a face. */
async function signIn(visit: DoorVisit): Promise<Answer> {
  const { gate, now, fields, address, browser } = visit
  const asked = { answer: fields.typed('answer'), purpose: 'sign-in', boundTo: visit.form.csrf, userId: undefined } as const
  const token = await inGate(gate, async tx => {
    const outcome = await usePasskey(tx, gate, asked, now)
    const account = 'userId' in outcome ? await findAccount(tx, outcome) : undefined
    if (!account) {
      await auditAccount(tx, now, nobody, visit, 'sign-in-failed')
      return undefined
    }
    if (visit.session?.actor.userId)
      await endSessions(tx, now, { userId: visit.session.actor.userId, because: 'signed-in-again', only: visit.session.id })
    const started = await startSession(tx, now, { userId: account.userId, address, browser, begunWith: 'passkey' })
    await giveSecondFactor(tx, now, started.id, 'passkey')
    return started.token
  })
  if (!token) return usePage(visit, undefined, [notTaken])
  visit.keepSession(token)
  return proceed(visit, token)
}

async function second(visit: DoorVisit, account: Account, session: Session): Promise<Answer> {
  const { gate, now, fields } = visit
  const asked = { answer: fields.typed('answer'), purpose: 'second-factor', boundTo: visit.form.csrf, userId: account.userId } as const
  const token = await inGate(gate, async tx => {
    const outcome = await usePasskey(tx, gate, asked, now)
    await audit(tx, doorActor(visit, session.actor), now, {
      action: 'userId' in outcome ? 'second-factor-given' : 'second-factor-failed',
      subject: { type: 'user', id: account.userId },
      detail: 'userId' in outcome ? { with: 'passkey' } : { with: 'passkey', because: outcome.refused },
    })
    if (!('userId' in outcome)) return undefined
    await giveSecondFactor(tx, now, session.id, 'passkey')
    return renewToken(tx, session.id)
  })
  if (!token) return usePage(visit, account, [notTaken])
  visit.keepSession(token)
  return proceed(visit, token)
}

async function setUp(visit: DoorVisit, account: Account, session: Session): Promise<Answer> {
  const { gate, now, fields } = visit
  const given = { answer: fields.typed('answer'), name: nameGiven(fields.text('name'), visit.browser), boundTo: visit.form.csrf }
  const done = await inGate(gate, async tx => {
    if (!(await addPasskey(tx, gate, account.userId, given, now))) return undefined
    await giveSecondFactor(tx, now, session.id, 'passkey')
    await audit(tx, doorActor(visit, session.actor), now, { action: 'passkey-added', subject: { type: 'user', id: account.userId } })
    return { codes: await firstRecoveryCodes(tx, gate, account.userId), token: await renewToken(tx, session.id) }
  })
  if (!done) return newPage(visit, account, [{ field: '', message: 'The new key was not accepted. Try again' }])
  visit.keepSession(done.token)
  if (!done.codes) return proceed(visit, done.token)
  // The page of the passkey sees that nothing is left to do there and leads on.
  return doorPage('Keep your recovery codes', <RecoveryCodes codes={done.codes} next={withReturn(paths.signInCode, visit.returnTo)} />)
}

export const nameGiven = (typed: string, browser: string): string => typed.slice(0, 80) || (browser ? nameOfBrowser(browser) : 'Passkey')

async function usePage(visit: DoorVisit, account: Account | undefined, errors: readonly FieldError[]): Promise<Answer> {
  const { gate, now, session } = visit
  const purpose = account ? 'second-factor' : 'sign-in'
  const options = await inGate(gate, tx => optionsToUse(tx, gate, { purpose, userId: account?.userId, boundTo: visit.form.csrf }, now))
  const others = <Others visit={visit} account={account} needsKey={session?.factorNeeded === 'phishing-resistant'} />
  return doorPage(
    account ? 'Use your passkey or security key' : 'Sign in with a passkey',
    <>
      <PasskeyForm
        action={withReturn(paths.signInPasskey, visit.returnTo)}
        csrf={visit.form.csrf}
        does="use"
        options={options}
        button="Use it now"
        without={null}
      >
        <p class="govuk-body">
          {account
            ? 'Your browser asks for it. Touch the key, or unlock your device.'
            : 'Your browser asks which one, then for your PIN, finger or face.'}
        </p>
      </PasskeyForm>
      {others}
    </>,
    errors,
  )
}

/** What else lets in. Where the role needs what cannot be phished, a code from a phone does not. */
function Others({ visit, account, needsKey }: { visit: DoorVisit; account: Account | undefined; needsKey: boolean }) {
  const link = (path: string, words: string) => (
    <p class="govuk-body">
      <a class="govuk-link" href={withReturn(path, visit.returnTo)}>
        {words}
      </a>
    </p>
  )
  if (!account) return link(paths.signIn, 'Sign in with your email address and password')
  return (
    <>
      {account.hasAuthenticator && !needsKey ? link(paths.signInCode, 'Enter a code from my authenticator app') : null}
      {link(paths.signInRecoveryCode, 'I do not have my key: use a recovery code')}
    </>
  )
}

async function newPage(visit: DoorVisit, account: Account, errors: readonly FieldError[]): Promise<Answer> {
  const { gate, now, session } = visit
  const options = await inGate(gate, tx => optionsToAdd(tx, gate, account, visit.form.csrf, now))
  const mayUseApp = session && stageOf(session) === 'authenticator'
  return doorPage(
    'Set up a passkey or security key',
    <>
      <p class="govuk-body">
        Your role reaches far, so a password alone does not open it. A passkey is kept by your phone or computer, a security key in your
        hand: neither can be given away to a page that only looks like this one.
      </p>
      <PasskeyForm
        action={withReturn(paths.signInNewPasskey, visit.returnTo)}
        csrf={visit.form.csrf}
        does="add"
        options={options}
        button="Set it up"
        without={<p class="govuk-body">Open this page in another browser or on another device, or ask your administrator.</p>}
      >
        <NameField value={nameOfBrowser(visit.browser)} />
      </PasskeyForm>
      {mayUseApp ? (
        <p class="govuk-body">
          <a class="govuk-link" href={withReturn(paths.signInAuthenticator, visit.returnTo)}>
            Use an authenticator app instead
          </a>
        </p>
      ) : null}
    </>,
    errors,
  )
}

export const NameField = ({ value }: { value: string }) => (
  <Input
    name="name"
    label="What to call it"
    hint="So that you know it again, such as “blue key on my key ring” or “work phone”."
    autocomplete="off"
    classes="govuk-input--width-20"
    attributes={{ maxlength: 80 }}
    value={value}
  />
)
