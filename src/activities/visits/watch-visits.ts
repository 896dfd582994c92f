import { sql } from 'kysely'
import { tellUsers } from '../../notifications/index.ts'
import { asActor, theSystem } from '../../platform/actor.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Database, Tx } from '../../platform/db/database.ts'
import { visitOnBoard } from './change-visits.ts'
import { type ToTell, toTellNow, whoIsOut } from './visit.ts'

export type WatchParts = {
  /** Connected as lanyard_worker. */
  worker: Database
  clock: Clock
}

type Missed = {
  id: string
  userId: string
  workerName: string
  second: { id: string; name: string } | null
  team: number
  expectedBackAt: Date
  told: number
  toldAt: Date | null
}

/**
 * Looks once a minute for whoever is not back from a visit, and tells those who will look for them. It asks the table each time rather than
 * waiting for a job of each visit's own: a job that was lost would be a worker who is not missed.
 */
export async function watchVisits({ worker, clock }: WatchParts): Promise<void> {
  const now = clock.now()
  const overdue = await asActor(worker, watchman, 'read', tx => missedVisits(tx, now))
  for (const visit of overdue) {
    const whom = toTellNow({ ...visit, backAt: null }, now)
    if (!whom) continue
    await asActor(worker, watchman, 'write', async tx => {
      const colleagues = await colleaguesToTell(tx, visit, whom)
      // Two processes that look at once tell once. Whoever is told sees the visit from now on.
      const marked = await sql`
        update visits_out set told = told + 1, told_at = ${now},
          looked_for_by = array(select distinct unnest(looked_for_by || ${colleagues.map(one => one.principal)}::int[]))
        where id = ${visit.id} and told = ${visit.told} and back_at is null`.execute(tx)
      if (marked.numAffectedRows !== 1n) return
      // Colleagues' names are nobody's record.
      await tellUsers(tx, now, {
        to: colleagues.map(one => one.id),
        kind: 'not-back',
        words: `${whoIsOut(visit)} ${visit.second ? 'have' : 'has'} not come back from a visit. Look for them now`,
        href: visitOnBoard(visit.id),
      })
    })
  }
}

async function missedVisits(tx: Tx, now: Date): Promise<Missed[]> {
  const { rows } = await sql<Omit<Missed, 'second'> & { secondId: string | null; secondName: string | null }>`
    select v.id, v.user_id as "userId", u.name as "workerName", w.id as "secondId", w.name as "secondName", v.team,
      v.expected_back_at as "expectedBackAt", v.told, v.told_at as "toldAt"
    from visits_out v join users u on u.id = v.user_id left join users w on w.id = v.second_worker
    where v.back_at is null and v.expected_back_at <= ${now} and v.expected_back_at > ${new Date(now.getTime() - 24 * 3_600_000)}
    order by v.expected_back_at`.execute(tx)
  return rows.map(({ secondId, secondName, ...row }) => ({
    ...row,
    second: secondId === null ? null : { id: secondId, name: secondName ?? '' },
  }))
}

type ColleagueToTell = { id: string; principal: number; answers: boolean }

/** Leaders are those who supervise in the team; duty, whoever may open a record in an emergency for its agency. Where there is neither, the team. */
async function colleaguesToTell(tx: Tx, { team, userId, second }: Missed, whom: ToTell): Promise<ColleagueToTell[]> {
  const { rows } = await sql<ColleagueToTell>`
    select u.id, u.principal, bool_or(r.capabilities && array['supervise', 'break-glass']) as answers
    from teams t join posts p on p.ended_at is null and (p.team_id = t.id or p.agency = t.agency) join roles r on r.id = p.role_id
      join users u on u.id = p.user_id and u.status <> 'disabled'
    where t.principal = ${team} and p.user_id not in (${userId}, ${second?.id ?? userId})
      and (p.team_id = t.id or 'break-glass' = any (r.capabilities))
    group by u.id, u.principal`.execute(tx)
  const answering = rows.filter(row => row.answers)
  return whom === 'leaders' && answering.length > 0 ? answering : rows
}

/** It holds no principal and sees of a case nothing. */
const watchman = theSystem('Lanyard')
