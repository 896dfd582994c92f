import { paths } from '../../paths.ts'
import { type Answer, redirect } from '../../platform/web/answer.ts'
import type { Visit } from '../../platform/web/routes.ts'
import { Button, Checkboxes, Form } from '../../ui/index.ts'
import type { PartOfCase } from '../part-of-case.ts'
import { partPage } from '../part-page.tsx'
import type { KeptTyping } from '../typed.ts'
import { auditChoice, caseInWords, casesToWriteFor, recentCases } from './cases-to-write.ts'
import { FindBox } from './choose-person.tsx'
import { findDraft, saveDraft } from './drafts.ts'
import type { NoteParts } from './note-parts.ts'
import { defaultsFor } from './typed-note.ts'

/** Whom else the contact was with: brothers and sisters, a couple (F20). What has been typed waits in its draft. */
export async function showOthers(visit: Visit, parts: NoteParts, part: PartOfCase): Promise<Answer> {
  const { tx, actor, query } = visit
  const typed = query.get('q')?.trim() ?? ''
  const people = typed ? await parts.findPeople(visit, typed) : []
  const found = typed ? await casesToWriteFor(tx, actor, people) : await recentCases(tx, actor, 30)
  const draft = await draftOf(visit, part)
  const already = new Set([part.caseId, ...draft.all('also')])
  const offered = found.filter(one => !already.has(one.caseId))
  await auditChoice(visit, typed, offered)
  const here = paths.notes.others(part.caseId)
  const body = (
    <>
      <p class="govuk-body">
        Each gets the note on a record of their own, with what happened and a part for them alone. Nobody who may see only one of them will
        see that the others were there.
      </p>
      <FindBox action={here} typed={typed} />
      <Form {...visit.form} action={here} classes="ly-form">
        {offered.length === 0 ? (
          <p class="govuk-body">{typed ? 'Nobody else who matches has an open case that you may write on.' : 'Find the person above.'}</p>
        ) : (
          Checkboxes({
            name: 'chosen',
            fieldset: { legend: { text: typed ? 'Found' : 'The people you recorded last' } },
            items: offered.map(one => ({ value: one.caseId, text: one.personName, hint: { text: caseInWords(one) } })),
          })
        )}
        <div class="govuk-button-group">
          {offered.length > 0 ? Button({ text: 'Add to the note' }) : null}
          <a class="govuk-link" href={paths.notes.add(part.caseId)}>
            Back to the note
          </a>
        </div>
      </Form>
    </>
  )
  return partPage(visit, parts, part, 'Who else was it with?', body, { current: 'notes', narrow: true })
}

export async function postOthers(visit: Visit, part: PartOfCase): Promise<Answer> {
  const { tx, actor, clock, fields } = visit
  const about = { caseId: part.caseId, about: part.caseId }
  const draft = await draftOf(visit, part)
  const also = [...new Set([...draft.all('also'), ...fields.all('chosen')])]
  await saveDraft(tx, actor, clock.now(), about, { toJSON: () => ({ ...draft.toJSON(), also }) })
  return redirect(paths.notes.add(part.caseId))
}

async function draftOf({ tx, actor, clock }: Visit, part: PartOfCase): Promise<KeptTyping> {
  const draft = await findDraft(tx, actor, { caseId: part.caseId, about: part.caseId })
  return draft?.typed ?? defaultsFor(clock.now())
}
