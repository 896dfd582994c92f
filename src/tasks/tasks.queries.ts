import { sql } from 'kysely'
import { formatName } from '../people/index.ts'
import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import { isId } from '../platform/id.ts'
import type { PlainDate } from '../platform/plain-date.ts'
import type { Repeat } from './repeat.ts'
import type { Task, TaskChange } from './task.ts'

export type Whose = 'mine' | 'team' | 'colleagues' | 'given'
export type DueWhen = 'overdue' | 'today' | 'week' | 'none'
export type TasksWanted = { whose: Whose; limit: number; due?: DueWhen; serviceArea?: string; userId?: string } & (
  | { closed?: false; after?: { dueOn: string; id: string } }
  /** Those that have ended, from the latest: `before` is the last one seen. */
  | { closed: true; before?: { closedAt: Date; id: string } }
)

/** Tasks of the actor, of their teams, of colleagues, or that they gave to others: what is due first on top; ended ones, the latest first. */
export async function tasksFor(tx: Tx, actor: Actor, wanted: TasksWanted, today: PlainDate): Promise<Task[]> {
  const { rows } = await sql<Row>`
    ${columns} where ${wanted.userId ? ofColleague(wanted.userId) : whoseIs(actor, wanted.whose)} and ${wanted.closed ? sql`t.status <> 'open'` : sql`t.status = 'open'`} ${narrowed(wanted, today)} ${pastThose(wanted)}
    order by ${wanted.closed ? sql`date_trunc('milliseconds', t.closed_at) desc, t.id desc` : sql`coalesce(t.due_on, 'infinity'), t.id`} limit ${wanted.limit}`.execute(
    tx,
  )
  return rows.map(row => taskFrom(row, actor))
}

function narrowed({ due, serviceArea }: TasksWanted, today: PlainDate) {
  const when = {
    overdue: sql`and t.due_on < ${today}::date`,
    today: sql`and t.due_on = ${today}::date`,
    week: sql`and t.due_on between ${today}::date and ${today}::date + 7`,
    none: sql`and t.due_on is null`,
  }
  return sql`${due ? when[due] : sql``} ${serviceArea ? sql`and c.service_area = ${serviceArea}` : sql``}`
}

function pastThose(wanted: TasksWanted) {
  // Instants stand in addresses by the millisecond, and the database keeps more.
  if (wanted.closed)
    return wanted.before
      ? sql`and (date_trunc('milliseconds', t.closed_at), t.id) < (${wanted.before.closedAt}::timestamptz, ${wanted.before.id}::uuid)`
      : sql``
  return wanted.after ? sql`and (coalesce(t.due_on, 'infinity'), t.id) > (${wanted.after.dueOn}::date, ${wanted.after.id}::uuid)` : sql``
}

type Counts = Record<'mine' | 'team' | 'given' | 'late', number>

/** How many are open, and how many of them late, of each kind of list. */
export async function countTasks(tx: Tx, actor: Actor, today: PlainDate): Promise<Counts> {
  const count = (whose: Whose) => sql<number>`(select count(*) from tasks t where ${whoseIs(actor, whose)} and t.status = 'open')`
  const { rows } = await sql<Counts>`
    select ${count('mine')} as mine, ${count('team')} as team, ${count('given')} as given,
      (select count(*) from tasks t where t.assignee = ${actor.principal} and t.status = 'open' and t.due_on < ${today}) as late`.execute(
    tx,
  )
  return rows[0] ?? { mine: 0, team: 0, given: 0, late: 0 }
}

/** Colleagues with open tasks on the cases of one's teams, and how many the actor may see. */
export async function colleaguesWithTasks(tx: Tx, actor: Actor): Promise<{ userId: string; name: string; tasks: number }[]> {
  const { rows } = await sql<{ userId: string; name: string; tasks: number }>`
    select u.id as "userId", u.name, count(*) as tasks from tasks t join users u on u.principal = t.assignee
    where ${whoseIs(actor, 'colleagues')} and t.status = 'open' group by u.id, u.name order by u.name, u.id`.execute(tx)
  return rows
}

/** The tasks of a case: open ones by due date, then the ended ones, the latest first. */
export async function tasksOfCase(tx: Tx, actor: Actor, caseId: string, limit = 200): Promise<Task[]> {
  const { rows } = await sql<Row>`
    ${columns} where t.case_id = ${caseId}
    order by t.status <> 'open', case when t.status = 'open' then t.due_on end nulls last, t.closed_at desc, t.id limit ${limit}`.execute(
    tx,
  )
  return rows.map(row => taskFrom(row, actor))
}

