import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '../platform/actor.ts'
import { londonDate, type PlainTime } from '../platform/clock.ts'
import type { Tx } from '../platform/db/database.ts'
import { isId } from '../platform/id.ts'
import type { Delivery, NoticeKind } from './kinds.ts'

export type Notice = {
  id: string
  words: string
  href: string | null
  at: Date
  isRead: boolean
  /** Who it is about, where it is about somebody. */
  person: { given: string | null; family: string | null } | null
}

/** More than this is said as "99+": nobody counts further, and neither do we. */
const countedTo = 100

/**
 * A notice about a case, a person, or an item or action of a meeting is there only for somebody who may see them now: asked of row-level security at every read, so that a
 * withholding, a restriction or an ended share hides what was told before it.
 */
const stillSeen = sql`
  (n.case_id is null or exists (select from cases c where c.id = n.case_id))
  and (n.person_id is null or exists (select from people p where p.id = n.person_id))
  and (n.meeting_item_id is null or exists (select from meeting_items i where i.id = n.meeting_item_id))
  and (n.meeting_action_id is null or exists (select from meeting_actions a where a.id = n.meeting_action_id))`

/** How many the actor has not read, up to a hundred: for the band of every page, as part of its one statement. */
export const unreadNotices = ({ userId }: Actor): RawBuilder<number> => sql<number>`(
  select count(*) from (
    select from notices n where n.user_id = ${userId}::uuid and n.read_at is null and ${stillSeen} limit ${countedTo}) unread)`

export async function countUnread(tx: Tx, actor: Actor): Promise<number> {
  const { rows } = await sql<{ count: number }>`select ${unreadNotices(actor)} as count`.execute(tx)
  return rows[0]?.count ?? 0
}

export type NoticesWanted = { read: boolean; limit: number; before?: { at: Date; id: string } | undefined }

/** The actor's notices, the latest first. */
export async function noticesOf(tx: Tx, actor: Actor, { read, limit, before }: NoticesWanted): Promise<Notice[]> {
  // Instants stand in addresses by the millisecond, and the database keeps more.
  const past = before ? sql`and (date_trunc('milliseconds', n.at), n.id) < (${before.at}::timestamptz, ${before.id}::uuid)` : sql``
  const { rows } = await sql<Omit<Notice, 'person'> & { personId: string | null; given: string | null; family: string | null }>`
    select n.id, n.words, n.href, n.at, n.read_at is not null as "isRead", p.id as "personId", p.given_name as given, p.family_name as family
    from notices n
      left join cases k on k.id = n.case_id
      left join people p on p.id = coalesce(n.person_id, k.person_id)
    where n.user_id = ${actor.userId}::uuid and n.read_at ${read ? sql`is not null` : sql`is null`} and ${stillSeen} ${past}
    order by date_trunc('milliseconds', n.at) desc, n.id desc limit ${limit}`.execute(tx)
  return rows.map(({ personId, given, family, ...notice }) => ({ ...notice, person: personId ? { given, family } : null }))
}

export async function findNotice(tx: Tx, actor: Actor, id: string): Promise<{ id: string; href: string | null } | undefined> {
  if (!isId(id)) return undefined
  const { rows } = await sql<{ id: string; href: string | null }>`
    select n.id, n.href from notices n where n.id = ${id} and n.user_id = ${actor.userId}::uuid and ${stillSeen}`.execute(tx)
  return rows[0]
}

/** Marks as read: one, or all that there are to be seen. */
export async function markRead(tx: Tx, actor: Actor, now: Date, which: { id: string } | 'all'): Promise<void> {
  const these = which === 'all' ? stillSeen : sql`n.id = ${which.id}`
  await sql`update notices n set read_at = ${now} where n.user_id = ${actor.userId}::uuid and n.read_at is null and ${these}`.execute(tx)
}

/** What leads to this page has been seen, by the actor having opened it. */
export async function markNoticesRead(tx: Tx, actor: Actor, now: Date, href: string): Promise<void> {
  await sql`update notices set read_at = ${now} where user_id = ${actor.userId}::uuid and read_at is null and href = ${href}`.execute(tx)
}

