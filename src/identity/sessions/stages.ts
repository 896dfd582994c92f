import { paths } from '../../paths.ts'
import type { Session } from '../find-session.ts'

/** What is still to be done at the door before the product opens. */
export type Stage = 'code' | 'new-password' | 'authenticator' | 'terms'

/**
 * The next thing to be done, in this order: the code from the authenticator, so that a password alone, even a first one, changes nothing of
 * somebody who has one; a password of one's own; an authenticator where the role needs one; the agency's terms.
 */
export function stageOf(
  session: Pick<Session, 'hasAuthenticator' | 'secondFactorAt' | 'mustChangePassword' | 'needsSecondFactor' | 'termsToAccept'>,
): Stage | undefined {
  if (session.hasAuthenticator && !session.secondFactorAt) return 'code'
  if (session.mustChangePassword) return 'new-password'
  if (session.needsSecondFactor && !session.hasAuthenticator) return 'authenticator'
  if (session.termsToAccept) return 'terms'
  return undefined
}

const addresses = {
  code: paths.signInCode,
  'new-password': paths.signInNewPassword,
  authenticator: paths.signInAuthenticator,
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