/** Open tasks of a case, what is due first on top. */
export async function openTasksOf(tx: Tx, caseId: string): Promise<{ id: string; title: string; dueOn: PlainDate | null }[]> {
  const { rows } = await sql<{ id: string; title: string; dueOn: PlainDate | null }>`
    select id, title, due_on as "dueOn" from tasks where case_id = ${caseId} and status = 'open' order by due_on nulls last, id`.execute(tx)
  return rows
}

/** What a task said before, the latest change first, and the names of those who had it and have it. */
export async function changesOf(tx: Tx, taskId: string): Promise<{ changes: TaskChange[]; names: ReadonlyMap<number, string> }> {
  const { rows } = await sql<TaskChange>`
    select h.id, h.at, u.name as by, h.before, h.after from task_changes h join users u on u.id = h.by
    where h.task_id = ${taskId} order by h.at desc, h.id desc`.execute(tx)
  const given = rows.flatMap(({ before, after }) => [before.assignee, after.assignee]).filter(one => one !== undefined)
  if (given.length === 0) return { changes: rows, names: new Map() }
  const named = await sql<{ principal: number; name: string }>`
    select principal, name from users where principal = any (${given}::int[])
    union all select principal, name from teams where principal = any (${given}::int[])`.execute(tx)
  return { changes: rows, names: new Map(named.rows.map(row => [row.principal, row.name])) }
}

export async function findTask(tx: Tx, actor: Actor, id: string): Promise<Task | undefined> {
  if (!isId(id)) return undefined
  const { rows } = await sql<Row>`${columns} where t.id = ${id}`.execute(tx)
  return rows[0] && taskFrom(rows[0], actor)
}

/** What one colleague has to do on cases, as far as the actor sees these: for supervision, in their absence, when they leave. */
const ofColleague = (userId: string) =>
  sql`t.case_id is not null and t.assignee = (select w.principal from users w where w.id = ${userId}::uuid)`

function whoseIs(actor: Actor, whose: Whose) {
  if (whose === 'mine') return sql`t.assignee = ${actor.principal}`
  const others = actor.principals.filter(principal => principal !== actor.principal)
  if (whose === 'team') return sql`t.assignee = any (${others}::int[])`
  // On the cases of one's teams, whoever has them. Every service of the team that one may see.
  if (whose === 'colleagues')
    return sql`t.assignee <> ${actor.principal} and t.case_id in (select k.id from cases k where k.team_id = any (${actor.posts.map(post => post.teamId)}::uuid[]))`
  return sql`t.created_by = ${actor.userId} and t.assignee <> ${actor.principal}`
}

type Row = Omit<Task, 'mayEdit' | 'personName' | 'repeat'> & {
  editors: number[]
  given: string | null
  family: string | null
  personSeen: boolean
  every: number | null
  unit: Repeat['unit'] | null
  day: number | null
  until: PlainDate | null
}

const columns = sql`
  select t.id, t.case_id as "caseId", s.name || ' ' || c.reference || case when c.status in ('closed', 'declined', 'signposted') then ', ' || c.status else '' end as "caseName", t.person_id as "personId", p.given_name as given, p.family_name as family,
    p.id is not null as "personSeen", t.title, t.detail, t.due_on as "dueOn", t.assignee, coalesce(u.name, m.name, '') as "assigneeName", m.id is not null as "isTeams",
    t.taken_from as "takenFrom", coalesce(f.name, '') as "takenFromName", t.status, t.outcome, t.created_at as "createdAt", k.name as "createdBy", t.closed_at as "closedAt",
    coalesce(x.name, '') as "closedBy", t.version, k.principal as creator, t.editors, t.series, t.repeat_every as every, t.repeat_unit as unit, t.repeat_day as day,
    t.repeat_until as until, t.waits_for as "waitsFor", coalesce(w.title, '') as "waitsForTitle", t.follows, t.follow_days as "followDays", t.remind_days as "remindDays"
  from tasks t
    left join cases c on c.id = t.case_id
    left join service_areas s on s.code = c.service_area
    left join people p on p.id = t.person_id
    left join users u on u.principal = t.assignee
    left join teams m on m.principal = t.assignee
    left join teams f on f.principal = t.taken_from
    left join tasks w on w.id = t.waits_for
    join users k on k.id = t.created_by
    left join users x on x.id = t.closed_by`

function taskFrom({ editors, given, family, personSeen, every, unit, day, until, ...task }: Row, actor: Actor): Task {
  return {
    ...task,
    repeat: every && unit ? { every, unit, day: day ?? 1, until } : null,
    personName: personSeen ? formatName({ given, family }) : null,
    mayEdit: editors.some(one => actor.writePrincipals.includes(one)),
  }
}
