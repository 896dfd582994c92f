import { sql } from 'kysely'
import { type Leaver, leaveAgency } from '../access/index.ts'
import { audit } from '../audit/index.ts'
import { tellUsers } from '../notifications/index.ts'
import { paths } from '../paths.ts'
import type { Tx } from '../platform/db/database.ts'
import type { Visit } from '../platform/web/routes.ts'

/**
 * Takes from somebody who has no post in an agency any more what they had for it, and tells whoever has to find somebody else: the desk of an episode that
 * they co-ordinated, whoever runs a meeting with them still, and where nobody does the authority's administrators. No word says who has left, or about whom.
 * Nothing happens to whoever has a post there still.
 */
export async function leave({ tx, actor, clock }: Visit, user: Leaver, agency: number): Promise<void> {
  const now = clock.now()
  const left = await leaveAgency(tx, actor, now, user, agency)
  if (!left) return
  const { episodes, series } = left
  for (const { caseId, teamId, serviceArea } of episodes)
    await tellUsers(tx, now, {
      to: await deskOf(tx, teamId, serviceArea),
      kind: 'case-moved',
      words: 'The co-ordinator of an episode has left their agency: another has to be appointed',
      href: paths.cases.show(caseId),
      caseId,
    })
  for (const { id, others } of series)
    await tellUsers(tx, now, {
      to: others.length > 0 ? others : await administratorsOf(tx),
      kind: 'meeting',
      words: 'Somebody who ran a meeting has left their agency: see who runs it now',
      href: paths.meetings.members(id),
    })
  await audit(tx, actor, now, {
    action: 'agency-left',
    subject: { type: 'user', id: user.id },
    detail: { agency, episodes: episodes.length, series: series.map(one => one.id) },
  })
}

/** Whoever allocates for the desk that keeps an episode: they appoint where its co-ordinator has gone. */
async function deskOf(tx: Tx, teamId: string, serviceArea: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct o.user_id as id from posts o join roles r on r.id = o.role_id
    where o.team_id = ${teamId} and o.service_area = ${serviceArea} and o.ended_at is null and 'manage-allocation' = any (r.capabilities)`.execute(
    tx,
  )
  return rows.map(row => row.id)
}

async function administratorsOf(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct o.user_id as id from posts o join roles r on r.id = o.role_id
    where o.ended_at is null and 'manage-authority' = any (r.capabilities)`.execute(tx)
  return rows.map(row => row.id)
}
