import { type RawBuilder, sql } from 'kysely'
import { startOfDay } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db/database.ts'
import { addDays, type PlainDate } from '../../platform/plain-date.ts'
import type { TimelineKind } from './record-on-timeline.ts'

/** What a timeline is narrowed to. All of it is in the address, so that a view can be sent. */
export type TimelineFilters = {
  kind?: TimelineKind
  serviceArea?: string
  workerId?: string
  caseId?: string
  /** Both days are part of it. */
  from?: PlainDate
  to?: PlainDate
}

export type TimelineLine = {
  id: string
  caseId: string
  at: Date
  kind: TimelineKind
  title: string
  summary: string
  href: string
  sourceType: string
  sourceId: string
  serviceArea: string
  serviceName: string
  author: string
  grave: boolean
}

/** A page of a timeline, the newest first. `earlier` is the keyset of the next page, absent when there is none. */
export type TimelinePage = { lines: readonly TimelineLine[]; earlier?: string }

/**
 * The latest of what happened with a person, as far as the actor may see it. One index serves the person, the order and the page, whatever
 * row-level security then leaves out (see the explain test).
 */
export async function timelineOf(
  tx: Tx,
  {
    personId,
    filters = {},
    before,
    limit = 30,
  }: { personId: string; filters?: TimelineFilters; before?: string | undefined; limit?: number },
): Promise<TimelinePage> {
  const { rows } = await timelineStatement(personId, filters, before, limit).execute(tx)
  const lines = rows.slice(0, limit)
  const last = lines.at(-1)
  return { lines, ...(rows.length > limit && last ? { earlier: `${last.at.toISOString()}_${last.id}` } : {}) }
}

/** The statement itself, for the test that reads its plan. */
export function timelineStatement(
  personId: string,
  filters: TimelineFilters,
  before: string | undefined,
  limit: number,
): RawBuilder<TimelineLine> {
  const { kind, serviceArea, workerId, caseId, from, to } = filters
  const place = keysetOf(before)
  return sql<TimelineLine>`
    select e.id, e.case_id as "caseId", e.at, e.kind, e.title, e.summary, e.href, e.source_type as "sourceType", e.source_id as "sourceId",
      e.service_area as "serviceArea", coalesce(s.name, e.service_area) as "serviceName", e.author, e.grave
    from timeline_entries e left join service_areas s on s.code = e.service_area
    where e.person_id = ${personId}
      ${kind ? sql`and e.kind = ${kind}` : sql``}
      ${serviceArea ? sql`and e.service_area = ${serviceArea}` : sql``}
      ${workerId ? sql`and e.worker_id = ${workerId}` : sql``}
      ${caseId ? sql`and e.case_id = ${caseId}` : sql``}
      ${from ? sql`and e.at >= ${startOfDay(from)}` : sql``}
      ${to ? sql`and e.at < ${startOfDay(addDays(to, 1))}` : sql``}
      ${place ? sql`and (e.at, e.id) < (${place.at}, ${place.id}::uuid)` : sql``}
    order by e.at desc, e.id desc limit ${limit + 1}`
}

/** Services and workers that a person's timeline has, for its filters: only those that the actor may see. */
export async function timelineChoices(
  tx: Tx,
  personId: string,
): Promise<{ services: { code: string; name: string }[]; workers: { id: string; name: string }[] }> {
  const { rows } = await choicesStatement(personId).execute(tx)
  const services = new Map(rows.map(row => [row.code, row.name]))
  const workers = new Map(rows.flatMap(row => (row.workerId && row.workerName ? [[row.workerId, row.workerName] as const] : [])))
  const byName = <T extends { name: string }>(a: T, b: T) => a.name.localeCompare(b.name, 'en-GB')
  return {
    services: [...services].map(([code, name]) => ({ code, name })).sort(byName),
    workers: [...workers].map(([id, name]) => ({ id, name })).sort(byName),
  }
}

type Choice = { code: string; name: string; workerId: string | null; workerName: string | null }

/**
 * Each service with each of its workers once: from one to the next by the index, past the thousands of lines between them. Entries of
 * nobody come last of their service, and say no more than that it is there.
 */
export function choicesStatement(personId: string): RawBuilder<Choice> {
  const next = (behind: RawBuilder<unknown>) => sql`
    select e.service_area, e.worker_id from timeline_entries e where e.person_id = ${personId} ${behind}
    order by e.service_area, e.worker_id limit 1`
  return sql<Choice>`
    with recursive choices as (
      (${next(sql``)})
      union all
      select n.service_area, n.worker_id from choices c
        cross join lateral (${next(sql`and (e.service_area, e.worker_id) > (c.service_area, c.worker_id)`)}) n)
    select c.service_area as code, coalesce(s.name, c.service_area) as name, c.worker_id as "workerId", u.name as "workerName"
    from choices c left join service_areas s on s.code = c.service_area left join users u on u.id = c.worker_id`
}

/** A keyset as the address carries it. Anything else is the first page. */
function keysetOf(before: string | undefined): { at: Date; id: string } | undefined {
  const found = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)_([0-9a-f-]{36})$/.exec(before ?? '')
  return found?.[1] && found[2] ? { at: new Date(found[1]), id: found[2] } : undefined
}
