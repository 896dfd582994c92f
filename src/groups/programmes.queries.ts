import { sql } from 'kysely'
import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import { isId } from '../platform/id.ts'
import type { Course, Module, ModuleOfCourse, Programme } from './programme.ts'

/** Programmes that a group of this service can go through, or somebody begin, as far as the actor may see them. */
export async function programmesOffered(tx: Tx, serviceArea: string, keep: string | null = null): Promise<{ id: string; name: string }[]> {
  const { rows } = await sql<{ id: string; name: string }>`
    select id, name from programmes where service_area = ${serviceArea} and (withdrawn_at is null or id = ${keep}::uuid) order by name, id`.execute(
    tx,
  )
  return rows
}

type Row = Omit<Programme, 'mayRun'> & { runBy: number[]; modules: number }
const programmeColumns = sql`
  select p.id, p.name, p.about, p.service_area as "serviceArea", s.name as "serviceName", p.team_id as "teamId", t.name as "teamName", a.name as "agencyName",
    p.open_to as "openTo", p.version, p.withdrawn_at as "withdrawnAt", p.run_by as "runBy",
    (select count(*)::int from programme_modules m where m.programme_id = p.id and m.withdrawn_at is null) as modules
  from programmes p join service_areas s on s.code = p.service_area join teams t on t.id = p.team_id join agencies a on a.principal = t.agency`
const asRead =
  (actor: Actor) =>
  ({ runBy, ...row }: Row): Programme & { modules: number } => ({ ...row, mayRun: runBy.some(one => actor.writePrincipals.includes(one)) })

export async function programmesFor(tx: Tx, actor: Actor): Promise<(Programme & { modules: number })[]> {
  const { rows } = await sql<Row>`${programmeColumns} order by p.withdrawn_at is not null, p.name, p.id limit 200`.execute(tx)
  return rows.map(asRead(actor))
}

export async function findProgramme(tx: Tx, actor: Actor, id: string): Promise<Programme | undefined> {
  if (!isId(id)) return undefined
  const { rows } = await sql<Row>`${programmeColumns} where p.id = ${id}`.execute(tx)
  return rows.map(asRead(actor))[0]
}

/** Every module that a programme has and had, in order. */
export async function allModulesOf(tx: Tx, programmeId: string): Promise<Module[]> {
  const { rows } = await sql<Module>`
    select id, position, title, about, is_needed as "isNeeded", withdrawn_at as "withdrawnAt" from programme_modules
    where programme_id = ${programmeId} order by position, id`.execute(tx)
  return rows
}

/** The modules of a programme that stand, in order. */
export async function modulesOf(tx: Tx, programmeId: string | null): Promise<Module[]> {
  return programmeId === null ? [] : (await allModulesOf(tx, programmeId)).filter(one => !one.withdrawnAt)
}

type CourseRow = Omit<Course, 'mayEdit'> & { editors: number[]; done: number; of: number }
const courseColumns = sql`
  select k.id, k.programme_id as "programmeId", coalesce(p.name, 'A programme that is not open to you') as "programmeName", p.id is not null as "isOpen", coalesce(a.name, '') as "agencyName",
    k.case_id as "caseId", c.person_id as "personId", k.status, k.began_on as "beganOn", k.ended_on as "endedOn", k.ended_words as "endedWords", k.editors,
    (select count(*)::int from module_completions d where d.course_id = k.id and d.withdrawn_at is null) as done,
    (select count(*)::int from programme_modules m where m.programme_id = k.programme_id and (m.withdrawn_at is null or exists (
      select from module_completions d where d.course_id = k.id and d.module_id = m.id and d.withdrawn_at is null))) as of
  from programme_courses k join cases c on c.id = k.case_id left join programmes p on p.id = k.programme_id
    left join teams t on t.id = p.team_id left join agencies a on a.principal = t.agency`

export type ListedCourse = Course & { done: number; of: number }
const courseAsRead =
  (actor: Actor) =>
  ({ editors, ...row }: CourseRow): ListedCourse => ({ ...row, mayEdit: editors.some(one => actor.writePrincipals.includes(one)) })

/** What a case went through and goes through, what goes on first. */
export async function coursesOfCase(tx: Tx, actor: Actor, caseId: string): Promise<ListedCourse[]> {
  const { rows } =
    await sql<CourseRow>`${courseColumns} where k.case_id = ${caseId} order by k.status <> 'going', k.began_on desc, k.id`.execute(tx)
  return rows.map(courseAsRead(actor))
}

/** What a person goes through at present, over all cases that the actor may see. */
export async function coursesOfPerson(tx: Tx, actor: Actor, personId: string): Promise<ListedCourse[]> {
  const { rows } = await sql<CourseRow>`
    ${courseColumns} where c.person_id = ${personId} and k.status = 'going' order by k.began_on, k.id`.execute(tx)
  return rows.map(courseAsRead(actor))
}

export async function findCourse(tx: Tx, actor: Actor, caseId: string, id: string): Promise<Course | undefined> {
  if (!isId(id)) return undefined
  const { rows } = await sql<CourseRow>`${courseColumns} where k.id = ${id} and k.case_id = ${caseId}`.execute(tx)
  return rows.map(courseAsRead(actor))[0]
}

/** Each module of a programme as it stands for one person, in order. */
export async function modulesOfCourse(tx: Tx, course: Course): Promise<ModuleOfCourse[]> {
  const { rows } = await sql<ModuleOfCourse>`
    select m.id, m.position, m.title, m.about, m.is_needed as "isNeeded", m.withdrawn_at as "withdrawnAt",
      (select json_build_object('id', d.id, 'on', d.done_on, 'how', d.how, 'words', d.words, 'by', u.name)
        from module_completions d join users u on u.id = d.recorded_by where d.course_id = ${course.id} and d.module_id = m.id and d.withdrawn_at is null) as done
    from programme_modules m where m.programme_id = ${course.programmeId} order by m.position, m.id`.execute(tx)
  return rows
}

/** What a case has places in and goes through, by name: as closing it lists them. */
export async function openOfCase(tx: Tx, caseId: string): Promise<Record<'places' | 'courses', { id: string; name: string }[]>> {
  const places = await sql<{ id: string; name: string }>`
    select b.id, coalesce(g.name, 'not open to you') as name from group_bookings b left join groups g on g.id = b.group_id
    where b.case_id = ${caseId} and b.status <> 'ended' order by b.asked_at, b.id`.execute(tx)
  const courses = await sql<{ id: string; name: string }>`
    select k.id, coalesce(p.name, 'not open to you') as name from programme_courses k left join programmes p on p.id = k.programme_id
    where k.case_id = ${caseId} and k.status = 'going' order by k.began_on, k.id`.execute(tx)
  return { places: places.rows, courses: courses.rows }
}
