import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { holdCase } from '../../access/index.ts'
import { audit } from '../../audit/index.ts'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { no } from '../../platform/result.ts'
import type { Answer, Answers, Filled, Typed } from '../answer.ts'
import { onlyThese } from '../fill.ts'
import { changedCodes, type Merge, mergeSection } from '../merge.ts'
import { type Base, revisionOf } from './base.ts'
import { type Changes, changesOf, foldChanges, type SectionSave, savesOfSection } from './changes.ts'
import { type AnswerSetState, isOpen } from './states.ts'
import { writeFormTexts } from './texts-of-forms.ts'

export type SaveKind = 'autosaved' | 'saved' | 'chosen'
export type ToSave = {
  readonly caseId: string
  readonly answerSetId: string
  readonly kind: SaveKind
  readonly sections: readonly SectionToSave[]
}
export type SectionToSave = {
  readonly section: string
  /** The codes of the section's questions. */
  readonly codes: readonly string[]
  /** What the words were written on. */
  readonly base: Base
  readonly filled: Filled
}

/** By section, those that are there for the writer. */
export type Saved = { ok: true; sections: ReadonlyMap<string, SavedSection> } | { ok: false; error: 'not-there' | 'not-open' }

/**
 * `clashes` are questions that somebody else changed after this writer's page was made, and that the writer changed too. Their answer
 * stands; the writer's is kept beside it under `asideId` until they choose. Everything else is saved.
 */
export type SavedSection = {
  readonly revision: number
  /** What the writer's page is based on from now: the new revision, except where something else is kept than their page says. */
  readonly base: Base
  readonly changed: boolean
  readonly clashes: readonly string[]
  readonly asideId?: string
}

/**
 * Saves sections as somebody has them before them. Nobody's words are lost: what another wrote meanwhile is merged question by
 * question, and what cannot be merged is set aside. A writer's own earlier save is written over; words that go by that
 * from another tab are kept as words set aside.
 */
export async function saveSections(tx: Tx, actor: Actor, now: Date, given: ToSave): Promise<Saved> {
  // Before the sections, as whoever changes who may see the case does: in the other order the two would lock each other out.
  await holdCase(tx, given.caseId)
  const locked = await lockSections(tx, given)
  const [first] = locked.values()
  if (first === undefined) return no('not-there')
  if (!isOpen(first.state)) return no('not-open')
  const outcomes: Outcome[] = []
  for (const section of given.sections) {
    const current = locked.get(section.section)
    if (current) outcomes.push(await outcomeOf(tx, actor, given.answerSetId, section, current))
  }
  await write(
    tx,
    actor,
    now,
    given,
    first.personId,
    outcomes.filter(outcome => outcome.changed.length > 0),
  )
  const sections = new Map<string, SavedSection>()
  for (const { section, revision, next, changed, clashes, mine, base, ownBefore } of outcomes) {
    if (ownBefore !== undefined) await setAside(tx, actor, now, given.answerSetId, { section, base: revision - 1, changes: ownBefore })
    const from = Math.min(...clashes.map(code => revisionOf(base, code)))
    const aside =
      clashes.length === 0
        ? {}
        : { asideId: await setAside(tx, actor, now, given.answerSetId, { section, base: from, changes: changesOf(clashes, mine) }) }
    sections.set(section, { revision, base: next, changed: changed.length > 0, clashes, ...aside })
  }
  return { ok: true, sections }
}

type Locked = { section: string; state: AnswerSetState; personId: string; revision: number; answers: Answers; typed: Typed }

/** Locks the sections in one order, and holds the set still, so that nobody completes it meanwhile. Only those that the actor may edit. */
async function lockSections(tx: Tx, { caseId, answerSetId, sections }: ToSave): Promise<Map<string, Locked>> {
  const { rows } = await sql<Locked>`
    select s.section, a.state, a.person_id as "personId", s.revision, s.answers, s.typed
    from answer_sections s join answer_sets a on a.id = s.answer_set_id
    where s.answer_set_id = ${answerSetId} and a.case_id = ${caseId} and s.section = any (${sections.map(one => one.section)}::text[])
    order by s.section for update of s for share of a`.execute(tx)
  return new Map(rows.map(row => [row.section, row]))
}

type Outcome = Merge & {
  readonly section: string
  readonly base: Base
  readonly next: Base
  readonly revision: number
  readonly changed: readonly string[]
  readonly mine: Filled
  /** Words of the writer's own, saved from another tab, that these are written over: kept as words set aside. */
  readonly ownBefore: Changes | undefined
}

