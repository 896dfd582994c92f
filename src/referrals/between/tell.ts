import { sql } from 'kysely'
import type { ReferralStep, TellOfReferral } from '../../cases/index.ts'
import { tellUsers } from '../../notifications/index.ts'
import { paths } from '../../paths.ts'
import type { Tx } from '../../platform/db/database.ts'

/** What whoever decides for the receiving team hears, and what the referrer does. No word says about whom, or what was decided. */
const forTheTeam: Partial<Record<ReferralStep, string>> = {
  made: 'A referral waits for your team to decide',
  rerouted: 'A referral was passed on to your team to decide',
  answered: 'A referrer has answered what your team asked',
  added: 'A referrer has added to a referral that waits for your team',
  'taken-back': 'A referrer takes back a referral that waits for your team',
}
const forTheReferrer: Partial<Record<ReferralStep, string>> = {
  accepted: 'A referral that you made has been decided',
  declined: 'A referral that you made has been decided',
  signposted: 'A referral that you made has been decided',
  rerouted: 'A referral that you made was passed on to another team',
  reopened: 'A referral that you made will be decided again',
  asked: 'You are asked for more about a referral that you made',
}

/** Tells those whom a step of a referral concerns, but for whoever took it. */
export const tellOfReferral: TellOfReferral = async (tx, actor, now, { caseId, step }) => {
  const about = { href: paths.cases.show(caseId), caseId }
  const but = (ids: readonly string[]) => ids.filter(id => id !== actor.userId)
  const toTeam = forTheTeam[step]
  if (toTeam) await tellUsers(tx, now, { ...about, to: but(await decidersOf(tx, caseId)), kind: 'referral-received', words: toTeam })
  const toReferrer = forTheReferrer[step]
  if (toReferrer)
    await tellUsers(tx, now, { ...about, to: but(await referrersOf(tx, caseId)), kind: 'referral-answered', words: toReferrer })
}

/** Whoever decides on referrals in the team and service that have the case. */
async function decidersOf(tx: Tx, caseId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct o.user_id as id from cases c join posts o on o.team_id = c.team_id and o.service_area = c.service_area and o.ended_at is null
      join roles r on r.id = o.role_id and 'manage-allocation' = any (r.capabilities)
    where c.id = ${caseId}`.execute(tx)
  return rows.map(row => row.id)
}

/** Whoever referred from another team; when they have left its agency, though they may work in another, their colleagues, who follow it now. */
async function referrersOf(tx: Tx, caseId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with made as (
      select user_id, from_team_id from referrals where case_id = ${caseId} and from_team_id is not null order by recorded_at desc, id desc limit 1
    ), themselves as (
      select u.id from made m join users u on u.id = m.user_id and u.status <> 'disabled'
      where exists (select from posts o join teams t on t.id = m.from_team_id where o.user_id = u.id and o.agency = t.agency and o.ended_at is null)
    )
    select id from themselves
    union
    select o.user_id from made m join posts o on o.team_id = m.from_team_id and o.ended_at is null and o.service_area is not null
    where not exists (select from themselves)`.execute(tx)
  return rows.map(row => row.id)
}
