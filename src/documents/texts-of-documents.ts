import { sql } from 'kysely'
import type { Tx } from '../platform/db/database.ts'
import { enqueue } from '../platform/jobs.ts'
import { takeOutTexts, writeTexts } from '../texts/index.ts'

/** Makes a document findable by its title and its file's name as they now stand; what is in the file is read by a job. */
export async function writeDocumentName(tx: Tx, documentId: string, personId: string): Promise<void> {
  await writeTexts(
    tx,
    'document',
    {
      id: sql`d.id`,
      caseId: sql`d.case_id`,
      personId: sql`${personId}::uuid`,
      part: sql.lit('documents'),
      section: { answerSetId: sql`d.answer_set_id`, section: sql`d.section` },
      furtherSections: sql`d.further_sections`,
      kind: sql`d.kind`,
      heading: sql`d.title`,
      name: sql`d.title || ' ' || v.file_name`,
      // Another title leaves the words of the file as they were read.
      words: sql`coalesce((select k.words from texts k where k.source = 'document' and k.source_id = d.id and k.place = ''), '')`,
      authorId: sql`v.added_by`,
      at: sql`v.added_at`,
      recordedAt: sql`v.added_at`,
      lists: 'd',
    },
    sql`documents d join document_versions v on v.document_id = d.id and v.number = d.current_version where d.id = ${documentId}`,
  )
}

/** The job that reads the words in files. */
export const readWordsTask = 'read-words-of-documents'

/** A file may be opened whose words have not been read: a job is put in the queue, one for all that wait. */
export const wantWordsRead = (tx: Tx): Promise<void> => enqueue(tx, readWordsTask, {}, { key: readWordsTask })

/** Another file than before, or one that is on file again: found by its name at once, by its words when they have been read. */
export async function writeDocumentTexts(tx: Tx, documentId: string, personId: string): Promise<void> {
  await takeOutTexts(tx, 'document', documentId)
  await writeDocumentName(tx, documentId, personId)
  await sql`
    update document_versions v set words_read = 'not-yet' from documents d
    where d.id = ${documentId} and v.document_id = d.id and v.number = d.current_version and v.words_read <> 'not-yet'`.execute(tx)
  await wantWordsRead(tx)
}
