import type { VNode } from 'preact'
import { audit } from '../../audit/index.ts'
import { paths } from '../../paths.ts'
import { type Actor, may } from '../../platform/actor.ts'
import { today as londonToday } from '../../platform/clock.ts'
import { formatLongDate } from '../../platform/plain-date.ts'
import { page } from '../../platform/web/answer.ts'
import type { Routes, Visit } from '../../platform/web/routes.ts'
import { Button, Figures, FilterChips, PageTitle, Pagination, type RiskLevel, Select } from '../../ui/index.ts'
import { type TeamChoice, teamChosen, teamsFor, teamValue } from '../directory.ts'
import { riskLevels, riskWords } from '../words.ts'
import { type CaseloadFilters, type CaseloadOrder, caseloadCounts, caseloadOf, countOf, rowsAPage, type Whose } from './caseload.queries.ts'
import { CaseloadTable } from './caseload-table.tsx'

const orders: Record<CaseloadOrder, string> = {
  due: 'What to do next',
  risk: 'By risk',
  contact: 'Longest without contact',
  new: 'Newest first',
}
const stages = { triage: 'Waiting for triage', allocation: 'Waiting for a worker', work: 'With a worker' } as const

/** My cases, or a team's: due first, with everything that narrows the list in the address so that it can be sent. */
export function caseloadRoutes(routes: Routes): void {
  routes.get('/cases', { may: 'read-records' }, async visit => page('Cases', await caseloadPage(visit), { section: 'work' }))
}

async function caseloadPage(visit: Visit): Promise<VNode> {
  const { tx, actor, clock, query } = visit
  const today = londonToday(clock)
  const teams = await teamsThatMayBeChosen(visit)
  // Whoever allocates begins with what waits in their team; "My cases" is asked for by its own empty value.
  const leads = query.get('team') === null && may(actor, 'manage-allocation')
  const team = leads ? teams[0] : teamChosen(teams, query.get('team') ?? '')
  const whose: Whose = team ? { teamId: team.teamId, serviceArea: team.serviceArea } : { workerId: actor.userId ?? '' }
  const { filters, order, pageNumber } = readCaseload(query)
  const counts = await caseloadCounts(tx, whose, today)
  const isNarrowed = Object.keys(filters).length > 0
  const found = isNarrowed ? await countOf(tx, whose, filters, today) : counts.all
  const rows = await caseloadOf(tx, whose, filters, order, today, pageNumber)
  await audit(tx, actor, clock.now(), {
    action: 'caseload-opened',
    subject: team ? { type: 'team', id: team.teamId } : { type: 'user', id: actor.userId ?? '' },
  })
  const go = addressIn(query)
  const title = team ? `${team.teamName}, ${team.serviceName}` : 'My cases'
  return (
    <>
      <PageTitle
        title={`${title}: ${found}${team ? (found === 1 ? ' case' : ' cases') : ''}`}
        context={`${formatLongDate(today)}${isNarrowed ? ` · narrowed from ${counts.all}` : ''}`}
      />
      <Figures
        label="What needs doing"
        items={[
          { count: counts.overdue, label: 'overdue', href: go({ due: 'overdue' }), urgent: true },
          { count: counts.today, label: 'due today', href: go({ due: 'today' }) },
          { count: counts.week, label: 'due in a week', href: go({ due: 'week' }) },
          { count: counts.quiet, label: 'no contact for 14 days', href: go({ without: 'contact' }) },
          { count: counts.fresh, label: team ? 'not started' : 'new to me', href: go({ fresh: '1' }) },
        ]}
      />
      <FilterChips
        label="Order"
        items={Object.entries(orders).map(([key, text]) => ({ text, href: go({ order: key }, true), current: order === key }))}
      />
      <Narrow query={query} teams={teams} order={order} isNarrowed={isNarrowed} />
      <CaseloadTable
        rows={rows}
        today={today}
        caption={title}
        withWorker={team !== undefined}
        empty={emptyWords(isNarrowed, team !== undefined)}
      />
      <Pages found={found} pageNumber={pageNumber} go={go} />
    </>
  )
}

/** The teams of one's posts; every team for those who reach everything. What they see there is still decided row by row. */
async function teamsThatMayBeChosen({ tx, actor }: Visit): Promise<readonly TeamChoice[]> {
  const all = await teamsFor(tx)
  return may(actor, 'commission') ? all : all.filter(team => worksIn(actor, team))
}

