import type { Lists } from '../access/index.ts'
import { colleaguesAmong, findCase, openPart, type PartOfCase } from '../cases/index.ts'
import { paths } from '../paths.ts'
import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import { findTask } from '../tasks/index.ts'
import { type Links, resolveLinks } from './links.ts'

/** What a conversation is about, opened by somebody who may read it. */
export type OpenSubject = {
  id: string
  /** The case whose part its rows belong to, so that they follow what is shared and withheld there. */
  of: { caseId: string; personId: string; part: string; knownAgencies: PartOfCase['knownAgencies'] } | null
  /** Who may read it now: the rows carry these lists. */
  lists: Lists
  /**
   * Who can be written to about it, where whoever opened it is not to learn who reads it: a gap in a list that they know would say who is kept from it. Those
   * of them who may not read it come to be members and see nothing of what is written.
   */
  offered?: Lists
}

/**
 * One kind of thing that people talk about. A module brings its own and `app` hands it over. Of a subject of no case
 * the rows keep the lists that it had when the conversation began, unless src/access writes them with its own: as it does for meetings.
 */
export type ConversationSubject = {
  /** As the row keeps it. */
  type: string
  /** 'this case': after "Message about". */
  called: string
  /** Whether a new conversation about it can be with everybody who may see it by one tick: a meeting talks together. */
  withAll?: true
  hrefOf: (id: string) => string
  /** What these are called, of those that the actor may read now: for lists of conversations and their pages. */
  namesOf: (tx: Tx, actor: Actor, ids: readonly string[]) => Promise<ReadonlyMap<string, string>>
  /** Undefined where the actor may not read it, or there is no such thing. */
  open: (tx: Tx, actor: Actor, id: string) => Promise<OpenSubject | undefined>
}

/** A case, by its part `messages`: whoever it is shared with in part talks about it where that part is among what is shared. */
export const caseSubject: ConversationSubject = {
  type: 'case',
  called: 'this case',
  hrefOf: paths.cases.show,
  namesOf: async (tx, _actor, ids) => named(await resolveLinks(tx, ids.map(paths.cases.show))),
  open: async (tx, actor, id) => {
    const part = await openPart(tx, actor, id, 'messages')
    if (!part) return undefined
    const { caseId, personId, knownAgencies, lists } = part
    return { id, of: { caseId, personId, part: 'messages', knownAgencies }, lists }
  },
}

/** An action of a case, by the part `tasks`. */
export const actionSubject: ConversationSubject = {
  type: 'action',
  called: 'this action',
  hrefOf: paths.tasks.show,
  namesOf: async (tx, _actor, ids) => named(await resolveLinks(tx, ids.map(paths.tasks.show))),
  open: async (tx, actor, id) => {
    const task = await findTask(tx, actor, id)
    const part = task?.caseId ? await openPart(tx, actor, task.caseId, 'tasks') : undefined
    if (!task || !part) return undefined
    const { caseId, personId, knownAgencies, lists } = part
    return { id, of: { caseId, personId, part: 'tasks', knownAgencies }, lists }
  },
}

/** By the id that an address ends in. */
const named = (links: Links): Map<string, string> => new Map([...links].map(([path, name]) => [path.split('/').at(-1)!, name]))

/** Whether the actor still sees the case that something belongs to: of the name of it, for the audit. */
export const personOfCase = async (tx: Tx, actor: Actor, caseId: string): Promise<string | undefined> =>
  (await findCase(tx, actor, caseId))?.personId

/**
 * Principals of the users who can be written to about it: of those who may read it whom whoever opened it may know of, so that it says nothing of who else is
 * let in, nor of who is kept out.
 */
export const whomToWriteTo = async (tx: Tx, { of, lists, offered }: OpenSubject, now: Date): Promise<Set<number>> =>
  new Set((await colleaguesAmong(tx, { lists: offered ?? lists, knownAgencies: of?.knownAgencies ?? null }, now)).map(one => one.principal))

/** Whether some of those who can be written to about it may not see it, without its being said who or whether anybody. */
export const mayReachNobody = ({ of, offered }: OpenSubject): boolean => offered !== undefined || (of?.knownAgencies ?? null) !== null
