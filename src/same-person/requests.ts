import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { listsOfTwo } from '../access/index.ts'
import { auditAll } from '../audit/index.ts'
import { tellUsers } from '../notifications/index.ts'
import { paths } from '../paths.ts'
import { authorOf } from '../people/index.ts'
import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'

export type MergeRequest = {
  readonly id: string
  readonly personId: string
  readonly otherId: string
  readonly reason: string
  readonly askedAt: Date
  readonly askedBy: string
}

/** Asks whoever may merge to look at two records. They are told that there is something to look at, and nothing more. */
export async function askToMerge(tx: Tx, actor: Actor, now: Date, personId: string, otherId: string, reason: string): Promise<void> {
  const { own, other } = await listsOfTwo(tx, personId, otherId)
  await sql`
    insert into merge_requests (id, person_id, other_id, reason, asked_at, asked_by, user_id, readers, editors, withheld, other_readers, other_editors, other_withheld)
    values (${uuid()}, ${personId}, ${otherId}, ${reason}, ${now}, ${authorOf(actor)}, ${actor.userId}::uuid, ${own.readers}::int[], ${own.editors}::int[],
      ${own.withheld}::int[], ${other.readers}::int[], ${other.editors}::int[], ${other.withheld}::int[])`.execute(tx)
  await tellOf(tx, actor, now, 'merge-asked', [personId, otherId])
  const { rows } = await sql<{ id: string }>`
    select distinct o.user_id as id from posts o join roles r on r.id = o.role_id
    where o.ended_at is null and r.capabilities @> array['merge-people', 'commission']`.execute(tx)
  const to = rows.map(row => row.id)
  await tellUsers(tx, now, {
    to,
    kind: 'merge-asked',
    words: 'You are asked to merge two records',
    href: paths.samePerson.requests,
    personId,
  })
}

/** What waits for an answer, the oldest first, as far as the reader may see both people. */
export async function openRequests(tx: Tx, between?: { personId: string; otherId: string }): Promise<MergeRequest[]> {
  const pair = between ? [between.personId, between.otherId] : []
  const { rows } = await sql<MergeRequest>`
    select q.id, q.person_id as "personId", q.other_id as "otherId", q.reason, q.asked_at as "askedAt", q.asked_by as "askedBy"
    from merge_requests q join people p on p.id = q.person_id and p.removed_at is null join people o on o.id = q.other_id and o.removed_at is null
    where q.answered_at is null and (${!between} or q.person_id = any (${pair}::uuid[]) and q.other_id = any (${pair}::uuid[]))
    order by q.asked_at limit 100`.execute(tx)
  return rows
}

/** Answers a request; whoever answers may change the two people now (`letMerge`). */
export async function answerRequest(
  tx: Tx,
  actor: Actor,
  now: Date,
  request: MergeRequest,
  outcome: 'merged' | 'declined',
  answer: string,
): Promise<void> {
  await sql`
    update merge_requests set answered_at = ${now}, answered_by = ${authorOf(actor)}, outcome = ${outcome}, answer = ${answer}
    where id = ${request.id} and answered_at is null`.execute(tx)
  if (outcome === 'declined') await tellOf(tx, actor, now, 'merge-declined', [request.personId, request.otherId])
}

const tellOf = (tx: Tx, actor: Actor, now: Date, action: string, people: readonly string[]): Promise<void> =>
  auditAll(
    tx,
    actor,
    now,
    people.map(personId => ({ action, subject: { type: 'person', id: personId }, personId })),
  )
