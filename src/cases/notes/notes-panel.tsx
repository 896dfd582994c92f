import type { VNode } from 'preact'
import { paths } from '../../paths.ts'
import { may } from '../../platform/actor.ts'
import type { Visit } from '../../platform/web/routes.ts'
import { Button } from '../../ui/index.ts'
import type { Case } from '../load-case.ts'
import { panelPart } from '../part-of-case.ts'
import { findDraft, isWritten } from './drafts.ts'
import { noteWordsOf } from './note-words.ts'
import { notesOf } from './notes.queries.ts'
import { latestNotes } from './notes-list.tsx'

/** The latest notes on the case's page, and the way to add one. Null for somebody who may not read the notes. */
export async function NotesPanel(visit: Visit, theCase: Case): Promise<VNode | null> {
  const part = await panelPart(visit.tx, visit.actor, theCase, 'notes')
  if (!part) return null
  const caseId = theCase.id
  const notes = await notesOf(visit.tx, caseId, { limit: 3 })
  const mayAdd = part.mayEdit && may(visit.actor, 'record')
  const draft = mayAdd ? await findDraft(visit.tx, visit.actor, { caseId, about: caseId }) : undefined
  return (
    <section aria-labelledby="notes-panel">
      <h2 class="govuk-heading-m" id="notes-panel">
        Notes
      </h2>
      {notes.length === 0 ? (
        <p class="govuk-body">There are no notes yet.</p>
      ) : (
        latestNotes(notes, await noteWordsOf(visit.tx, part.serviceArea))
      )}
      <div class="govuk-button-group">
        {mayAdd
          ? Button({
              text: draft && isWritten(draft.typed) ? 'Go on with your draft note' : 'Record a contact',
              href: paths.notes.add(caseId),
              classes: 'govuk-button--secondary',
            })
          : null}
        {notes.length > 0 ? (
          <a class="govuk-link" href={paths.notes.list(caseId)}>
            All notes
          </a>
        ) : null}
      </div>
    </section>
  )
}
