import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import type { SectionOfForm } from '../../access/index.ts'
import { listsForPart, sectionFromText, sectionInText } from '../../access/index.ts'
import { audit, auditAll } from '../../audit/index.ts'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { LetterOptions } from '../merge/compose.ts'
import type { About, Writing } from '../merge/letter-of-case.ts'

/** A letter that somebody is writing. Theirs alone. */
export type Draft = {
  readonly id: string
  readonly caseId: string
  /** Of a letter that is written again. */
  readonly documentId: string | null
  readonly templateCode: string
  readonly templateVersion: number
  readonly title: string
  readonly wording: string
  readonly options: LetterOptions
  /** Sections of forms that the wording follows from. */
  readonly sections: readonly SectionOfForm[]
  readonly savedAt: Date
}
export type NewDraft = Omit<Draft, 'id' | 'savedAt'>

/** Begins a draft. The caller has shown that the actor may add to the case's documents. */
export async function beginDraft(tx: Tx, actor: Actor, now: Date, draft: NewDraft): Promise<string> {
  const id = uuid()
  await keepDraft(tx, actor, now, { ...draft, id })
  return id
}

async function keepDraft(tx: Tx, actor: Actor, now: Date, draft: NewDraft & Pick<Draft, 'id'>): Promise<void> {
  const { readers, editors, withheld } = await listsForPart(tx, draft.caseId, 'documents', draft.sections)
  await tx
    .insertInto('letter_drafts')
    .values({
      id: draft.id,
      owner: actor.principal,
      case_id: draft.caseId,
      document_id: draft.documentId,
      template_code: draft.templateCode,
      template_version: draft.templateVersion,
      title: draft.title,
      wording: draft.wording,
      options: JSON.stringify(draft.options),
      further_sections: draft.sections.map(sectionInText),
      saved_at: now,
      readers,
      editors,
      withheld,
    })
    .execute()
}

export async function findDraft(tx: Tx, actor: Actor, caseId: string, id: string): Promise<Draft | undefined> {
  return (await draftsWhere(tx, actor, caseId)).find(draft => draft.id === id)
}

/** What the actor is writing on a case, the latest first. */
export async function draftsWhere(tx: Tx, actor: Actor, caseId: string): Promise<Draft[]> {
  const { rows } = await sql<Omit<Draft, 'sections'> & { sections: string[] }>`
    select id, case_id as "caseId", document_id as "documentId", template_code as "templateCode", template_version as "templateVersion", title, wording,
      options, further_sections as sections, saved_at as "savedAt"
    from letter_drafts where owner = ${actor.principal} and case_id = ${caseId} order by saved_at desc, id desc`.execute(tx)
  return rows.map(row => ({ ...row, sections: row.sections.map(sectionFromText) }))
}

/** Writes a draft anew: what it follows from may have changed, and with it from whom it is withheld. */
export async function saveDraft(tx: Tx, actor: Actor, now: Date, draft: Omit<Draft, 'savedAt'>): Promise<void> {
  await discardDraft(tx, draft.id)
  await keepDraft(tx, actor, now, draft)
}

export async function discardDraft(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('letter_drafts').where('id', '=', id).execute()
}

type HappenedToDraft = 'letter-draft-opened' | 'letter-draft-saved' | 'letter-draft-discarded'

/** Keeps in the audit that a draft, which holds what the record says, was read or changed. */
export async function tellOfDraft({ tx, actor, clock }: Writing, about: About, action: HappenedToDraft): Promise<void> {
  const { theCase, person, addressees } = about
  await audit(tx, actor, clock.now(), { action, subject: { type: 'case', id: theCase.id }, personId: person.id, caseId: theCase.id })
  // Their address was shown. On their own records nothing says about whom the letter is.
  if (action === 'letter-draft-opened' && addressees.length > 0) {
    const shown = addressees.map(({ record }) => ({
      action: 'letter-addressee-shown',
      subject: { type: 'person', id: record.id },
      personId: record.id,
    }))
    await auditAll(tx, actor, clock.now(), shown)
  }
}
