import { type RawBuilder, sql } from 'kysely'
import { holdConversation } from '../access/index.ts'
import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import { isId } from '../platform/id.ts'
import type { Conversation, Member, Message, SubjectRef } from './conversation.ts'

/** More than this is said as "99+". */
const countedTo = 100

/** How many conversations hold something that the actor has not read: for the navigation, as part of its one statement. */
export const unreadConversations = ({ userId }: Actor): RawBuilder<number> => sql<number>`(
  select count(*) from (
    select from conversation_members m where m.user_id = ${userId}::uuid and m.unread_since is not null limit ${countedTo}) unread)`

/** The same for an open page, with when the latest of them came, so that the page knows that something is new though the number is the same. */
export async function countUnread(tx: Tx, actor: Actor): Promise<{ count: number; latest: Date | null }> {
  const { rows } = await sql<{ count: number; latest: Date | null }>`
    select ${unreadConversations(actor)} as count, (
      select max(c.last_at) from conversation_members m join conversations c on c.id = m.conversation_id
      where m.user_id = ${actor.userId}::uuid and m.unread_since is not null) as latest`.execute(tx)
  return rows[0] ?? { count: 0, latest: null }
}

export type ConversationLine = Conversation & {
  unreadSince: Date | null
  latest: { words: string; authorId: string; authorName: string; withdrawn: boolean } | null
}

export type ConversationsWanted = {
  unread?: boolean
  caseId?: string
  about?: SubjectRef
  limit: number
  before?: { at: Date; id: string } | undefined
}

/** The actor's conversations that they may read now, the latest first. */
export async function conversationsOf(tx: Tx, actor: Actor, wanted: ConversationsWanted): Promise<ConversationLine[]> {
  const { before } = wanted
  const { rows } = await sql<Row & { unreadSince: Date | null; latest: ConversationLine['latest'] }>`
    select ${columns}, mine.unread_since as "unreadSince", (
        select json_build_object('words', x.words, 'authorId', x.author_id, 'authorName', u.name, 'withdrawn', x.withdrawn_at is not null)
        from messages x join users u on u.id = x.author_id where x.conversation_id = c.id order by x.number desc limit 1) as latest
    from conversation_members mine join conversations c on c.id = mine.conversation_id
    where mine.user_id = ${actor.userId}::uuid and mine.left_at is null
      ${wanted.unread ? sql`and mine.unread_since is not null` : sql``}
      ${wanted.caseId ? sql`and c.case_id = ${wanted.caseId}` : sql``}
      ${wanted.about ? sql`and c.subject_type = ${wanted.about.type} and c.subject_id = ${wanted.about.id}` : sql``}
      ${before ? sql`and (date_trunc('milliseconds', c.last_at), c.id) < (${before.at}::timestamptz, ${before.id}::uuid)` : sql``}
    order by date_trunc('milliseconds', c.last_at) desc, c.id desc limit ${wanted.limit}`.execute(tx)
  return rows.map(({ unreadSince, latest, ...row }) => ({ ...conversationFrom(row), unreadSince, latest }))
}

/** A conversation that the actor is in and may read now, with when they last had read all of it. */
export async function findConversation(
  tx: Tx,
  actor: Actor,
  id: string,
): Promise<(Conversation & { unreadSince: Date | null }) | undefined> {
  if (!isId(id)) return undefined
  const { rows } = await sql<Row & { unreadSince: Date | null }>`
    select ${columns}, mine.unread_since as "unreadSince"
    from conversations c join conversation_members mine on mine.conversation_id = c.id
    where c.id = ${id} and mine.user_id = ${actor.userId}::uuid and mine.left_at is null`.execute(tx)
  const row = rows[0]
  if (!row) return undefined
  const { unreadSince, ...rest } = row
  return { ...conversationFrom(rest), unreadSince }
}

/**
 * The same for whoever changes it: held until the transaction ends, and read then, so that what follows from who is in it is what is so when it is saved.
 * Undefined also for whoever has left it while they waited.
 */
export async function conversationToChange(tx: Tx, actor: Actor, id: string): ReturnType<typeof findConversation> {
  if (!(await findConversation(tx, actor, id))) return undefined
  await holdConversation(tx, id)
  return findConversation(tx, actor, id)
}