async function outcomeOf(
  tx: Tx,
  actor: Actor,
  answerSetId: string,
  { section, codes, base, filled }: SectionToSave,
  current: Locked,
): Promise<Outcome> {
  const stored: Filled = { answers: current.answers, typed: current.typed }
  const mine = onlyThese(filled, codes)
  const isNewest = codes.every(code => revisionOf(base, code) >= current.revision)
  const merge = isNewest
    ? { merged: mine, clashes: [], ownElsewhere: new Set<string>() }
    : await mergeWithOthers(tx, actor, answerSetId, { section, codes, base, filled: mine }, stored)
  const changed = changedCodes(codes, stored, merge.merged)
  const revision = changed.length === 0 ? current.revision : current.revision + 1
  // The page goes on showing these as they were: its next save must not take them for its writer's words on top of the newest.
  const older = new Map(changedCodes(codes, merge.merged, mine).map(code => [code, revisionOf(base, code)]))
  const gone = changed.filter(code => merge.ownElsewhere.has(code) && losesWords(stored.answers[code], merge.merged.answers[code]))
  const ownBefore = gone.length > 0 ? changesOf(gone, stored) : undefined
  return { ...merge, section, base, mine, changed, revision, next: { revision, older }, ownBefore }
}

/** Whether one text is replaced by another that does not go on from it, as a page's does whose last save was not heard of. */
const losesWords = (before: Answer | undefined, after: Answer | undefined): boolean =>
  typeof before === 'string' && before !== '' && !(typeof after === 'string' && after.includes(before))

async function mergeWithOthers(
  tx: Tx,
  actor: Actor,
  answerSetId: string,
  { section, codes, base, filled }: SectionToSave,
  stored: Filled,
): Promise<Merge & { /** Changed by the writer alone since this page was made: in another tab. */ ownElsewhere: ReadonlySet<string> }> {
  const saves = await savesOfSection(tx, answerSetId, section)
  const isSince = (save: SectionSave, code: string) => save.revision > revisionOf(base, code)
  const changedBy = (others: boolean) =>
    saves
      .filter(save => (save.userId !== actor.userId) === others)
      .flatMap(save => Object.keys(save.changes).filter(code => isSince(save, code)))
  const byOthers = new Set(changedBy(true))
  const before = foldChanges(saves.map(save => Object.fromEntries(Object.entries(save.changes).filter(([code]) => !isSince(save, code)))))
  const ownElsewhere = new Set(changedBy(false).filter(code => !byOthers.has(code)))
  return { ...mergeSection(codes, before, stored, filled, ownElsewhere), ownElsewhere }
}

/** One statement for the sections and one for their versions, however many there are. */
async function write(
  tx: Tx,
  actor: Actor,
  now: Date,
  { caseId, answerSetId, kind }: ToSave,
  personId: string,
  outcomes: readonly Outcome[],
): Promise<void> {
  if (outcomes.length === 0) return
  const rows = outcomes.map(({ section, revision, merged, changed }) => ({
    id: uuid(),
    section,
    revision,
    answers: merged.answers,
    typed: merged.typed,
    changes: changesOf(changed, merged),
  }))
  await sql`
    update answer_sections s set revision = n.revision, answers = n.answers, typed = n.typed, saved_by = ${actor.userId}, saved_at = ${now}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as n (section text, revision int, answers jsonb, typed jsonb)
    where s.answer_set_id = ${answerSetId} and s.section = n.section`.execute(tx)
  await addVersions(tx, actor, now, answerSetId, kind, rows)
  await writeFormTexts(
    tx,
    answerSetId,
    rows.map(row => row.section),
  )
  await audit(tx, actor, now, {
    action: 'form-saved',
    subject: { type: 'answer-set', id: answerSetId },
    personId,
    caseId,
    detail: { sections: Object.fromEntries(outcomes.map(({ section, revision, changed }) => [section, { revision, questions: changed }])) },
  })
}

type NewVersion = { readonly id: string; readonly section: string; readonly revision: number; readonly changes: Changes }

/** The new versions carry the lists of their sections as they are at this moment. */
async function addVersions(
  tx: Tx,
  actor: Actor,
  now: Date,
  answerSetId: string,
  kind: SaveKind | 'set-aside',
  versions: readonly NewVersion[],
): Promise<void> {
  const rows = versions.map(({ id, section, revision, changes }) => ({ id, section, revision, changes }))
  await sql`
    insert into answer_versions (id, answer_set_id, section, case_id, part, kind, revision, changes, user_id, author, saved_at, readers, editors, withheld)
    select n.id, s.answer_set_id, s.section, s.case_id, s.part, ${kind}, n.revision, n.changes, ${actor.userId}, ${actor.name}, ${now}, s.readers, s.editors, s.withheld
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as n (id uuid, section text, revision int, changes jsonb)
      join answer_sections s on s.answer_set_id = ${answerSetId} and s.section = n.section
    order by n.section`.execute(tx)
}

type Aside = { readonly section: string; readonly base: number; readonly changes: Changes }

/** An autosaving page comes back every few seconds with the same words: they are set aside once. */
async function setAside(tx: Tx, actor: Actor, now: Date, answerSetId: string, { section, base, changes }: Aside): Promise<string> {
  const same = await sql<{ id: string }>`
    select id from answer_versions
    where answer_set_id = ${answerSetId} and section = ${section} and kind = 'set-aside' and user_id = ${actor.userId}
      and changes = ${JSON.stringify(changes)}::jsonb
    order by position desc limit 1`.execute(tx)
  if (same.rows[0]) return same.rows[0].id
  const id = uuid()
  await addVersions(tx, actor, now, answerSetId, 'set-aside', [{ id, section, revision: base, changes }])
  return id
}
