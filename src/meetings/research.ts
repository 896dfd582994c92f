import { type RawBuilder, sql } from 'kysely'
import { circulateOwnResearch, circulateResearch } from '../access/index.ts'
import { tellUsers } from '../notifications/index.ts'
import { paths } from '../paths.ts'
import type { Actor } from '../platform/actor.ts'
import { londonDate } from '../platform/clock.ts'
import type { Tx } from '../platform/db/database.ts'
import { isId } from '../platform/id.ts'
import { formatDate, type PlainDate } from '../platform/plain-date.ts'
import { no, ok, type Result } from '../platform/result.ts'
import { auditItem } from './change-items.ts'
import { auditSeries } from './change-series.ts'
import { stillWanted } from './for-navigation.ts'
import { agendaOf, findItem } from './items.queries.ts'
import type { Item, Meeting } from './meeting.ts'
import { findSeries } from './series.queries.ts'
import { mayHearOf } from './tell.ts'

/** What one agency is asked about one item, and how far it has come. What it says stands in its answers, which are its own until they go round. */
export type Research = {
  id: string
  itemId: string
  meetingId: string
  seatId: string
  seatPrincipal: number
  agencyName: string
  category: string
  state: 'asked' | 'begun' | 'submitted' | 'nothing-held'
  dueOn: PlainDate
  submittedAt: Date | null
  submittedBy: string | null
  isCirculated: boolean
  /** Whether the actor sits there, and whether they may answer for it: whoever only reads there does not. */
  isOwn: boolean
  mayAnswer: boolean
  chasedAt: Date | null
}
export const researchWords: Record<Research['state'], string> = {
  asked: 'not opened',
  begun: 'opened, not submitted',
  submitted: 'submitted',
  'nothing-held': 'nothing held',
}
export const isAnswered = ({ state }: Pick<Research, 'state'>): boolean => state === 'submitted' || state === 'nothing-held'

const research = async (tx: Tx, actor: Actor, where: RawBuilder<unknown>): Promise<Research[]> =>
  (
    await sql<Research>`
      select r.id, r.item_id as "itemId", r.meeting_id as "meetingId", r.seat_id as "seatId", s.principal as "seatPrincipal", a.name as "agencyName", s.category, r.state, r.due_on as "dueOn",
        r.submitted_at as "submittedAt", u.name as "submittedBy", r.audience = 'item' as "isCirculated",
        s.principal = any (${[...actor.principals]}::int[]) as "isOwn", s.principal = any (${[...actor.writePrincipals]}::int[]) as "mayAnswer", r.chased_at as "chasedAt"
      from meeting_research r join meeting_seats s on s.id = r.seat_id join agencies a on a.id = s.agency_id left join users u on u.id = r.submitted_by
      where ${where} and (r.state in ('submitted', 'nothing-held') or s.ended_at is null
        and exists (select from meeting_items i where i.id = r.item_id and (i.invited is null or s.principal = any (i.invited)))) order by a.name, r.id`.execute(
      tx,
    )
  ).rows

export async function findResearch(tx: Tx, actor: Actor, researchId: string): Promise<Research | undefined> {
  if (!isId(researchId)) return undefined
  return (await research(tx, actor, sql`r.id = ${researchId}`))[0]
}
export const researchOfItem = (tx: Tx, actor: Actor, itemId: string, meetingId: string): Promise<Research[]> =>
  research(tx, actor, sql`r.item_id = ${itemId} and r.meeting_id = ${meetingId}`)
export const researchAtAnyDate = (tx: Tx, actor: Actor, itemId: string): Promise<Research[]> =>
  research(tx, actor, sql`r.item_id = ${itemId}`)
/** What agencies answered about an item at other dates than its present one, the latest first: of an item that stays on. */
export const earlierResearchOfItem = async (tx: Tx, actor: Actor, itemId: string, meetingId: string): Promise<Research[]> =>
  (
    await research(tx, actor, sql`r.item_id = ${itemId} and r.meeting_id <> ${meetingId} and r.state in ('submitted', 'nothing-held')`)
  ).sort((a, b) => (a.dueOn < b.dueOn ? 1 : a.dueOn > b.dueOn ? -1 : 0))
export const researchOfMeeting = (tx: Tx, actor: Actor, meetingId: string): Promise<Research[]> =>
  research(tx, actor, sql`r.meeting_id = ${meetingId}`)

/** Marks that somebody has begun to answer. */
export async function beginResearch(tx: Tx, one: Research): Promise<void> {
  await sql`update meeting_research set state = 'begun' where id = ${one.id} and state = 'asked'`.execute(tx)
}

/**
 * Submits what an agency knows, or that it holds nothing: until it does, what it writes is its own, also where something that it submitted before has
 * gone round. Once the papers have gone round this goes round at once: the page has said so.
 */
