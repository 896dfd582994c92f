import type { Actor, Post } from '../../platform/actor.ts'

/** The posts in which the actor records of a person: those that work with them; all in which they record at all, where none does. */
export function recordingPosts(actor: Actor, { editors }: { readonly editors: readonly number[] }): readonly Post[] {
  const recording = actor.posts.filter(post => post.capabilities.has('record'))
  const working = recording.filter(post => [post.postPrincipal, post.agency].some(one => one !== null && editors.includes(one)))
  return working.length > 0 ? working : recording
}

/** The agencies that keep what the actor records of a person where not everybody may read it. Without a post: the actor alone. */
export function keepersOf(actor: Actor, person: { readonly editors: readonly number[] }): number[] {
  const agencies = agenciesOf(recordingPosts(actor, person))
  return agencies.length > 0 ? agencies : [actor.principal]
}

export const agenciesOf = (posts: readonly Post[]): number[] => [...new Set(posts.map(post => post.agency))].sort((a, b) => a - b)
