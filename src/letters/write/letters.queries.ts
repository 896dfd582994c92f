import { sql } from 'kysely'
import { listsForPart, sectionFromText, sectionInText } from '../../access/index.ts'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { LetterOptions } from '../merge/compose.ts'
import type { Paper } from '../paper/paper.ts'
import type { Draft } from './drafts.queries.ts'

/** What a version of a document was made of. */
export type Letter = Pick<Draft, 'caseId' | 'templateCode' | 'templateVersion' | 'wording' | 'sections'> & {
  readonly documentId: string
  readonly number: number
  readonly options: LetterOptions
  readonly contentHash: string
}

export type LetterOnFile = Letter & { readonly paper: Paper; readonly producedBy: string }

/** Keeps what was produced beside its document's version. Never changed. */
export async function keepLetter(tx: Tx, actor: Actor, now: Date, letter: Letter & { paper: Paper }): Promise<void> {
  if (!actor.userId) throw new Error('Only a user produces letters.')
  const { readers, editors, withheld } = await listsForPart(tx, letter.caseId, 'documents', letter.sections, letter.documentId)
  await tx
    .insertInto('letters')
    .values({
      document_id: letter.documentId,
      number: letter.number,
      case_id: letter.caseId,
      further_sections: letter.sections.map(sectionInText),
      template_code: letter.templateCode,
      template_version: letter.templateVersion,
      wording: letter.wording,
      options: JSON.stringify(letter.options),
      paper: JSON.stringify(letter.paper),
      content_hash: letter.contentHash,
      produced_at: now,
      produced_by: actor.userId,
      readers,
      editors,
      withheld,
    })
    .execute()
}

/** The latest letter that a document was made of. Undefined for a document that is none, or not the actor's to see. */
export async function letterOf(tx: Tx, documentId: string): Promise<LetterOnFile | undefined> {
  const { rows } = await sql<Omit<LetterOnFile, 'sections'> & { sections: string[] }>`
    select document_id as "documentId", number, case_id as "caseId", template_code as "templateCode", template_version as "templateVersion", wording,
      options, further_sections as sections, content_hash as "contentHash", paper, produced_by as "producedBy"
    from letters where document_id = ${documentId} order by number desc limit 1`.execute(tx)
  return rows[0] && { ...rows[0], sections: rows[0].sections.map(sectionFromText) }
}
