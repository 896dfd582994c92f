import { audit } from '../../audit/index.ts'
import { labelsOf, optionsOf } from '../../lists/index.ts'
import { paths } from '../../paths.ts'
import { formatInstant, londonTime } from '../../platform/clock.ts'
import { type Answer, json, notFound, redirect } from '../../platform/web/answer.ts'
import type { Routes, Visit } from '../../platform/web/routes.ts'
import { Button, errorFor, errorSummaryFor, type FieldError, Form, Input, InsetText } from '../../ui/index.ts'
import { isId } from '../load-case.ts'
import { colleaguesAmong, openPart, openPartToEdit, type PartOfCase } from '../part-of-case.ts'
import { type FrameParts, partPage } from '../part-page.tsx'
import { discardDraft, findDraft, saveDraft } from './drafts.ts'
import { defaultsFor, type Note, readNamed, readNote, type Typed, typedFrom, typedFromNote } from './note.ts'
import { NoteArticle } from './note-article.tsx'
import { NoteForm, readersQuestion } from './note-form.tsx'
import { findNote, historyOf, namesOf } from './notes.queries.ts'
import { listNotes, printNotes } from './notes-list.tsx'
import { addNote, correctNote, nameReaders } from './record-note.ts'

/** `/cases/:caseId/notes…`: read, add, correct, restrict, print. */
export function noteRoutes(routes: Routes, parts: FrameParts): void {
  const list = '/cases/:caseId/notes'
  routes.get(list, { may: 'read-records' }, visit => withPart(visit, part => listNotes(visit, parts, part)))
  routes.get(`${list}/print`, { may: 'read-records' }, visit => withPart(visit, part => printNotes(visit, part)))
  routes.get(`${list}/new`, { may: 'record' }, visit => withPartToEdit(visit, part => showNew(visit, parts, part)))
  routes.post(`${list}/new`, { may: 'record' }, visit => withPartToEdit(visit, part => postNew(visit, parts, part)))
  routes.post(`${list}/draft`, { may: 'record', repeatable: true }, visit => withPartToEdit(visit, part => postDraft(visit, part)))
  routes.get(`${list}/:noteId`, { may: 'read-records' }, visit =>
    withNote(visit, false, (part, note) => showNote(visit, parts, part, note)),
  )
  routes.get(`${list}/:noteId/correct`, { may: 'record' }, visit =>
    withNote(visit, true, (part, note) => showCorrect(visit, parts, part, note)),
  )
  routes.post(`${list}/:noteId/correct`, { may: 'record' }, visit =>
    withNote(visit, true, (part, note) => postCorrect(visit, parts, part, note)),
  )
  routes.get(`${list}/:noteId/readers`, { may: 'restrict' }, visit =>
    withNote(visit, true, (part, note) => showReaders(visit, parts, part, note, [])),
  )
  routes.post(`${list}/:noteId/readers`, { may: 'restrict' }, visit =>
    withNote(visit, true, (part, note) => postReaders(visit, parts, part, note)),
  )
}

async function withPart(visit: Visit, work: (part: PartOfCase) => Promise<Answer>): Promise<Answer> {
  const part = await openPart(visit.tx, visit.actor, visit.params.caseId ?? '', 'notes')
  return part ? work(part) : notFound()
}

async function withPartToEdit(visit: Visit, work: (part: PartOfCase) => Promise<Answer>): Promise<Answer> {
  return withPart(visit, async part => (part.mayEdit ? work(part) : notFound()))
}

async function withNote(visit: Visit, toEdit: boolean, work: (part: PartOfCase, note: Note) => Promise<Answer>): Promise<Answer> {
  const open = toEdit ? openPartToEdit : openPart
  const part = await open(visit.tx, visit.actor, visit.params.caseId ?? '', 'notes')
  const note = part && (await findNote(visit.tx, part.caseId, visit.params.noteId ?? ''))
  return part && note ? work(part, note) : notFound()
}

// ── A new note ──────────────────────────────────────────────────────────────────────────────────────────────────────────

async function showNew(visit: Visit, parts: FrameParts, part: PartOfCase): Promise<Answer> {
  const draft = await findDraft(visit.tx, visit.actor, { caseId: part.caseId, about: part.caseId })
  return newPage(visit, parts, part, draft?.typed ?? defaultsFor(visit.clock.now()), [], draft?.savedAt)
}

