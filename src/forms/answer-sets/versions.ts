import { sql } from 'kysely'
import type { Tx } from '../../platform/db/database.ts'
import type { Filled } from '../answer.ts'
import { together } from '../fill.ts'
import { type Changes, foldChanges } from './changes.ts'
import type { SaveKind } from './save-sections.ts'

/**
 * One version of the whole form. Savings of one author in a row, each soon after the one before, are one version: nobody wants to
 * read every pause in somebody's typing. `until` names its last saving, for comparing.
 */
export type Version = {
  readonly until: number
  readonly userId: string
  readonly author: string
  readonly from: Date
  readonly to: Date
  readonly sections: readonly string[]
  readonly questions: readonly string[]
}
export type SetEvent = {
  readonly kind: 'started' | 'completed' | 'signed-off' | 'reopened' | 'discarded'
  readonly author: string
  readonly at: Date
  readonly reason: string
}

/** A minute of silence or two is thought; a quarter of an hour is another sitting. */
const sittingMinutes = 15

/** The versions of a form, oldest first, over the sections that the reader may see. */
export async function versionsOf(tx: Tx, answerSetId: string): Promise<Version[]> {
  const { rows: saves } = await savesOf(tx, answerSetId)
  const events = await eventsOf(tx, answerSetId)
  const versions: Version[] = []
  for (const save of saves) {
    const last = versions.at(-1)
    const questions = Object.keys(save.changes)
    const parted =
      last === undefined ||
      last.userId !== save.userId ||
      save.savedAt.getTime() - last.to.getTime() > sittingMinutes * 60_000 ||
      events.some(event => event.at > last.to && event.at <= save.savedAt)
    if (parted)
      versions.push({
        until: save.position,
        userId: save.userId,
        author: save.author,
        from: save.savedAt,
        to: save.savedAt,
        sections: [save.section],
        questions,
      })
    else {
      versions[versions.length - 1] = {
        ...last,
        until: save.position,
        to: save.savedAt,
        sections: [...new Set([...last.sections, save.section])],
        questions: [...new Set([...last.questions, ...questions])],
      }
    }
  }
  return versions
}

/** What was filled in just after a saving, over the sections that the reader may see. Position 0 is the empty form. */
export async function filledAt(tx: Tx, answerSetId: string, position: number): Promise<Filled> {
  const { rows } = await savesOf(tx, answerSetId)
  const bySection = new Map<string, Changes[]>()
  for (const { section, position: at, changes } of rows) {
    if (at > position) continue
    const all = bySection.get(section)
    if (all) all.push(changes)
    else bySection.set(section, [changes])
  }
  return together([...bySection.values()].map(foldChanges))
}

/** Started, completed, signed off, reopened, in order. */
export async function eventsOf(tx: Tx, answerSetId: string): Promise<SetEvent[]> {
  const { rows } =
    await sql<SetEvent>`select kind, author, at, reason from answer_set_events where answer_set_id = ${answerSetId} order by at, id`.execute(
      tx,
    )
  return rows
}

export type Aside = {
  readonly id: string
  readonly section: string
  readonly base: number
  readonly changes: Changes
  readonly userId: string
  readonly author: string
  readonly savedAt: Date
}

/** Words set aside because somebody else had changed the same question, newest first. */
export async function asidesOf(tx: Tx, answerSetId: string): Promise<Aside[]> {
  const { rows } = await sql<Aside>`
    select id, section, revision as base, changes, user_id as "userId", author, saved_at as "savedAt" from answer_versions
    where answer_set_id = ${answerSetId} and kind = 'set-aside' order by position desc`.execute(tx)
  return rows
}

type Save = { position: number; section: string; kind: SaveKind; changes: Changes; userId: string; author: string; savedAt: Date }

function savesOf(tx: Tx, answerSetId: string) {
  return sql<Save>`
    select position, section, kind, changes, user_id as "userId", author, saved_at as "savedAt" from answer_versions
    where answer_set_id = ${answerSetId} and kind <> 'set-aside' order by position`.execute(tx)
}
