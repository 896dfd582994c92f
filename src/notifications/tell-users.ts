import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import type { Tx } from '../platform/db/database.ts'
import { enqueue } from '../platform/jobs.ts'
import { type Delivery, deliveryOf, type NoticeKind } from './kinds.ts'

export type NewNotice = {
  /** Ids of users. Named twice, told once. */
  to: readonly string[]
  kind: NoticeKind
  /** 'A case has been offered to you': no name and no word about a person. The page adds the name where its reader may see it. */
  words: string
  /** Where it leads, a path of ours; null where there is nothing more to see. */
  href: string | null
  /** What it is about. Whoever may not see that, when they look, sees nothing of the notice either. */
  caseId?: string | null
  personId?: string | null
  meetingItemId?: string | null
  meetingActionId?: string | null
  /** When there will be something to see, where that is later: nobody hears of it before. */
  from?: Date | undefined
}

/**
 * Tells users of something, in the caller's transaction: they hear of it if and only if it was saved. Nobody is told who has been disabled,
 * who has turned the kind off, or from whom the case is withheld.
 */
export async function tellUsers(tx: Tx, now: Date, notice: NewNotice): Promise<void> {
  const { to, kind, words, href, caseId = null, personId = null, meetingItemId = null, meetingActionId = null, from } = notice
  const notices = (await recipients(tx, to, kind, caseId)).map(one => ({ id: uuid(), ...one }))
  if (notices.length === 0) return
  await sql`
    insert into notices (id, user_id, kind, words, href, case_id, person_id, meeting_item_id, meeting_action_id, at, delivery)
    select n.id, n.user_id, ${kind}, ${words}, ${href}, ${caseId}::uuid, ${personId}::uuid, ${meetingItemId}::uuid, ${meetingActionId}::uuid, ${from ?? now}, n.delivery
    from unnest(${notices.map(one => one.id)}::uuid[], ${notices.map(one => one.userId)}::uuid[], ${notices.map(one => one.delivery)}::text[])
      as n (id, user_id, delivery)`.execute(tx)
  const atOnce = notices.filter(one => one.delivery === 'now')
  await Promise.all(atOnce.map(({ id, userId }) => enqueue(tx, 'mail-notice', { noticeId: id, userId }, from ? { runAt: from } : {})))
}

/** As the system, of what happens many times over: whoever has not read yet that it did is not told again. */
export async function tellUsersOnce(tx: Tx, now: Date, notice: NewNotice): Promise<void> {
  const { rows } = await sql<{ userId: string }>`
    select n.user_id as "userId" from notices n
    where n.user_id = any (${[...notice.to]}::uuid[]) and n.read_at is null and n.kind = ${notice.kind} and n.href is not distinct from ${notice.href}::text`.execute(
    tx,
  )
  const told = new Set(rows.map(row => row.userId))
  await tellUsers(tx, now, { ...notice, to: notice.to.filter(userId => !told.has(userId)) })
}

/**
 * What was told of this before is no longer so: it goes from everybody's notices, if and only if the caller's transaction is saved. By a
 * job, since nobody reads another's notices. What is told of it at the same moment stays.
 */
export async function withdrawNotices(tx: Tx, now: Date, { kind, href }: { kind: NoticeKind; href: string }): Promise<void> {
  await enqueue(tx, 'withdraw-notices', { kind, href, before: now.toISOString() })
}

async function recipients(tx: Tx, to: readonly string[], kind: NoticeKind, caseId: string | null) {
  if (to.length === 0) return []
  // E5: withheld by name, or through an agency that they belong to or have a post in. Reading asks again, as the reader.
  const { rows } = await sql<{ userId: string; chosen: Delivery | null }>`
    select u.id as "userId", s.delivery as chosen from users u left join notice_settings s on s.user_id = u.id and s.kind = ${kind}
    where u.id = any (${[...new Set(to)]}::uuid[]) and u.status <> 'disabled' and not exists (
      select from cases k where k.id = ${caseId}::uuid and k.withheld && (array[u.principal, u.agency]
        || array(select p.agency from posts p where p.user_id = u.id and p.ended_at is null)))`.execute(tx)
  return rows.map(({ userId, chosen }) => ({ userId, delivery: deliveryOf(kind, chosen) })).filter(one => one.delivery !== 'off')
}
