import type { ComponentChildren, VNode } from 'preact'
import { audit } from '../../audit/index.ts'
import { type TeamChoice, teamValue } from '../../cases/index.ts'
import { paths } from '../../paths.ts'
import { may } from '../../platform/actor.ts'
import { today as londonToday } from '../../platform/clock.ts'
import { formatDate, formatLongDate } from '../../platform/plain-date.ts'
import { type Answer, notFound, page } from '../../platform/web/answer.ts'
import type { Routes, Visit } from '../../platform/web/routes.ts'
import { Button, DataTable, EmptyState, Figures, PageTitle, PrintButton, Select, SubNavigation } from '../../ui/index.ts'
import { ageBands } from '../ageing.ts'
import { caseFile } from '../caseload/case-file.ts'
import { askedList, CaseList, findList } from '../caseload/case-list.tsx'
import { caseloadCounts } from '../caseload/caseload.queries.ts'
import { TextThem } from '../caseload/text-them.tsx'
import { type Cover, coversOf } from '../cover/cover.ts'
import { SavedViews, ViewLinks } from '../views/routes.tsx'
import { viewsOf } from '../views/views.ts'
import { LoadTable } from './load-table.tsx'
import { type Load, loadOfTeam, type WorkerLoad } from './team.queries.ts'
import { teamsThatMayBeChosen, whichTeam } from './which-team.ts'
import { WorkloadChart } from './workload-chart.tsx'

/** A team's work in one service: how much each has, how it is getting on, and the list of its cases. */
export function teamRoutes(routes: Routes, { texting }: { texting: boolean }): void {
  routes.get(paths.work.team, { may: 'read-records' }, visit => onTeam(visit, workload))
  routes.get(paths.work.teamCases, { may: 'read-records' }, visit => onTeam(visit, (onIt, of) => teamCases(onIt, of, texting)))
}

type OfTeam = { team: TeamChoice; teams: readonly TeamChoice[] }

async function onTeam(visit: Visit, show: (visit: Visit, of: OfTeam) => Promise<Answer>): Promise<Answer> {
  const teams = await teamsThatMayBeChosen(visit)
  const team = whichTeam(teams, visit)
  if (team) return show(visit, { team, teams })
  if (visit.query.get('team')) return notFound()
  const none = (
    <>
      <PageTitle title="Team" />
      <EmptyState title="You are in no team that works with people." />
    </>
  )
  return page('Team', none, { section: 'team' })
}

async function workload(visit: Visit, of: OfTeam): Promise<Answer> {
  const { tx, actor, clock } = visit
  const { team } = of
  const today = londonToday(clock)
  const [{ all: load, workers }, covers] = await Promise.all([
    loadOfTeam(tx, team, today),
    coversOf(tx, clock.now(), { teamId: team.teamId }),
    audit(tx, actor, clock.now(), { action: 'workload-opened', subject: { type: 'team', id: team.teamId } }),
  ])
  const cases = (asked: Record<string, string>) => `${paths.work.teamCases}?${new URLSearchParams({ team: teamValue(team), ...asked })}`
  const body = (
    <>
      <Figures
        label="What the team has to do"
        items={[
          { count: load.all, label: load.all === 1 ? 'open case' : 'open cases', href: cases({}) },
          { count: load.triage, label: 'waiting for triage', href: cases({ stage: 'triage' }) },
          { count: load.allocation, label: 'without a worker', href: cases({ stage: 'allocation' }) },
          { count: load.overdue, label: 'overdue', href: cases({ due: 'overdue' }), urgent: true },
          { count: load.quiet, label: 'no contact for 14 days', href: cases({ without: 'contact' }) },
          { count: load.reviewOverdue, label: 'reviews overdue', href: cases({ review: 'overdue' }), urgent: true },
          { count: load.supervisionOverdue, label: 'supervision overdue', href: cases({ supervision: 'overdue' }) },
        ]}
      />
      <p class="govuk-body ly-list-links">
        <PrintButton />
      </p>
      <WorkloadChart title="Cases by worker and risk" tableId="by-worker" bars={workers.map(one => ({ ...one, key: one.workerId }))} />
      <LoadTable
        id="by-worker"
        caption="Who has how much"
        rows={workers}
        today={today}
        keyOf={row => row.workerId}
        first={{
          heading: 'Worker',
          rowHeader: true,
          cell: row => <WorkerLink worker={row} />,
          second: row =>
            aboutWorker(
              row,
              covers.filter(one => one.workerId === row.workerId && one.fromOn <= today),
            ),
        }}
      />
      <WeightsNote visit={visit} />
      <Ageing load={load} cases={cases} />
    </>
  )
  return teamPage(visit, of, 'workload', body)
}

const aboutWorker = ({ jobTitle, hasLeft, beside }: WorkerLoad, covers: readonly Cover[]): string | undefined =>
  [
    hasLeft ? 'Takes no cases here any more' : jobTitle,
    beside > 0 && `co-worker on ${beside}`,
    ...covers.map(one => `${one.coveredByName} covers until ${formatDate(one.toOn)}`),
  ]
    .filter(Boolean)
    .join(' · ') || undefined