export const usualDigest = '08:00' as PlainTime
export type NoticeChoices = { kinds: ReadonlyMap<NoticeKind, Delivery>; digestAt: PlainTime }

/** What the actor has chosen. */
export async function choicesOf(tx: Tx, actor: Actor): Promise<NoticeChoices> {
  const settings = sql<{ kind: NoticeKind; delivery: Delivery }>`
    select kind, delivery from notice_settings where user_id = ${actor.userId}::uuid`.execute(tx)
  const digests = sql<{ at: PlainTime }>`select at from notice_digests where user_id = ${actor.userId}::uuid`.execute(tx)
  const [{ rows }, digest] = await Promise.all([settings, digests])
  return { kinds: new Map(rows.map(one => [one.kind, one.delivery])), digestAt: digest.rows[0]?.at ?? usualDigest }
}

export async function saveChoices(tx: Tx, actor: Actor, { kinds, digestAt }: NoticeChoices): Promise<void> {
  await sql`
    insert into notice_settings (user_id, kind, delivery)
    select ${actor.userId}::uuid, kind, delivery from unnest(${[...kinds.keys()]}::text[], ${[...kinds.values()]}::text[]) as chosen (kind, delivery)
    on conflict (user_id, kind) do update set delivery = excluded.delivery`.execute(tx)
  await sql`
    insert into notice_digests (user_id, at) values (${actor.userId}::uuid, ${digestAt}) on conflict (user_id) do update set at = excluded.at`.execute(
    tx,
  )
}

// ── For the jobs that mail and tidy ─────────────────────────────────────────────────────────────────────────────────────

/** Marks a notice as mailed and says of what kind it is; nothing where its reader has read it, has been mailed, or may not see it now. */
export async function takeForMail(tx: Tx, reader: Actor, now: Date, id: string): Promise<NoticeKind | undefined> {
  const { rows } = await sql<{ kind: NoticeKind }>`
    update notices n set mailed_at = ${now}
    where n.id = ${id} and n.user_id = ${reader.userId}::uuid and n.read_at is null and n.mailed_at is null and ${stillSeen} returning n.kind`.execute(
    tx,
  )
  return rows[0]?.kind
}

/** Whose time of day has come for what had gathered until then. */
export async function digestsDue(tx: Tx, now: Date): Promise<{ userId: string; until: Date }[]> {
  const { rows } = await sql<{ userId: string; until: Date }>`
    select n.user_id as "userId", d.until from notices n
      left join notice_digests c on c.user_id = n.user_id
      cross join lateral (select (${londonDate(now)}::date + coalesce(c.at, ${usualDigest})::time) at time zone 'Europe/London' as until) d
    where n.delivery = 'digest' and n.read_at is null and n.mailed_at is null and n.at < d.until and d.until <= ${now}
    group by n.user_id, d.until`.execute(tx)
  return rows
}

/** Marks what had gathered as mailed; how many of those their reader may see now. */
export async function takeForDigest(tx: Tx, reader: Actor, now: Date, until: Date): Promise<number> {
  const gathered = sql`n.user_id = ${reader.userId}::uuid and n.delivery = 'digest' and n.read_at is null and n.mailed_at is null and n.at < ${until}`
  const { rows } = await sql<{ count: number }>`select count(*) as count from notices n where ${gathered} and ${stillSeen}`.execute(tx)
  await sql`update notices n set mailed_at = ${now} where ${gathered}`.execute(tx)
  return rows[0]?.count ?? 0
}

export async function forgetNotices(tx: Tx, before: { read: Date; unread: Date }): Promise<void> {
  await sql`delete from notices where at < ${before.unread} or (at < ${before.read} and read_at is not null)`.execute(tx)
}

/** What was told of one thing before an instant. */
export async function forgetNoticesOf(tx: Tx, { kind, href, before }: { kind: NoticeKind; href: string; before: Date }): Promise<void> {
  await sql`delete from notices where kind = ${kind} and href = ${href} and at < ${before}`.execute(tx)
}
