import { sql } from 'kysely'
import { holdCase } from '../../access/index.ts'
import { asActor, theSystem } from '../../platform/actor.ts'
import type { Database, Tx } from '../../platform/db/database.ts'
import type { Files } from '../../platform/files.ts'
import { writeTexts } from '../../texts/index.ts'
import { mayHaveWords, type WordsOfFile, wordsOfFile } from './words-of-file.ts'

export type ReadingParts = {
  /** Of the worker's role: the system itself may read any file that a scanner has not kept shut. */
  database: Database
  files: Files
  signal: AbortSignal
}

/**
 * Makes the words in files findable: every file that is on file, may be opened and has not been read. Safe to repeat, and to run twice at
 * once. A file that the disk does not give today waits for the next time, and keeps no other waiting.
 */
export async function readWordsOfDocuments(parts: ReadingParts): Promise<void> {
  const faults: unknown[] = []
  let last: Waiting | undefined
  while (!parts.signal.aborted) {
    const file = await asActor(parts.database, reader, 'read', tx => nextFile(tx, last))
    if (!file) break
    await readWords(parts, file).catch(fault => faults.push(fault))
    last = file
  }
  if (faults.length > 0) throw faults[0]
}

async function readWords(parts: ReadingParts, file: Waiting): Promise<void> {
  const kept = mayHaveWords(file.contentType) ? await parts.files.read(file.key) : 'not asked for'
  if (kept === undefined) return
  // Not inside a transaction: a long report takes its time.
  const found: WordsOfFile = kept === 'not asked for' ? { outcome: 'no-words' } : await wordsOfFile(kept.content, file.contentType)
  await asActor(parts.database, reader, 'write', tx => write(tx, file, found))
}

type Waiting = { id: string; addedAt: string; documentId: string; caseId: string; contentType: string; key: string }

/** Only the latest file of a document is searched. */
async function nextFile(tx: Tx, last: Waiting | undefined): Promise<Waiting | undefined> {
  const { rows } = await sql<Waiting>`
    select v.id, v.document_id as "documentId", v.case_id as "caseId", v.content_type as "contentType", v.storage_key as key, v.added_at::text as "addedAt"
    from document_versions v join documents d on d.id = v.document_id and d.current_version = v.number and d.withdrawn_at is null
    where v.words_read = 'not-yet' and v.scan in ('clean', 'not-scanned')
      ${last ? sql`and (v.added_at, v.id) > (${last.addedAt}::timestamptz, ${last.id}::uuid)` : sql``} order by v.added_at, v.id limit 1`.execute(
    tx,
  )
  return rows[0]
}

/** The words stand beside the document's name, under the lists that the name carries at this moment. A long document is several texts. */
async function write(tx: Tx, file: Waiting, found: WordsOfFile): Promise<void> {
  await holdCase(tx, file.caseId)
  const marked = await sql`
    update document_versions v set words_read = ${found.outcome} from documents d
    where v.id = ${file.id} and d.id = v.document_id and d.current_version = v.number and d.withdrawn_at is null`.execute(tx)
  if (marked.numAffectedRows !== 1n || found.outcome !== 'read') return
  const stretches = stretchesOf(found.words)
  const places = stretches.map((_, place) => (place === 0 ? '' : String(place + 1).padStart(3, '0')))
  await writeTexts(
    tx,
    'document',
    {
      id: sql`k.source_id`,
      place: sql`w.place`,
      caseId: sql`k.case_id`,
      personId: sql`k.person_id`,
      part: sql`k.part`,
      section: { answerSetId: sql`k.answer_set_id`, section: sql`k.section` },
      furtherSections: sql`k.further_sections`,
      kind: sql`k.kind`,
      heading: sql`k.heading`,
      name: sql`case when w.place = '' then k.name else '' end`,
      words: sql`w.words`,
      authorId: sql`k.author_id`,
      at: sql`k.at`,
      recordedAt: sql`k.recorded_at`,
      lists: 'k',
    },
    sql`unnest(${places}::text[], ${stretches}::text[]) as w (place, words) join texts k on k.source = 'document' and k.source_id = ${file.documentId} and k.place = ''`,
  )
}

/** What one text holds: showing where something was found goes through all of it. */
const longest = 20_000

/** A document in stretches, cut between words. */
export function stretchesOf(words: string): string[] {
  const stretches: string[] = []
  let rest = words
  while (rest.length > longest) {
    const space = rest.slice(0, longest).search(/\s\S*$/)
    const end = space > longest / 2 ? space : longest
    stretches.push(rest.slice(0, end))
    rest = rest.slice(end).trimStart()
  }
  return [...stretches, rest]
}

/** Signed in as nobody and holding no principal, which is what its policies ask for (db/policies/texts.sql). */
const reader = theSystem('Reader of documents')
