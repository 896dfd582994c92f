import { type RawBuilder, sql } from 'kysely'
import type { Answers, Typed } from '../../forms/index.ts'
import { type Actor, may, triagedBy } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { isId } from '../../platform/id.ts'
import type { Audience } from './page.ts'

export type OutsideState = 'sent' | 'taken-up' | 'declined' | 'spam'

/** What was sent, as whoever triages it finds it. */
export type OutsideReferral = {
  id: string
  number: string
  state: OutsideState
  inbox: number
  serviceArea: string
  serviceName: string
  teamId: string
  teamName: string
  agencyName: string
  pageName: string
  audience: Audience
  answerWithin: number
  formCode: string
  formVersion: number
  answers: Answers
  typed: Typed
  suspected: boolean
  sentAt: Date
  files: number
  passedAt: Date | null
  passedBy: string | null
  passedFrom: string
  passedNote: string
  decidedAt: Date | null
  decidedBy: string | null
  decidedReason: string
  decidedNote: string
  caseId: string | null
  /** Whether the actor triages for the post whose inbox it is in; a commissioner reads it and no more. */
  mayDecide: boolean
}

const referrals = (actor: Actor, where: RawBuilder<unknown>) => sql<OutsideReferral>`
  select r.id, r.number, r.state, r.inbox, s.service_area as "serviceArea", a.name as "serviceName", s.team_id as "teamId", t.name as "teamName",
    g.name as "agencyName", p.name as "pageName", p.audience, p.answer_within as "answerWithin", r.form_code as "formCode", r.form_version as "formVersion",
    r.answers, r.typed, r.suspected, r.sent_at as "sentAt", (select count(*)::int from outside_files f where f.referral_id = r.id) as files,
    r.passed_at as "passedAt", b.name as "passedBy", r.passed_from as "passedFrom", r.passed_note as "passedNote", r.decided_at as "decidedAt",
    u.name as "decidedBy", coalesce(l.label, r.decided_reason) as "decidedReason", r.decided_note as "decidedNote", c.id as "caseId",
    r.inbox = any (${triagedBy(actor)}::int[]) as "mayDecide"
  from outside_referrals r
    join outside_pages p on p.code = r.page
    join team_services s on s.principal = r.inbox
    join service_areas a on a.code = s.service_area
    join teams t on t.id = s.team_id
    join agencies g on g.principal = t.agency
    left join users b on b.id = r.passed_by
    left join users u on u.id = r.decided_by
    left join cases c on c.id = r.case_id
    left join list_options l on l.list = 'decline-reason' and l.code = r.decided_reason and l.service_area = ''
  where ${where}`

/** What waits in the inboxes that the actor sees: what was called urgent first, and of that what has waited longest. */
export async function waitingOutside(tx: Tx, actor: Actor): Promise<OutsideReferral[]> {
  const { rows } = await sql<OutsideReferral>`${referrals(actor, sql`r.state = 'sent'`)} order by r.suspected,
        case r.answers->>'urgency' when 'emergency' then 0 when 'urgent' then 1 else 2 end, r.sent_at, r.id limit 300`.execute(tx)
  return rows
}

/** What was decided lately, the latest first. */
export async function decidedOutside(tx: Tx, actor: Actor): Promise<OutsideReferral[]> {
  const { rows } =
    await sql<OutsideReferral>`${referrals(actor, sql`r.state <> 'sent'`)} order by r.decided_at desc, r.id limit 200`.execute(tx)
  return rows
}

/** One of them, held for the rest of the transaction where it is to be decided. */
export async function findOutside(tx: Tx, actor: Actor, id: string, lock = false): Promise<OutsideReferral | undefined> {
  if (!isId(id)) return undefined
  if (lock) await sql`select id from outside_referrals where id = ${id} for update`.execute(tx)
  const { rows } = await referrals(actor, sql`r.id = ${id}`).execute(tx)
  return rows[0]
}

/** Whether these pages are there for somebody: whoever decides on referrals, and the commissioners. What stands on them, the database decides. */
export const seesOutside = (actor: Actor): boolean => may(actor, 'manage-allocation') || may(actor, 'commission')

/** How many wait for a team that the actor triages for: for the navigation. */
export const waitingFromOutside = (actor: Actor): RawBuilder<number> =>
  sql<number>`(select count(*)::int from outside_referrals o where o.state = 'sent'
    and o.inbox = any (${actor.posts.flatMap(post => post.postPrincipal ?? [])}::int[]))`
