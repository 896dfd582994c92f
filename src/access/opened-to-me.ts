import { type RawBuilder, sql } from 'kysely'
import { type Actor, asKeeper } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import { basisOfReferral } from './grants.ts'

/** What opens a case to somebody beyond its own team, as they may be told of it: by whom, what for, until when. */
export type OpenedToMe = {
  caseId: string
  kind: 'share' | 'member' | 'co-ordinator'
  level: 'read' | 'edit'
  parts: readonly string[] | null
  purpose: string
  endsAt: Date | null
  /** Whoever opened it, with their agency; null: nobody by name. */
  by: string | null
  grantedAt: Date
  /** They referred the person themselves, and follow what becomes of it. */
  isOwnReferral: boolean
}

/**
 * What is shared with the actor now: with themself, a team or an agency of theirs. Those whose case it is alone read grants as rows; whoever holds
 * one is told what it says of their own. Whether they see the case by it is for the database: a share shows nothing of what is withheld from them or
 * restricted, so whoever asks reads the cases beside it.
 */
export async function openedToMe(tx: Tx, actor: Actor, now: Date, caseId?: string): Promise<OpenedToMe[]> {
  if (actor.readPrincipals.length === 0) return []
  return asKeeper(tx, async keeper => {
    const { rows } = await sql<OpenedToMe>`
      select g.case_id as "caseId", g.kind, g.level, g.parts, g.purpose, g.ends_at as "endsAt", nullif(concat_ws(', ', u.name, a.name), '') as by, g.granted_at as "grantedAt",
        g.lawful_basis = ${basisOfReferral} as "isOwnReferral"
      from access_grants g left join users u on u.id = g.granted_by left join agencies a on a.principal = u.agency
      where g.holder = any (${[...actor.readPrincipals]}::int[]) and g.kind in ('share', 'member', 'co-ordinator') and g.ended_at is null
        and g.starts_at <= ${now} and (g.ends_at is null or g.ends_at > ${now})
        and (${caseId ?? null}::uuid is null or g.case_id = ${caseId ?? null}::uuid)
      order by g.granted_at desc, g.id`.execute(keeper)
    return rows
  })
}

/**
 * Whether anything is, that they see: a share that is no referral of their own, or an episode. Asked on every page, so one of each is enough: the keeper hands
 * over ids by the hundred, and who sees them is for the database, until one is seen.
 */
export async function isAnythingOpenedToMe(tx: Tx, actor: Actor, now: Date): Promise<{ shares: boolean; episodes: boolean }> {
  const [shares, episodes] = [sql`g.kind = 'share' and g.lawful_basis <> ${basisOfReferral}`, sql`g.kind in ('member', 'co-ordinator')`]
  return { shares: await seesOne(tx, actor, now, shares), episodes: await seesOne(tx, actor, now, episodes) }
}

const atATime = 200

async function seesOne(tx: Tx, actor: Actor, now: Date, which: RawBuilder<unknown>): Promise<boolean> {
  if (actor.readPrincipals.length === 0) return false
  for (let after = '00000000-0000-0000-0000-000000000000'; ; ) {
    const found = await asKeeper(tx, keeper =>
      sql<{ id: string }>`
        select distinct g.case_id as id from access_grants g
        where g.holder = any (${[...actor.readPrincipals]}::int[]) and g.ended_at is null and g.starts_at <= ${now} and (g.ends_at is null or g.ends_at > ${now})
          and ${which} and g.case_id > ${after}::uuid
        order by 1 limit ${atATime}`.execute(keeper),
    )
    const ids = found.rows.map(row => row.id)
    const seen = ids.length > 0 ? await sql`select from cases where id = any (${ids}::uuid[]) limit 1`.execute(tx) : undefined
    if (seen && seen.rows.length > 0) return true
    if (ids.length < atATime) return false
    after = ids.at(-1)!
  }
}

/** Whether these principals see somebody by nothing but what was opened to them: no case of theirs is worked by one of them or names them. */
export async function isOpenedOnly(tx: Tx, personId: string, principals: readonly number[]): Promise<boolean> {
  return asKeeper(tx, async keeper => {
    const { rows } = await sql<{ only: boolean }>`
      select coalesce(bool_and(g.kind in ('share', 'member', 'co-ordinator', 'break-glass')), false) as only
      from access_grants g join cases c on c.id = g.case_id
      where c.person_id = ${personId} and g.principal = any (${[...principals]}::int[]) and g.ended_at is null`.execute(keeper)
    return rows[0]?.only === true
  })
}
