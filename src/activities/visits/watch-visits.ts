import { sql } from 'kysely'
import { tellUsers } from '../../notifications/index.ts'
import { paths } from '../../paths.ts'
import { type Actor, asActor } from '../../platform/actor.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Database, Tx } from '../../platform/db/database.ts'
import { type ToTell, toTellNow } from './visit.ts'

export type WatchParts = {
  /** Connected as lanyard_worker. */
  worker: Database
  clock: Clock
}

type Missed = { id: string; userId: string; team: number; expectedBackAt: Date; told: number; toldAt: Date | null }

/**
 * Looks once a minute for whoever is not back from a visit, and tells those who will look for them. It asks the table each time rather than
 * waiting for a job of each visit's own: a job that was lost would be a worker who is not missed.
 */
export async function watchVisits({ worker, clock }: WatchParts): Promise<void> {
  const now = clock.now()
  const overdue = await asActor(worker, watchman, 'read', tx => overdueVisits(tx, now))
  for (const visit of overdue) {
    const whom = toTellNow({ ...visit, backAt: null }, now)
    if (!whom) continue
    await asActor(worker, watchman, 'write', async tx => {
      // Two processes that look at once tell once.
      const marked = await tx
        .updateTable('visits_out')
        .set({ told: visit.told + 1, told_at: now })
        .where('id', '=', visit.id)
        .where('told', '=', visit.told)
        .where('back_at', 'is', null)
        .executeTakeFirst()
      if (marked.numUpdatedRows !== 1n) return
      await tellUsers(tx, now, {
        to: await colleaguesToTell(tx, visit, whom),
        kind: 'not-back',
        words: 'A colleague has not come back from a visit. Look for them now',
        href: paths.visits.board,
      })
    })
  }
}

async function overdueVisits(tx: Tx, now: Date): Promise<Missed[]> {
  const { rows } = await sql<Missed>`
    select id, user_id as "userId", team, expected_back_at as "expectedBackAt", told, told_at as "toldAt" from visits_out
    where back_at is null and expected_back_at <= ${now} and expected_back_at > ${new Date(now.getTime() - 24 * 3_600_000)} order by expected_back_at`.execute(
    tx,
  )
  return rows
}

/** Leaders are those who supervise in the team; duty, whoever may open a record in an emergency for its agency. Where there is neither, the team. */
async function colleaguesToTell(tx: Tx, { team, userId }: Missed, whom: ToTell): Promise<string[]> {
  const { rows } = await sql<{ id: string; answers: boolean }>`
    select distinct p.user_id as id, (r.capabilities && array['supervise', 'break-glass']) as answers
    from teams t join posts p on p.ended_at is null and (p.team_id = t.id or p.agency = t.agency) join roles r on r.id = p.role_id
      join users u on u.id = p.user_id and u.status <> 'disabled'
    where t.principal = ${team} and p.user_id <> ${userId}
      and (p.team_id = t.id or 'break-glass' = any (r.capabilities))`.execute(tx)
  const answering = rows.filter(row => row.answers).map(row => row.id)
  return whom === 'leaders' && answering.length > 0 ? answering : [...new Set(rows.map(row => row.id))]
}

/** The system itself: it holds no principal and sees of a case nothing. */
const watchman: Actor = {
  userId: null,
  name: 'Lanyard',
  principal: 0,
  agency: 0,
  agencyName: '',
  principals: [],
  readPrincipals: [],
  writePrincipals: [],
  administers: [],
  audits: [],
  capabilities: new Set(),
  posts: [],
  requestId: 'job',
  address: '',
}