const worksIn = (actor: Actor, team: TeamChoice): boolean =>
  actor.posts.some(post => post.teamId === team.teamId && post.serviceArea === team.serviceArea)

export function readCaseload(query: URLSearchParams): { filters: CaseloadFilters; order: CaseloadOrder; pageNumber: number } {
  const filters: CaseloadFilters = {}
  const due = query.get('due')
  if (due === 'overdue' || due === 'today' || due === 'week') filters.due = due
  const risk = riskLevels.find(level => level === query.get('risk'))
  if (risk) filters.risk = risk
  const stage = query.get('stage')
  if (stage === 'triage' || stage === 'allocation' || stage === 'work') filters.stage = stage
  if (query.get('without') === 'contact') filters.without = 'contact'
  if (query.get('fresh') === '1') filters.fresh = true
  const order = (query.get('order') ?? '') in orders ? (query.get('order') as CaseloadOrder) : 'due'
  const pageNumber = Math.min(Math.max(Number.parseInt(query.get('page') ?? '1', 10) || 1, 1), 1_000)
  return { filters, order, pageNumber }
}

/** The address of the same list with something changed; the figures replace each other, everything else stays. */
const addressIn =
  (query: URLSearchParams) =>
  (change: Record<string, string>, keep = false): string => {
    const kept = [...query].filter(
      ([name, value]) => value !== '' && name !== 'page' && (keep || !['due', 'without', 'fresh'].includes(name)),
    )
    const changed = new URLSearchParams(kept)
    for (const [name, value] of Object.entries(change)) changed.set(name, value)
    return `${paths.cases.mine}?${changed}`
  }

function Narrow({
  query,
  teams,
  order,
  isNarrowed,
}: {
  query: URLSearchParams
  teams: readonly TeamChoice[]
  order: CaseloadOrder
  isNarrowed: boolean
}): VNode {
  return (
    <form method="get" action={paths.cases.mine} class="ly-narrow-by">
      <input type="hidden" name="order" value={order} />
      {teams.length > 0 ? (
        <Select
          name="team"
          label="Whose"
          value={query.get('team')}
          items={[
            { value: '', text: 'My cases' },
            ...teams.map(team => ({ value: teamValue(team), text: `${team.teamName}, ${team.serviceName}` })),
          ]}
        />
      ) : null}
      <Select
        name="stage"
        label="Stage"
        value={query.get('stage')}
        items={[{ value: '', text: 'Every stage' }, ...Object.entries(stages).map(([value, text]) => ({ value, text }))]}
      />
      <Select
        name="risk"
        label="Risk"
        value={query.get('risk')}
        items={[
          { value: '', text: 'Every level' },
          ...riskLevels.map((level: RiskLevel) => ({ value: level, text: capital(riskWords[level]) })),
        ]}
      />
      <Button text="Narrow" classes="govuk-button--secondary" />
      {isNarrowed ? (
        <a
          class="govuk-link"
          href={query.get('team') ? `${paths.cases.mine}?team=${encodeURIComponent(query.get('team') ?? '')}` : paths.cases.mine}
        >
          Show all
        </a>
      ) : null}
    </form>
  )
}

function Pages({ found, pageNumber, go }: { found: number; pageNumber: number; go: ReturnType<typeof addressIn> }): VNode | null {
  const last = Math.ceil(found / rowsAPage)
  if (last <= 1) return null
  const to = (number: number) => go({ page: String(number) }, true)
  return (
    <Pagination
      landmarkLabel="Pages of cases"
      previous={pageNumber > 1 ? { href: to(pageNumber - 1) } : undefined}
      next={pageNumber < last ? { href: to(pageNumber + 1) } : undefined}
      items={[...new Set([1, pageNumber - 1, pageNumber, pageNumber + 1, last])]
        .filter(number => number >= 1 && number <= last)
        .map(number => ({ number, href: to(number), current: number === pageNumber }))}
    />
  )
}

function emptyWords(isNarrowed: boolean, isTeam: boolean): string {
  if (isNarrowed) return 'Nothing here matches. Show all to see the others.'
  return isTeam ? 'This team has no open cases that you may see.' : 'You have no cases. Those that are allocated to you stand here.'
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
