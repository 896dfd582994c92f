import { paths } from '../../paths.ts'
import { type Answer, redirect } from '../../platform/web/answer.ts'
import type { Visit } from '../../platform/web/routes.ts'
import type { FieldError } from '../../ui/index.ts'
import type { PartOfCase } from '../part-of-case.ts'
import { type FrameParts, partPage } from '../part-page.tsx'
import type { Typed } from '../typed.ts'
import { ofChosenKind } from './contact-kinds.ts'
import { type Draft, discardDraft, findDraft, saveDraft } from './drafts.ts'
import { draftNotice, keepForLater } from './keep-draft.tsx'
import type { Note } from './note.ts'
import { NoteArticle } from './note-article.tsx'
import { NoteForm } from './note-form.tsx'
import { choicesFor, noteWordsOf, titleOf } from './note-words.ts'
import { findNote } from './notes.queries.ts'
import { readNote } from './read-note.ts'
import { correctNote } from './record-note.ts'
import { typedFromNote } from './typed-note.ts'

export async function showCorrect(visit: Visit, parts: FrameParts, part: PartOfCase, note: Note): Promise<Answer> {
  const draft = await findDraft(visit.tx, visit.actor, { caseId: part.caseId, about: note.id })
  return correctPage(visit, parts, part, note, draft?.typed ?? typedFromNote(note), [], draft)
}

export async function postCorrect(visit: Visit, parts: FrameParts, part: PartOfCase, note: Note): Promise<Answer> {
  const { tx, actor, clock, fields } = visit
  const about = { caseId: part.caseId, about: note.id }
  if (fields.text('_then') === 'draft') return keepForLater(visit, part, note.id)
  if (fields.text('_then') === 'discard') {
    await discardDraft(tx, actor, about)
    return redirect(paths.notes.correct(part.caseId, note.id), { notice: 'Draft discarded.' })
  }
  const now = clock.now()
  const reading = readNote(fields, await choicesFor(tx, part.serviceArea, note.noteType), [], now)
  const reason = fields.text('correction-reason')
  const errors: FieldError[] = []
  if (!reason) errors.push({ field: 'correction-reason', message: 'Enter what was wrong with the note' })
  else if ([...reason].length > 500) errors.push({ field: 'correction-reason', message: 'What was wrong must be 500 characters or fewer' })
  if (!reading.ok) errors.push(...reading.errors)
  if (!reading.ok || errors.length > 0) {
    await saveDraft(tx, actor, now, about, fields)
    return correctPage(visit, parts, part, note, ofChosenKind(fields, errors), errors)
  }
  const title = titleOf(reading.note, await noteWordsOf(tx, part.serviceArea))
  const outcome = await correctNote(tx, actor, now, part, note, { ...reading.note, title, reason })
  if (!outcome.ok) {
    await saveDraft(tx, actor, now, about, fields)
    const message = 'Somebody has corrected this note already. Read their correction; if that is wrong too, correct it instead'
    return correctPage(visit, parts, part, (await findNote(tx, part.caseId, note.id)) ?? note, ofChosenKind(fields), [
      { field: '', message },
    ])
  }
  await discardDraft(tx, actor, about)
  return redirect(paths.notes.show(part.caseId, outcome.value), { notice: 'Correction saved. The note that it corrects is kept.' })
}

async function correctPage(
  visit: Visit,
  parts: FrameParts,
  part: PartOfCase,
  note: Note,
  typed: Typed,
  errors: readonly FieldError[],
  draft?: Draft,
): Promise<Answer> {
  const action = paths.notes.correct(part.caseId, note.id)
  const body = (
    <>
      {draftNotice(visit, action, draft, typedFromNote(note))}
      <p class="govuk-body">A note is never changed. Your correction is kept beside it, and both can be read.</p>
      <NoteArticle note={note} wordsOf={await noteWordsOf(visit.tx, part.serviceArea)} level={2} />
      <h2 class="govuk-heading-m">Your correction</h2>
      <NoteForm
        form={visit.form}
        part={part}
        action={action}
        typed={typed}
        errors={errors}
        choices={await choicesFor(visit.tx, part.serviceArea, note.noteType)}
        nameable={[]}
        about={note.id}
        correction
        others={[]}
      />
    </>
  )
  return partPage(visit, parts, part, 'Correct a note', body, { current: 'notes', hasErrors: errors.length > 0, narrow: true })
}
