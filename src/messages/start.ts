import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { mustBeThereStill, nameMembers } from '../access/index.ts'
import { audit } from '../audit/index.ts'
import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import { wakeLive } from '../platform/live/wake.ts'
import { no, ok, type Result } from '../platform/result.ts'
import { type Conversation, type Member, mostMembers } from './conversation.ts'
import { directWith, findConversation } from './conversations.queries.ts'
import type { NewFile } from './files.ts'
import { sendMessage } from './send.ts'
import { type OpenSubject, whomToWriteTo } from './subject.ts'

export type NewConversation = {
  /** Everybody but the actor. */
  to: readonly Member[]
  title: string
  /** Opened by the actor in this transaction. */
  about: { type: string; subject: OpenSubject } | null
  words: string
  /** What the first message brings. */
  file?: NewFile | undefined
}

export type StartRefusal = 'nobody' | 'too-many' | 'may-not-read'

/**
 * Begins a conversation with its first message, or goes on with the one that there is between these two. Nobody is made a member who cannot be written to
 * about its subject. What they may not read they do not see as its member either.
 */
export async function startConversation(tx: Tx, actor: Actor, now: Date, wanted: NewConversation): Promise<Result<string, StartRefusal>> {
  const { about, title, words, file } = wanted
  const may = await mayStart(tx, actor, now, wanted)
  if (!may.ok) return may
  const others = othersIn(wanted, actor)
  const isDirect = !about && others.length === 1 && title === ''
  const id = (isDirect && (await directWith(tx, actor, others[0]!.userId))) || (await insert(tx, actor, now, wanted, others, isDirect))
  const conversation = await findConversation(tx, actor, id)
  if (!conversation) throw new Error('Somebody began a conversation that they may not read.')
  await sendMessage(tx, actor, now, conversation, words, file)
  return ok(id)
}

/** Whether it can be begun with these: asked by the page as well, before anything is put on file for it. */
export async function mayStart(
  tx: Tx,
  actor: Actor,
  now: Date,
  wanted: Pick<NewConversation, 'to' | 'about'>,
): Promise<Result<void, StartRefusal>> {
  const others = othersIn(wanted, actor)
  if (others.length === 0) return no('nobody')
  if (others.length >= mostMembers) return no('too-many')
  return wanted.about && !(await allCanBeWrittenTo(tx, wanted.about.subject, others, now)) ? no('may-not-read') : ok(undefined)
}

const othersIn = ({ to }: Pick<NewConversation, 'to'>, actor: Actor): Member[] => to.filter(one => one.principal !== actor.principal)

/** Lets somebody in to a conversation that is held. They read it from its beginning, which the page says before. */
export async function addMember(
  tx: Tx,
  actor: Actor,
  now: Date,
  conversation: Conversation,
  subject: OpenSubject | null,
  member: Member,
): Promise<Result<void, 'direct' | 'too-many' | 'may-not-read'>> {
  if (conversation.isDirect) return no('direct')
  if (conversation.members.some(one => one.userId === member.userId)) return ok(undefined)
  if (conversation.members.length >= mostMembers) return no('too-many')
  if (conversation.subject && !(subject && (await allCanBeWrittenTo(tx, subject, [member], now)))) return no('may-not-read')
  await mustBeThereStill(tx, actor, [member.principal])
  await insertMembers(tx, actor, now, conversation.id, [member])
  await told(tx, actor, now, conversation, 'conversation-joined', await nameMembers(tx, conversation.id), member.userId)
  return ok(undefined)
}

/** The actor leaves a conversation that is held, and reads nothing of it from this moment on. */
export async function leaveConversation(tx: Tx, actor: Actor, now: Date, conversation: Conversation): Promise<Result<void, 'direct'>> {
  if (conversation.isDirect) return no('direct')
  await sql`
    update conversation_members set left_at = ${now}, unread_since = null
    where conversation_id = ${conversation.id} and user_id = ${actor.userId}::uuid`.execute(tx)
  const everybody = conversation.members.map(one => one.principal)
  await told(tx, actor, now, conversation, 'conversation-left', everybody, actor.userId ?? '')
  await nameMembers(tx, conversation.id)
  return ok(undefined)
}

async function allCanBeWrittenTo(tx: Tx, subject: OpenSubject, members: readonly Member[], now: Date): Promise<boolean> {
  const readers = await whomToWriteTo(tx, subject, now)
  return members.every(one => readers.has(one.principal))
}

async function insert(
  tx: Tx,
  actor: Actor,
  now: Date,
  { about, title }: NewConversation,
  others: readonly Member[],
  isDirect: boolean,
): Promise<string> {
  if (!actor.userId) throw new Error('Only a user begins a conversation.')
  const id = uuid()
  const named = [...new Set([actor.principal, ...others.map(one => one.principal)])].sort((a, b) => a - b)
  const readers = about?.subject.lists.readers ?? named
  await mustBeThereStill(tx, actor, named)
  await sql`
    insert into conversations (id, is_direct, subject_type, subject_id, case_id, part, title, started_at, started_by, last_at, named_readers, readers, editors, withheld)
    values (${id}, ${isDirect}, ${about?.type ?? null}, ${about?.subject.id ?? null}, ${about?.subject.of?.caseId ?? null}, ${about?.subject.of?.part ?? 'messages'},
      ${title}, ${now}, ${actor.userId}, ${now}, ${named}::int[], ${readers}::int[], ${readers}::int[], ${about?.subject.lists.withheld ?? []}::int[])`.execute(
    tx,
  )
  await insertMembers(tx, actor, now, id, [{ userId: actor.userId }, ...others])
  await audit(tx, actor, now, {
    action: 'conversation-started',
    subject: { type: 'conversation', id },
    caseId: about?.subject.of?.caseId,
    personId: about?.subject.of?.personId,
    detail: { members: others.map(one => one.userId) },
  })
  return id
}

async function insertMembers(
  tx: Tx,
  actor: Actor,
  now: Date,
  conversationId: string,
  members: readonly { userId: string }[],
): Promise<void> {
  await sql`
    insert into conversation_members (conversation_id, user_id, case_id, part, joined_at, added_by, named_readers, readers, editors, withheld)
    select c.id, n.user_id, c.case_id, c.part, ${now}, ${actor.userId}::uuid, c.named_readers, c.readers, c.editors, c.withheld
    from conversations c, unnest(${members.map(one => one.userId)}::uuid[]) as n (user_id) where c.id = ${conversationId}
    on conflict (conversation_id, user_id) do update set joined_at = excluded.joined_at, added_by = excluded.added_by, left_at = null`.execute(
    tx,
  )
}

async function told(
  tx: Tx,
  actor: Actor,
  now: Date,
  { id, caseId }: Conversation,
  action: string,
  everybody: readonly number[],
  member: string,
): Promise<void> {
  await audit(tx, actor, now, { action, subject: { type: 'conversation', id }, caseId: caseId ?? undefined, detail: { member } })
  await wakeLive(tx, { to: everybody, about: id })
}
