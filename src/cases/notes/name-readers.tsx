import { paths } from '../../paths.ts'
import { type Answer, redirect } from '../../platform/web/answer.ts'
import type { Visit } from '../../platform/web/routes.ts'
import { Button, errorFor, errorSummaryFor, type FieldError, Form, Input } from '../../ui/index.ts'
import { type Colleague, colleaguesAmong, type PartOfCase } from '../part-of-case.ts'
import { type FrameParts, partPage } from '../part-page.tsx'
import { type Typed, typedFrom } from '../typed.ts'
import type { Note } from './note.ts'
import { mostNameable, readersQuestion } from './note-form.tsx'
import { readNamed } from './read-note.ts'
import { nameReaders } from './record-note.ts'

export async function showReaders(
  visit: Visit,
  parts: FrameParts,
  part: PartOfCase,
  note: Note,
  errors: readonly FieldError[] = [],
  typed?: Typed,
): Promise<Answer> {
  const now = typed ?? typedFrom({ restricted: [note.namedReaders ? 'named' : 'everyone'], named: (note.namedReaders ?? []).map(String) })
  const action = paths.notes.readers(part.caseId, note.id)
  const body = (
    <Form {...visit.form} action={action} classes="ly-form">
      {errorSummaryFor(errors)}
      <p class="govuk-body">This holds for the note, for what it corrected and for what corrected it. Their authors and you always may.</p>
      {readersQuestion(now, errors, await nameable(visit, part))}
      {Input({ name: 'reason', label: 'Why', value: now.typed('reason'), errorMessage: errorFor(errors, 'reason') })}
      <div class="govuk-button-group">
        {Button({ text: 'Save who may read it' })}
        <a class="govuk-link" href={paths.notes.show(part.caseId, note.id)}>
          Cancel
        </a>
      </div>
    </Form>
  )
  return partPage(visit, parts, part, 'Who may read this note', body, { current: 'notes', hasErrors: errors.length > 0, narrow: true })
}

export async function postReaders(visit: Visit, parts: FrameParts, part: PartOfCase, note: Note): Promise<Answer> {
  const errors: FieldError[] = []
  const chosen = readNamed(visit.fields, await nameable(visit, part), errors)
  const reason = visit.fields.text('reason')
  if (!reason) errors.push({ field: 'reason', message: 'Enter why' })
  else if ([...reason].length > 500) errors.push({ field: 'reason', message: 'Why must be 500 characters or fewer' })
  if (errors.length > 0) return showReaders(visit, parts, part, note, errors, visit.fields)
  await nameReaders(visit.tx, visit.actor, visit.clock.now(), part, note, chosen, reason)
  return redirect(paths.notes.show(part.caseId, note.id), {
    notice: chosen ? 'Only the people named may now read this note.' : 'Everyone who may read the notes may now read this one.',
  })
}

/** Whom a note of this case can be restricted to, beside the actor; nobody where the actor may not restrict. */
export async function nameable(visit: Visit, part: PartOfCase): Promise<Colleague[]> {
  if (!visit.actor.capabilities.has('restrict')) return []
  const colleagues = await colleaguesAmong(visit.tx, part, visit.clock.now(), { near: visit.actor, limit: mostNameable + 1 })
  return colleagues.filter(one => one.principal !== visit.actor.principal)
}
