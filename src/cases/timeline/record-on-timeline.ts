import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { type Lists, listsForPart, type SectionOfForm, sectionInText } from '../../access/index.ts'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { isFoundByItself, writeTimelineTexts } from './texts-of-timeline.ts'

/** What a line of the timeline is about: what its filters offer. */
export type TimelineKind =
  | 'referral'
  | 'contact'
  | 'own-words'
  | 'appointment'
  | 'risk'
  | 'assessment'
  | 'plan'
  | 'document'
  | 'task'
  | 'group'
  | 'people'
  | 'message'

export type NewTimelineEntry = {
  caseId: string
  /** When it happened, which may be before it is recorded. */
  at: Date
  /** When it is recorded, where that is not when it happened. */
  recordedAt?: Date
  kind: TimelineKind
  /** The part of the case that the source belongs to, as in db/protected-tables.ts: a share of that part shows the line too. */
  part: string
  title: string
  /** The first words of it; cut at 300 characters. */
  summary?: string
  source: { type: string; id: string }
  /** Where it is read in full. */
  href?: string
  actor: Actor
  /** A danger. The title says which. */
  grave?: boolean
  /** Only these people, and only if they may see the case: a restricted note. */
  namedReaders?: readonly number[] | null
  /** The row's lists where the caller has just asked for them. */
  lists?: Lists
  /** Sections of forms that its source follows from: whoever one is withheld from does not see the line. */
  followsFrom?: readonly SectionOfForm[]
}

/** Puts a line in the person's timeline, in the transaction that records its source, and lets it be found by its words. Answers its id. */
export async function recordOnTimeline(tx: Tx, entry: NewTimelineEntry): Promise<string> {
  const id = uuid()
  const sections = entry.followsFrom ?? []
  const lists = entry.lists ?? (await listsForPart(tx, entry.caseId, entry.part, sections, entry.source.id))
  const post = entry.actor.posts.find(one => one.serviceArea !== null)
  const author = [entry.actor.name, post?.teamName ?? entry.actor.agencyName].filter(Boolean).join(', ')
  const added = await sql`
    insert into timeline_entries (id, person_id, case_id, at, kind, part, title, summary, source_type, source_id, href, service_area, worker_id, author, grave,
      named_readers, further_sections, readers, editors, withheld)
    select ${id}, c.person_id, c.id, ${entry.at}, ${entry.kind}, ${entry.part}, ${entry.title}, ${shortened(entry.summary ?? '')}, ${entry.source.type}, ${entry.source.id},
      ${entry.href ?? ''}, c.service_area, ${entry.actor.userId}, ${author}, ${entry.grave ?? false}, ${entry.namedReaders ? [...entry.namedReaders] : null}::int[],
      ${sections.map(sectionInText)}::text[], ${lists.readers}::int[], ${lists.editors}::int[], ${lists.withheld}::int[]
    from cases c where c.id = ${entry.caseId}`.execute(tx)
  if (added.numAffectedRows !== 1n) throw new Error('A line of the timeline was not written.')
  if (!isFoundByItself(entry.source.type)) await writeTimelineTexts(tx, entry.recordedAt ?? entry.at, [{ id, words: entry.summary ?? '' }])
  return id
}

/** At most 300 characters, cut between words. */
export function shortened(text: string): string {
  const oneLine = text.replace(/\s+/gu, ' ').trim()
  const letters = [...oneLine]
  if (letters.length <= 300) return oneLine
  const cut = letters.slice(0, 299).join('')
  const space = cut.lastIndexOf(' ')
  return `${space > 200 ? cut.slice(0, space) : cut}…`
}