async function postNew(visit: Visit, parts: FrameParts, part: PartOfCase): Promise<Answer> {
  const { tx, actor, clock, fields } = visit
  const about = { caseId: part.caseId, about: part.caseId }
  if (fields.text('_then') === 'draft') return keepForLater(visit, part, about.about)
  if (fields.text('_then') === 'discard') {
    await discardDraft(tx, actor, about)
    return redirect(paths.notes.add(part.caseId), { notice: 'Draft discarded.' })
  }
  const now = clock.now()
  const types = await optionsOf(tx, 'note-type', part.serviceArea)
  const chosen = fields.text('restricted') === 'named' ? await nameable(visit, part) : []
  const reading = readNote(fields, types, chosen, now)
  if (!reading.ok) {
    // What was typed is on the page again, and kept as well: an error page can be lost too.
    await saveDraft(tx, actor, now, about, fields)
    return newPage(visit, parts, part, fields, reading.errors)
  }
  const typeName = types.find(type => type.code === reading.note.noteType)?.label ?? reading.note.noteType
  await addNote(tx, actor, now, part, { ...reading.note, typeName })
  await discardDraft(tx, actor, about)
  return redirect(paths.notes.list(part.caseId), { notice: 'Note saved.' })
}

async function newPage(
  visit: Visit,
  parts: FrameParts,
  part: PartOfCase,
  typed: Typed,
  errors: readonly FieldError[],
  savedAt?: Date,
): Promise<Answer> {
  const body = (
    <>
      {savedAt ? draftNotice(visit, paths.notes.add(part.caseId), savedAt) : null}
      <NoteForm
        form={visit.form}
        caseId={part.caseId}
        action={paths.notes.add(part.caseId)}
        typed={typed}
        errors={errors}
        types={await optionsOf(visit.tx, 'note-type', part.serviceArea)}
        nameable={await nameable(visit, part)}
        about={part.caseId}
        correction={false}
      />
    </>
  )
  return partPage(visit, parts, part, 'Add a note', body, { current: 'notes', hasErrors: errors.length > 0, narrow: true })
}

const draftNotice = (visit: Visit, action: string, savedAt: Date) => (
  <Form {...visit.form} action={action}>
    {InsetText({
      children: (
        <>
          <p class="govuk-body">This is what you had written. It was saved at {formatInstant(savedAt)}.</p>
          {Button({ text: 'Discard it and start again', classes: 'govuk-button--secondary', name: '_then', value: 'discard' })}
        </>
      ),
    })}
  </Form>
)

// ── Drafts ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** What the page saves by itself as it is typed into. */
async function postDraft(visit: Visit, part: PartOfCase): Promise<Answer> {
  const about = await aboutOf(visit, part)
  if (!about) return notFound()
  const now = visit.clock.now()
  // A draft that was still on its way when its note was saved comes too late.
  if (await isSavedAlready(visit)) return json({ ok: true, message: 'Saved' })
  await saveDraft(visit.tx, visit.actor, now, { caseId: part.caseId, about }, visit.fields)
  return json({ ok: true, savedAt: londonTime(now), message: `Draft saved at ${londonTime(now)}` })
}

async function isSavedAlready({ tx, fields }: Visit): Promise<boolean> {
  const once = fields.text('_once')
  if (!isId(once)) return false
  const row = await tx.selectFrom('submissions').select('location').where('once', '=', once).executeTakeFirst()
  return Boolean(row?.location)
}

async function keepForLater(visit: Visit, part: PartOfCase, about: string): Promise<Answer> {
  const now = visit.clock.now()
  await saveDraft(visit.tx, visit.actor, now, { caseId: part.caseId, about }, visit.fields)
  return redirect(paths.cases.show(part.caseId), {
    notice: `Draft saved at ${londonTime(now)}. You will find it when you add a note again.`,
  })
}

/** Only ever this case or a note of it, whatever the form says. */
async function aboutOf(visit: Visit, part: PartOfCase): Promise<string | undefined> {
  const said = visit.fields.text('_about')
  if (said === '' || said === part.caseId) return part.caseId
  return (await findNote(visit.tx, part.caseId, said))?.id
}

// ── One note ────────────────────────────────────────────────────────────────────────────────────────────────────────────

