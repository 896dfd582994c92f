import { sql } from 'kysely'
import type { Lists } from '../access/index.ts'
import { agenciesKnownTo, type Case, type Colleague, colleagueInWords, colleaguesAmong, findCase } from '../cases/index.ts'
import { type Actor, may } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import { authorsOf } from './approvals.queries.ts'
import type { ToSend } from './send.ts'

/** Whom work can be sent to for sign-off: a user, or the leaders of a team. */
export type Signer = { principal: number; name: string; userIds: readonly string[] }

export type SubjectSent = Pick<ToSend, 'caseId' | 'what' | 'subjectId'> & {
  /** Those of the work: of a form, without whoever a section of it is withheld from. */
  lists: Lists
  /** Where it has been read already. */
  theCase?: Case
}

/**
 * Those who may edit the work and sign it off: the leaders of its team first, then each by name; and the sender, by a right of its own. By the
 * directory and the work's own lists, so that nobody is asked who could not decide.
 */
export async function signersFor(
  tx: Tx,
  actor: Actor,
  now: Date,
  { caseId, what, subjectId, lists, theCase: known }: SubjectSent,
): Promise<Signer[]> {
  const authorIds = await authorsOf(tx, actor, what, subjectId)
  const { rows } = await sql<{ principal: number; userId: string; teamPrincipal: number; teamName: string; isOwnTeam: boolean }>`
    select distinct u.principal, u.id as "userId", m.principal as "teamPrincipal", m.name as "teamName", m.id = c.team_id as "isOwnTeam"
    from cases c join posts o on o.ended_at is null join roles r on r.id = o.role_id
      join users u on u.id = o.user_id and u.status = 'active' join teams m on m.id = o.team_id
    where c.id = ${caseId} and case when u.id = any (${[...authorIds]}::uuid[]) then 'sign-off-own' else 'sign-off' end = any (r.capabilities)`.execute(
    tx,
  )
  const theCase = known ?? (await findCase(tx, actor, caseId))
  if (!theCase) return []
  const knownAgencies = await agenciesKnownTo(tx, actor, theCase)
  const editing = await colleaguesAmong(tx, { lists: { ...lists, readers: lists.editors }, knownAgencies }, now)
  const able = new Map(editing.map((one): [number, Colleague] => [one.principal, one]))
  const signing = rows.filter(row => able.has(row.principal) && row.principal !== actor.principal)
  const leaders = signing.filter(row => row.isOwnTeam)
  const [first] = leaders
  const each = [...new Map(signing.map(row => [row.principal, row])).values()]
  return [
    ...(first
      ? [{ principal: first.teamPrincipal, name: `The leaders of ${first.teamName}`, userIds: leaders.map(one => one.userId) }]
      : []),
    ...each.map(({ principal, userId }) => ({ principal, name: colleagueInWords(able.get(principal)!), userIds: [userId] })),
    ...(may(actor, 'sign-off-own') ? [{ principal: actor.principal, name: `Me (${actor.name})`, userIds: [] }] : []),
  ]
}
