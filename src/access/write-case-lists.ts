import { type RawBuilder, sql } from 'kysely'
import { type ProtectedTable, protectedTables } from '../../db/protected-tables.ts'
import type { Tx } from '../platform/db/database.ts'
import type { CaseLists, Lists } from './lists.ts'

type CaseTable = Extract<ProtectedTable, { of: 'case' }>
export type SectionWithholding = { answerSetId: string; section: string; holder: number }

const caseTables = protectedTables.filter((table): table is CaseTable => table.of === 'case')

// Names that no part has. Lists are chosen by name, so that the statement is the same for every case and is planned once.
const rest = '*'
const header = '*header'
const decidersOnly = '*deciders'
const existence = '*existence'
const fixedParts = new Set(caseTables.flatMap(table => ('fixed' in table.part ? [table.part.fixed] : [])))

/** Writes a case's lists on to all its rows, in one statement. Rows whose lists stay as they are are not written again. */
export async function writeCaseLists(keeper: Tx, caseId: string, lists: CaseLists, sections: readonly SectionWithholding[]): Promise<void> {
  const named = new Map<string, Lists>([
    [rest, lists.whole],
    [header, lists.header],
    [decidersOnly, lists.deciders],
    [existence, lists.existence],
    ...[...fixedParts].map((part): [string, Lists] => [part, lists.whole]),
    ...lists.parts,
  ])
  const column = (which: keyof Lists) => sql`${[...named.values()].map(one => `{${one[which].join(',')}}`)}::text[]`
  await sql`
    with lists as materialized (
      select part, readers::int[] as readers, editors::int[] as editors, withheld::int[] as withheld
      from unnest(${[...named.keys()]}::text[], ${column('readers')}, ${column('editors')}, ${column('withheld')}) as l (part, readers, editors, withheld)
    ), sections as materialized (
      select * from unnest(${sections.map(one => one.answerSetId)}::uuid[], ${sections.map(one => one.section)}::text[], ${sections.map(one => one.holder)}::int[])
        as s (answer_set_id, section, holder)
    ), ${sql.join(caseTables.map(table => updateOf(table, caseId)))}
    select 1`.execute(keeper)
}

function updateOf(table: CaseTable, caseId: string): RawBuilder<unknown> {
  const withheld = withheldOf(table)
  const editors = editorsOf(table)
  return sql`${sql.ref(`${table.table}_written`)} as (
    update ${sql.table(table.table)} t set readers = l.readers, editors = ${editors}, withheld = ${withheld}
    from lists l where t.${sql.ref(table.key)} = ${caseId}::uuid and l.part = ${listsOf(table)}
      and (t.readers, t.editors, t.withheld) is distinct from (l.readers, ${editors}, ${withheld}))`
}

function listsOf(table: CaseTable): RawBuilder<unknown> {
  if (table.existence) return sql.lit(existence)
  if (table.decidersOnly) return sql.lit(decidersOnly)
  if ('fixed' in table.part && !table.thing) return sql.lit(table.part.fixed === 'case' ? header : table.part.fixed)
  const part = 'fixed' in table.part ? sql.lit(table.part.fixed) : sql`t.${sql.ref(table.part.column)}`
  const ofPart = sql`when exists (select from lists named where named.part = ${part}) then ${part}`
  if (!table.thing) return sql`(case ${ofPart} else ${sql.lit(rest)} end)`
  const thing = sql`(${part} || '/' || t.${sql.ref(table.thing)})`
  return sql`(case when exists (select from lists named where named.part = ${thing}) then ${thing} ${ofPart} else ${sql.lit(rest)} end)`
}

/** Members of a conversation write in it, whoever else may change the case. */
function editorsOf({ readersWrite }: CaseTable): RawBuilder<unknown> {
  if (readersWrite === 'every row') return sql`l.readers`
  return readersWrite ? sql`(case when t.source = ${sql.lit(readersWrite.source)} then l.readers else l.editors end)` : sql`l.editors`
}

/**
 * A withheld section of a form is withheld from those named beside whoever the case is withheld from. What is withheld from somebody, and
 * why, is not theirs to read either, even when it is one section of a case that they edit.
 */
function withheldOf(table: CaseTable): RawBuilder<unknown> {
  const sections = [
    ...(table.section
      ? [sql`s.answer_set_id = t.${sql.ref(table.section.answerSet)} and s.section = t.${sql.ref(table.section.section)}`]
      : []),
    ...(table.furtherSections ? [sql`s.answer_set_id || '/' || s.section = any (t.${sql.ref(table.furtherSections)})`] : []),
  ]
  const more =
    sections.length > 0
      ? sql`select s.holder from sections s where ${sql.join(sections, sql` or `)}`
      : table.withheldFromHolder
        ? sql`select t.holder`
        : undefined
  if (!more) return sql`l.withheld`
  return sql`coalesce((select array_agg(one order by one) from (select unnest(l.withheld) union ${more}) as each (one)), '{}')`
}
