import { sql } from 'kysely'
import { tellUsersOnce } from '../notifications/index.ts'
import { paths } from '../paths.ts'
import { type Actor, asActor } from '../platform/actor.ts'
import type { Clock } from '../platform/clock.ts'
import type { Database, Tx } from '../platform/db/database.ts'
import { enqueue, type Job } from '../platform/jobs.ts'
import type { Conversation } from './conversation.ts'

export const tellTask = 'tell-of-messages'
type Telling = { conversationId: string; userIds: readonly string[] }

/** Whoever has it open reads it at once: a notice is for those who have not after this long. */
const patience = 60_000

/** Puts in the queue that its members may have something to read: whoever is called by name, at once; the others when they have not read it in a minute. */
export async function tellLater(
  tx: Tx,
  actor: Actor,
  now: Date,
  { id, members }: Conversation,
  mentioned: readonly number[],
): Promise<void> {
  const others = members.filter(one => one.userId !== actor.userId)
  const called = others.filter(one => mentioned.includes(one.principal))
  const ids = (some: typeof others): Telling => ({ conversationId: id, userIds: some.map(one => one.userId) })
  if (called.length > 0) await enqueue(tx, tellTask, ids(called))
  // However many are sent in one minute, everybody is asked once.
  const key = `${tellTask} ${id} ${Math.floor(now.getTime() / patience)}`
  if (others.length > called.length || called.length > 0)
    await enqueue(tx, tellTask, ids(others), { key, runAt: new Date(now.getTime() + patience) })
}

export type TellParts = { worker: Database; clock: Clock; actorOf: (userId: string) => Promise<Actor | undefined> }

/** Tells each as themselves: whoever has read it meanwhile, has left, or may no longer read it, hears of nothing. */
export const tellOfMessages =
  ({ worker, clock, actorOf }: TellParts): Job =>
  async payload => {
    const { conversationId, userIds } = payload as Telling
    for (const userId of userIds) {
      const reader = await actorOf(userId)
      if (reader) await asActor(worker, reader, 'write', tx => tell(tx, reader, clock.now(), conversationId))
    }
  }

async function tell(tx: Tx, reader: Actor, now: Date, conversationId: string): Promise<void> {
  const { rows } = await sql<{ caseId: string | null; called: boolean }>`
    select c.case_id as "caseId", exists (
        select from messages x where x.conversation_id = c.id and x.sent_at >= m.unread_since and ${reader.principal} = any (x.mentioned)) as called
    from conversation_members m join conversations c on c.id = m.conversation_id
    where m.conversation_id = ${conversationId} and m.user_id = ${reader.userId}::uuid and m.unread_since is not null`.execute(tx)
  const unread = rows[0]
  if (!unread || !reader.userId) return
  await tellUsersOnce(tx, now, {
    to: [reader.userId],
    ...(unread.called
      ? { kind: 'message-mention', words: 'A message calls you by name' }
      : { kind: 'message', words: 'There is a message for you' }),
    href: paths.conversations.show(conversationId),
    caseId: unread.caseId,
  })
}
