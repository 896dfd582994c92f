import { audit } from '../../audit/index.ts'
import { teamValue } from '../../cases/index.ts'
import { paths } from '../../paths.ts'
import { may } from '../../platform/actor.ts'
import { today as londonToday } from '../../platform/clock.ts'
import { csvLine, csvMark } from '../../platform/csv.ts'
import { formatLongDate } from '../../platform/plain-date.ts'
import { type Answer, file, page } from '../../platform/web/answer.ts'
import type { Routes, Visit } from '../../platform/web/routes.ts'
import { EmptyState, Figures, PageTitle, PrintButton } from '../../ui/index.ts'
import { LoadTable } from './load-table.tsx'
import { Ageing, WeightsNote } from './routes.tsx'
import { inAll, loadByTeam, type TeamLoad } from './team.queries.ts'
import { teamsThatMayBeChosen } from './which-team.ts'
import { WorkloadChart } from './workload-chart.tsx'

/** Every team's work beside each other, as far as the actor reads it: of their own agency; of all for those who reach everything. */
export function agencyRoutes(routes: Routes): void {
  routes.get(paths.work.agency, { may: 'read-records' }, agency)
}

async function agency(visit: Visit): Promise<Answer> {
  const { tx, actor, clock, query } = visit
  const today = londonToday(clock)
  const of = may(actor, 'commission') ? null : actor.agency
  const subject = { type: 'agency', id: String(of ?? 'all') }
  if (query.get('as') === 'csv') {
    const teams = await loadByTeam(tx, of, today)
    await audit(tx, actor, clock.now(), { action: 'workload-downloaded', subject, detail: { teams: teams.length } })
    return file({ content: fileOf(teams), type: 'text/csv; charset=utf-8', name: `workload-${today}.csv` })
  }
  const [teams] = await Promise.all([loadByTeam(tx, of, today), audit(tx, actor, clock.now(), { action: 'workload-opened', subject })])
  const title = of === null ? 'Every agency’s work' : `The work of ${actor.agencyName}`
  const load = inAll(teams)
  // Whoever co-ordinates an episode reads it, and is not of the team that keeps it.
  const open = new Set((await teamsThatMayBeChosen(visit)).map(teamValue))
  return page(
    title,
    <>
      <PageTitle title={title} context={`${formatLongDate(today)} · what you may see of it`} />
      {teams.length === 0 ? (
        <EmptyState title="There are no open cases that you may see." />
      ) : (
        <>
          <Figures
            label="What there is to do"
            // Which team has them stands in the table; its cases are a page of the team.
            items={[
              { count: load.all, label: 'open cases', href: '#by-team' },
              { count: load.triage, label: 'waiting for triage', href: '#by-team' },
              { count: load.allocation, label: 'without a worker', href: '#by-team' },
              { count: load.overdue, label: 'overdue', href: '#by-team', urgent: true },
              { count: load.quiet, label: 'no contact for 14 days', href: '#by-team' },
              { count: load.reviewOverdue, label: 'reviews overdue', href: '#by-team', urgent: true },
            ]}
          />
          <WorkloadChart
            title="Cases by team and risk"
            tableId="by-team"
            bars={teams.map(team => ({ ...team, key: teamValue(team), name: `${team.teamName}, ${team.serviceName}` }))}
          />
          <p class="govuk-body ly-list-links">
            <a class="govuk-link" href={`${paths.work.agency}?as=csv`}>
              Download as CSV
            </a>{' '}
            <PrintButton />
          </p>
          <LoadTable
            id="by-team"
            caption="Which team has how much"
            rows={teams}
            today={today}
            keyOf={teamValue}
            waiting
            first={{
              heading: 'Team',
              rowHeader: true,
              cell: row =>
                open.has(teamValue(row)) ? (
                  <a class="govuk-link govuk-link--no-visited-state" href={`${paths.work.team}?team=${encodeURIComponent(teamValue(row))}`}>
                    {row.teamName}
                  </a>
                ) : (
                  row.teamName
                ),
              second: row => [row.serviceName, of === null && row.agencyName].filter(Boolean).join(' · '),
            }}
          />
          <WeightsNote visit={visit} />
          <Ageing load={load} />
        </>
      )}
    </>,
    { section: 'team' },
  )
}

const fileColumns: Readonly<Record<string, (team: TeamLoad) => string | number>> = {
  Agency: team => team.agencyName,
  Team: team => team.teamName,
  Service: team => team.serviceName,
  Cases: team => team.all,
  Weight: team => team.weight,
  'High risk': team => team.high,
  'Medium risk': team => team.medium,
  'Low risk': team => team.low,
  'Risk not rated': team => team.notRated,
  'Waiting for triage': team => team.triage,
  'Without a worker': team => team.allocation,
  Overdue: team => team.overdue,
  'No contact for 14 days': team => team.quiet,
  'Reviews overdue': team => team.reviewOverdue,
  'Supervision overdue': team => team.supervisionOverdue,
}

const fileOf = (teams: readonly TeamLoad[]): string =>
  csvMark +
  csvLine(Object.keys(fileColumns)) +
  teams.map(team => csvLine(Object.values(fileColumns).map(cell => String(cell(team))))).join('')
