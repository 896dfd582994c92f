import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { holdCase } from '../../access/index.ts'
import { audit } from '../../audit/index.ts'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { no } from '../../platform/result.ts'
import type { Answer, Answers, Filled, Typed, TypedFields } from '../answer.ts'
import { onlyThese } from '../fill.ts'
import { changedCodes, mergeSection } from '../merge.ts'
import { type AnswerSetState, isOpen } from './states.ts'

export type SaveKind = 'autosaved' | 'saved' | 'chosen'
export type SectionToSave = {
  answerSetId: string
  section: string
  /** The codes of the section's questions. */
  codes: readonly string[]
  /** The revision that the words were written on. */
  base: number
  filled: Filled
  kind: SaveKind
}

/**
 * `clashes` are questions that somebody else changed after this writer's page was made, and that the writer changed too. Their answer
 * stands; the writer's is kept beside it under `asideId` until they choose. Everything else is saved.
 */
export type Saved =
  | { ok: true; revision: number; changed: boolean; clashes: readonly string[]; asideId?: string }
  | { ok: false; error: 'not-there' | 'not-open' }

/** What one save changed, by question: null where it emptied the question. */
export type Changes = Readonly<Record<string, Change | null>>
export type Change = { readonly answer?: Answer; readonly typed?: TypedFields }

/**
 * Saves a section as somebody has it before them. Nobody's words are lost: what another wrote meanwhile is merged question by
 * question, and what cannot be merged is set aside. A writer's own earlier save is simply written over; the versions keep it.
 */
export async function saveSection(tx: Tx, actor: Actor, now: Date, caseId: string, given: SectionToSave): Promise<Saved> {
  // Before the section, as whoever changes who may see the case does: in the other order the two would lock each other out.
  await holdCase(tx, caseId)
  return saveHeldSection(tx, actor, now, given)
}

/** The same where the caller holds the case already, for several sections at once. */
export async function saveHeldSection(tx: Tx, actor: Actor, now: Date, given: SectionToSave): Promise<Saved> {
  const current = await lockSection(tx, given.answerSetId, given.section)
  if (current === undefined) return no('not-there')
  if (!isOpen(current.state)) return no('not-open')
  const stored: Filled = { answers: current.answers, typed: current.typed }
  const mine = onlyThese(given.filled, given.codes)
  const { merged, clashes } =
    given.base >= current.revision ? { merged: mine, clashes: [] } : await mergeWithOthers(tx, actor, given, stored, mine)
  const changed = changedCodes(given.codes, stored, merged)
  const revision = changed.length === 0 ? current.revision : current.revision + 1
  if (changed.length > 0) {
    const changes = changesOf(changed, merged)
    await sql`
      update answer_sections set revision = ${revision}, answers = ${JSON.stringify(merged.answers)}::jsonb, typed = ${JSON.stringify(merged.typed)}::jsonb,
        saved_by = ${actor.userId}, saved_at = ${now}
      where answer_set_id = ${given.answerSetId} and section = ${given.section}`.execute(tx)
    await addVersion(tx, actor, now, given, given.kind, revision, changes)
    await audit(tx, actor, now, {
      action: 'form-saved',
      subject: { type: 'answer-set', id: given.answerSetId },
      personId: current.personId,
      caseId: current.caseId,
      detail: { section: given.section, revision, questions: changed },
    })
  }
  if (clashes.length === 0) return { ok: true, revision, changed: changed.length > 0, clashes }
  const asideId = await setAside(tx, actor, now, given, changesOf(clashes, mine))
  return { ok: true, revision, changed: changed.length > 0, clashes, asideId }
}

/** A state of a section put together from its versions, up to a revision. */
export async function sectionAt(tx: Tx, answerSetId: string, section: string, revision: number): Promise<Filled> {
  const versions = await sql<{ changes: Changes }>`
    select changes from answer_versions
    where answer_set_id = ${answerSetId} and section = ${section} and kind <> 'set-aside' and revision <= ${revision} order by revision`.execute(
    tx,
  )
  return foldChanges(versions.rows.map(row => row.changes))
}

