import { letChange } from '../access/index.ts'
import { auditAll } from '../audit/index.ts'
import { paths } from '../paths.ts'
import {
  authorsFor,
  changingPerson,
  editingPerson,
  findPeople,
  formatClientId,
  formatName,
  mayEdit,
  type Person,
  type PersonFrame,
} from '../people/index.ts'
import { may } from '../platform/actor.ts'
import { formatInstant } from '../platform/clock.ts'
import { type Answer, notFound, page, redirect } from '../platform/web/answer.ts'
import type { Routes, Visit } from '../platform/web/routes.ts'
import { Button, DataTable, EmptyState, errorFor, errorSummaryFor, type FieldError, Form, Input, PageTitle } from '../ui/index.ts'
import { askPage } from './ask-page.tsx'
import { otherOf } from './merge.routes.tsx'
import { reasonErrors } from './reason.ts'
import { answerRequest, askToMerge, type MergeRequest, openRequests } from './requests.ts'

/** Asking the authority to merge two records, and answering. */
export function requestRoutes(routes: Routes, frame: PersonFrame): void {
  routes.get('/people/:personId/merge/:otherId/ask', { may: 'record' }, visit =>
    editingPerson(visit, async record => {
      const other = await otherOf(visit, record)
      return other ? askPage(frame, visit, record, other, []) : notFound()
    }),
  )
  routes.post('/people/:personId/merge/:otherId/ask', { may: 'record' }, visit =>
    changingPerson(visit, async record => {
      const { tx, actor, clock, fields } = visit
      const other = await otherOf(visit, record)
      if (!other) return notFound()
      const reason = fields.text('reason')
      const errors = reasonErrors(reason, 'Enter how you know that they are the same person')
      if (errors.length > 0) return askPage(frame, visit, record, other, errors)
      const standing = (await openRequests(tx, { personId: record.id, otherId: other.id }))[0]
      if (!standing) await askToMerge(tx, actor, clock.now(), record.id, other.id, reason)
      return redirect(paths.samePerson.show(record.id), {
        notice: standing ? 'The authority has been asked already' : 'The authority has been asked to look at the two records',
      })
    }),
  )
  routes.get('/people/merge-requests', { may: 'merge-people' }, visit => listPage(visit, undefined, []))
  routes.get('/people/merge-requests/:requestId', { may: 'merge-people' }, async visit => {
    const request = await openOne(visit)
    return request && (await letChange(visit.tx, visit.actor, [request.personId, request.otherId]))
      ? listPage(visit, request, [])
      : notFound()
  })
  routes.post('/people/merge-requests/:requestId', { may: 'merge-people' }, async visit => {
    const request = await openOne(visit)
    const { tx, actor, clock, fields } = visit
    if (!request || !(await letChange(tx, actor, [request.personId, request.otherId]))) return notFound()
    const reason = fields.text('reason')
    const errors = reasonErrors(reason, 'Enter why the two are not merged')
    if (errors.length > 0) return listPage(visit, request, errors)
    await answerRequest(tx, actor, clock.now(), request, 'declined', reason)
    return redirect(paths.samePerson.requests, { notice: 'Declined' })
  })
}

const openOne = async ({ tx, params }: Visit): Promise<MergeRequest | undefined> =>
  (await openRequests(tx)).find(request => request.id === params.requestId)

async function listPage(visit: Visit, declining: MergeRequest | undefined, errors: readonly FieldError[]): Promise<Answer> {
  const requests = declining ? [declining] : await openRequests(visit.tx)
  const people = await findPeople(
    visit.tx,
    requests.flatMap(request => [request.personId, request.otherId]),
  )
  const named = await authorsFor(visit.tx, visit.actor, [...people.keys()])
  const edits = (id: string) => mayEdit(visit.actor, people.get(id) ?? { editors: [] })
  const mayDecline = ({ personId, otherId }: MergeRequest) => may(visit.actor, 'commission') || (edits(personId) && edits(otherId))
  await auditAll(
    visit.tx,
    visit.actor,
    visit.clock.now(),
    [...people.keys()].map(id => ({ action: 'person-compared', subject: { type: 'person', id }, personId: id })),
  )
  return page(
    declining ? 'Decline to merge two records' : 'Requests to merge records',
    <>
      {errorSummaryFor(errors)}
      <PageTitle title={declining ? 'Decline to merge two records' : 'Requests to merge records'} />
      <DataTable<MergeRequest>
        caption="Records that somebody takes for one person"
        rows={requests}
        keyOf={request => request.id}
        empty={<EmptyState title="Nobody has asked" />}
        columns={[
          { heading: 'One record', rowHeader: true, cell: request => <Record person={people.get(request.personId)} /> },
          { heading: 'The other', cell: request => <Record person={people.get(request.otherId)} /> },
          {
            heading: 'Why',
            cell: request => request.reason,
            second: request => `${named(request.askedBy, null, [request.personId, request.otherId])}, ${formatInstant(request.askedAt)}`,
          },
          {
            heading: 'Answer',
            cell: request => (
              <a class="govuk-link" href={paths.samePerson.merge(request.personId, request.otherId)}>
                Look at both, and merge
              </a>
            ),
            second: request =>
              declining || !mayDecline(request) ? null : (
                <a
                  class="govuk-link govuk-!-display-inline-block govuk-!-padding-top-1 govuk-!-padding-bottom-1"
                  href={paths.samePerson.request(request.id)}
                >
                  Decline
                </a>
              ),
          },
        ]}
      />
      {declining ? (
        <Form action={paths.samePerson.request(declining.id)} {...visit.form}>
          <Input
            name="reason"
            label="Why are they not merged?"
            value={visit.fields.typed('reason')}
            errorMessage={errorFor(errors, 'reason')}
          />
          <div class="govuk-button-group">
            <Button text="Decline" />
            <a class="govuk-link" href={paths.samePerson.requests}>
              Cancel
            </a>
          </div>
        </Form>
      ) : null}
    </>,
    { section: 'people', hasErrors: errors.length > 0 },
  )
}

function Record({ person }: { person: Person | undefined }) {
  if (!person) return null
  return (
    <a class="govuk-link" href={paths.people.show(person.id)}>
      <bdi>{formatName(person)}</bdi>, LY {formatClientId(person.clientId)}
    </a>
  )
}
