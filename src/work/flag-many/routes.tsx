import type { VNode } from 'preact'
import { audit } from '../../audit/index.ts'
import {
  FlagDetailFields,
  flagsOfCase,
  lockCase,
  mayHappen,
  type NewFlag,
  NewFlagFields,
  raiseFlag,
  readNewFlag,
  type TeamChoice,
  teamValue,
} from '../../cases/index.ts'
import { type Option, optionsOf } from '../../lists/index.ts'
import { paths } from '../../paths.ts'
import { today as londonToday } from '../../platform/clock.ts'
import { formatDate } from '../../platform/plain-date.ts'
import { type Answer, notFound, page, redirect } from '../../platform/web/answer.ts'
import { type Fields, noFields } from '../../platform/web/fields.ts'
import type { Routes, Visit } from '../../platform/web/routes.ts'
import {
  Button,
  Checkboxes,
  type Column,
  DataTable,
  EmptyState,
  errorFor,
  errorSummaryFor,
  Facts,
  type FieldError,
  Form,
  PageTitle,
  RiskTag,
} from '../../ui/index.ts'
import { askedList } from '../caseload/case-list.tsx'
import { type CaseloadRow, caseloadOf } from '../caseload/caseload.queries.ts'
import { nameOf } from '../caseload/caseload-table.tsx'
import { teamsThatMayBeChosen, whichTeam } from '../team/which-team.ts'

/** As many as can be looked through before they are flagged. */
const most = 200

/** The same flag on many cases of a team: chosen from the list that the address narrows, shown, then raised on each (F8). */
export function flagManyRoutes(routes: Routes): void {
  routes.get(paths.work.flagMany, { may: 'record' }, visit => onTeam(visit, known => choose(visit, known, noFields, [])))
  routes.post(paths.work.flagMany, { may: 'record' }, visit => onTeam(visit, known => post(visit, known)))
}

type Known = { team: TeamChoice; rows: readonly CaseloadRow[]; kinds: readonly Option[]; here: string }

/** The cases of the list, as far as the actor may see them; which they may change is asked of each. */
async function onTeam(visit: Visit, answer: (known: Known) => Promise<Answer>): Promise<Answer> {
  const team = whichTeam(await teamsThatMayBeChosen(visit), visit)
  if (!team) return notFound()
  const whose = { teamId: team.teamId, serviceArea: team.serviceArea }
  const { wish, asOf } = askedList(visit, { whose, here: paths.work.flagMany, isTeam: true })
  await audit(visit.tx, visit.actor, visit.clock.now(), { action: 'caseload-opened', subject: { type: 'team', id: team.teamId } })
  const rows = await caseloadOf(visit.tx, whose, { filters: wish.filters, order: wish.order, limit: most }, asOf)
  const narrowed = new URLSearchParams([...visit.query].filter(([name, value]) => value !== '' && !['page', 'as', 'column'].includes(name)))
  narrowed.set('team', teamValue(team))
  return answer({ team, rows, kinds: await optionsOf(visit.tx, 'flag-kind', team.serviceArea), here: `${paths.work.flagMany}?${narrowed}` })
}

async function post(visit: Visit, known: Known): Promise<Answer> {
  const { fields, clock } = visit
  const flag = readNewFlag(fields, 'kind', known.kinds, londonToday(clock))
  const chosen = known.rows.filter(row => fields.all('case').includes(row.caseId))
  const errors = [
    ...('errors' in flag ? flag.errors : []),
    ...(chosen.length === 0 ? [{ field: 'case', message: 'Choose at least one case' }] : []),
  ]
  if ('errors' in flag || errors.length > 0) return choose(visit, known, fields, errors)
  return fields.text('confirmed') === 'yes' ? raise(visit, known, flag, chosen) : confirm(visit, known, flag, chosen)
}

const labelled = (row: CaseloadRow): string => `${nameOf(row)}, ${row.reference}`

async function choose(visit: Visit, { team, rows, kinds, here }: Known, typed: Fields, errors: readonly FieldError[]): Promise<Answer> {
  const box: Column<CaseloadRow> = {
    heading: 'Choose',
    headingHidden: true,
    cell: row =>
      Checkboxes({
        name: 'case',
        idPrefix: rows[0] === row ? 'case' : `case-${row.caseId}`,
        classes: 'govuk-checkboxes--small',
        values: typed.all('case'),
        items: [{ value: row.caseId, text: <span class="govuk-visually-hidden">Choose {labelled(row)}</span> }],
      }),
  }
  const body = (
    <>
      {errorSummaryFor(errors)}
      <PageTitle
        title="Flag many cases"
        context={`${team.teamName}, ${team.serviceName}: ${rows.length === most ? `the first ${most} of the list` : `${rows.length} on the list`}`}
      />
      <Form {...visit.form} action={here}>
        <div class="ly-narrow">
          <NewFlagFields name="kind" kinds={kinds} legend="What kind of flag?" typed={typed} errors={errors} />
          <FlagDetailFields typed={typed} errors={errors} />
        </div>
        {errors.some(error => error.field === 'case') ? <p class="govuk-error-message">{errorFor(errors, 'case')}</p> : null}
        <CaseTable caption="Cases of the list" rows={rows} first={box} />
        <Button text="See what it would do" />
      </Form>
    </>
  )
  return page('Flag many cases', body, { section: 'team', hasErrors: errors.length > 0 })
}

