import { caseSummariesOf } from '../cases/index.ts'
import { paths } from '../paths.ts'
import {
  ageAndBirth,
  authorsFor,
  changingPerson,
  editingPerson,
  findRecord,
  formatClientId,
  formatName,
  likelyMatches,
  likenessOf,
  mayEdit,
  mergesInto,
  type PersonFrame,
  type PersonRecord,
  personPage,
  readingPerson,
} from '../people/index.ts'
import { may } from '../platform/actor.ts'
import { formatInstant, today } from '../platform/clock.ts'
import { type Answer, notFound, redirect } from '../platform/web/answer.ts'
import type { Routes, Visit } from '../platform/web/routes.ts'
import { findSomebody } from '../relationships/index.ts'
import { Button, DataTable, EmptyState, errorFor, errorSummaryFor, type FieldError, Form, Input, PageTitle } from '../ui/index.ts'
import { GroupedCases } from './grouped-cases.tsx'
import { type GroupedRecord, groupOf, groupRecords, ungroupRecord } from './groups.ts'
import { MergesTable } from './merges-table.tsx'
import { reasonErrors } from './reason.ts'
import { mayUndo } from './since-merge.ts'

/** Records of the same person: shown together, grouped with a reason, taken out again; each stays as it is (U27). */
export function groupRoutes(routes: Routes, frame: PersonFrame): void {
  routes.get('/people/:personId/same-person', { may: 'read-records' }, visit =>
    readingPerson(visit, async record => showPage(frame, visit, record)),
  )
  routes.get('/people/:personId/same-person/group', { may: 'record' }, visit =>
    editingPerson(visit, async record => groupPage(frame, visit, record, [])),
  )
  routes.post('/people/:personId/same-person/group', { may: 'record' }, visit =>
    changingPerson(visit, async record => {
      const { tx, actor, clock, fields } = visit
      const other = fields.text('with') === record.id ? undefined : await findRecord(tx, fields.text('with'), true)
      if (!other || !mayEdit(actor, other)) return notFound()
      const reason = fields.text('reason')
      const errors = reasonErrors(reason, 'Enter how you know that they are the same person')
      if (errors.length > 0) return groupPage(frame, visit, record, errors)
      await groupRecords(tx, actor, clock.now(), record, other, reason)
      return redirect(paths.samePerson.show(record.id), { notice: 'The two records are grouped. Each stays as it is' })
    }),
  )
  routes.get('/people/:personId/same-person/group/:recordId', { may: 'record' }, visit =>
    editingPerson(visit, async record => {
      const grouped = await ownRecord(visit, record)
      return grouped ? ungroupPage(frame, visit, record, grouped, []) : notFound()
    }),
  )
  routes.post('/people/:personId/same-person/group/:recordId', { may: 'record' }, visit =>
    changingPerson(visit, async record => {
      const grouped = await ownRecord(visit, record)
      if (!grouped) return notFound()
      const reason = visit.fields.text('reason')
      const errors = reasonErrors(reason, 'Enter why this record is taken out of the group')
      if (errors.length > 0) return ungroupPage(frame, visit, record, grouped, errors)
      await ungroupRecord(visit.tx, visit.actor, visit.clock.now(), record, reason)
      return redirect(paths.samePerson.show(record.id), { notice: 'This record is no longer grouped' })
    }),
  )
}

const ownRecord = async ({ tx, params }: Visit, record: PersonRecord): Promise<GroupedRecord | undefined> =>
  (await groupOf(tx, record.id)).find(one => one.recordId === params.recordId && one.person.id === record.id)

async function showPage(frame: PersonFrame, visit: Visit, record: PersonRecord): Promise<Answer> {
  const group = await groupOf(visit.tx, record.id)
  const others = group.filter(one => one.person.id !== record.id)
  const cases = await caseSummariesOf(visit.tx, visit.actor, [record.id, ...others.map(one => one.person.id)])
  const merges = await mergesInto(visit.tx, record.id)
  const undoable: string[] = []
  for (const merge of merges) if (await mayUndo(visit.tx, visit.actor, record, merge)) undoable.push(merge.id)
  const named = await authorsFor(visit.tx, visit.actor, [record.id, ...others.map(one => one.person.id)])
  const own = group.find(one => one.person.id === record.id)
  const edits = mayEdit(visit.actor, record)
  const link = (text: string, href: string) => (
    <a class="govuk-link" href={href}>
      {text}
    </a>
  )
  return personPage(
    frame,
    visit,
    record,
    'Records of the same person',
    <>
      <PageTitle
        title="Records of the same person"
        actions={
          <>
            {edits && link('Group with another record', paths.samePerson.group(record.id))}
            {link('Possible duplicates', paths.people.duplicates(record.id))}
            {may(visit.actor, 'merge-people') && link('Requests to merge', paths.samePerson.requests)}
          </>
        }
      />
      <DataTable<GroupedRecord>
        caption="Grouped records"
        rows={others.length === 0 ? [] : group}
        keyOf={one => one.recordId}
        empty={
          <EmptyState title="This record is grouped with no other that you may see">
            Grouping shows the cases of both together and leaves each record as it is.
          </EmptyState>
        }
        columns={[
          {
            heading: 'Record',
            rowHeader: true,
            cell: one => (
              <a class="govuk-link" href={paths.people.show(one.person.id)}>
                <bdi>{formatName(one.person)}</bdi>
              </a>
            ),
            second: one => `LY ${formatClientId(one.person.clientId)}${one.person.id === record.id ? ', this record' : ''}`,
          },
          { heading: 'Born', cell: one => ageAndBirth(one.person, today(visit.clock)) },
          { heading: 'Why', cell: one => one.reason, second: one => `${named(one.groupedBy)}, ${formatInstant(one.groupedAt)}` },
          {
            heading: 'What to do',
            cell: one =>
              one.person.id === record.id
                ? edits && own && link('Take out of the group', paths.samePerson.ungroup(record.id, own.recordId))
                : (edits || may(visit.actor, 'merge-people')) && link('Merge', paths.samePerson.merge(record.id, one.person.id)),
          },
        ]}
      />
      {others.length > 0 ? (
        <GroupedCases cases={cases} people={[record, ...others.map(one => one.person)]} title="All their cases" />
      ) : null}
      <MergesTable record={record} merges={merges} mayUndo={undoable} named={named} />
    </>,
  )
}

