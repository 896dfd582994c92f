import { type FactorNeeded, factorsNeeded, mostNeeded } from '../identity/index.ts'
import type { Actor } from '../platform/actor.ts'
import type { Capability } from '../platform/capabilities.ts'
import { isId } from '../platform/id.ts'
import { type Answer, notFound } from '../platform/web/answer.ts'
import type { Handler, Visit } from '../platform/web/routes.ts'

/** What reaches beyond an agency: a role that allows one of these is given by the authority alone. */
export const authorityCapabilities: readonly Capability[] = [
  'manage-authority',
  'commission',
  'read-all-audit',
  'manage-settings',
  // It opens the records of other agencies.
  'break-glass',
]

export const isOfAuthority = (actor: Actor): boolean => actor.administers.includes(0)

/** A user as the rules below need them. */
export type Administered = {
  id: string
  agency: number
  holdsAuthorityRole: boolean
  /** Only the authority enables them again. */
  disabledByAuthority: boolean
  /** Principals of the agencies in which they hold a post now. */
  worksFor: readonly number[]
}

/**
 * Whether the actor may act on this user's account (E3). An agency's own administrator acts on its users and on nobody else's; not on those
 * who hold a role of the authority, since whoever resets somebody's way in could come in as them; nor on those whom the authority disabled.
 */
export function mayAdminister(actor: Actor, user: Administered): boolean {
  if (isOfAuthority(actor)) return true
  return actor.administers.includes(user.agency) && !user.holdsAuthorityRole && !user.disabledByAuthority
}

/**
 * Whether the actor may change how this user gets in: their password, e-mail address, invitation and second factor. Whoever does could come
 * in as them, so it takes somebody who administers every agency that the user works for, and not only the one that they belong to.
 */
export const mayChangeWayIn = (actor: Actor, user: Administered): boolean =>
  mayAdminister(actor, user) && (isOfAuthority(actor) || user.worksFor.every(agency => actor.administers.includes(agency)))

/**
 * Whether the actor may put another way in in the place of this user's: another e-mail address, somebody else at a provider. Of somebody who has come in
 * already only the authority may, whose every act is in the audit: an agency's administrator, who reads no record, would come in as one who does.
 */
export const mayReplaceWayIn = (actor: Actor, user: Administered & { lastSignInAt: Date | null }): boolean =>
  mayChangeWayIn(actor, user) && (isOfAuthority(actor) || user.lastSignInAt === null)

/** Whether the actor may see a first password, to hand it over. Whom an agency sets up chooses their own, by a link that goes to them alone. */
export const mayHandOverPassword = (actor: Actor): boolean => isOfAuthority(actor)

/**
 * Whether the actor may give and end this user's posts. Nobody widens their own rights, except the authority's administrators, who could do it
 * by another name and whose every act is in the audit.
 */
export const mayChangePosts = (actor: Actor, user: Administered): boolean =>
  mayAdminister(actor, user) && (isOfAuthority(actor) || user.id !== actor.userId)

/**
 * Whether the actor may end this post: of whoever they administer, and of somebody of another agency those in agencies of theirs, so that whoever
 * answers for records can shut out at once whoever reads them there. Not their own, and not what the authority gave by a role of its own.
 */
export function mayEndPost(actor: Actor, user: { id: string } | Administered, post: { agency: number; roleOfAuthority: boolean }): boolean {
  if (isOfAuthority(actor)) return true
  if (post.roleOfAuthority || user.id === actor.userId) return false
  return 'worksFor' in user ? mayChangePosts(actor, user) : actor.administers.includes(post.agency)
}

type Given = { authorityOnly: boolean; capabilities: readonly string[]; agency: number | null }

/** Whether the actor may give this role. It need not be one of theirs: an administrator who reads no record sets up those who do. */
export function mayGive(actor: Actor, role: Given): boolean {
  if (isOfAuthority(actor)) return true
  return isForAgencies(role) && (role.agency === null || actor.administers.includes(role.agency))
}

const isForAgencies = ({ authorityOnly, capabilities }: Given) =>
  !authorityOnly && !authorityCapabilities.some(one => capabilities.includes(one))

/** A role of an agency's own is given in its own teams alone. */
export const isGivenIn = (role: Given, agency: number): boolean => role.agency === null || role.agency === agency

/**
 * Whether the actor may change this role. An agency's administrators change its own; not one that they hold themself, since that would widen their
 * own rights.
 */
export const mayChangeRole = (actor: Actor, role: Pick<Given, 'agency'> & { heldByActor: boolean }): boolean =>
  isOfAuthority(actor) || (role.agency !== null && actor.administers.includes(role.agency) && !role.heldByActor)

/** What an agency's own roles may allow: what the authority lets agencies give by some role of its. */
export function capabilitiesForAgencies(roles: readonly Given[]): string[] {
  return [...new Set(roles.filter(role => role.agency === null && isForAgencies(role)).flatMap(role => role.capabilities))]
}

/**
 * What an agency's own role must ask of its holders at the least: for each thing that it allows as much as the authority's easiest role does that lets
 * agencies give it. Otherwise an agency would make a door beside the one that the authority guards.
 */
export function leastFactorFor(allowed: readonly string[], roles: readonly (Given & { factorNeeded: FactorNeeded })[]): FactorNeeded {
  const theirs = roles.filter(role => role.agency === null && isForAgencies(role))
  const leastFor = (one: string) => {
    const factors = theirs.filter(role => role.capabilities.includes(one)).map(role => role.factorNeeded)
    return factorsNeeded.find(factor => factors.includes(factor)) ?? 'none'
  }
  return mostNeeded(allowed.map(leastFor))
}

/**
 * Whether this role beside what somebody may do in the agency already would let one who sets up its users read its records. An agency's administrators
 * do not give that, or they would open every record of the agency to themself; the authority may.
 */
export const opensWhatTheySetUp = (allowed: readonly string[]): boolean =>
  allowed.includes('manage-users') && allowed.includes('read-records')

/** A page for whoever administers an agency; for everybody else it is not there. */
export const forAdministrators =
  (handler: Handler): Handler =>
  async visit =>
    visit.actor.administers.length > 0 ? handler(visit) : notFound()

/** A page for the authority's administrators. */
export const forAuthority =
  (handler: Handler): Handler =>
  async visit =>
    isOfAuthority(visit.actor) ? handler(visit) : notFound()

/** A part of the address that must be an id before it is asked for. */
export async function withId(visit: Visit, name: string, answer: (id: string) => Promise<Answer>): Promise<Answer> {
  const id = visit.params[name] ?? ''
  return isId(id) ? answer(id) : notFound()
}
