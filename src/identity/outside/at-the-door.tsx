import { audit } from '../../audit/index.ts'
import { paths } from '../../paths.ts'
import { isId } from '../../platform/id.ts'
import { type Answer, redirect } from '../../platform/web/answer.ts'
import { InsetText } from '../../ui/index.ts'
import { auditAccount, nobody } from '../accounts.ts'
import { type Door, type DoorVisit, doorActor } from '../door.ts'
import { doorPage } from '../door-page.tsx'
import { hashOfToken } from '../find-session.ts'
import { inGate } from '../gate.ts'
import { seal } from '../second-factor/totp.ts'
import { endSessions, startSession } from '../sessions/sessions.ts'
import { stageOf } from '../sessions/stages.ts'
import { proceed } from '../sign-in/proceed.ts'
import { addressToSignIn, type Told, takeAnswer, type UnderWay } from './ask-provider.ts'
import { type Assurance, assuranceOf, subjectOf } from './assurance.ts'
import { type Known, whoIs } from './identities.ts'
import { findProvider, type Provider } from './providers.ts'

/** Signing in through somebody else's door, by OpenID Connect (F14): there, and back with an answer that is checked. */
export function providerRoutes(door: Door) {
  door.get(paths.signInWith(':providerId'), visit => onProvider(visit, provider => goThere(visit, provider)))
  door.get(paths.signInBack(':providerId'), visit => onProvider(visit, provider => comeBack(visit, provider)))
}

async function onProvider(visit: DoorVisit, answer: (provider: Provider) => Promise<Answer>): Promise<Answer> {
  const id = visit.params['providerId'] ?? ''
  const provider = isId(id) ? await findProvider(visit.gate.database.kysely, id) : undefined
  return provider ? answer(provider) : redirect(paths.signIn)
}

/** How long somebody may take there. */
const lastsMinutes = 15

async function goThere(visit: DoorVisit, provider: Provider): Promise<Answer> {
  const { gate, now, session } = visit
  // Somebody who is in shows there once more who they are: only for what they are about to do.
  const proves = visit.query.get('again') === 'yes' && session && !stageOf(session) ? session.id : null
  const there = await addressToSignIn(gate, provider, { afresh: proves !== null }).catch(() => undefined)
  if (!there)
    return refused(provider, 502, `${provider.name} does not answer at the moment. Try again in a minute, or sign in another way.`)
  const { state, nonce, codeVerifier } = there.underWay
  await inGate(gate, async tx => {
    await tx.deleteFrom('provider_sign_ins').where('expires_at', '<', now).execute()
    await tx
      .insertInto('provider_sign_ins')
      .values({
        state_hash: hashOfToken(state),
        provider_id: provider.id,
        nonce,
        code_verifier: codeVerifier,
        bound_to: hashOfToken(visit.form.csrf),
        return_to: visit.query.get('return') === paths.unsaved ? paths.unsaved : visit.returnTo,
        session_id: proves,
        expires_at: new Date(now.getTime() + lastsMinutes * 60_000),
      })
      .execute()
  })
  return redirect(there.to)
}

async function comeBack(visit: DoorVisit, provider: Provider): Promise<Answer> {
  const { gate } = visit
  const underWay = await takeUnderWay(visit, provider)
  if (!underWay)
    return refused(provider, 422, 'This sign-in was begun in another browser, too long ago, or has been used already. Begin again.')
  const told = await takeAnswer(gate, provider, visit.query, underWay, { afresh: underWay.sessionId !== null }).catch((fault: unknown) => ({
    fault: nameOf(fault),
  }))
  if ('fault' in told) {
    await noteRefusal(visit, provider, told.fault)
    return refused(
      provider,
      422,
      `${provider.name} did not sign you in, or its answer could not be relied on. Nothing was opened. Begin again.`,
    )
  }
  const assurance = assuranceOf(told.token, provider)
  if (!assurance.enough) {
    await noteRefusal(visit, provider, `not enough: ${assurance.lacking}`)
    return refused(
      provider,
      403,
      `The way in which you signed in at ${provider.name} is not strong enough here. Sign in there with a stronger one, such as a smartcard or a security key, and begin again.`,
    )
  }
  if (underWay.sessionId !== null) return prove(visit, provider, told, { ...underWay, sessionId: underWay.sessionId })
  return letIn({ ...visit, returnTo: underWay.returnTo }, provider, told, assurance)
}

