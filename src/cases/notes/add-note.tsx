import { paths } from '../../paths.ts'
import { type Answer, redirect } from '../../platform/web/answer.ts'
import type { Fields } from '../../platform/web/fields.ts'
import type { Visit } from '../../platform/web/routes.ts'
import type { FieldError } from '../../ui/index.ts'
import { openPartToEdit, type PartOfCase } from '../part-of-case.ts'
import { partPage } from '../part-page.tsx'
import type { Typed } from '../typed.ts'
import { ofChosenKind } from './contact-kinds.ts'
import { type Draft, discardDraft, findDraft, saveDraft } from './drafts.ts'
import { draftNotice, keepForLater } from './keep-draft.tsx'
import { nameable } from './name-readers.tsx'
import { NoteForm } from './note-form.tsx'
import type { NoteParts } from './note-parts.ts'
import { choicesFor, noteWordsOf, titleOf } from './note-words.ts'
import { readNote } from './read-note.ts'
import { addNote, addNoteOnSeveral, type TitledNote } from './record-note.ts'
import { readParts } from './several-people.tsx'
import { defaultsFor } from './typed-note.ts'

export async function showNew(visit: Visit, parts: NoteParts, part: PartOfCase): Promise<Answer> {
  const draft = await findDraft(visit.tx, visit.actor, { caseId: part.caseId, about: part.caseId })
  return newPage(visit, parts, part, draft?.typed ?? defaultsFor(visit.clock.now()), [], draft)
}

export async function postNew(visit: Visit, parts: NoteParts, part: PartOfCase): Promise<Answer> {
  const { tx, actor, clock, fields } = visit
  const about = { caseId: part.caseId, about: part.caseId }
  const then = fields.text('_then')
  const now = clock.now()
  if (then === 'draft') return keepForLater(visit, part, about.about)
  if (then === 'discard') {
    await discardDraft(tx, actor, about)
    return redirect(paths.notes.add(part.caseId), { notice: 'Draft discarded.' })
  }
  if (then === 'others' || then.startsWith('without-')) {
    await saveDraft(tx, actor, now, about, without(fields, then.slice('without-'.length)))
    return redirect(then === 'others' ? paths.notes.others(part.caseId) : paths.notes.add(part.caseId))
  }
  const choices = await choicesFor(tx, part.serviceArea)
  const chosen = fields.text('restricted') === 'named' ? await nameable(visit, part) : []
  const reading = readNote(fields, choices, chosen, now)
  const errors: FieldError[] = reading.ok ? [] : [...reading.errors]
  const others = await othersOf(visit, part, fields)
  const each = reading.ok && others.length > 0 ? await readParts(tx, fields, reading.note, part, others, errors) : []
  if (!reading.ok || errors.length > 0) {
    // What was typed is on the page again, and kept as well: an error page can be lost too.
    await saveDraft(tx, actor, now, about, fields)
    return newPage(visit, parts, part, ofChosenKind(fields, errors), errors)
  }
  const note: TitledNote = { ...reading.note, title: titleOf(reading.note, await noteWordsOf(tx, part.serviceArea)) }
  if (each.length > 0) await addNoteOnSeveral(tx, actor, now, note, each)
  else await addNote(tx, actor, now, part, note)
  if (reading.next) await parts.bookHearing(visit, part, { at: reading.next, court: String(note.details?.['court'] ?? '') })
  await discardDraft(tx, actor, about)
  return redirect(paths.notes.list(part.caseId), { notice: each.length > 0 ? `Note saved on ${each.length} records.` : 'Note saved.' })
}

async function newPage(
  visit: Visit,
  parts: NoteParts,
  part: PartOfCase,
  typed: Typed,
  errors: readonly FieldError[],
  draft?: Draft,
): Promise<Answer> {
  const action = paths.notes.add(part.caseId)
  const body = (
    <>
      {draftNotice(visit, action, draft)}
      <NoteForm
        form={visit.form}
        part={part}
        action={action}
        typed={typed}
        errors={errors}
        choices={await choicesFor(visit.tx, part.serviceArea)}
        nameable={await nameable(visit, part)}
        about={part.caseId}
        correction={false}
        others={await othersOf(visit, part, typed)}
      />
    </>
  )
  return partPage(visit, parts, part, 'Record a contact', body, { current: 'notes', hasErrors: errors.length > 0, narrow: true })
}

/** At most so many records share one note: a group is recorded as group work. */
const mostOthers = 20

/** The further records that the form names, as far as the actor may (still) write there. */
async function othersOf({ tx, actor }: Visit, part: PartOfCase, typed: Typed): Promise<PartOfCase[]> {
  const ids = [...new Set(typed.all('also'))].filter(id => id !== part.caseId).slice(0, mostOthers)
  const others: PartOfCase[] = []
  // In one order, as everybody who holds several cases does.
  for (const id of ids.sort()) {
    const other = await openPartToEdit(tx, actor, id, 'notes')
    if (other) others.push(other)
  }
  return others
}

/** What was typed, one of the further records left out. */
function without(fields: Fields, caseId: string): Pick<Fields, 'toJSON'> {
  const { also = [], ...rest } = fields.toJSON()
  return { toJSON: () => ({ ...rest, also: also.filter(id => id !== caseId) }) }
}
