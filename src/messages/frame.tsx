import type { ComponentChildren } from 'preact'
import { audit } from '../audit/index.ts'
import { paths } from '../paths.ts'
import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import type { Files } from '../platform/files.ts'
import { type Answer, notFound, type PageAnswer } from '../platform/web/answer.ts'
import type { Visit } from '../platform/web/routes.ts'
import type { Conversation, Message } from './conversation.ts'
import { conversationToChange, findConversation, findMessage } from './conversations.queries.ts'
import type { ConversationSubject, OpenSubject } from './subject.ts'
import { personOfCase } from './subject.ts'

/** What the pages of messages need from elsewhere. */
export type ConversationParts = {
  /** What people can talk about: a case, an action, and what modules above bring. */
  subjects: readonly ConversationSubject[]
  /** Where Lanyard is reached: a pasted address of ours becomes a link. */
  origin: string
  /** Where what is attached is kept: on file with a case, or with its conversation; and who scans it. */
  files: { ofCases: Files; ofMessages: Files }
  scanning: { wake(): void } | null
  /** A page of administration among the others, which are of a module above. */
  administration: (actor: Actor, area: 'messages', title: string, body: ComponentChildren) => PageAnswer
}

export type Opened = Conversation & { unreadSince: Date | null }

/** A conversation in the address that the actor is in and may read now; for everybody else there is none. */
export async function withConversation(visit: Visit, work: (conversation: Opened) => Promise<Answer>): Promise<Answer> {
  const conversation = await findConversation(visit.tx, visit.actor, visit.params['conversationId'] ?? '')
  return conversation ? work(conversation) : notFound()
}

/** The same for a change of it. */
export async function withConversationToChange(visit: Visit, work: (conversation: Opened) => Promise<Answer>): Promise<Answer> {
  const conversation = await conversationToChange(visit.tx, visit.actor, visit.params['conversationId'] ?? '')
  return conversation ? work(conversation) : notFound()
}

export async function withMessage(visit: Visit, work: (conversation: Opened, message: Message) => Promise<Answer>): Promise<Answer> {
  const message = await findMessage(visit.tx, visit.params['messageId'] ?? '')
  const conversation = message && (await findConversation(visit.tx, visit.actor, message.conversationId))
  return message && conversation ? work(conversation, message) : notFound()
}

/** The same for a change of it, which is read once its conversation is held. */
export async function withMessageToChange(
  visit: Visit,
  work: (conversation: Opened, message: Message) => Promise<Answer>,
): Promise<Answer> {
  const found = await findMessage(visit.tx, visit.params['messageId'] ?? '')
  const conversation = found && (await conversationToChange(visit.tx, visit.actor, found.conversationId))
  const message = conversation && (await findMessage(visit.tx, found.id))
  return message ? work(conversation, message) : notFound()
}

/** What a conversation is called for its reader: by its subject, its title, or whoever else is in it. */
export async function titlesOf(
  tx: Tx,
  actor: Actor,
  { subjects }: Pick<ConversationParts, 'subjects'>,
  conversations: readonly Conversation[],
): Promise<Map<string, string>> {
  const names = new Map<string, string>()
  for (const subject of subjects) {
    const ids = conversations.flatMap(one => (one.subject?.type === subject.type ? [one.subject.id] : []))
    if (ids.length > 0) for (const [id, name] of await subject.namesOf(tx, actor, ids)) names.set(`${subject.type} ${id}`, name)
  }
  return new Map(
    conversations.map(one => {
      const about = one.subject ? names.get(`${one.subject.type} ${one.subject.id}`) : undefined
      return [one.id, [one.title, about].filter(Boolean).join(' – ') || othersIn(one, actor)]
    }),
  )
}

/** Whoever else is in it, or how many. */
export function othersIn({ members }: Pick<Conversation, 'members'>, actor: Actor): string {
  const others = members.filter(one => one.principal !== actor.principal).map(one => one.name)
  if (others.length === 0) return 'Only you'
  return others.length > 4 ? `${others.slice(0, 3).join(', ')} and ${others.length - 3} others` : others.join(', ')
}

/** What it is about, opened anew by the actor. */
export async function subjectOf(
  visit: Pick<Visit, 'tx' | 'actor'>,
  { subjects }: Pick<ConversationParts, 'subjects'>,
  { subject }: Pick<Conversation, 'subject'>,
): Promise<OpenSubject | null> {
  const kind = subject && subjects.find(one => one.type === subject.type)
  return (kind && (await kind.open(visit.tx, visit.actor, subject.id))) || null
}

/** Reading what is said about a case is reading of its record. */
export async function auditConversation(
  visit: Visit,
  action: string,
  { id, caseId }: Conversation,
  detail: Record<string, unknown> = {},
): Promise<void> {
  const { tx, actor, clock } = visit
  await audit(tx, actor, clock.now(), {
    action,
    subject: { type: 'conversation', id },
    caseId: caseId ?? undefined,
    personId: caseId ? await personOfCase(tx, actor, caseId) : undefined,
    detail,
  })
}

export const section = { section: 'conversations' } as const
export const backTo = (conversation: Conversation): string => paths.conversations.show(conversation.id)