async function letIn(visit: DoorVisit, provider: Provider, told: Told, assurance: Assurance & { enough: true }): Promise<Answer> {
  const { gate, now, address, browser } = visit
  const subject = subjectOf(told.person, provider.subjectClaims)
  if (!subject) {
    await noteRefusal(visit, provider, 'no subject')
    return refused(provider, 403, `${provider.name} did not say who you are.`)
  }
  const done = await inGate(gate, async tx => {
    const who: Known = await whoIs(tx, now, provider, subject, told.person)
    if ('refused' in who) return who
    const { account } = who
    if (who.linkedNow) await auditAccount(tx, now, account, visit, 'identity-linked', { provider: provider.name })
    if (visit.session?.actor.userId)
      await endSessions(tx, now, { userId: visit.session.actor.userId, because: 'signed-in-again', only: visit.session.id })
    const { id, token } = await startSession(tx, now, { userId: account.userId, address, browser, begunWith: 'provider' })
    await tx
      .updateTable('sessions')
      .set({
        provider_id: provider.id,
        id_token: seal(gate.keys.providers, id, told.idToken),
        phishing_resistant: assurance.phishingResistant,
        ...(assurance.secondFactor ? { second_factor: 'provider', second_factor_at: now } : {}),
      })
      .where('id', '=', id)
      .execute()
    return { token }
  })
  if ('refused' in done) {
    await noteRefusal(visit, provider, done.refused, subject)
    return unknownPage(provider, subject)
  }
  visit.keepSession(done.token)
  return proceed(visit, done.token)
}

/** The same person there, just now, for the session that asked: what they were about to do goes on. */
async function prove(visit: DoorVisit, provider: Provider, told: Told, begun: { returnTo: string; sessionId: string }): Promise<Answer> {
  const { gate, now, session } = visit
  const subject = subjectOf(told.person, provider.subjectClaims) ?? ''
  const proved = await inGate(gate, async tx => {
    const linked = await tx
      .selectFrom('provider_identities')
      .select('user_id')
      .where('provider_id', '=', provider.id)
      .where('subject', '=', subject)
      .executeTakeFirst()
    if (!session || session.id !== begun.sessionId || linked?.user_id !== session.actor.userId) return false
    await tx.updateTable('sessions').set({ proved_at: now }).where('id', '=', session.id).execute()
    await audit(tx, doorActor(visit, session.actor), now, {
      action: 'identity-proved',
      subject: { type: 'user', id: session.actor.userId! },
      detail: { with: provider.name },
    })
    return true
  })
  if (proved) return redirect(begun.returnTo)
  await noteRefusal(visit, provider, 'somebody else than who asked', subject)
  return refused(provider, 403, `It was not you who signed in at ${provider.name}. Nothing was done.`)
}

/** Takes what was kept when this browser went there: once. */
async function takeUnderWay(
  visit: DoorVisit,
  provider: Provider,
): Promise<(UnderWay & { returnTo: string; sessionId: string | null }) | undefined> {
  const state = visit.query.get('state') ?? ''
  const row = await inGate(visit.gate, tx =>
    tx
      .deleteFrom('provider_sign_ins')
      .where('state_hash', '=', hashOfToken(state))
      .where('provider_id', '=', provider.id)
      .where('bound_to', '=', hashOfToken(visit.form.csrf))
      .where('expires_at', '>=', visit.now)
      .returning(['nonce', 'code_verifier as codeVerifier', 'return_to as returnTo', 'session_id as sessionId'])
      .executeTakeFirst(),
  )
  return row && { ...row, state }
}

/** A refusal is in the audit with what it was for, so that an administrator can tell a mistake from an attack. */
async function noteRefusal(visit: DoorVisit, provider: Provider, because: string, subject?: string): Promise<void> {
  const { gate, now } = visit
  const detail = { provider: provider.name, because, ...(subject ? { subject } : {}) }
  if (visit.session) {
    await inGate(gate, tx =>
      audit(tx, doorActor(visit, visit.session!.actor), now, {
        action: 'provider-sign-in-refused',
        subject: { type: 'provider', id: provider.id },
        detail,
      }),
    )
  } else await inGate(gate, tx => auditAccount(tx, now, nobody, visit, 'provider-sign-in-refused', detail))
}

/** What went wrong, in the library's own short word for it: never what came from outside. */
const nameOf = (fault: unknown): string => {
  const code = (fault as { code?: unknown }).code
  return typeof code === 'string' ? code : fault instanceof Error ? fault.name : 'unknown'
}

const refused = (provider: Provider, status: number, words: string): Answer => ({
  ...doorPage(
    'You are not signed in',
    <>
      <p class="govuk-body">{words}</p>
      <p class="govuk-body">
        <a class="govuk-link" href={paths.signInWith(provider.id)}>
          Sign in with {provider.name} again
        </a>
      </p>
      <OtherWays />
    </>,
  ),
  status,
})

/** Not known, disabled and of another agency read the same. The number is what their administrator links them by. */
const unknownPage = (provider: Provider, subject: string): Answer => ({
  ...doorPage(
    'You have no account here yet',
    <>
      <p class="govuk-body">
        {provider.name} knows you, and nobody here has linked that to an account. Give your agency’s administrator this number:
      </p>
      <InsetText>
        <code class="ly-as-written">{subject}</code>
      </InsetText>
      <OtherWays />
    </>,
  ),
  status: 403,
})

const OtherWays = () => (
  <p class="govuk-body">
    <a class="govuk-link" href={paths.signIn}>
      Sign in another way
    </a>
  </p>
)