async function confirm(visit: Visit, known: Known, flag: NewFlag, chosen: readonly CaseloadRow[]): Promise<Answer> {
  const already = await alreadyFlagged(visit, chosen, flag.kind)
  const fresh = chosen.filter(row => !already.has(row.caseId))
  const title = fresh.length === 1 ? 'Flag 1 case' : `Flag ${fresh.length} cases`
  const body = (
    <>
      <PageTitle title={title} context={`${known.team.teamName}, ${known.team.serviceName}`} />
      <Facts
        items={[
          { label: 'Flag', value: flag.label },
          flag.note !== '' && { label: 'What people must know', value: flag.note },
          { label: 'To be looked at again', value: flag.reviewOn ? formatDate(flag.reviewOn) : 'It stands until it is resolved' },
          already.size > 0 && { label: 'Left as they are', value: `${already.size} that have this flag already` },
        ]}
      />
      <CaseTable caption={title} rows={fresh} />
      <Form {...visit.form} action={known.here}>
        <input type="hidden" name="confirmed" value="yes" />
        {[...visit.fields.names()]
          .filter(name => !name.startsWith('_') && name !== 'confirmed')
          .flatMap(name => visit.fields.all(name).map(value => <input key={`${name} ${value}`} type="hidden" name={name} value={value} />))}
        <div class="govuk-button-group">
          {fresh.length > 0 ? <Button text={title} preventDoubleClick /> : null}
          <a class="govuk-link" href={known.here}>
            Back
          </a>
        </div>
      </Form>
    </>
  )
  return page(title, body, { section: 'team' })
}

/** One flag, one event, one line of the timeline and one audit for each case, under the actor's own rights to that case. */
async function raise(visit: Visit, { team }: Known, flag: NewFlag, chosen: readonly CaseloadRow[]): Promise<Answer> {
  const { tx, actor, clock } = visit
  let raised = 0
  // Cases are held in one order, so that two who flag many do not lock each other out.
  for (const caseId of chosen.map(row => row.caseId).sort()) {
    const theCase = await lockCase(tx, actor, caseId)
    if (!theCase?.whole || !mayHappen(theCase.status, 'flag-raised')) continue
    if ((await flagsOfCase(tx, caseId)).some(one => one.kind === flag.kind && one.resolvedAt === null)) continue
    if ((await raiseFlag(tx, actor, clock.now(), theCase, flag)).ok) raised++
  }
  const left = chosen.length - raised
  const notice = `${flag.label}: raised on ${raised === 1 ? '1 case' : `${raised} cases`}.${left > 0 ? ` ${left} left as they were.` : ''}`
  return redirect(`${paths.work.teamCases}?${new URLSearchParams({ team: teamValue(team) })}`, { notice })
}

async function alreadyFlagged({ tx }: Visit, rows: readonly CaseloadRow[], kind: string): Promise<ReadonlySet<string>> {
  const found = new Set<string>()
  for (const { caseId, flags } of rows)
    if (flags > 0 && (await flagsOfCase(tx, caseId)).some(one => one.kind === kind && one.resolvedAt === null)) found.add(caseId)
  return found
}

function CaseTable({ caption, rows, first }: { caption: string; rows: readonly CaseloadRow[]; first?: Column<CaseloadRow> }): VNode {
  return (
    <DataTable
      caption={caption}
      captionHidden
      rows={rows}
      keyOf={row => row.caseId}
      empty={<EmptyState title="No case." />}
      columns={[
        ...(first ? [first] : []),
        {
          heading: 'Person',
          rowHeader: true,
          cell: row => (
            <a class="govuk-link" href={paths.cases.show(row.caseId)}>
              {nameOf(row)}
            </a>
          ),
          second: row => row.reference,
        },
        { heading: 'Risk', cell: row => <RiskTag level={row.risk} /> },
        { heading: 'Flags', cell: row => (row.flags > 0 ? String(row.flags) : 'None') },
        { heading: 'Worker', cell: row => row.workerName ?? 'None' },
      ]}
    />
  )
}
