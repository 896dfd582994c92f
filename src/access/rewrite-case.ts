import { sql } from 'kysely'
import { type ProtectedTable, protectedTables } from '../../db/protected-tables.ts'
import { asKeeper } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import { type CaseFacts, type CaseLists, type Grant, type Lists, listsFor, sorted } from './lists.ts'
import { rewritePeopleAsKeeper } from './rewrite-people.ts'

type CaseTable = Extract<ProtectedTable, { of: 'case' }>
type SectionWithholding = { answerSetId: string; section: string; holder: number }
type Known = { personId: string; facts: CaseFacts; sections: readonly SectionWithholding[] }

/**
 * Writes who may see a case on to every row of it, and on to its person: after anything that decides it has changed (team, restriction,
 * allocation, share, withholding), in the same transaction. The caller has shown that the actor may make that change.
 */
export async function rewriteCase(tx: Tx, caseId: string): Promise<void> {
  await asKeeper(tx, async () => {
    const { personId, facts, sections } = await knownOf(tx, caseId)
    const lists = listsFor(facts)
    for (const table of protectedTables) if (table.of === 'case') await rewriteRows(tx, table, caseId, lists, sections)
    await rewritePeopleAsKeeper(tx, [personId])
  })
}

/** The lists that the rows of a new case begin with, before anything has been shared or withheld. */
export async function listsForNewCase(tx: Tx, teamId: string, serviceArea: string): Promise<CaseLists> {
  const { rows } = await sql<Place>`${placeOf} where t.team_id = ${teamId} and t.service_area = ${serviceArea}`.execute(tx)
  const place = rows[0]
  if (!place) throw new Error('This team does not work in this service area.')
  return listsFor({ ...place, restricted: false, grants: [], withheldFrom: [] })
}

/** The lists for a new row of a part of a case: whatever the case's rows of that part carry now. */
export async function listsForPart(tx: Tx, caseId: string, part: string): Promise<Lists> {
  return asKeeper(tx, async () => {
    const lists = listsFor((await knownOf(tx, caseId)).facts)
    return lists.parts.get(part) ?? lists.whole
  })
}

type Place = { post: number; commissioners: number; existence: number; existenceShown: boolean }
const placeOf = sql`
  select t.principal as post, a.commissioners, a.existence, s.existence_shown as "existenceShown"
  from team_services t join service_areas s on s.code = t.service_area cross join authorities a`

async function knownOf(tx: Tx, caseId: string): Promise<Known> {
  const found = await sql<{ personId: string; restricted: boolean } & Place>`
    select c.person_id as "personId", c.restricted, t.principal as post, a.commissioners, a.existence, s.existence_shown as "existenceShown"
    from cases c
      join team_services t on t.team_id = c.team_id and t.service_area = c.service_area
      join service_areas s on s.code = c.service_area
      cross join authorities a
    where c.id = ${caseId}`.execute(tx)
  const { personId, ...facts } = found.rows[0] ?? neverNull(caseId)
  const grants = await sql<Grant>`
    select kind, principal, level, parts from access_grants where case_id = ${caseId} and ended_at is null`.execute(tx)
  const withholdings = await sql<{ holder: number; answerSetId: string | null; section: string | null }>`
    select holder, answer_set_id as "answerSetId", section from withholdings where case_id = ${caseId} and ended_at is null`.execute(tx)
  return {
    personId,
    facts: {
      ...facts,
      grants: grants.rows,
      withheldFrom: withholdings.rows.filter(row => row.answerSetId === null).map(row => row.holder),
    },
    sections: withholdings.rows.filter((row): row is SectionWithholding => row.answerSetId !== null && row.section !== null),
  }
}

function neverNull(caseId: string): never {
  throw new Error(`Case ${caseId} is not there, or its team has left its service area.`)
}

async function rewriteRows(
  tx: Tx,
  table: CaseTable,
  caseId: string,
  lists: CaseLists,
  sections: readonly SectionWithholding[],
): Promise<void> {
  if (table.existence) return write(tx, table, caseId, lists.existence)
  if (table.editorsOnly) return write(tx, table, caseId, { ...lists.whole, readers: lists.whole.editors })
  if ('fixed' in table.part) {
    const { fixed } = table.part
    return write(tx, table, caseId, fixed === 'case' ? lists.header : (lists.parts.get(fixed) ?? lists.whole))
  }
  const part = sql.ref(table.part.column)
  await write(tx, table, caseId, lists.whole, sql`and ${part} <> all (${[...lists.parts.keys()]}::text[])`)
  for (const [name, partLists] of lists.parts) await write(tx, table, caseId, partLists, sql`and ${part} = ${name}`)
  if (table.section) await withholdSections(tx, table, caseId, table.section, sections)
}

/** A withheld section of a form is withheld from those named beside whoever the case is withheld from. */
async function withholdSections(
  tx: Tx,
  table: CaseTable,
  caseId: string,
  names: { answerSet: string; section: string },
  sections: readonly SectionWithholding[],
) {
  const bySection = new Map<string, SectionWithholding[]>()
  for (const one of sections)
    bySection.set(`${one.answerSetId} ${one.section}`, [...(bySection.get(`${one.answerSetId} ${one.section}`) ?? []), one])
  for (const [first, ...others] of bySection.values()) {
    if (!first) continue
    await sql`
      update ${sql.table(table.table)} set withheld = (select array_agg(distinct p order by p) from unnest(withheld || ${sorted([first, ...others].map(one => one.holder))}::int[]) p)
      where ${sql.ref(table.key)} = ${caseId} and ${sql.ref(names.answerSet)} = ${first.answerSetId} and ${sql.ref(names.section)} = ${first.section}`.execute(
      tx,
    )
  }
}

async function write(tx: Tx, table: CaseTable, caseId: string, { readers, editors, withheld }: Lists, further = sql``): Promise<void> {
  await sql`
    update ${sql.table(table.table)} set readers = ${readers}::int[], editors = ${editors}::int[], withheld = ${withheld}::int[]
    where ${sql.ref(table.key)} = ${caseId} ${further}
      and (readers, editors, withheld) is distinct from (${readers}::int[], ${editors}::int[], ${withheld}::int[])`.execute(tx)
}