export async function submitResearch(
  tx: Tx,
  actor: Actor,
  now: Date,
  one: Research,
  state: 'submitted' | 'nothing-held',
  goesRound: boolean,
): Promise<Result<void, 'not-there'>> {
  const sent = await sql`
    update meeting_research set state = ${state}, submitted_at = ${now}, submitted_by = ${actor.userId} where id = ${one.id}`.execute(tx)
  if (sent.numAffectedRows !== 1n) return no('not-there')
  await sql`update meeting_answers set submitted_at = ${now} where research_id = ${one.id} and replaced_at is null and submitted_at is null`.execute(
    tx,
  )
  if (goesRound) await circulateOwnResearch(tx, one.id)
  await auditItem(tx, actor, now, state === 'submitted' ? 'meeting-research-submitted' : 'meeting-research-nothing-held', one.itemId, {
    seatId: one.seatId,
  })
  return ok(undefined)
}

/** Items of an agenda whose papers have not gone round, and that the actor may send round. */
export const papersLeft = (items: readonly Item[]): Item[] =>
  items.filter(one => one.mayEdit && (one.state === 'sent' || one.state === 'discussed') && !one.papersCirculatedAt)

/**
 * Sends the papers round: from now on everybody who reads an item reads what was submitted on it. Those of an item that is kept from whoever sends them
 * wait for somebody who sees it.
 */
export async function circulatePapers(tx: Tx, actor: Actor, now: Date, meeting: Meeting): Promise<number> {
  if (meeting.state === 'cancelled') return 0
  const items = papersLeft(await agendaOf(tx, actor, meeting.id))
  for (const item of items) {
    await circulateResearch(tx, actor, item.id)
    await sql`update meeting_items set papers_circulated_at = ${now}, version = version + 1 where id = ${item.id}`.execute(tx)
    await auditItem(tx, actor, now, 'meeting-papers-circulated', item.id)
  }
  await sql`update meetings set circulated_at = coalesce(circulated_at, ${now}), version = version + 1 where id = ${meeting.id}`.execute(tx)
  await auditSeries(tx, actor, now, 'meeting-papers-circulated', meeting.seriesId, { meetingId: meeting.id, items: items.length })
  return items.length
}

/**
 * Reminds those who have not answered and whom nobody has reminded `since` then: each once for a meeting, however many cases wait. Answers how many agencies
 * were. The notice goes with the case that was asked about last.
 */
export async function chaseResearch(tx: Tx, actor: Actor, now: Date, meeting: Meeting, since: Date): Promise<number> {
  const series = await findSeries(tx, actor, meeting.seriesId)
  const late = (await researchOfMeeting(tx, actor, meeting.id)).filter(one => !isAnswered(one) && !(one.chasedAt && one.chasedAt >= since))
  const told = new Set<string>()
  let agencies = 0
  for (const ofSeat of Map.groupBy(
    late.sort((a, b) => (a.id < b.id ? 1 : -1)),
    one => one.seatId,
  ).values()) {
    let wasTold = false
    for (const one of ofSeat) {
      const item = await findItem(tx, actor, one.itemId)
      if (item?.state !== 'sent' || item.meetingId !== meeting.id) continue
      const { rows } = await sql<{ userId: string }>`
        select user_id as "userId" from meeting_members where seat_id = ${one.seatId} and ended_at is null`.execute(tx)
      const to = await mayHearOf(
        tx,
        item.withheld,
        rows.map(row => row.userId),
      )
      if (to.length === 0) continue
      await tellUsers(tx, now, {
        to: to.filter(userId => !told.has(userId)),
        kind: 'meeting',
        words: `${series?.name ?? 'A meeting'} on ${formatDate(londonDate(meeting.startsAt))} waits for what your agency knows, by ${formatDate(one.dueOn)}`,
        href: paths.meetings.research(one.itemId, one.id),
        meetingItemId: one.itemId,
      })
      for (const userId of to) told.add(userId)
      await sql`update meeting_research set chased_at = ${now} where id = ${one.id}`.execute(tx)
      wasTold = true
    }
    if (wasTold) agencies++
  }
  if (agencies > 0) await auditSeries(tx, actor, now, 'meeting-research-chased', meeting.seriesId, { meetingId: meeting.id, agencies })
  return agencies
}

/** What is wanted from the actor's seats, the next due first. */
export const researchWanted = async (tx: Tx, actor: Actor): Promise<Research[]> =>
  (
    await research(
      tx,
      actor,
      sql`s.principal = any (${[...actor.writePrincipals]}::int[]) and r.state in ('asked', 'begun') and ${stillWanted}`,
    )
  ).sort((a, b) => (a.dueOn < b.dueOn ? -1 : 1))
