import { audit } from '../../audit/index.ts'
import { paths } from '../../paths.ts'
import { formatInstant } from '../../platform/clock.ts'
import type { Answer } from '../../platform/web/answer.ts'
import type { Visit } from '../../platform/web/routes.ts'
import { Button, InsetText } from '../../ui/index.ts'
import type { PartOfCase } from '../part-of-case.ts'
import { type FrameParts, partPage } from '../part-page.tsx'
import type { Note } from './note.ts'
import { NoteArticle } from './note-article.tsx'
import { noteWordsOf } from './note-words.ts'
import { alsoRecordedFor, historyOf, namesOf } from './notes.queries.ts'

/** One note in full, with what it corrected and what corrected it. */
export async function showNote(visit: Visit, parts: FrameParts, part: PartOfCase, note: Note): Promise<Answer> {
  const { tx, actor, clock } = visit
  const others = await alsoRecordedFor(tx, note)
  await audit(tx, actor, clock.now(), {
    action: 'case-note-opened',
    subject: { type: 'case-note', id: note.id },
    personId: part.personId,
    caseId: part.caseId,
    ...(others.length > 0 ? { detail: { alsoFor: others.map(one => one.personId) } } : {}),
  })
  const wordsOf = await noteWordsOf(tx, part.serviceArea)
  const history = await historyOf(tx, note)
  const named = note.namedReaders && (await namesOf(tx, note.namedReaders))
  const mayRestrict = part.mayEdit && actor.capabilities.has('restrict')
  const body = (
    <>
      {named
        ? InsetText({ text: `Restricted: only ${listed(named)} may read this note.${note.namedBecause ? ` ${note.namedBecause}` : ''}` })
        : null}
      {history.map(one => (
        <NoteArticle key={one.id} note={one} wordsOf={wordsOf} level={2} />
      ))}
      {others.length > 0 ? (
        <p class="govuk-body">
          The same contact is on the record of{' '}
          {others.flatMap((one, index) => [
            index > 0 ? ', ' : '',
            <a key={one.id} class="govuk-link" href={paths.notes.show(one.caseId, one.id)}>
              {one.personName}
            </a>,
          ])}
          , as far as you may see. Whoever may not see them is told nothing of them.
        </p>
      ) : null}
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
  const title = `${wordsOf('note-type', note.noteType)}, ${formatInstant(note.happenedAt)}`
  return partPage(visit, parts, part, title, body, { current: 'notes' })
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}
