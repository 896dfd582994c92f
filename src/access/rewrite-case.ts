import { sql } from 'kysely'
import { asKeeper } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import { holdCaseAlone, holdCaseAsKeeper } from './hold.ts'
import { type CaseFacts, type CaseLists, type Grant, type Lists, listsFor, listsOfPart, sorted } from './lists.ts'
import { rewritePeopleAsKeeper } from './rewrite-people.ts'
import { type SectionWithholding, writeCaseLists } from './write-case-lists.ts'

/** A section of a form that somebody filled in. */
export type SectionOfForm = { readonly answerSetId: string; readonly section: string }
/** As a row's further sections name it. */
/** As a row keeps which section it follows from. */
export const sectionInText = ({ answerSetId, section }: SectionOfForm): string => `${answerSetId}/${section}`

export function sectionFromText(text: string): SectionOfForm {
  const slash = text.indexOf('/')
  return { answerSetId: text.slice(0, slash), section: text.slice(slash + 1) }
}

type Known = { personId: string; facts: CaseFacts; sections: readonly SectionWithholding[] }

/**
 * Writes who may see a case on to every row of it, and on to its person: after anything that decides it has changed (team, restriction,
 * allocation, share, withholding), in the same transaction. The caller has shown that the actor may make that change.
 */
export async function rewriteCase(tx: Tx, caseId: string): Promise<void> {
  await asKeeper(tx, keeper => rewriteCaseAsKeeper(keeper, caseId))
}

/** Answers whose case it is. */
export async function rewriteCaseAsKeeper(keeper: Tx, caseId: string): Promise<string> {
  await holdCaseAlone(keeper, caseId)
  const { personId, facts, sections } = await knownOf(keeper, caseId)
  await writeCaseLists(keeper, caseId, listsFor(facts), sections)
  await followService(keeper, caseId)
  await rewritePeopleAsKeeper(keeper, [personId])
  return personId
}

/** What was written on the case is found among those of its service: of the one that it is in now, after a referral has gone to another. */
async function followService(keeper: Tx, caseId: string): Promise<void> {
  await sql`update texts t set service_area = c.service_area from cases c
    where c.id = ${caseId} and t.case_id = c.id and t.service_area <> c.service_area`.execute(keeper)
}

/**
 * The lists that the rows of a new case begin with, before anything has been shared or withheld. With `worker`, the principal of whoever it
 * is allocated to from the start: their grant has then to be written beside it (`allocateNewCases`).
 */
export async function listsForNewCase(tx: Tx, teamId: string, serviceArea: string, worker?: number): Promise<CaseLists> {
  const { rows } = await sql<Place>`${placeOf} where t.team_id = ${teamId} and t.service_area = ${serviceArea}`.execute(tx)
  const place = rows[0]
  if (!place) throw new Error('This team does not work in this service area.')
  const grants: Grant[] = worker === undefined ? [] : [{ kind: 'allocation', principal: worker, level: 'edit', parts: null }]
  return listsFor({ ...place, restricted: false, grants, withheldFrom: [] })
}

/**
 * The lists for a new row of a part of a case: whatever the case's rows of that part carry now. Holds the case until the transaction
 * ends, so that they still hold when the row is written. A row of sections of forms names them, since each may be withheld by itself; one of a
 * document, or of the answers to a form, that is there already names it as `thing`, since it may be shared by itself.
 */
export async function listsForPart(
  tx: Tx,
  caseId: string,
  part: string,
  of: readonly SectionOfForm[] = [],
  thing?: string,
): Promise<Lists> {
  return asKeeper(tx, async keeper => {
    await holdCaseAsKeeper(tx, keeper, caseId)
    const { facts, sections } = await knownOf(keeper, caseId)
    const { readers, editors, withheld } = listsOfPart(listsFor(facts), part, thing)
    const further = sections
      .filter(one => of.some(named => named.answerSetId === one.answerSetId && named.section === one.section))
      .map(one => one.holder)
    return { readers, editors, withheld: sorted([...withheld, ...further]) }
  })
}

type Place = { post: number; commissioners: number; existence: number; existenceShown: boolean }
const placeOf = sql`
  select t.principal as post, a.commissioners, a.existence, s.existence_shown as "existenceShown"
  from team_services t join service_areas s on s.code = t.service_area cross join authorities a`

async function knownOf(keeper: Tx, caseId: string): Promise<Known> {
  const known = (await knownOfAll(keeper, [caseId])).get(caseId)
  if (!known) throw new Error(`Case ${caseId} is not there, or its team has left its service area.`)
  return known
}

/** What decides who sees these cases. A case that is not there is not among them. */
export async function knownOfAll(keeper: Tx, caseIds: readonly string[]): Promise<Map<string, Known>> {
  const { rows } = await sql<Row>`
    select c.id, c.person_id as "personId", c.restricted, c.removed_at is not null as removed, t.principal as post, a.commissioners, a.existence, s.existence_shown as "existenceShown",
      coalesce((select json_agg(json_build_object('kind', g.kind, 'principal', g.principal, 'level', g.level, 'parts', g.parts))
        from access_grants g where g.case_id = c.id and g.ended_at is null), '[]') as grants,
      coalesce((select json_agg(json_build_object('holder', w.holder, 'answerSetId', w.answer_set_id, 'section', w.section))
        from withholdings w where w.case_id = c.id and w.ended_at is null), '[]') as withholdings
    from cases c
      join team_services t on t.team_id = c.team_id and t.service_area = c.service_area
      join service_areas s on s.code = c.service_area
      cross join authorities a
    where c.id = any (${[...caseIds]}::uuid[])`.execute(keeper)
  return new Map(rows.map(row => [row.id, knownFrom(row)]))
}

function knownFrom({ id: _, personId, withholdings, ...facts }: Row): Known {
  return {
    personId,
    facts: { ...facts, withheldFrom: withholdings.filter(one => one.answerSetId === null).map(one => one.holder) },
    sections: withholdings.filter((one): one is SectionWithholding => one.answerSetId !== null && one.section !== null),
  }
}

type Row = Place & { id: string; personId: string; restricted: boolean; removed: boolean; grants: Grant[]; withholdings: Withholding[] }
type Withholding = { holder: number; answerSetId: string | null; section: string | null }
