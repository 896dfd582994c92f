import { paths } from '../../paths.ts'
import { formatTime, londonTime } from '../../platform/clock.ts'
import { page, redirect } from '../../platform/web/answer.ts'
import { Button, errorFor, errorSummaryFor, type FieldError, Input, PasswordInput, WarningText } from '../../ui/index.ts'
import { auditAccount, findAccount, nobody, strengthenHash } from '../accounts.ts'
import type { Door, DoorVisit } from '../door.ts'
import { DoorForm } from '../door-page.tsx'
import { inGate } from '../gate.ts'
import { enabledProviders } from '../outside/providers.ts'
import { hashPassword, isOutdated, isPassword } from '../passwords/hashing.ts'
import { endSessions, startSession } from '../sessions/sessions.ts'
import { localPath, stageOf, withReturn } from '../sessions/stages.ts'
import { beginAttempt, succeed } from './attempts.ts'
import type { Decision } from './limits.ts'
import { proceed } from './proceed.ts'

export type SignInLink = { text: string; href: string }

/** The sign-in page. `links` stand under it: the outbox of a demonstration. */
export function signInRoutes(door: Door, links: readonly SignInLink[]) {
  door.get(paths.signIn, async visit => {
    if (visit.session && !stageOf(visit.session)) return redirect(visit.returnTo)
    return signInPage(visit, links, { email: '', errors: [] })
  })
  door.post(paths.signIn, visit => signIn(visit, links))
}

async function signIn(visit: DoorVisit, links: readonly SignInLink[]) {
  const { gate, now, fields, address, deviceToken } = visit
  const [email, password] = [fields.text('email'), fields.typed('password')]
  const missing: FieldError[] = [
    ...(email ? [] : [{ field: 'email', message: 'Enter your email address' }]),
    ...(password ? [] : [{ field: 'password', message: 'Enter your password' }]),
  ]
  if (missing.length > 0) return signInPage(visit, links, { email, errors: missing })

  const { decision, attemptId } = await beginAttempt(gate, { email, step: 'password', address, deviceToken })
  if (!decision.allowed) return refusedPage(visit, links, email, decision)
  const account = await findAccount(gate.database.kysely, { email })
  if (!(await isPassword(password, account?.passwordHash ?? undefined)) || !account) {
    // Also for an account that there is not, so that both take as long.
    await auditAccount(gate.database.kysely, now, account ?? nobody, visit, 'sign-in-failed')
    return signInPage(visit, links, { email, errors: [{ field: 'email', message: 'The email address or the password is not right' }] })
  }
  await succeed(gate, attemptId)
  const fresh = account.passwordHash && isOutdated(account.passwordHash) ? await hashPassword(password) : undefined
  const { token } = await inGate(gate, async tx => {
    if (fresh) await strengthenHash(tx, account.userId, fresh)
    // Whoever sits here now: the session that this browser had is over.
    if (visit.session?.actor.userId)
      await endSessions(tx, now, { userId: visit.session.actor.userId, because: 'signed-in-again', only: visit.session.id })
    return startSession(tx, now, { userId: account.userId, address, browser: visit.browser })
  })
  visit.keepSession(token)
  return proceed(visit, token)
}

/** The page, with the ways in that there are. */
const signInPage = async (visit: DoorVisit, links: readonly SignInLink[], shown: Shown) =>
  signInPageWith(visit, links, await enabledProviders(visit.gate.database.kysely), shown)

type Shown = { email: string; errors: readonly FieldError[] }

function signInPageWith(
  visit: DoorVisit,
  links: readonly SignInLink[],
  providers: readonly { id: string; name: string }[],
  { email, errors }: Shown,
) {
  return page(
    'Sign in',
    <>
      {errorSummaryFor(errors)}
      <h1 class="govuk-heading-l">Sign in</h1>
      {visit.returnTo !== localPath('/') && errors.length === 0 ? (
        <p class="govuk-body">You need to sign in to see this page. You will come back to it.</p>
      ) : null}
      <DoorForm action={paths.signIn} csrf={visit.form.csrf} returnTo={visit.returnTo}>
        <Input
          name="email"
          type="email"
          label="Email address"
          autocomplete="username"
          spellcheck={false}
          value={email}
          errorMessage={errorFor(errors, 'email')}
        />
        <PasswordInput name="password" label="Password" autocomplete="current-password" errorMessage={errorFor(errors, 'password')} />
        <Button>Sign in</Button>
      </DoorForm>
      <p class="govuk-body">
        <a class="govuk-link" href={withReturn(paths.signInPasskey, visit.returnTo)}>
          Sign in with a passkey
        </a>
      </p>
      {providers.map(one => (
        <p class="govuk-body" key={one.id}>
          <a class="govuk-link" href={withReturn(paths.signInWith(one.id), visit.returnTo)}>
            Sign in with {one.name}
          </a>
        </p>
      ))}
      <p class="govuk-body">
        <a class="govuk-link" href={paths.forgottenPassword}>
          I have forgotten my password
        </a>
      </p>
      {links.map(link => (
        <p class="govuk-body" key={link.href}>
          <a class="govuk-link" href={link.href}>
            {link.text}
          </a>
        </p>
      ))}
    </>,
    { layout: 'calm', hasErrors: errors.length > 0 },
  )
}

async function refusedPage(visit: DoorVisit, links: readonly SignInLink[], email: string, decision: Decision & { allowed: false }) {
  const answer = await signInPage(visit, links, { email, errors: [{ field: 'email', message: refusal(decision, visit.now) }] })
  const body = (
    <>
      {answer.body}
      <WarningText iconFallbackText="Important">
        If it was not you who tried to sign in so often, tell your administrator.
        {decision.because === 'account' ? ' If you have forgotten your password, set a new one: you can then sign in at once.' : ''}
      </WarningText>
    </>
  )
  return { ...answer, status: 429, body }
}

/** In plain words when to try again. The same for an account that there is not. */
export function refusal({ because, until }: Decision & { allowed: false }, now: Date): string {
  const minutes = Math.ceil((until.getTime() - now.getTime()) / 60_000)
  const when = `${minutes === 1 ? 'in a minute' : `in ${minutes} minutes`}, after ${formatTime(londonTime(new Date(until.getTime() + 59_999)))}`
  return because === 'account'
    ? `There have been too many tries for this account. Try again ${when}`
    : `There have been too many tries from where you are. Try again ${when}, or sign in on a device that you have used before`
}
