/** Who somebody is, by their session's token or their id, as an actor. */

export { goingSessions } from './account/own-sessions.tsx'
/** What administrators do to somebody's account through the gate: each takes the gate's transaction. */
export { setPassword } from './accounts.ts'
/** Asks for one colleague by name, with the agency of each before the reader's eyes. */
export { AskColleague, askedColleague, type ColleagueAsked, colleagueMissing, nobodyAsked } from './ask-colleague.tsx'
export type { RenderCalm } from './door.ts'
export { colleagueAsActor, findActor, findSession, hashOfToken, rowToActor, type Session } from './find-session.ts'
/** The council's first agency and the one user who can set up everybody else. */
export { addFirstAdministrator } from './first-administrator.ts'
/** Everything that letting people in needs, made once by `app`. */
export { createGate, type Gate, type GateOptions, inGate, type SendMail } from './gate.ts'
/** The pages from sign-in to one's own account. */
export { type IdentityRoutesParts, identityRoutes } from './identity.routes.ts'
export { isClaimLine } from './outside/assurance.ts'
export { type Identity, identitiesOf, isLinkedThrough, linkIdentity, unlinkIdentity } from './outside/identities.ts'
/** Providers of sign-in as an administrator enters them. */
export { type ProfileCode, profiles } from './outside/profiles.ts'
export { isSafeIssuer, sealClientSecret } from './outside/providers.ts'
export { passkeysOf } from './passkeys/passkeys.ts'
/** Passwords: argon2id, the rules for a new one, and a random first one. */
export { firstPassword, hashPassword } from './passwords/hashing.ts'
export { passwordFault } from './passwords/rules.ts'
/** Asks once more who somebody is before what reaches far. */
export { askForProof } from './proof/proof.tsx'
export { cancelLinks, newLink } from './reset-password/links.ts'
export { removeSecondFactors } from './second-factor/authenticators.ts'
/** Which second factor a role can ask for. */
export { type FactorNeeded, factorsNeeded, mostNeeded } from './second-factor/needed.ts'
/** Seals a second factor's secret with the deployment's, for a demonstration. */
export { sealSecret } from './second-factor/totp.ts'
/** Who is at the door of a signed-in page; keeps what a timed-out browser tried to save. */
export { enter } from './sessions/enter.ts'
export { holdPost } from './sessions/held-posts.ts'
export { endSessions, type ListedSession, nameOfBrowser } from './sessions/sessions.ts'
export type { TypedIn } from './sessions/unsaved.tsx'
/** The first authority of an empty schema, from the command line. */
export {
  firstRoles,
  firstServiceAreas,
  type NewAuthority,
  type NewRole,
  type NewServiceArea,
  newPrincipal,
  setUpAuthority,
} from './set-up-authority.ts'
/** With whom somebody may share what they keep for themself. */
export { teamsToShareWith } from './teams-to-share-with.ts'
/** Forgets old sessions, attempts and links: for a nightly job. */
export { tidySignIns } from './tidy.ts'
/** In a query of users: the agencies by whose names they are known. */
export { whereTheyWork } from './where-they-work.ts'
