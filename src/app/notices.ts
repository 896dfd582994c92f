import { sql } from 'kysely'
import type { CasesParts } from '../cases/index.ts'
import { tellUsers } from '../notifications/index.ts'
import { paths } from '../paths.ts'
import type { Tx } from '../platform/db/database.ts'

/** Tells a worker that a case has been given to them, and the one before that it has; not whoever did it themselves. */
export const tellWorker: NonNullable<CasesParts['tellWorker']> = async (tx, actor, now, { caseId, workerId, formerWorkerId }) => {
  const but = (id: string | null) => (id === null || id === actor.userId ? [] : [id])
  const href = paths.cases.show(caseId)
  await tellUsers(tx, now, { to: but(workerId), kind: 'case-allocated', words: 'A case has been given to you', href, caseId })
  // Which one, only where they may read it still.
  const words = 'A case of yours has been given to somebody else'
  await tellUsers(tx, now, { to: but(formerWorkerId), kind: 'case-moved', words, href, caseId })
}

/**
 * F3: whoever answers for a record is told that it was opened in an emergency; by whom and why, the record itself says. Whoever may know of a
 * restricted case and not read it is a commissioner; all others open one that is not restricted, and its team reads it.
 */
export const tellOwner: CasesParts['tellOwner'] = async (tx, actor, now, opened) => {
  const { caseId, teamId, workerId } = opened
  const open = { kind: 'emergency-opening', href: paths.cases.show(caseId), caseId } as const
  const but = (ids: readonly string[]) => ids.filter(id => id !== actor.userId)
  if (!opened.restricted) {
    const to = but(await activeAmong(tx, [...(await leadersOf(tx, teamId, caseId)), ...(workerId ? [workerId] : [])]))
    return tellUsers(tx, now, {
      ...open,
      to,
      words: 'A record of your team was opened in an emergency by somebody who may not read it otherwise',
    })
  }
  const owners = but(await activeAmong(tx, [...(await readersOf(tx, caseId)), ...(workerId ? [workerId] : [])]))
  if (owners.length > 0)
    return tellUsers(tx, now, { ...open, to: owners, words: 'A restricted record of yours was opened in an emergency' })
  // Which case it was is not for those whom the restriction keeps out, even where nobody else is left to be told.
  await tellUsers(tx, now, {
    to: await leadersOf(tx, teamId),
    kind: 'emergency-opening',
    words:
      'A restricted record of your team was opened in an emergency, and nobody who works with it could be told. You may not see which it is: ask a commissioner to look at it.',
    href: null,
  })
}

async function activeAmong(tx: Tx, userIds: readonly string[]): Promise<string[]> {
  if (userIds.length === 0) return []
  const rows = await tx.selectFrom('users').select('id').where('id', 'in', userIds).where('status', '<>', 'disabled').execute()
  return rows.map(row => row.id)
}

/** Who reads a restricted case by name: whoever works with it or is named on it. An emergency opens it through a window, not by name. */
async function readersOf(tx: Tx, caseId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select u.id from cases c join users u on u.principal = any (c.readers)
    where c.id = ${caseId} and u.principal <> all (c.withheld) and u.agency <> all (c.withheld)`.execute(tx)
  return rows.map(row => row.id)
}

/** Whoever allocates for the team; of a case, in its service. */
async function leadersOf(tx: Tx, teamId: string, caseId: string | null = null): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct u.id from posts o join roles r on r.id = o.role_id join users u on u.id = o.user_id
    where o.team_id = ${teamId} and o.ended_at is null and 'manage-allocation' = any (r.capabilities) and u.status <> 'disabled'
      and (${caseId}::uuid is null or o.service_area = (select service_area from cases where id = ${caseId}::uuid))`.execute(tx)
  return rows.map(row => row.id)
}
