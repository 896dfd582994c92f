import { findCase } from '../cases/index.ts'
import type { Visit } from '../platform/web/routes.ts'
import type { Conversation } from './conversation.ts'
import { type ConversationParts, subjectOf } from './frame.tsx'
import { mayReachNobody, whomToWriteTo } from './subject.ts'

/** Beside the name of a member who would not get an answer. */
export const cannotRead = ' (cannot read it at the moment)'

/**
 * Members of a conversation about a case who may not read it now: it was restricted, withheld from them, or is shared with them no more. Told to those
 * whose case it is, who say who reads it and know of both; to anybody else it would tell what they are not told.
 */
export async function shutOutOf(
  visit: Pick<Visit, 'tx' | 'actor' | 'clock'>,
  parts: Pick<ConversationParts, 'subjects'>,
  conversation: Pick<Conversation, 'subject' | 'caseId' | 'members'>,
): Promise<ReadonlySet<string>> {
  const { tx, actor, clock } = visit
  const theCase = conversation.caseId ? await findCase(tx, actor, conversation.caseId) : undefined
  const subject = theCase?.mayDecide ? await subjectOf(visit, parts, conversation) : null
  // Where who reads it is not told even to them, a name that is marked would tell it.
  if (!subject || mayReachNobody(subject)) return new Set()
  const readers = await whomToWriteTo(tx, subject, clock.now())
  return new Set(conversation.members.filter(one => !readers.has(one.principal)).map(one => one.userId))
}
