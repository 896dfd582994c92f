import { audit } from '../../audit/index.ts'
import { paths } from '../../paths.ts'
import { formatInstant, londonDate, startOfDay } from '../../platform/clock.ts'
import { csvLine, csvMark } from '../../platform/csv.ts'
import { addDays, formatDate, type PlainDate, parseDateText } from '../../platform/plain-date.ts'
import { type Answer, file, notFound } from '../../platform/web/answer.ts'
import type { Routes, Visit } from '../../platform/web/routes.ts'
import { Button, DataTable, EmptyState, errorFor, errorSummaryFor, type FieldError, Input, Select } from '../../ui/index.ts'
import { listPage } from '../frame.tsx'
import { forAdministrators } from '../rights.ts'
import { agenciesOf } from '../users/users.queries.ts'
import { type AccessLine, accessOf } from './access.queries.ts'

/** Reports of an agency on its own access: who of its users opened how much, and when (E3). */
export function accessRoutes(routes: Routes): void {
  routes.get(
    paths.users.access,
    { may: 'anyone-signed-in' },
    forAdministrators(async visit => (visit.actor.audits.length > 0 ? report(visit) : notFound())),
  )
}

const daysShown = 28

async function report(visit: Visit): Promise<Answer> {
  const { tx, actor, clock, query } = visit
  const agencies = await agenciesOf(tx, actor)
  const { typed, span, errors } = readSpan(query, londonDate(clock.now()))
  const agency = agencies.find(one => String(one.principal) === query.get('agency'))
  const lines = span ? await accessOf(tx, actor, { ...span, agency: agency?.principal ?? null }) : []
  const asCsv = query.get('as') === 'csv' && span !== undefined
  await audit(tx, actor, clock.now(), {
    action: asCsv ? 'access-report-exported' : 'access-report-read',
    subject: { type: 'agency', id: String(agency?.principal ?? 'all') },
    detail: { from: typed.from, to: typed.to, lines: lines.length },
  })
  if (asCsv) return file({ content: csvOf(lines), type: 'text/csv; charset=utf-8', name: 'access.csv' })
  const several = agencies.length > 1
  const shown = new URLSearchParams({ from: typed.from, to: typed.to, ...(agency ? { agency: String(agency.principal) } : {}), as: 'csv' })
  const answer = listPage(
    actor,
    'access',
    'Access report',
    <>
      <p class="govuk-body">
        What your users did, in numbers. It names nobody whom they opened: what one of them did stands behind their name, as far as you may
        see it. Out of hours is before 7am, after 7pm and at weekends. Refused is how often they asked for a page of a record that is not
        there for them: a guessed address, or an old link.
      </p>
      <form method="get" action={paths.users.access} class="ly-narrow-by">
        <Input name="from" label="From" value={typed.from} classes="govuk-input--width-10" errorMessage={errorFor(errors, 'from')} />
        <Input name="to" label="To" value={typed.to} classes="govuk-input--width-10" errorMessage={errorFor(errors, 'to')} />
        {several ? (
          <Select
            name="agency"
            label="Agency"
            value={agency?.principal ?? ''}
            items={[{ value: '', text: 'All' }, ...agencies.map(one => ({ value: one.principal, text: one.name }))]}
          />
        ) : null}
        <Button classes="govuk-button--secondary">Show</Button>
      </form>
      <DataTable<AccessLine>
        caption={`From ${typed.from} to ${typed.to}`}
        rows={lines}
        keyOf={row => row.userId}
        empty={<EmptyState title="Nobody is to be shown" />}
        columns={[
          {
            heading: 'User',
            rowHeader: true,
            cell: row => (
              <a class="govuk-link" href={paths.audit.user(row.userId)}>
                {row.name}
              </a>
            ),
            second: row => (several ? row.agency : undefined),
          },
          { heading: 'People', numeric: true, cell: row => row.people },
          { heading: 'Opened or changed', numeric: true, cell: row => row.acts },
          { heading: 'Out of hours', numeric: true, cell: row => row.outOfHours },
          { heading: 'Searches', numeric: true, cell: row => row.searches },
          { heading: 'Exports', numeric: true, cell: row => row.taken },
          { heading: 'Break-glass', numeric: true, cell: row => row.emergencies },
          { heading: 'Refused', numeric: true, cell: row => row.refused },
          { heading: 'Sign-ins', numeric: true, cell: row => row.signIns },
          { heading: 'Last act', cell: row => (row.last ? formatInstant(row.last) : 'Never') },
          { heading: 'Account made', cell: row => formatInstant(row.madeAt).slice(0, 10), second: row => row.madeBy && `by ${row.madeBy}` },
        ]}
      />
    </>,
    span && lines.length > 0 ? (
      <Button href={`${paths.users.access}?${shown}`} classes="govuk-button--secondary">
        Download as CSV
      </Button>
    ) : undefined,
  )
  return errors.length > 0 ? { ...answer, status: 422, hasErrors: true, body: withErrors(answer.body, errors) } : answer
}

const withErrors = (body: preact.VNode, errors: readonly FieldError[]) => (
  <>
    {errorSummaryFor(errors)}
    {body}
  </>
)

function readSpan(query: URLSearchParams, today: PlainDate) {
  const typed = {
    from: query.get('from')?.trim() || formatDate(addDays(today, 1 - daysShown)),
    to: query.get('to')?.trim() || formatDate(today),
  }
  const errors: FieldError[] = []
  const day = (field: 'from' | 'to', label: string) => {
    const reading = parseDateText(typed[field], label)
    if (reading.ok) return reading.value
    errors.push({ field, message: reading.error.message })
    return undefined
  }
  const [from, to] = [day('from', 'From'), day('to', 'To')]
  if (from && to && to < from) errors.push({ field: 'to', message: 'To must be the same as or after From' })
  const span = from && to && errors.length === 0 ? { from: startOfDay(from), before: startOfDay(addDays(to, 1)) } : undefined
  return { typed, span, errors }
}

const csvOf = (lines: readonly AccessLine[]): string =>
  csvMark +
  csvLine([
    'User',
    'Agency',
    'People',
    'Opened or changed',
    'Out of hours',
    'Searches',
    'Exports',
    'Break-glass',
    'Refused',
    'Sign-ins',
    'Last act',
    'Account made',
    'Made by',
  ]) +
  lines
    .map(row =>
      csvLine([
        row.name,
        row.agency,
        ...[row.people, row.acts, row.outOfHours, row.searches, row.taken, row.emergencies, row.refused, row.signIns].map(String),
        row.last ? formatInstant(row.last) : '',
        formatInstant(row.madeAt).slice(0, 10),
        row.madeBy ?? '',
      ]),
    )
    .join('')
