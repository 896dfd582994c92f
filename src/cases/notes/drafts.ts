import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { Fields } from '../../platform/web/fields.ts'
import { type KeptTyping, type Typed, typedFrom, typedInstant } from '../typed.ts'
import { ofChosenKind } from './contact-kinds.ts'
import { minutesInWords } from './duration.ts'

export type Draft = { typed: KeptTyping; savedAt: Date }

/** What a draft is of: the case, for a new note; the note that is being corrected, for a correction. */
export type About = { caseId: string; about: string }

/** What this user was still writing about it, if anything (F1). */
export async function findDraft(tx: Tx, actor: Actor, { about }: About): Promise<Draft | undefined> {
  const row = await tx
    .selectFrom('note_drafts')
    .select(['fields', 'saved_at'])
    .where('owner', '=', actor.principal)
    .where('about', '=', about)
    .executeTakeFirst()
  return row && { typed: typedFrom(row.fields as Record<string, string[]>), savedAt: row.saved_at }
}

/** Keeps what has been typed so far, but for what another kind of contact asks. Safe to repeat; the latest wins, since both are the same person's. */
export async function saveDraft(tx: Tx, actor: Actor, now: Date, { caseId, about }: About, fields: Pick<Fields, 'toJSON'>): Promise<void> {
  const typed = Object.entries(ofChosenKind(fields).toJSON()).filter(([name]) => !name.startsWith('_'))
  const kept = JSON.stringify(Object.fromEntries(typed))
  await tx
    .insertInto('note_drafts')
    .values({ owner: actor.principal, about, case_id: caseId, fields: kept, saved_at: now })
    .onConflict(conflict => conflict.columns(['owner', 'about']).doUpdateSet({ fields: kept, saved_at: now }))
    .execute()
}

/** What stands in the form already or is chosen from a list. With nothing but these, nobody has written anything. */
const chosen = /^(note-type|happened-.+|minutes|outcome|also|restricted|named|names-may-stand)$/

/** Whether there is anything in it that its author wrote, beside what the form began with: a correction begins with the note's own words. */
export function isWritten(draft: KeptTyping, begunWith: Typed = typedFrom({})): boolean {
  const names = Object.keys(draft.toJSON()).filter(name => !name.startsWith('_') && !chosen.test(name))
  return names.some(name => draft.text(name) !== begunWith.text(name))
}

/** After the note has been saved, or when its author no longer wants it. */
export async function discardDraft(tx: Tx, actor: Actor, { about }: About): Promise<void> {
  await tx.deleteFrom('note_drafts').where('owner', '=', actor.principal).where('about', '=', about).execute()
}

/** Begins a note with what is known of it already, unless its author is writing another on that case. */
export async function beginNote(
  tx: Tx,
  actor: Actor,
  now: Date,
  caseId: string,
  { noteType, happenedAt, minutes }: { noteType: string; happenedAt: Date; minutes: number },
): Promise<void> {
  if (await findDraft(tx, actor, { caseId, about: caseId })) return
  const typed = { 'note-type': [noteType], ...typedInstant('happened', happenedAt), minutes: [minutesInWords(minutes)] }
  await saveDraft(tx, actor, now, { caseId, about: caseId }, typedFrom(typed))
}