async function showNote(visit: Visit, parts: FrameParts, part: PartOfCase, note: Note): Promise<Answer> {
  const { tx, actor, clock } = visit
  await audit(tx, actor, clock.now(), {
    action: 'case-note-opened',
    subject: { type: 'case-note', id: note.id },
    personId: part.personId,
    caseId: part.caseId,
  })
  const labels = await labelsOf(tx, 'note-type', part.serviceArea)
  const history = await historyOf(tx, note)
  const named = note.namedReaders && (await namesOf(tx, note.namedReaders))
  const mayRestrict = part.mayEdit && actor.capabilities.has('restrict')
  const body = (
    <>
      {named
        ? InsetText({ text: `Restricted: only ${listed(named)} may read this note.${note.namedBecause ? ` ${note.namedBecause}` : ''}` })
        : null}
      {history.map(one => (
        <NoteArticle key={one.id} note={one} typeName={labels.get(one.noteType) ?? one.noteType} level={2} />
      ))}
      <div class="govuk-button-group ly-no-print">
        {part.mayEdit && !note.correctedBy
          ? Button({ text: 'Correct this note', href: paths.notes.correct(part.caseId, note.id), classes: 'govuk-button--secondary' })
          : null}
        {mayRestrict ? (
          <a class="govuk-link" href={paths.notes.readers(part.caseId, note.id)}>
            Change who may read it
          </a>
        ) : null}
        <a class="govuk-link" href={paths.notes.list(part.caseId)}>
          All notes
        </a>
      </div>
    </>
  )
  const typeName = labels.get(note.noteType) ?? note.noteType
  return partPage(visit, parts, part, `${typeName}, ${formatInstant(note.happenedAt)}`, body, { current: 'notes' })
}

async function showCorrect(visit: Visit, parts: FrameParts, part: PartOfCase, note: Note): Promise<Answer> {
  const draft = await findDraft(visit.tx, visit.actor, { caseId: part.caseId, about: note.id })
  return correctPage(visit, parts, part, note, draft?.typed ?? typedFromNote(note), [], draft?.savedAt)
}

async function postCorrect(visit: Visit, parts: FrameParts, part: PartOfCase, note: Note): Promise<Answer> {
  const { tx, actor, clock, fields } = visit
  const about = { caseId: part.caseId, about: note.id }
  if (fields.text('_then') === 'draft') return keepForLater(visit, part, note.id)
  if (fields.text('_then') === 'discard') {
    await discardDraft(tx, actor, about)
    return redirect(paths.notes.correct(part.caseId, note.id), { notice: 'Draft discarded.' })
  }
  const now = clock.now()
  const types = await optionsOf(tx, 'note-type', part.serviceArea, note.noteType)
  const reading = readNote(fields, types, [], now)
  const reason = fields.text('correction-reason')
  const errors: FieldError[] = []
  if (!reason) errors.push({ field: 'correction-reason', message: 'Enter what was wrong with the note' })
  else if ([...reason].length > 500) errors.push({ field: 'correction-reason', message: 'What was wrong must be 500 characters or fewer' })
  if (!reading.ok) errors.push(...reading.errors)
  if (!reading.ok || errors.length > 0) {
    await saveDraft(tx, actor, now, about, fields)
    return correctPage(visit, parts, part, note, fields, errors)
  }
  const typeName = types.find(type => type.code === reading.note.noteType)?.label ?? reading.note.noteType
  const outcome = await correctNote(tx, actor, now, part, note, { ...reading.note, typeName, reason })
  if (!outcome.ok) {
    await saveDraft(tx, actor, now, about, fields)
    const message = 'Somebody has corrected this note already. Read their correction; if that is wrong too, correct it instead'
    return correctPage(visit, parts, part, (await findNote(tx, part.caseId, note.id)) ?? note, fields, [{ field: '', message }])
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
  savedAt?: Date,
): Promise<Answer> {
  const labels = await labelsOf(visit.tx, 'note-type', part.serviceArea)
  const action = paths.notes.correct(part.caseId, note.id)
  const body = (
    <>
      {savedAt ? draftNotice(visit, action, savedAt) : null}
      <p class="govuk-body">A note is never changed. Your correction is kept beside it, and both can be read.</p>
      <NoteArticle note={note} typeName={labels.get(note.noteType) ?? note.noteType} level={2} />
      <h2 class="govuk-heading-m">Your correction</h2>
      <NoteForm
        form={visit.form}
        caseId={part.caseId}
        action={action}
        typed={typed}
        errors={errors}
        types={await optionsOf(visit.tx, 'note-type', part.serviceArea, note.noteType)}
        nameable={[]}
        about={note.id}
        correction
      />
    </>
  )
  return partPage(visit, parts, part, 'Correct a note', body, { current: 'notes', hasErrors: errors.length > 0, narrow: true })
}

// ── Who may read it ─────────────────────────────────────────────────────────────────────────────────────────────────────

async function showReaders(
  visit: Visit,
  parts: FrameParts,
  part: PartOfCase,
  note: Note,
  errors: readonly FieldError[],
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

async function postReaders(visit: Visit, parts: FrameParts, part: PartOfCase, note: Note): Promise<Answer> {
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

async function nameable(visit: Visit, part: PartOfCase) {
  if (!visit.actor.capabilities.has('restrict')) return []
  const colleagues = await colleaguesAmong(visit.tx, part.lists, visit.clock.now(), { near: visit.actor, limit: 100 })
  return colleagues.filter(one => one.principal !== visit.actor.principal)
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}