const WorkerLink = ({ worker }: { worker: WorkerLoad }): VNode => (
  <a class="govuk-link govuk-link--no-visited-state" href={paths.work.worker(worker.workerId)}>
    {worker.name}
  </a>
)

export function WeightsNote({ visit }: { visit: Visit }): VNode {
  return (
    <p class="govuk-body ly-second">
      Weight adds up what a case of each level of risk weighs.{' '}
      <a class="govuk-link" href={paths.work.weights}>
        {may(visit.actor, 'manage-settings') ? 'Change the weights' : 'What they weigh'}
      </a>
    </p>
  )
}

export function Ageing({ load, cases }: { load: Load; cases?: (asked: Record<string, string>) => string }): VNode {
  const rows = ageBands.map(({ key, words }, band) => ({ key, words, count: load.ages[band]!, overdue: load.agesOverdue[band]! }))
  return (
    <DataTable
      caption="How long cases have been open"
      rows={rows}
      keyOf={row => row.key}
      classes="ly-table--narrow"
      columns={[
        {
          heading: 'Open for',
          rowHeader: true,
          cell: row =>
            cases && row.count > 0 ? (
              <a class="govuk-link" href={cases({ open: row.key })}>
                {row.words}
              </a>
            ) : (
              row.words
            ),
        },
        { heading: 'Cases', numeric: true, cell: row => row.count },
        { heading: 'Overdue', numeric: true, cell: row => row.overdue },
      ]}
    />
  )
}

async function teamCases(visit: Visit, of: OfTeam, texting: boolean): Promise<Answer> {
  const { tx, actor, clock } = visit
  const { team } = of
  const whose = { teamId: team.teamId, serviceArea: team.serviceArea }
  const list = askedList(visit, { whose, here: paths.work.teamCases, isTeam: true })
  const subject = { type: 'team', id: team.teamId }
  if (visit.query.get('as') === 'csv') return caseFile(visit, list, subject)
  const counted = caseloadCounts(tx, whose, list.asOf)
  const [found, views] = await Promise.all([
    findList(
      visit,
      list,
      counted.then(counts => counts.all),
    ),
    viewsOf(tx, actor, 'team'),
    audit(tx, actor, clock.now(), { action: 'caseload-opened', subject }),
  ])
  const caption = `Cases of ${team.teamName}, ${team.serviceName}`
  return teamPage(
    visit,
    of,
    'cases',
    <CaseList
      {...list}
      {...found}
      caption={caption}
      views={<SavedViews views={views} query={visit.query} />}
      links={
        <>
          <ViewLinks list="team" views={views} query={visit.query} />
          {may(actor, 'record') ? (
            <>
              {' '}
              <a class="govuk-link" href={flagManyAt(list.query, team)}>
                Flag many
              </a>
            </>
          ) : null}
          {texting ? <TextThem visit={visit} list="team" team={teamValue(team)} found={found.found} /> : null}
        </>
      }
      empty="This team has no open cases that you may see."
    />,
  )
}

/** The same list, to choose from it. */
function flagManyAt(query: URLSearchParams, team: TeamChoice): string {
  const narrowed = new URLSearchParams(
    [...query].filter(([name, value]) => value !== '' && !['page', 'as', 'column', 'team'].includes(name)),
  )
  narrowed.set('team', teamValue(team))
  return `${paths.work.flagMany}?${narrowed}`
}

/** A team's pages: its title, its two pages, and another team where there is one to choose. */
function teamPage(visit: Visit, { team, teams }: OfTeam, current: 'workload' | 'cases', body: ComponentChildren): Answer {
  const at = `?team=${encodeURIComponent(teamValue(team))}`
  const here = current === 'workload' ? paths.work.team : paths.work.teamCases
  return page(
    `${current === 'workload' ? 'Workload' : 'Cases'} – ${team.teamName}`,
    <>
      <PageTitle title={team.teamName} context={`${formatLongDate(londonToday(visit.clock))} · ${team.serviceName}, ${team.agencyName}`} />
      {teams.length > 1 ? (
        <form method="get" action={here} class="ly-narrow-by">
          <Select
            name="team"
            label="Team"
            value={teamValue(team)}
            items={teams.map(one => ({ value: teamValue(one), text: `${one.teamName}, ${one.serviceName}` }))}
          />
          <Button text="Show" classes="govuk-button--secondary" />
        </form>
      ) : null}
      <SubNavigation
        label="This team"
        items={[
          { text: 'Workload', href: `${paths.work.team}${at}`, active: current === 'workload' },
          { text: 'Cases', href: `${paths.work.teamCases}${at}`, active: current === 'cases' },
          { text: 'All teams', href: paths.work.agency, active: false },
        ]}
      />
      {body}
    </>,
    { section: 'team' },
  )
}
