import { type RawBuilder, sql } from 'kysely'
import { sectionFromText } from '../access/index.ts'
import { formatName } from '../people/index.ts'
import { type Actor, may } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import { isId } from '../platform/id.ts'
import { type Approval, mayDecide } from './approval.ts'

type Row = Omit<Approval, 'personName' | 'mayEdit' | 'sections'> & {
  given: string | null
  family: string | null
  editors: number[]
  sections: string[]
}

type Part = RawBuilder<unknown>

/** Of a form, everybody who wrote any of it; of a plan, everybody who wrote in it since it was last signed off: a word of somebody else's does not make it theirs alone. */
const authors = (what: Part, subject: Part, sender: Part) => sql`
  case ${what}
    when 'form' then array(
      select f.completed_by from answer_sets f where f.id = ${subject} and f.completed_by is not null
      union select v.user_id from answer_versions v where v.answer_set_id = ${subject} and v.kind <> 'set-aside')
    when 'plan' then array(
      select distinct v.by from plan_versions v where v.plan_id = ${subject} and v.change not in ('action-done', 'agreed', 'handed-over') and v.version > (
        select coalesce(max(b.subject_version), 0) from approvals b where b.subject_id = ${subject} and b.what = 'plan' and b.decision = 'approved'))
    else array[${sender}]
  end`

/** Whose own work it is, before it is sent. */
export async function authorsOf(tx: Tx, actor: Actor, what: Approval['what'], subjectId: string): Promise<readonly string[]> {
  const { rows } = await sql<{ ids: string[] }>`
    select ${authors(sql`${what}::text`, sql`${subjectId}::uuid`, sql`${actor.userId}::uuid`)} as ids`.execute(tx)
  return rows[0]?.ids ?? []
}

const columns = sql`
  select a.id, a.case_id as "caseId", s.name || ' ' || c.reference as "caseName", c.service_area as "serviceArea", c.person_id as "personId", p.given_name as given,
    p.family_name as family, a.part, a.what, a.subject_id as "subjectId", a.subject_version as "subjectVersion", a.round, a.title, a.message, a.sent_by as "sentById",
    b.name as "sentBy", a.sent_at as "sentAt", ${authors(sql`a.what`, sql`a.subject_id`, sql`a.sent_by`)} as "authorIds", a.sent_to as "sentTo", coalesce(u.name, 'The leaders of ' || m.name, '') as "sentToName", a.decision, a.comment,
    coalesce(d.name, '') as "decidedBy", a.decided_at as "decidedAt", a.content, a.editors, a.further_sections as sections
  from approvals a
    join cases c on c.id = a.case_id
    join service_areas s on s.code = c.service_area
    left join people p on p.id = c.person_id
    join users b on b.id = a.sent_by
    left join users u on u.principal = a.sent_to
    left join teams m on m.principal = a.sent_to
    left join users d on d.id = a.decided_by`

function approvalFrom({ given, family, editors, sections, ...row }: Row, actor: Actor): Approval {
  return {
    ...row,
    sections: sections.map(sectionFromText),
    personName: formatName({ given, family }),
    mayEdit: editors.some(one => actor.writePrincipals.includes(one)),
  }
}

export async function findApproval(tx: Tx, actor: Actor, id: string): Promise<Approval | undefined> {
  if (!isId(id)) return undefined
  const { rows } = await sql<Row>`${columns} where a.id = ${id}`.execute(tx)
  return rows[0] && approvalFrom(rows[0], actor)
}

/** Every round of one thing, the latest first. */
export async function roundsOf(tx: Tx, actor: Actor, subjectId: string, what: Approval['what']): Promise<Approval[]> {
  const { rows } =
    await sql<Row>`${columns} where a.subject_id = ${subjectId} and a.what = ${what} order by a.round desc, a.id desc`.execute(tx)
  return rows.map(row => approvalFrom(row, actor))
}

/** The latest round of everything of a case that was sent. */
export async function approvalsOfCase(tx: Tx, actor: Actor, caseId: string): Promise<Approval[]> {
  const { rows } = await sql<Row>`
    ${columns} where a.case_id = ${caseId} and ${isLatest} order by a.decision is not null, a.sent_at desc limit 20`.execute(tx)
  return rows.map(row => approvalFrom(row, actor))
}

const isLatest = sql`not exists (select from approvals later where later.subject_id = a.subject_id and later.what = a.what and later.id > a.id)`

/** What waits for the actor: sent to them, or to a team of theirs, for whom it is theirs to decide. */
export async function waitingFor(tx: Tx, actor: Actor, limit: number): Promise<Approval[]> {
  if (!may(actor, 'sign-off') && !may(actor, 'sign-off-own')) return []
  const { rows } = await sql<Row>`
    ${columns} where a.decision is null and a.sent_to = any (${[...actor.principals]}::int[]) order by a.sent_at, a.id limit ${mostWaiting}`.execute(
    tx,
  )
  return rows
    .map(row => approvalFrom(row, actor))
    .filter(one => mayDecide(actor, one))
    .slice(0, limit)
}

/** More than anybody decides on in a day; what is not theirs to decide is taken out of these. */
const mostWaiting = 500

/** What the actor sent: what waits still, what came back and was not sent again; with `all`, everything that was decided too. */
export async function sentBy(tx: Tx, actor: Actor, which: 'open' | 'all', limit: number): Promise<Approval[]> {
  const { rows } = await sql<Row>`
    ${columns} where a.sent_by = ${actor.userId}::uuid and ${isLatest} and (${which} = 'all' or a.decision is null or a.decision = 'returned')
    order by a.decision is not null, a.sent_at desc, a.id desc limit ${limit}`.execute(tx)
  return rows.map(row => approvalFrom(row, actor))
}
