import { type RawBuilder, sql } from 'kysely'
import type { Telephone } from '../people/index.ts'
import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import { isId } from '../platform/id.ts'
import { enqueue } from '../platform/jobs.ts'

export type InboxItem = { id: string; number: Telephone; words: string; receivedAt: Date; inbox: number }

const columns = sql`i.id, i.number, i.words, i.received_at as "receivedAt", i.inbox`
const waits = sql`i.settled_at is null and i.handed_to is null`

/** How many wait to be placed in the inboxes of the actor: for the navigation of every page. */
export const waitingReplies = ({ readPrincipals }: Actor): RawBuilder<number> =>
  sql<number>`(select count(*) from text_inbox i where i.inbox = any (${[...readPrincipals]}::int[]) and ${waits})`

export async function countWaiting(tx: Tx, actor: Actor): Promise<number> {
  const { rows } = await sql<{ count: number }>`select ${waitingReplies(actor)} as count`.execute(tx)
  return rows[0]?.count ?? 0
}

/** What waits, the oldest first: somebody has waited longest for an answer. */
export async function inboxOf(tx: Tx, actor: Actor): Promise<InboxItem[]> {
  const { rows } = await sql<InboxItem>`
    select ${columns} from text_inbox i where i.inbox = any (${[...actor.readPrincipals]}::int[]) and ${waits} order by i.received_at, i.id limit 200`.execute(
    tx,
  )
  return rows
}

export async function findInInbox(tx: Tx, actor: Actor, id: string): Promise<InboxItem | undefined> {
  if (!isId(id)) return undefined
  const { rows } = await sql<InboxItem>`
    select ${columns} from text_inbox i where i.id = ${id} and i.inbox = any (${[...actor.readPrincipals]}::int[]) and ${waits}`.execute(tx)
  return rows[0]
}

export type PossibleCase = {
  caseId: string
  messageId: string | null
  given: string | null
  family: string | null
  caseName: string
  lastTextAt: Date | null
}

/** Cases that an answer from this number may belong to: those whose texts went there, and open ones of people who have it. As the actor sees them. */
export async function possibleCases(tx: Tx, actor: Actor, number: string): Promise<PossibleCase[]> {
  const { rows } = await sql<PossibleCase & { editors: number[] }>`
    with texted as (
      select distinct on (case_id) case_id, id, created_at from text_messages where number = ${number} order by case_id, created_at desc
    ), known as (
      select c.id as case_id from person_contacts k join cases c on c.person_id = k.person_id and c.closed_on is null where k.value = ${number} and k.ended_at is null
    )
    select c.id as "caseId", t.id as "messageId", p.given_name as given, p.family_name as family, s.name || ' ' || c.reference as "caseName",
      t.created_at as "lastTextAt", c.editors
    from (select case_id from texted union select case_id from known) a
      join cases c on c.id = a.case_id
      join people p on p.id = c.person_id
      join service_areas s on s.code = c.service_area
      left join texted t on t.case_id = a.case_id
    order by t.created_at desc nulls last, c.id limit 20`.execute(tx)
  return rows.filter(row => row.editors.some(one => actor.writePrincipals.includes(one)))
}

/** Takes an answer out of the inbox, for good. Answers whether it still was there: a colleague may have been quicker. */
export async function settleReply(
  tx: Tx,
  actor: Actor,
  now: Date,
  id: string,
  outcome: 'placed' | 'set-aside',
  reason = '',
): Promise<boolean> {
  const settled = await sql`
    update text_inbox i set settled_at = ${now}, settled_by = ${actor.userId}::uuid, outcome = ${outcome}, reason = ${reason},
      words = case when ${outcome} = 'placed' then '' else words end
    where i.id = ${id} and ${waits}`.execute(tx)
  return settled.numAffectedRows === 1n
}

/** Hands an answer on to another team: a job moves it, since nobody may put into an inbox that they do not hold. */
export async function handOnReply(tx: Tx, id: string, post: number): Promise<boolean> {
  const handed = await sql`update text_inbox i set handed_to = ${post} where i.id = ${id} and ${waits}`.execute(tx)
  if (handed.numAffectedRows !== 1n) return false
  await enqueue(tx, 'place-reply', { replyId: id })
  return true
}

export type PostChoice = { post: number; title: string }

/** Every team in a service, by the directory. */
export async function otherPosts(tx: Tx, except: number): Promise<PostChoice[]> {
  const { rows } = await sql<PostChoice>`
    select ts.principal as post, s.name || ' – ' || t.name || ', ' || a.name as title
    from team_services ts join teams t on t.id = ts.team_id and t.disabled_at is null
      join agencies a on a.principal = ts.agency and a.disabled_at is null
      join service_areas s on s.code = ts.service_area and s.archived_at is null
    where ts.principal <> ${except} order by s.position, s.name, a.name, t.name`.execute(tx)
  return rows
}
