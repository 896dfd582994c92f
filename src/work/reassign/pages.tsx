import type { VNode } from 'preact'
import { countComing } from '../../activities/index.ts'
import { DayInput, teamValue, type WorkerChoice } from '../../cases/index.ts'
import { paths } from '../../paths.ts'
import { today as londonToday } from '../../platform/clock.ts'
import { formatDate, type PlainDate, partsOf } from '../../platform/plain-date.ts'
import type { Visit } from '../../platform/web/routes.ts'
import {
  BackLink,
  Button,
  Checkboxes,
  DataTable,
  EmptyState,
  errorFor,
  errorSummaryFor,
  type FieldError,
  Form,
  InsetText,
  RiskTag,
  Select,
  Textarea,
} from '../../ui/index.ts'
import { type HeldCase, type Item, mostAtOnce, type Reassignment } from './reassign.queries.ts'
import type { Of } from './routes.tsx'

/** What was asked for on the first page. */
export type Asked = {
  cases: readonly HeldCase[]
  receivers: readonly WorkerChoice[]
  fromOn: PlainDate
  reason: string
  handOver: string
}

/** Which cases, to whom, why. */
export function chooseBody(visit: Visit, { worker, team, teams, receivers, cases }: Of, errors: readonly FieldError[]): VNode {
  const { fields, clock } = visit
  const isFresh = !fields.has('step')
  const error = (field: string) => errorFor(errors, field)
  return (
    <div class="ly-narrow">
      <BackLink href={paths.work.worker(worker.id)}>Cases of {worker.name}</BackLink>
      {errorSummaryFor(errors)}
      <h1 class="govuk-heading-l">Hand on the cases of {worker.name}</h1>
      <p class="govuk-body">
        Those of {team.teamName}, {team.serviceName}, that you may change. Nothing happens before you have seen what goes to whom.
      </p>
      {teams.length > 1 ? (
        <ul class="govuk-list">
          {teams
            .filter(one => teamValue(one) !== teamValue(team))
            .map(one => (
              <li key={teamValue(one)}>
                <a class="govuk-link" href={`${paths.work.reassign(worker.id)}?team=${encodeURIComponent(teamValue(one))}`}>
                  Those of {one.teamName}, {one.serviceName}
                </a>
              </li>
            ))}
        </ul>
      ) : null}
      {cases.length === 0 ? (
        <EmptyState title={`There is no case of ${worker.name} here that you may hand on.`} />
      ) : receivers.length === 0 ? (
        <EmptyState title="Nobody else in this team can take a case." />
      ) : (
        <Form {...visit.form} action={paths.work.reassign(worker.id)}>
          <input type="hidden" name="team" value={teamValue(team)} />
          <input type="hidden" name="step" value="preview" />
          <Checkboxes
            name="case"
            classes="govuk-checkboxes--small"
            fieldset={{
              legend: {
                text: cases.length === 1 ? 'The case' : `Which of the ${cases.length} cases?`,
                classes: 'govuk-fieldset__legend--s',
              },
            }}
            hint={cases.length === mostAtOnce ? `The first ${mostAtOnce}. The others follow when these are done` : undefined}
            errorMessage={error('case')}
            items={cases.map(one => ({
              value: one.caseId,
              text: (
                <>
                  {one.name} <span class="ly-second">{one.reference}</span> <RiskTag level={one.risk} inFull />
                </>
              ),
              checked: isFresh || fields.all('case').includes(one.caseId),
            }))}
          />
          <Checkboxes
            name="receiver"
            classes="govuk-checkboxes--small"
            fieldset={{ legend: { text: 'Who takes them?', classes: 'govuk-fieldset__legend--s' } }}
            hint="With several they are shared out by weight; you can change it on the next page"
            errorMessage={error('receiver')}
            items={receivers.map(one => ({
              value: one.userId,
              text: `${one.name}${one.jobTitle ? `, ${one.jobTitle}` : ''} – ${one.openCases} open`,
              checked: fields.all('receiver').includes(one.userId),
            }))}
          />
          <DayInput name="from" legend="From when?" typed={fields} errors={errors} start={londonToday(clock)} />
          <Textarea
            name="reason"
            rows={3}
            label={{ text: 'Why do they change hands?', classes: 'govuk-label--s' }}
            value={fields.typed('reason')}
            errorMessage={error('reason')}
          />
          <Textarea
            name="hand-over"
            rows={4}
            label={{ text: 'What must they know?', classes: 'govuk-label--s' }}
            hint="Kept with every one of the cases"
            value={fields.typed('hand-over')}
            errorMessage={error('hand-over')}
          />
          <Button text="See what goes to whom" />
        </Form>
      )}
    </div>
  )
}