/** What is filled in after these changes, in this order. */
export function foldChanges(all: Iterable<Changes>): Filled {
  const answers: Record<string, Answer> = {}
  const typed: Record<string, TypedFields> = {}
  for (const changes of all) {
    for (const [code, change] of Object.entries(changes)) {
      delete answers[code]
      delete typed[code]
      if (change?.answer !== undefined) answers[code] = change.answer
      if (change?.typed !== undefined) typed[code] = change.typed
    }
  }
  return { answers, typed }
}

type Locked = { state: AnswerSetState; caseId: string; personId: string; revision: number; answers: Answers; typed: Typed }

/** Locks the section, and holds the set still, so that nobody completes it meanwhile. Undefined where the actor may not edit. */
async function lockSection(tx: Tx, answerSetId: string, section: string): Promise<Locked | undefined> {
  const { rows } = await sql<Locked>`
    select a.state, a.case_id as "caseId", a.person_id as "personId", s.revision, s.answers, s.typed
    from answer_sections s join answer_sets a on a.id = s.answer_set_id
    where s.answer_set_id = ${answerSetId} and s.section = ${section}
    for update of s for share of a`.execute(tx)
  return rows[0]
}

async function mergeWithOthers(tx: Tx, actor: Actor, given: SectionToSave, stored: Filled, mine: Filled) {
  const since = await sql<{ changes: Changes; userId: string }>`
    select changes, user_id as "userId" from answer_versions
    where answer_set_id = ${given.answerSetId} and section = ${given.section} and kind <> 'set-aside' and revision > ${given.base} order by revision`.execute(
    tx,
  )
  const changedBy = (others: boolean) =>
    since.rows.filter(row => (row.userId !== actor.userId) === others).flatMap(row => Object.keys(row.changes))
  const byOthers = new Set(changedBy(true))
  const base = await sectionAt(tx, given.answerSetId, given.section, given.base)
  return mergeSection(given.codes, base, stored, mine, new Set(changedBy(false).filter(code => !byOthers.has(code))))
}

function changesOf(codes: readonly string[], filled: Filled): Changes {
  return Object.fromEntries(
    codes.map(code => {
      const answer = filled.answers[code]
      const typed = filled.typed[code]
      if (answer === undefined && typed === undefined) return [code, null]
      return [code, { ...(answer === undefined ? {} : { answer }), ...(typed === undefined ? {} : { typed }) }]
    }),
  )
}

/** The new version carries the lists of its section as they are at this moment. */
async function addVersion(
  tx: Tx,
  actor: Actor,
  now: Date,
  { answerSetId, section }: SectionToSave,
  kind: SaveKind | 'set-aside',
  revision: number,
  changes: Changes,
): Promise<string> {
  const id = uuid()
  await sql`
    insert into answer_versions (id, answer_set_id, section, case_id, part, kind, revision, changes, user_id, author, saved_at, readers, editors, withheld)
    select ${id}, answer_set_id, section, case_id, part, ${kind}, ${revision}, ${JSON.stringify(changes)}::jsonb, ${actor.userId}, ${actor.name}, ${now}, readers, editors, withheld
    from answer_sections where answer_set_id = ${answerSetId} and section = ${section}`.execute(tx)
  return id
}

/** An autosaving page comes back every few seconds with the same words: they are set aside once. */
async function setAside(tx: Tx, actor: Actor, now: Date, given: SectionToSave, changes: Changes): Promise<string> {
  const same = await sql<{ id: string }>`
    select id from answer_versions
    where answer_set_id = ${given.answerSetId} and section = ${given.section} and kind = 'set-aside' and user_id = ${actor.userId}
      and changes = ${JSON.stringify(changes)}::jsonb
    order by position desc limit 1`.execute(tx)
  return same.rows[0]?.id ?? addVersion(tx, actor, now, given, 'set-aside', given.base, changes)
}
