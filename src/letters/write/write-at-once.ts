import { aboutCase, type Writing } from '../merge/letter-of-case.ts'
import { templatesFor } from '../templates/templates.queries.ts'
import { beginLetter } from './begin-letter.ts'
import { findDraft } from './drafts.queries.ts'
import { type ProducingParts, produce } from './produce.ts'

export type LetterAtOnce = {
  caseId: string
  /** The code of a template that the writer may use. */
  template: string
  /** Changes of the wording for this one letter. */
  edit?: (wording: string) => string
  /** Signs it with the writer's own name, typed. */
  signed?: boolean
}

/** Writes a letter from beginning to end, as the demonstration does. Throws where something is in the way. Answers its document. */
export async function writeLetter(
  writing: Writing,
  parts: ProducingParts,
  { caseId, template, edit, signed }: LetterAtOnce,
): Promise<string> {
  const { tx, actor } = writing
  const about = await aboutCase(writing, caseId)
  const chosen = about && (await templatesFor(tx, actor, about.theCase.serviceArea)).find(one => one.code === template)
  if (!about || !chosen) throw new Error(`The letter ${template} cannot be written here.`)
  const draft = await findDraft(tx, actor, caseId, await beginLetter(writing, about, chosen))
  if (!draft) throw new Error('A draft that was begun is not there.')
  const signature = signed ? ({ signer: 'user', name: about.writer.name, drawing: null } as const) : null
  const options = { ...draft.options, delivery: draft.options.delivery || ('hand' as const) }
  const edited = { ...draft, options, wording: edit ? edit(draft.wording) : draft.wording }
  const produced = await produce(writing, parts, { draft: edited, about, format: 'pdf', signature })
  if (!produced.ok) throw new Error(`The letter ${template} is not ready: ${(produced.obstacles ?? []).map(one => one.message).join('; ')}`)
  return produced.value
}
