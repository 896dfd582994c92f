import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { listsForRowOfItem, type RowOfItem } from '../access/index.ts'
import {
  type Answer,
  type Answers,
  type Filled,
  type Form,
  type FormDefinition,
  formOf,
  nothingFilled,
  type Row,
  type Surroundings,
  type Typed,
} from '../forms/index.ts'
import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import { asRead } from './kind-now.ts'

/** Forms of meetings come with their kind; what is filled in stands section by section, each with the rights of its part, every revision kept. */
export function formOfMeeting(definition: FormDefinition): Form {
  const known = compiled.get(definition)
  if (known) return known
  const form = formOf(definition)
  compiled.set(definition, form)
  return form
}
/** The same to read: with choices that have gone out of use since. */
export const formToRead = (definition: FormDefinition): Form => formOfMeeting(asRead(definition))
const compiled = new WeakMap<FormDefinition, Form>()

/** Nothing of these forms is chosen from a list, an agency or a colleague. */
export const surroundings = (now: Date): Surroundings => ({ now, lists: {}, people: [], agencies: [], users: [], received: {} })

/** The questions to which anything was said, also what could not be read: an empty box or a table without rows is nothing. */
export const saidIn = ({ answers, typed }: Filled): string[] => [
  ...Object.keys(answers).filter(code => isSaid(answers[code])),
  ...Object.keys(typed),
]
const isSaid = (answer: unknown): boolean => answer !== undefined && answer !== '' && !(Array.isArray(answer) && answer.length === 0)

export type Saved = Filled & {
  /** The sections that the actor sees; one that nobody has filled in yet is seen by everybody who sees the item. */
  revisions: ReadonlyMap<string, number>
  savedAt: Date | null
  savedBy: string
  /** Of what an agency is asked: whether something stands here that it has not submitted. */
  isUnsubmitted: boolean
}

/**
 * One form of an item: the referral by its code, or what one agency was asked. `asNow` reads what was answered to an earlier version; `isRead`: as somebody
 * has it who reads these parts alone.
 */
type Which = {
  itemId: string
  formCode?: string
  researchId?: string | null
  asNow?: (filled: Filled) => Filled
  isRead?: (part: string) => boolean
}

/** A section can stand in several rows, one for each person whom it is about (`own-parts.ts`): by the section and who it is. */
export const sectionOfRow = (section: string): string => section.split(':', 1)[0]!

const all = <T>(one: T): T => one
const anyPart = (): boolean => true

/**
 * What is filled in of a form, as far as the actor may see it: of what an agency is asked, the latest revision that is theirs to see. While the agency
 * writes on, others go on reading what it last submitted.
 */
export async function savedAnswers(
  tx: Tx,
  { itemId, formCode = '', researchId = null, asNow = all, isRead = anyPart }: Which,
): Promise<Saved> {
  const { rows: read } = await sql<{
    section: string
    part: string
    answers: Answers
    typed: Typed
    revision: number
    savedAt: Date
    savedBy: string
    submittedAt: Date | null
  }>`
    select * from (
      select distinct on (v.form_code, v.section) v.section, v.part, v.answers, v.typed, v.revision, v.saved_at as "savedAt", u.name as "savedBy", v.submitted_at as "submittedAt"
      from meeting_answers v join users u on u.id = v.saved_by
      where v.item_id = ${itemId} and (${formCode} in ('', v.form_code)) and v.research_id is not distinct from ${researchId}::uuid
        and (v.replaced_at is null or v.research_id is not null)
      order by v.form_code, v.section, v.revision desc) latest
    order by (select p.position from meeting_parties p where p.item_id = ${itemId} and p.id::text = split_part(section, ':', 2)) nulls first, "savedAt"`.execute(
    tx,
  )
  const rows = read.filter(row => isRead(row.part))
  const last = rows.reduce<(typeof rows)[number] | undefined>(
    (latest, row) => (latest && latest.savedAt > row.savedAt ? latest : row),
    undefined,
  )
  return {
    ...inOne(rows.map(row => ({ section: row.section, ...asNow(row) }))),
    revisions: new Map(rows.map(row => [sectionOfRow(row.section), row.revision])),
    savedAt: last?.savedAt ?? null,
    savedBy: last?.savedBy ?? '',
    isUnsubmitted: researchId !== null && rows.some(row => row.submittedAt === null),
  }
}

