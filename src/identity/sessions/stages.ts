import { paths } from '../../paths.ts'
import type { Session } from '../find-session.ts'

/** What is still to be done at the door before the product opens. */
export type Stage = 'code' | 'passkey' | 'new-password' | 'authenticator' | 'new-passkey' | 'terms'

type Sofar = Pick<
  Session,
  | 'begunWith'
  | 'hasAuthenticator'
  | 'hasPasskey'
  | 'secondFactorAt'
  | 'secondFactor'
  | 'phishingResistant'
  | 'mustChangePassword'
  | 'factorNeeded'
  | 'termsToAccept'
>

/**
 * The next thing to be done, in this order: the second factor of somebody who has one, so that a password alone, even a first one, changes nothing
 * of theirs; a password of one's own, by whoever came with one; the second factor that a role needs; the agency's terms.
 *
 * Where a role needs what cannot be phished, a code from a phone is not enough of somebody who has a passkey. A recovery code is: whoever has lost
 * their key sets up the next one with it.
 */
export function stageOf(session: Sofar): Stage | undefined {
  if ((session.hasAuthenticator || session.hasPasskey) && !session.secondFactorAt) return session.hasPasskey ? 'passkey' : 'code'
  if (session.mustChangePassword && session.begunWith === 'password') return 'new-password'
  if (session.factorNeeded === 'any' && !session.secondFactorAt) return 'authenticator'
  if (session.factorNeeded === 'phishing-resistant' && !session.phishingResistant) {
    return session.hasPasskey && session.secondFactor !== 'recovery-code' ? 'passkey' : 'new-passkey'
  }
  if (session.termsToAccept) return 'terms'
  return undefined
}

const addresses = {
  code: paths.signInCode,
  passkey: paths.signInPasskey,
  'new-password': paths.signInNewPassword,
  authenticator: paths.signInAuthenticator,
  'new-passkey': paths.signInNewPasskey,
  terms: paths.signInTerms,
} as const satisfies Record<Stage, string>

/** The page of a stage, which then leads to where its reader was going. */
export const addressOf = (stage: Stage, returnTo: string): string => withReturn(addresses[stage], returnTo)

export const withReturn = (path: string, returnTo: string): string =>
  returnTo === '/' ? path : `${path}?return=${encodeURIComponent(returnTo)}`

/** Where to go after signing in: only ever a page of ours. Anything else, and the door itself, reads as the first page. */
export function localPath(text: string): string {
  if (!/^\/(?![/\\])[\x21-\x7e]*$/.test(text) || text.includes('\\') || text.length > 2_000) return '/'
  const { origin, pathname, search } = new URL(text, 'http://ours.invalid')
  if (
    origin !== 'http://ours.invalid' ||
    pathname.startsWith('//') ||
    /^\/(sign-in|sign-out|forgotten-password|set-password)(\/|$)/.test(pathname)
  )
    return '/'
  return pathname + search
}
