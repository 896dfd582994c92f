import type { Actor, Post } from './actor.ts'
import type { Capability } from './capabilities.ts'

/** Whose record something is: a team of an agency, in a service; or, where no team has it, an agency for which somebody sits in a meeting or runs it. */
export type Place = { readonly agency: number; readonly teamId: string | null; readonly serviceArea: string | null }

/**
 * The actor as they are at records of these places. A post is a role in a place: who leads a team here and reads as a student there leads no one
 * there, and what an administrator of one agency lets somebody do is done in that agency. At a record of a place where they have a post they may do
 * what their posts of that team and service allow, or, of none, those of that agency; beside them what a post of no service allows in its own
 * agency, and what reaches everywhere: only the authority gives that. At a record of places where they have none, such as one that was shared with them,
 * they are as they are everywhere. Pure.
 */
export function actingAt(actor: Actor, places: readonly Place[]): Actor {
  const there = [...new Set(places.flatMap(place => postsAt(actor.posts, place)))]
  if (there.length === 0) return actor
  const capabilities = new Set([...there, ...actor.posts.filter(reachesFar)].flatMap(post => [...post.capabilities]))
  const isAtHome = there.some(post => post.agency === actor.agency)
  return { ...actor, capabilities, ...(isAtHome ? {} : { actsFor: there[0]!.agency }) }
}

/** What somebody with these posts may do for an agency: none of it without a post there. */
export function capabilitiesFor(posts: readonly Pick<Post, 'agency' | 'capabilities'>[], agency: number): ReadonlySet<Capability> {
  const there = posts.filter(post => post.agency === agency)
  return new Set(there.length === 0 ? [] : [...there, ...posts.filter(reachesFar)].flatMap(post => [...post.capabilities]))
}

/** The agencies in which the actor’s own post allows this. */
export const agenciesInWhich = (actor: Actor, capability: Capability): number[] => [
  ...new Set(actor.posts.filter(post => post.capabilities.has(capability)).map(post => post.agency)),
]

/** The teams in which the actor’s own post allows this. */
export const teamsInWhich = (actor: Actor, capability: Capability): string[] => [
  ...new Set(actor.posts.filter(post => post.capabilities.has(capability)).map(post => post.teamId)),
]

const reachingFar: readonly Capability[] = ['commission', 'manage-authority', 'read-all-audit']
const reachesFar = ({ capabilities }: Pick<Post, 'capabilities'>): boolean => reachingFar.some(one => capabilities.has(one))

function postsAt(posts: readonly Post[], { agency, teamId, serviceArea }: Place): Post[] {
  const inAgency = posts.filter(post => post.agency === agency)
  if (teamId === null) return inAgency
  const inPlace = inAgency.filter(post => post.teamId === teamId && post.serviceArea === serviceArea)
  return inPlace.length > 0 ? [...inPlace, ...inAgency.filter(post => post.serviceArea === null)] : inAgency
}
