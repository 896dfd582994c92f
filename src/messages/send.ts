import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { audit } from '../audit/index.ts'
import { paths } from '../paths.ts'
import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import { wakeLive } from '../platform/live/wake.ts'
import { no, ok, type Result } from '../platform/result.ts'
import { takeOutTexts, writeTexts } from '../texts/index.ts'
import { type Conversation, type Message, mentionsIn, withoutLinks } from './conversation.ts'
import { markRead } from './conversations.queries.ts'
import { addFile, filesOf, type NewFile, takeBackFiles } from './files.ts'
import { personOfCase } from './subject.ts'
import { tellLater } from './tell.ts'

/**
 * Adds a message, with the file that it brings. Open pages of its members hear of it when the transaction is committed, and whoever has not read it in a
 * minute by notice.
 */
export async function sendMessage(
  tx: Tx,
  actor: Actor,
  now: Date,
  conversation: Conversation,
  said: string,
  attached?: NewFile,
): Promise<string> {
  const id = uuid()
  const file = attached && { ...attached, id: uuid() }
  const words = [said, file && paths.conversations.attached(file.id)].filter(Boolean).join('\n')
  const mentioned = principalsIn(words, conversation, actor)
  const number = await nextChange(tx, conversation, now)
  await sql`
    insert into messages (id, conversation_id, case_id, part, number, change, author_id, sent_at, words, mentioned, named_readers, readers, editors, withheld)
    select ${id}, c.id, c.case_id, c.part, ${number}, ${number}, ${authorOf(actor)}, ${now}, ${words}, ${mentioned}::int[], c.named_readers, c.readers, c.editors, c.withheld
    from conversations c where c.id = ${conversation.id}`.execute(tx)
  await sql`
    update conversation_members set unread_since = coalesce(unread_since, ${now})
    where conversation_id = ${conversation.id} and user_id <> ${actor.userId}::uuid and left_at is null`.execute(tx)
  // Who answers has read what came before.
  await markRead(tx, actor, conversation.id, number)
  if (file) await addFile(tx, actor, now, id, file)
  await writeText(tx, id, words)
  await told(tx, actor, now, conversation, 'message-sent', id, file && { file: file.id, bytes: file.file.bytes })
  await tellLater(tx, actor, now, conversation, mentioned)
  return id
}

/** Other words in place of one's own. What it said before is kept, and read by the members. */
export async function editMessage(
  tx: Tx,
  actor: Actor,
  now: Date,
  conversation: Conversation,
  message: Message,
  words: string,
): Promise<Result<void, 'not-yours' | 'withdrawn'>> {
  const may = mayChange(actor, message)
  if (!may.ok) return may
  if (words === message.words) return ok(undefined)
  const change = await nextChange(tx, conversation)
  await keepVersion(tx, now, message, false)
  const mentioned = principalsIn(words, conversation, actor)
  await sql`
    update messages set words = ${words}, mentioned = ${mentioned}::int[], edited_at = ${now}, change = ${change} where id = ${message.id}`.execute(
    tx,
  )
  await writeText(tx, message.id, words)
  await told(tx, actor, now, conversation, 'message-edited', message.id)
  return ok(undefined)
}

/** Takes back one's own words. They are kept and read by their author alone; everybody else sees that there was a message. */
export async function withdrawMessage(
  tx: Tx,
  actor: Actor,
  now: Date,
  conversation: Conversation,
  message: Message,
): Promise<Result<void, 'not-yours' | 'withdrawn'>> {
  const may = mayChange(actor, message)
  if (!may.ok) return may
  const change = await nextChange(tx, conversation)
  await sql`
    update message_versions set authors_own = true, named_readers = ${[actor.principal]}::int[] where message_id = ${message.id}`.execute(
    tx,
  )
  await keepVersion(tx, now, message, true)
  await takeBackFiles(tx, actor, message.id)
  await sql`update messages set words = '', mentioned = '{}', withdrawn_at = ${now}, change = ${change} where id = ${message.id}`.execute(
    tx,
  )
  await takeOutTexts(tx, 'message', message.id)
  await told(tx, actor, now, conversation, 'message-withdrawn', message.id)
  return ok(undefined)
}