/** What stands in several rows as one form: of a section that has one for each person, theirs in their order. */
export function inOne(rows: readonly (Filled & { section: string })[]): Filled {
  const answers: Record<string, Answer> = { ...nothingFilled.answers }
  for (const row of rows)
    for (const [code, answer] of Object.entries(row.answers)) {
      const before = answers[code]
      const isMore = row.section !== sectionOfRow(row.section) && Array.isArray(before) && Array.isArray(answer)
      answers[code] = isMore ? ([...before, ...answer] as readonly Row[]) : answer
    }
  return { answers, typed: Object.assign({}, nothingFilled.typed, ...rows.map(row => row.typed)) }
}

type ToSave = Pick<Which, 'itemId' | 'researchId'> & {
  form: Form
  filled: Filled
  sections: readonly string[]
  rowFor: (section: string) => RowOfItem & { part: string }
}

/** Saves sections as they now stand; answers those that changed. One that has not is not written again. */
export async function saveAnswers(
  tx: Tx,
  actor: Actor,
  now: Date,
  { itemId, researchId = null, form, filled, sections, rowFor }: ToSave,
): Promise<string[]> {
  const changed: string[] = []
  for (const { code, questions } of form.definition.pages.flatMap(page => page.sections).filter(one => sections.includes(one.code))) {
    const codes = questions.map(question => question.code)
    const answers = { answers: only(filled.answers, codes), typed: only(filled.typed, codes) }
    if (await saveRow(tx, actor, now, { itemId, researchId, form, section: code, filled: answers, row: rowFor(code) })) changed.push(code)
  }
  return changed
}

type RowToSave = Pick<ToSave, 'itemId' | 'researchId' | 'form' | 'filled'> & { section: string; row: RowOfItem & { part: string } }

/** Saves a section, or what it says of one person, in place of what stood there; answers whether it differs. */
export async function saveRow(
  tx: Tx,
  actor: Actor,
  now: Date,
  { itemId, researchId = null, form, filled, section, row }: RowToSave,
): Promise<boolean> {
  const { code, version } = form.definition
  const [answers, typed] = [JSON.stringify(filled.answers), JSON.stringify(filled.typed)]
  const lists = await listsForRowOfItem(tx, itemId, row)
  const before = await sql<{ revision: number }>`
    update meeting_answers set replaced_at = ${now}
    where item_id = ${itemId} and form_code = ${code} and section = ${section} and research_id is not distinct from ${researchId}::uuid and replaced_at is null
      and (answers, typed) is distinct from (${answers}::jsonb, ${typed}::jsonb)
    returning revision`.execute(tx)
  const written = await sql`
    insert into meeting_answers (id, item_id, research_id, part, form_code, form_version, section, answers, typed, revision, saved_at, saved_by, own, audience, readers, editors, withheld)
    select ${uuid()}, ${itemId}, ${researchId}, ${row.part}, ${code}, ${version}, ${section}, ${answers}::jsonb, ${typed}::jsonb,
      ${(before.rows[0]?.revision ?? 0) + 1}, ${now}, ${actor.userId}, ${[...(row.own ?? [])]}::int[], ${row.audience}, ${lists.readers}::int[], ${lists.editors}::int[], ${lists.withheld}::int[]
    where not exists (select from meeting_answers v where v.item_id = ${itemId} and v.form_code = ${code} and v.section = ${section}
      and v.research_id is not distinct from ${researchId}::uuid and v.replaced_at is null)`.execute(tx)
  return written.numAffectedRows === 1n
}

const only = <T>(all: Readonly<Record<string, T>>, codes: readonly string[]): Record<string, T> =>
  Object.fromEntries(Object.entries(all).filter(([code]) => codes.includes(code)))

/** What each agency has answered, as far as the actor reads it, by what it was asked. */
export async function answersOfResearch(tx: Tx, research: readonly { id: string; itemId: string }[]): Promise<ReadonlyMap<string, Saved>> {
  const all = new Map<string, Saved>()
  for (const { id, itemId } of research) all.set(id, await savedAnswers(tx, { itemId, researchId: id }))
  return all
}
