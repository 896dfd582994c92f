import { sql } from 'kysely'
import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import type { Member } from './recipients.ts'
import type { TemplatePurpose } from './words.ts'

export type GroupChoice = { option: string; title: string }

/**
 * A group that can be texted. It is worked out under the sender's own rights, each time anew: when it is previewed, and when it is confirmed.
 * Other modules add theirs (`app` passes them): those who have an appointment tomorrow, those who come to a group.
 */
export type TextGroup = {
  key: string
  /** What its members' texts can be filled in with. */
  purpose: TemplatePurpose
  /** What a text to it begins with, in place of a reminder: it is about an appointment, and reminds nobody of it. */
  begins?: string
  /** The groups of this kind that the actor can choose. */
  choices: (tx: Tx, actor: Actor, now: Date) => Promise<GroupChoice[]>
  /** What a group goes by that was chosen elsewhere, such as a list narrowed by its address; undefined for one that is none of the actor's. */
  titleOf?: (tx: Tx, actor: Actor, option: string) => Promise<string | undefined>
  members: (tx: Tx, actor: Actor, now: Date, option: string) => Promise<Member[]>
}

/** More is a campaign, not casework. */
export const mostAtOnce = 10_000

export const ownGroups: readonly TextGroup[] = [
  {
    key: 'mine',
    purpose: 'any',
    choices: async () => [{ option: '', title: 'My caseload' }],
    members: (tx, actor) => openCases(tx, sql`w.worker_id = ${actor.userId}::uuid`),
  },
  {
    key: 'service',
    purpose: 'any',
    choices: async (_tx, actor) =>
      actor.posts
        .filter(post => post.serviceArea !== null)
        .map(post => ({
          option: `${post.teamId}/${post.serviceArea}`,
          title: `Everybody with ${post.teamName}, ${serviceInWords(post.serviceArea ?? '')}`,
        })),
    members: async (tx, actor, _now, option) => {
      const post = actor.posts.find(one => `${one.teamId}/${one.serviceArea}` === option)
      return post ? openCases(tx, sql`w.team_id = ${post.teamId}::uuid and w.service_area = ${post.serviceArea}`) : []
    },
  },
]

const serviceInWords = (code: string) => code.replaceAll('-', ' ')

async function openCases(tx: Tx, whose: ReturnType<typeof sql>): Promise<Member[]> {
  const { rows } = await sql<Member>`
    select w.case_id as "caseId" from caseload_entries w where ${whose} and w.closed_on is null order by w.case_id limit ${mostAtOnce + 1}`.execute(
    tx,
  )
  return rows
}
