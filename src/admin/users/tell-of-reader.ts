import { sql } from 'kysely'
import { tellUsers } from '../../notifications/index.ts'
import { paths } from '../../paths.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { Visit } from '../../platform/web/routes.ts'
import { isOfAuthority } from '../rights.ts'
import { allowedIn, type Place, type RoleRow } from './users.queries.ts'

/**
 * An agency's administrator reads no record, and could make up somebody who does, with a mailbox of their own. So whenever one lets somebody read who read
 * nothing there before, those hear of it who would know: the agency's other administrators, those who allocate in the team, and the authority's
 * administrators. To be asked before the post is given.
 */
export async function tellOfReader({ tx, actor, clock }: Visit, userId: string, place: Place, role: RoleRow): Promise<void> {
  if (isOfAuthority(actor) || !role.capabilities.includes('read-records')) return
  if ((await allowedIn(tx, userId, place.agency)).includes('read-records')) return
  const { name } = await tx.selectFrom('users').select('name').where('id', '=', userId).executeTakeFirstOrThrow()
  const words = `${actor.name} lets ${name} read records: ${role.name}, ${place.team}, ${place.agencyName}. If nobody works there by that name, say so at once`
  const { administrators, leaders } = await whoWouldKnow(tx, place, [actor.userId ?? '', userId])
  const notice = { kind: 'new-reader', words } as const
  await tellUsers(tx, clock.now(), { to: administrators, href: paths.users.show(userId), ...notice })
  await tellUsers(tx, clock.now(), { to: leaders, href: null, ...notice })
}

/** The same where a role of the agency's own begins to read records, and with it everybody who holds it. */
export async function tellOfReadingRole(
  { tx, actor, clock }: Visit,
  role: { id: string; name: string; agency: number | null },
  before: readonly string[],
  after: readonly string[],
): Promise<void> {
  if (isOfAuthority(actor) || role.agency === null || before.includes('read-records') || !after.includes('read-records')) return
  const { administrators } = await whoWouldKnow(tx, { agency: role.agency, teamId: null }, [actor.userId ?? ''])
  const words = `${actor.name} lets everybody read records who holds the role ${role.name}. If you do not know why, ask at once`
  await tellUsers(tx, clock.now(), { to: administrators, kind: 'new-reader', words, href: paths.users.role(role.id) })
}

async function whoWouldKnow(tx: Tx, { agency, teamId }: { agency: number; teamId: string | null }, but: readonly string[]) {
  const { rows } = await sql<{ id: string; administers: boolean }>`
    select o.user_id as id, bool_or('manage-authority' = any (r.capabilities) or o.agency = ${agency} and 'manage-users' = any (r.capabilities)) as administers
    from posts o join roles r on r.id = o.role_id
    where o.ended_at is null and o.user_id::text <> all (${[...but]}::text[]) and (
      'manage-authority' = any (r.capabilities) or o.agency = ${agency} and 'manage-users' = any (r.capabilities)
      or o.team_id = ${teamId}::uuid and 'manage-allocation' = any (r.capabilities))
    group by o.user_id`.execute(tx)
  const idsOf = (administers: boolean) => rows.filter(row => row.administers === administers).map(row => row.id)
  return { administrators: idsOf(true), leaders: idsOf(false) }
}