/** The one conversation between the actor and somebody else, where there is one. */
export async function directWith(tx: Tx, actor: Actor, userId: string): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    select c.id from conversation_members mine
      join conversation_members theirs on theirs.conversation_id = mine.conversation_id and theirs.user_id = ${userId} and theirs.left_at is null
      join conversations c on c.id = mine.conversation_id and c.is_direct
    where mine.user_id = ${actor.userId}::uuid and mine.left_at is null order by c.started_at limit 1`.execute(tx)
  return rows[0]?.id
}

export type MessagesWanted = { limit: number; before?: number | undefined; changedAfter?: number | undefined }

/** Messages of a conversation in their order: the latest so many, those before one, or what has been added or changed since. */
export async function messagesOf(tx: Tx, conversationId: string, { limit, before, changedAfter }: MessagesWanted): Promise<Message[]> {
  const where =
    changedAfter === undefined ? (before === undefined ? sql`` : sql`and m.number < ${before}`) : sql`and m.change > ${changedAfter}`
  const { rows } = await sql<Message>`
    select * from (
      select ${messageColumns} from messages m join users u on u.id = m.author_id join agencies a on a.principal = u.agency
      where m.conversation_id = ${conversationId} ${where}
      order by m.number desc limit ${limit}) latest order by number`.execute(tx)
  return rows
}

export async function findMessage(tx: Tx, id: string): Promise<Message | undefined> {
  if (!isId(id)) return undefined
  const { rows } = await sql<Message>`
    select ${messageColumns} from messages m join users u on u.id = m.author_id join agencies a on a.principal = u.agency where m.id = ${id}`.execute(
    tx,
  )
  return rows[0]
}

/** What a message said before, the latest first. */
export async function versionsOf(tx: Tx, messageId: string): Promise<{ id: string; words: string; replacedAt: Date }[]> {
  const { rows } = await sql<{ id: string; words: string; replacedAt: Date }>`
    select id, words, replaced_at as "replacedAt" from message_versions where message_id = ${messageId} order by replaced_at desc, id desc`.execute(
    tx,
  )
  return rows
}

/** The actor has read it as far as the message of this number. What came since, while their page was made, stays unread. */
export async function markRead(tx: Tx, actor: Actor, conversationId: string, through: number): Promise<void> {
  await sql`
    update conversation_members set unread_since = (
      select min(m.sent_at) from messages m
      where m.conversation_id = ${conversationId} and m.number > ${through} and m.author_id <> ${actor.userId}::uuid
        and m.sent_at >= conversation_members.unread_since)
    where conversation_id = ${conversationId} and user_id = ${actor.userId}::uuid and unread_since is not null`.execute(tx)
}

const messageColumns = sql`
  m.id, m.conversation_id as "conversationId", m.number, m.change, m.author_id as "authorId", u.name as "authorName", a.name as "authorFrom",
  m.sent_at as "sentAt", m.words, m.mentioned, m.edited_at as "editedAt", m.withdrawn_at as "withdrawnAt"`

type Row = Omit<Conversation, 'subject' | 'members'> & { subjectType: string | null; subjectId: string | null; members: Member[] | null }

const columns = sql`
  c.id, c.is_direct as "isDirect", c.subject_type as "subjectType", c.subject_id as "subjectId", c.case_id as "caseId", c.part, c.title,
  c.started_at as "startedAt", (select u.name from users u where u.id = c.started_by) as "startedBy", c.changes, c.last_at as "lastAt", (
    select json_agg(json_build_object('userId', u.id, 'principal', u.principal, 'name', u.name, 'jobTitle', u.job_title, 'agencyName', a.name,
        'teamName', (select min(t.name) from posts o join teams t on t.id = o.team_id where o.user_id = u.id and o.ended_at is null)) order by u.name)
    from conversation_members x join users u on u.id = x.user_id join agencies a on a.principal = u.agency
    where x.conversation_id = c.id and x.left_at is null) as members`

function conversationFrom({ subjectType, subjectId, members, ...row }: Row): Conversation {
  return { ...row, subject: subjectType && subjectId ? { type: subjectType, id: subjectId } : null, members: members ?? [] }
}
