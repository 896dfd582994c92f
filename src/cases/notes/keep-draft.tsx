import type { VNode } from 'preact'
import { paths } from '../../paths.ts'
import { formatInstant, londonTime } from '../../platform/clock.ts'
import { isId } from '../../platform/id.ts'
import { type Answer, json, notFound, redirect } from '../../platform/web/answer.ts'
import type { Visit } from '../../platform/web/routes.ts'
import { Button, Form, InsetText } from '../../ui/index.ts'
import type { PartOfCase } from '../part-of-case.ts'
import type { Typed } from '../typed.ts'
import { type Draft, findDraft, isWritten, saveDraft } from './drafts.ts'
import { findNote } from './notes.queries.ts'

/** What the page saves by itself as it is typed into (F1). */
export async function postDraft(visit: Visit, part: PartOfCase): Promise<Answer> {
  const about = await aboutOf(visit, part)
  if (!about) return notFound()
  const now = visit.clock.now()
  // A draft that was still on its way when its note was saved comes too late.
  if (await isSavedAlready(visit)) return json({ ok: true, message: 'Saved' })
  const draft = { caseId: part.caseId, about }
  // To have looked at the form and chosen in it is nothing to come back to.
  if (isWritten(visit.fields) || (await findDraft(visit.tx, visit.actor, draft)))
    await saveDraft(visit.tx, visit.actor, now, draft, visit.fields)
  return json({ ok: true, savedAt: londonTime(now), message: `Draft saved at ${londonTime(now)}` })
}

async function isSavedAlready({ tx, fields }: Visit): Promise<boolean> {
  const once = fields.text('_once')
  if (!isId(once)) return false
  const row = await tx.selectFrom('submissions').select('location').where('once', '=', once).executeTakeFirst()
  return Boolean(row?.location)
}

/** Only ever this case or a note of it, whatever the form says. */
async function aboutOf(visit: Visit, part: PartOfCase): Promise<string | undefined> {
  const said = visit.fields.text('_about')
  if (said === '' || said === part.caseId) return part.caseId
  return (await findNote(visit.tx, part.caseId, said))?.id
}

/** Keeps it for another day, at its author's wish. */
export async function keepForLater(visit: Visit, part: PartOfCase, about: string): Promise<Answer> {
  const now = visit.clock.now()
  await saveDraft(visit.tx, visit.actor, now, { caseId: part.caseId, about }, visit.fields)
  return redirect(paths.cases.show(part.caseId), {
    notice: `Draft saved at ${londonTime(now)}. You will find it when you ${about === part.caseId ? 'add a note' : 'correct that note'} again.`,
  })
}

/** Says that the form begins with what was kept, and offers to begin afresh. Nothing where nobody had written anything yet. */
export const draftNotice = (visit: Visit, action: string, draft: Draft | undefined, begunWith?: Typed): VNode | null =>
  draft && isWritten(draft.typed, begunWith) ? (
    <Form {...visit.form} action={action}>
      {InsetText({
        children: (
          <>
            <p class="govuk-body">This is what you had written. It was saved at {formatInstant(draft.savedAt)}.</p>
            {Button({ text: 'Discard it and start again', classes: 'govuk-button--secondary', name: '_then', value: 'discard' })}
          </>
        ),
      })}
    </Form>
  ) : null
