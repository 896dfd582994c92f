import { type RawBuilder, sql } from 'kysely'
import { actingAt, type Place } from '../platform/acting-at.ts'
import type { Actor } from '../platform/actor.ts'
import { isId } from '../platform/id.ts'
import type { Visit } from '../platform/web/routes.ts'

/** The cases that an address is about, by the part of it that names something: one, or those of a person that the actor reads. */
const casesNamed: Record<string, (id: string) => RawBuilder<unknown>> = {
  caseId: id => sql`c.id = ${id}`,
  taskId: id => sql`c.id = (select t.case_id from tasks t where t.id = ${id})`,
  approvalId: id => sql`c.id = (select a.case_id from approvals a where a.id = ${id})`,
  personId: id => sql`c.person_id = ${id}`,
}

/**
 * Whoever has several posts acts on a record in those that they have there: on a case, of its team; on a person, of the teams that work with them, as
 * far as the actor sees. With one post there is nothing to tell apart.
 */
export async function actAtRecord({ tx, actor, params }: Pick<Visit, 'tx' | 'actor' | 'params'>): Promise<Actor> {
  if (actor.posts.length < 2) return actor
  const [name] = Object.keys(casesNamed).filter(one => isId(params[one] ?? ''))
  if (!name) return actor
  const { rows } = await sql<Place>`
    select distinct c.agency, c.team_id as "teamId", c.service_area as "serviceArea" from cases c where ${casesNamed[name]!(params[name]!)}`.execute(
    tx,
  )
  return actingAt(actor, rows)
}
