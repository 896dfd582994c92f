import { letChange } from '../access/index.ts'
import { paths } from '../paths.ts'
import {
  findRecord,
  formatClientId,
  type MergeOnRecord,
  mergesInto,
  type PersonFrame,
  type PersonRecord,
  personPage,
  readingPerson,
  undoMerge,
} from '../people/index.ts'
import { type Answer, notFound, redirect } from '../platform/web/answer.ts'
import type { Routes, Visit } from '../platform/web/routes.ts'
import { Button, errorFor, errorSummaryFor, type FieldError, Form, Input } from '../ui/index.ts'
import { GroupedCases } from './grouped-cases.tsx'
import { reasonErrors } from './reason.ts'
import { mayUndo, type Undoing, undoingOf } from './since-merge.ts'

/** Taking a merge back: what will happen to what, first. */
export function undoRoutes(routes: Routes, frame: PersonFrame): void {
  routes.get('/people/:personId/merges/:mergeId/undo', { may: 'merge-people' }, visit =>
    readingPerson(visit, async kept => {
      const merge = await openMerge(visit, kept)
      return merge ? undoPage(frame, visit, kept, merge, []) : notFound()
    }),
  )
  routes.post('/people/:personId/merges/:mergeId/undo', { may: 'merge-people' }, async visit => {
    const { tx, actor, clock, fields, params } = visit
    const seen = await findRecord(tx, params.personId ?? '')
    const merge = seen && (await openMerge(visit, seen))
    if (!seen || !merge || !(await letChange(tx, actor, [seen.id]))) return notFound()
    const reason = fields.text('reason')
    const errors = reasonErrors(reason, 'Enter why the merge is undone')
    if (errors.length > 0) return undoPage(frame, visit, seen, merge, errors)
    const kept = await findRecord(tx, seen.id, true)
    // Somebody else may have undone it while this was waiting for the record.
    if (!kept || !(await openMerge(visit, kept))) return notFound()
    await undoMerge(tx, actor, clock.now(), { kept, merge, reason })
    return redirect(paths.samePerson.show(kept.id), {
      notice: `The merge is undone. LY ${formatClientId(merge.mergedClientId)} is a record of its own again`,
    })
  })
}

/** A merge that stands, for somebody who may undo it and will see both records afterwards. */
async function openMerge({ tx, actor, params }: Visit, kept: PersonRecord): Promise<MergeOnRecord | undefined> {
  const merge = (await mergesInto(tx, kept.id)).find(one => one.id === params.mergeId)
  return merge && (await mayUndo(tx, actor, kept, merge)) ? merge : undefined
}

async function undoPage(
  frame: PersonFrame,
  visit: Visit,
  kept: PersonRecord,
  merge: MergeOnRecord,
  errors: readonly FieldError[],
): Promise<Answer> {
  const undoing = await undoingOf(visit.tx, visit.actor, kept, merge)
  return personPage(
    frame,
    visit,
    kept,
    'Undo a merge',
    <>
      {errorSummaryFor(errors)}
      <h1 class="govuk-heading-l">Undo the merge of LY {formatClientId(merge.mergedClientId)}</h1>
      <Consequences merge={merge} undoing={undoing} />
      <Form action={paths.samePerson.undoMerge(kept.id, merge.id)} {...visit.form}>
        <Input name="reason" label="Why is it undone?" value={visit.fields.typed('reason')} errorMessage={errorFor(errors, 'reason')} />
        <div class="govuk-button-group">
          <Button text="Undo the merge" classes="govuk-button--warning" />
          <a class="govuk-link" href={paths.samePerson.show(kept.id)}>
            Cancel
          </a>
        </div>
      </Form>
    </>,
    { hasErrors: errors.length > 0 },
  )
}

function Consequences({ merge, undoing }: { merge: MergeOnRecord; undoing: Undoing }) {
  const other = `LY ${formatClientId(merge.mergedClientId)}`
  return (
    <>
      <ul class="govuk-list govuk-list--bullet">
        <li>{other} is a record of its own again, with everything that came from it.</li>
        <li>What was added since to a case that came from it goes with that case.</li>
        {undoing.fieldsBack.length > 0 ? <li>{undoing.fieldsBack.join(', ')} of this record: as before the merge.</li> : null}
        {undoing.fieldsStay.length > 0 ? (
          <li>
            <strong>{undoing.fieldsStay.join(', ')}</strong> of this record: changed since, and stays as it is now.
          </li>
        ) : null}
        {undoing.recordedSince.length > 0 ? (
          <li>
            Recorded on this record since the merge, and stays with it: <strong>{undoing.recordedSince.join(', ')}</strong>.
          </li>
        ) : null}
      </ul>
      <GroupedCases cases={undoing.goBack} people={[]} title={`Cases that go back to ${other}`} />
      <GroupedCases cases={undoing.stay} people={[]} title="Cases that stay here" />
    </>
  )
}