async function groupPage(frame: PersonFrame, visit: Visit, record: PersonRecord, errors: readonly FieldError[]): Promise<Answer> {
  const given = visit.fields.text('with') || (visit.query.get('with') ?? '')
  const other = given === record.id ? undefined : await findRecord(visit.tx, given)
  const content = other ? confirmGroup(visit, record, other, errors) : await chooseOther(visit, record)
  return personPage(
    frame,
    visit,
    record,
    'Group records',
    <>
      {errorSummaryFor(errors)}
      <h1 class="govuk-heading-l">Group with another record of the same person</h1>
      {content}
    </>,
    { hasErrors: errors.length > 0 },
  )
}

async function chooseOther(visit: Visit, record: PersonRecord) {
  const matches = await likelyMatches(visit.tx, likenessOf(record), { except: record.id, limit: 5 })
  const hrefOf = (id: string) => `${paths.samePerson.group(record.id)}?with=${id}`
  const search = await findSomebody(visit, { action: paths.samePerson.group(record.id), except: [record.id], hrefOf, choose: 'Choose' })
  return (
    <>
      {matches.length > 0 ? (
        <>
          <p class="govuk-body ly-strong">These look like the same person:</p>
          <ul class="govuk-list govuk-list--bullet">
            {matches.map(({ person, match }) => (
              <li key={person.id}>
                <a class="govuk-link" href={hrefOf(person.id)}>
                  <bdi>{formatName(person)}</bdi>, LY {formatClientId(person.clientId)}
                </a>
                : {match.reasons.join('. ')}
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {search}
    </>
  )
}

function confirmGroup(visit: Visit, record: PersonRecord, other: PersonRecord, errors: readonly FieldError[]) {
  if (!mayEdit(visit.actor, other))
    return (
      <p class="govuk-body">
        You may not change the record of {formatName(other)}.{' '}
        <a class="govuk-link" href={paths.samePerson.askToMerge(record.id, other.id)}>
          Ask somebody who may
        </a>
      </p>
    )
  return (
    <Form action={paths.samePerson.group(record.id)} {...visit.form}>
      <input type="hidden" name="with" value={other.id} />
      <p class="govuk-body">
        <bdi>{formatName(record)}</bdi> (LY {formatClientId(record.clientId)}) and <bdi>{formatName(other)}</bdi> (LY{' '}
        {formatClientId(other.clientId)}) stay as they are. Each one’s page then shows the cases of both, to those who may see them.
      </p>
      <Input
        name="reason"
        label="How do you know that they are the same person?"
        value={visit.fields.typed('reason')}
        errorMessage={errorFor(errors, 'reason')}
      />
      <div class="govuk-button-group">
        <Button text="Group the two records" />
        <a class="govuk-link" href={paths.samePerson.merge(record.id, other.id)}>
          Merge them into one instead
        </a>
        <a class="govuk-link" href={paths.samePerson.show(record.id)}>
          Cancel
        </a>
      </div>
    </Form>
  )
}

function ungroupPage(
  frame: PersonFrame,
  visit: Visit,
  record: PersonRecord,
  grouped: GroupedRecord,
  errors: readonly FieldError[],
): Promise<Answer> {
  return personPage(
    frame,
    visit,
    record,
    'Take out of the group',
    <div class="ly-narrow">
      {errorSummaryFor(errors)}
      <h1 class="govuk-heading-l">Take this record out of its group</h1>
      <p class="govuk-body">It stays as it is. Its cases are no longer shown with those of the others.</p>
      <Form action={paths.samePerson.ungroup(record.id, grouped.recordId)} {...visit.form}>
        <Input name="reason" label="Why" value={visit.fields.typed('reason')} errorMessage={errorFor(errors, 'reason')} />
        <div class="govuk-button-group">
          <Button text="Take it out" classes="govuk-button--warning" />
          <a class="govuk-link" href={paths.samePerson.show(record.id)}>
            Cancel
          </a>
        </div>
      </Form>
    </div>,
    { hasErrors: errors.length > 0 },
  )
}