export function mayChange(actor: Actor, message: Pick<Message, 'authorId' | 'withdrawnAt'>): Result<void, 'not-yours' | 'withdrawn'> {
  if (message.authorId !== actor.userId) return no('not-yours')
  return message.withdrawnAt ? no('withdrawn') : ok(undefined)
}

/**
 * Counts a change, and holds the conversation until the transaction ends, so that changes come in the order of their numbers. One that was there before has
 * been held already (`conversationToChange`), after what it is about.
 */
async function nextChange(tx: Tx, conversation: Conversation, sentAt?: Date): Promise<number> {
  const { rows } = await sql<{ changes: number }>`
    update conversations set changes = changes + 1 ${sentAt ? sql`, last_at = greatest(last_at, ${sentAt})` : sql``}
    where id = ${conversation.id} returning changes`.execute(tx)
  if (!rows[0]) throw new Error('Only members write in a conversation, while they may read what it is about.')
  return rows[0].changes
}

async function keepVersion(tx: Tx, now: Date, message: Message, authorsOwn: boolean): Promise<void> {
  await sql`
    insert into message_versions (id, message_id, conversation_id, case_id, part, words, replaced_at, authors_own, named_readers, readers, editors, withheld)
    select ${uuid()}, m.id, m.conversation_id, m.case_id, m.part, m.words, ${now}, ${authorsOwn},
      case when ${authorsOwn} then (select array[u.principal] from users u where u.id = m.author_id) else m.named_readers end, m.readers, m.editors, m.withheld
    from messages m where m.id = ${message.id}`.execute(tx)
}

/**
 * Found by its words, by whoever may read it, and by the names of the files that it brought. Addresses are none: who or what a link leads to is asked for each
 * reader.
 */
async function writeText(tx: Tx, messageId: string, words: string): Promise<void> {
  const files = new Map((await filesOf(tx, messageId)).map(one => [paths.conversations.attached(one.id), inWords(one.fileName)]))
  await writeTexts(
    tx,
    'message',
    {
      id: sql`m.id`,
      caseId: sql`m.case_id`,
      personId: sql`(select k.person_id from cases k where k.id = m.case_id)`,
      part: sql`m.part`,
      words: sql`${withoutLinks(words, path => files.get(path) ?? '…')}::text`,
      authorId: sql`m.author_id`,
      at: sql`m.sent_at`,
      recordedAt: sql`coalesce(m.edited_at, m.sent_at)`,
      namedReaders: sql`m.named_readers`,
      lists: 'm',
    },
    sql`messages m where m.id = ${messageId}`,
  )
}

/** 'Rota-May.pdf' is found by "rota" and by "may". */
const inWords = (fileName: string): string => fileName.replace(/[._-]+/g, ' ')

async function told(
  tx: Tx,
  actor: Actor,
  now: Date,
  conversation: Conversation,
  action: string,
  messageId: string,
  further: Record<string, unknown> = {},
): Promise<void> {
  const { id, caseId, members } = conversation
  await audit(tx, actor, now, {
    action,
    subject: { type: 'message', id: messageId },
    caseId: caseId ?? undefined,
    personId: caseId ? await personOfCase(tx, actor, caseId) : undefined,
    detail: { conversation: id, ...further },
  })
  await wakeLive(tx, { to: members.map(one => one.principal), about: id })
}

const principalsIn = (words: string, { members }: Conversation, actor: Actor): number[] => [
  ...new Set(
    mentionsIn(words, members)
      .map(one => one.principal)
      .filter(one => one !== actor.principal),
  ),
]

function authorOf(actor: Actor): string {
  if (!actor.userId) throw new Error('Only a user writes messages.')
  return actor.userId
}
