import type { Actor, Post } from './actor.ts'
import type { Capability } from './capabilities.ts'

/** Whose record something is: a team of an agency, in a service. */
export type Place = { readonly agency: number; readonly teamId: string; readonly serviceArea: string }

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
  const everywhere = actor.posts.filter(post => reachingFar.some(one => post.capabilities.has(one)))
  const capabilities = new Set([...there, ...everywhere].flatMap(post => [...post.capabilities]))
  const isAtHome = there.some(post => post.agency === actor.agency)
  return { ...actor, capabilities, ...(isAtHome ? {} : { actsFor: there[0]!.agency }) }
}

/** The teams in which the actor’s own post allows this. */
export const teamsInWhich = (actor: Actor, capability: Capability): string[] => [
  ...new Set(actor.posts.filter(post => post.capabilities.has(capability)).map(post => post.teamId)),
]

const reachingFar: readonly Capability[] = ['commission', 'manage-authority', 'read-all-audit']

function postsAt(posts: readonly Post[], { agency, teamId, serviceArea }: Place): Post[] {
  const inAgency = posts.filter(post => post.agency === agency)
  const inPlace = inAgency.filter(post => post.teamId === teamId && post.serviceArea === serviceArea)
  return inPlace.length > 0 ? [...inPlace, ...inAgency.filter(post => post.serviceArea === null)] : inAgency
}