/** What goes to whom, to be changed and confirmed. */
export async function previewBody(
  visit: Visit,
  { worker, team }: Of,
  asked: Asked,
  proposal: ReadonlyMap<string, string | null>,
  errors: readonly FieldError[],
): Promise<VNode> {
  const { day, month, year } = partsOf(asked.fromOn)
  const coming = await countComing(
    visit.tx,
    visit.clock.now(),
    worker.id,
    asked.cases.map(one => one.caseId),
  )
  const beside = asked.receivers.flatMap(one => {
    const theirs = asked.cases.filter(({ besides }) => besides.has(one.userId)).map(({ reference }) => reference)
    return theirs.length > 0 ? [{ name: one.name, theirs }] : []
  })
  const hidden: [string, string][] = [
    ['team', teamValue(team)],
    ['step', 'confirm'],
    ['from-day', String(day)],
    ['from-month', String(month)],
    ['from-year', String(year)],
    ['reason', asked.reason],
    ['hand-over', asked.handOver],
    ...asked.receivers.map((one): [string, string] => ['receiver', one.userId]),
    ...asked.cases.map((one): [string, string] => ['case', one.caseId]),
  ]
  return (
    <>
      <BackLink href={paths.work.reassign(worker.id)}>Choose again</BackLink>
      {errorSummaryFor(errors)}
      <h1 class="govuk-heading-l">
        {asked.cases.length === 1 ? 'One case' : `${asked.cases.length} cases`} of {worker.name}
      </h1>
      <p class="govuk-body">
        From {formatDate(asked.fromOn)}. {asked.reason}
      </p>
      <p class="govuk-body">
        {worker.name} loses what they see as the cases’ worker at once, and keeps what their team sees. What they have still to do on these
        cases goes with them{comingInWords([...coming.values()].reduce((sum, one) => sum + one, 0))}. Those who take them are told. Offers
        that stand are withdrawn.
      </p>
      {beside.map(({ name, theirs }) => (
        <p key={name} class="govuk-body">
          {name} is a co-worker on {theirs.join(', ')}. If they take {theirs.length === 1 ? 'it' : 'one of these'}, that ends: they are its
          worker.
        </p>
      ))}
      <Form {...visit.form} action={paths.work.reassign(worker.id)}>
        {hidden.map(([name, value], place) => (
          <input key={place} type="hidden" name={name} value={value} />
        ))}
        <DataTable
          caption="What goes to whom"
          rows={asked.cases}
          keyOf={row => row.caseId}
          columns={[
            { heading: 'Person', rowHeader: true, cell: row => row.name, second: row => row.reference },
            { heading: 'Stage', cell: row => row.stage },
            { heading: 'Risk', cell: row => <RiskTag level={row.risk} /> },
            { heading: 'Appointments to come', numeric: true, cell: row => coming.get(row.caseId) ?? 0 },
            {
              heading: 'To',
              cell: row => (
                <Select
                  name={`to-${row.caseId}`}
                  label={{ text: `To whom ${row.name} goes`, classes: 'govuk-visually-hidden' }}
                  errorMessage={errorFor(errors, `to-${row.caseId}`)}
                  value={proposal.get(row.caseId) ?? ''}
                  items={[
                    { value: '', text: `Stays with ${worker.name}` },
                    ...asked.receivers.filter(one => !row.keptFrom.has(one.userId)).map(one => ({ value: one.userId, text: one.name })),
                  ]}
                />
              ),
            },
          ]}
        />
        <Button text="Hand them on" classes="govuk-button--warning" />
      </Form>
    </>
  )
}

const comingInWords = (count: number): string =>
  count === 0 ? '' : count === 1 ? ', and so does the 1 appointment to come' : `, and so do the ${count} appointments to come`

/** How far it has come. */
export function progressBody({ workerId, workerName, finishedAt }: Reassignment, items: readonly Item[]): VNode {
  const done = items.filter(item => item.outcome === 'done').length
  const refused = items.filter(item => item.outcome === 'refused')
  return (
    <div class="ly-narrow">
      <BackLink href={paths.work.worker(workerId)}>Cases of {workerName}</BackLink>
      <h1 class="govuk-heading-l">
        {finishedAt ? 'Handed on' : 'Being handed on'}: {done} of {items.length}
      </h1>
      {finishedAt ? null : <InsetText text="This page looks again by itself every two seconds. You can leave it; the work goes on." />}
      {finishedAt && refused.length === 0 ? <p class="govuk-body">Every case has its new worker, and they have been told.</p> : null}
      {refused.length > 0 ? (
        <DataTable
          caption="Not handed on"
          rows={refused}
          keyOf={row => row.caseId}
          columns={[
            {
              heading: 'Case',
              rowHeader: true,
              cell: row =>
                row.reference ? (
                  <a class="govuk-link" href={paths.cases.show(row.caseId)}>
                    {row.reference}
                  </a>
                ) : (
                  'A case that you no longer see'
                ),
            },
            { heading: 'To', cell: row => row.toName },
            { heading: 'Why not', cell: row => row.refusal },
          ]}
        />
      ) : null}
    </div>
  )
}
