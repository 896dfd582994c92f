import { type RawBuilder, sql } from 'kysely'
import { actingAt, type Place } from '../platform/acting-at.ts'
import type { Actor } from '../platform/actor.ts'
import { isId } from '../platform/id.ts'
import type { Visit } from '../platform/web/routes.ts'

type Places = (id: string, actor: Actor) => RawBuilder<Place>

/** Of cases: those of the team that has each. */
const cases = (which: RawBuilder<unknown>): RawBuilder<Place> => sql<Place>`
  select distinct c.agency, c.team_id as "teamId", c.service_area as "serviceArea" from cases c where ${which}`

/** Of a meeting: the agencies for which the actor sits in it or runs it, by any of these principals. */
const seats = ({ principal }: Actor, principals: RawBuilder<unknown>): RawBuilder<Place> => sql<Place>`
  select distinct h.agency, null as "teamId", null as "serviceArea" from held_principals h
  where h.holder = ${principal} and h.ends_at is null and h.agency is not null and h.principal in (${principals})`
const ofSeries = (series: RawBuilder<unknown>) => sql`
  select running from meeting_series where id in (${series}) union select principal from meeting_seats where series_id in (${series}) and ended_at is null`

const ofItem: Places = (id, actor) => sql`
  ${seats(actor, ofSeries(sql`select series_id from meeting_items where id = ${id}`))}
  union select a.principal, null, null from meeting_items i join agencies a on a.id = i.referring_agency where i.id = ${id} and i.referred_by = ${actor.userId}::uuid`
const ofAction: Places = (id, actor) => sql`
  ${seats(actor, sql`select s.principal from meeting_actions a join meeting_seats s on s.id = a.seat_id where a.id = ${id}`)}
  union select s.agency, null, null from meeting_actions a join meeting_seats s on s.id = a.seat_id where a.id = ${id} and a.worker_id = ${actor.userId}::uuid`

/**
 * Where something is, by the part of its address that names it, the narrowest first: the case that it is of, or those of a person that the actor reads; or,
 * of meetings, the agencies for which the actor has a part in it.
 */
const placesOf: readonly (readonly [string, Places])[] = [
  ['caseId', id => cases(sql`c.id = ${id}`)],
  ['taskId', id => cases(sql`c.id = (select t.case_id from tasks t where t.id = ${id})`)],
  ['approvalId', id => cases(sql`c.id = (select a.case_id from approvals a where a.id = ${id})`)],
  ['personId', id => cases(sql`c.person_id = ${id}`)],
  [
    'researchId',
    (id, actor) =>
      seats(actor, sql`select s.principal from meeting_research r join meeting_seats s on s.id = r.seat_id where r.id = ${id}`),
  ],
  ['agreedId', ofAction],
  [
    'agreedId',
    (id, actor) =>
      seats(actor, ofSeries(sql`select i.series_id from meeting_items i join meeting_actions a on a.item_id = i.id where a.id = ${id}`)),
  ],
  ['itemId', ofItem],
  ['meetingId', (id, actor) => seats(actor, ofSeries(sql`select series_id from meetings where id = ${id}`))],
  ['seriesId', (id, actor) => seats(actor, ofSeries(sql`select ${id}::uuid`))],
]

/** What a conversation is about, as the part of an address that would name it. */
const subjects: Readonly<Record<string, string>> = {
  case: 'caseId',
  action: 'taskId',
  meeting: 'meetingId',
  'meeting-item': 'itemId',
  'meeting-action': 'agreedId',
}

/**
 * Whoever has several posts acts on a record in those that they have there: on a case, of its team; on a person, of the teams that work with them, as
 * far as the actor sees; in a meeting, of the agency for which they sit in it or run it; in a conversation, as at what it is about. With one post there is
 * nothing to tell apart.
 */
export async function actAtRecord({ tx, actor, params }: Pick<Visit, 'tx' | 'actor' | 'params'>): Promise<Actor> {
  if (actor.posts.length < 2) return actor
  const named = { ...params, ...(await talkedAbout({ tx, params })) }
  for (const [name, places] of placesOf) {
    const id = named[name] ?? ''
    if (!isId(id)) continue
    const { rows } = await places(id, actor).execute(tx)
    if (rows.length > 0) return actingAt(actor, rows)
  }
  return actor
}

async function talkedAbout({ tx, params }: Pick<Visit, 'tx' | 'params'>): Promise<Record<string, string>> {
  const [conversation, message] = [params['conversationId'] ?? '', params['messageId'] ?? '']
  if (!isId(conversation) && !isId(message)) return {}
  const which = isId(conversation)
    ? sql`c.id = ${conversation}`
    : sql`c.id = (select m.conversation_id from messages m where m.id = ${message})`
  const { rows } = await sql<{ type: string | null; id: string }>`
    select subject_type as type, subject_id as id from conversations c where ${which}`.execute(tx)
  const name = rows[0]?.type && subjects[rows[0].type]
  return name ? { [name]: rows[0]!.id } : {}
}
