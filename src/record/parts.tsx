import type { VNode } from 'preact'
import {
  type Beside,
  type CaseSummary,
  type Coming,
  type Involvement,
  type PersonDue,
  TimelineList,
  type TimelinePage,
} from '../cases/index.ts'
import { paths } from '../paths.ts'
import type { Person } from '../people/index.ts'
import { lowerFirst } from '../platform/first-letter.ts'
import { daysBetween, formatDate, type PlainDate } from '../platform/plain-date.ts'
import { type Professional, Reach } from '../relationships/index.ts'
import { Button, DataTable, DoNext, Due, dueWords, EmptyState, FilterChips, RiskTag, SidePanel, Tag } from '../ui/index.ts'

type DoNextProps = {
  dues: readonly PersonDue[]
  today: PlainDate
  person: Person
  mayEdit: boolean
  mayReferToMeeting: boolean
  mayStartEpisode: boolean
  contactHref: string | undefined
}

export function DoNextHere({ dues, today, person, mayEdit, mayReferToMeeting, mayStartEpisode, contactHref }: DoNextProps): VNode {
  const items = dues.map(due => {
    const { words, overdue } = dueWords(due.dueOn, today)
    const near = overdue || daysBetween(today, due.dueOn) <= 7
    return {
      text: due.words,
      href: due.href || paths.cases.show(due.caseId),
      due: near ? words : formatDate(due.dueOn),
      late: overdue,
      detail: due.serviceName,
    }
  })
  const actions = (
    <>
      {contactHref ? <Button text="Record contact" href={contactHref} /> : null}
      {mayEdit ? (
        <Button
          text={contactHref ? 'Refer to a service' : 'Make a referral'}
          href={paths.cases.refer(person.id)}
          classes={contactHref ? 'govuk-button--secondary' : ''}
        />
      ) : null}
      {mayReferToMeeting ? (
        <a class="govuk-link" href={paths.meetings.referPerson(person.id)}>
          Refer to a meeting
        </a>
      ) : null}
      {mayStartEpisode ? (
        <a class="govuk-link" href={paths.episodes.begin(person.id)}>
          Begin an episode
        </a>
      ) : null}
    </>
  )
  return <DoNext items={items} actions={actions} />
}

type WorkingWithProps = {
  person: Person
  summaries: readonly CaseSummary[]
  coWorkers: readonly Beside[]
  involvements: readonly Involvement[]
  /** Those of today from outside the system. */
  professionals: readonly Professional[]
  mayBreakGlass: boolean
}

/** Who is working with them now and how to reach them; and who else is involved, as far as that may be known (E7). */
export function WorkingWith({ person, summaries, coWorkers, involvements, professionals, mayBreakGlass }: WorkingWithProps): VNode {
  const open = summaries.filter(one => one.closedOn === null)
  return (
    <SidePanel id="working-with" title={`Who is working with ${person.given ?? person.family ?? 'them'}`}>
      {open.length + involvements.length === 0 ? <p class="govuk-body">No service that you can see is working with them now.</p> : null}
      <ul class="ly-list">
        {open.flatMap(one => [
          <li key={one.id}>
            <strong>{one.workerName ?? one.teamName}</strong>
            {one.workerName && one.workerJobTitle ? `, ${one.workerJobTitle.toLowerCase()}` : ''}
            <span class="ly-second">
              {one.serviceName} · {whoseWork(one)} · <Telephone number={one.workerTelephone || one.telephone} />
            </span>
          </li>,
          ...coWorkers
            .filter(({ caseId }) => caseId === one.id)
            .map(beside => (
              <li key={beside.id}>
                <strong>{beside.name}</strong>
                {beside.jobTitle ? `, ${beside.jobTitle.toLowerCase()}` : ''}, co-worker
                <span class="ly-second">
                  {one.serviceName} · <Telephone number={beside.telephone || one.telephone} />
                </span>
              </li>
            )),
        ])}
        {involvements.map(one => (
          <li key={one.caseId}>
            {one.serviceName}{' '}
            {one.isEpisode ? (one.closedOn === null ? '' : 'that has ended') : one.closedOn === null ? 'is involved' : 'was involved'}
            <span class="ly-second">
              {one.coordinatorName ? `Co-ordinator: ${one.coordinatorName}` : one.teamName}, {one.agencyName} ·{' '}
              <Telephone number={one.telephone} />
              {one.outOfHoursTelephone ? (
                <>
                  {' '}
                  · out of hours <Telephone number={one.outOfHoursTelephone} />
                </>
              ) : null}
            </span>
            {one.assessedOn ? <span class="ly-second">An assessment was completed on {formatDate(one.assessedOn)}</span> : null}
            {mayBreakGlass ? (
              <a class="govuk-link" href={paths.cases.breakGlass(one.caseId)}>
                Open in an emergency<span class="govuk-visually-hidden">: {one.serviceName}</span>
              </a>
            ) : null}
          </li>
        ))}
        {professionals.map(one => (
          <li key={one.id}>
            <strong>
              <bdi>{one.name ?? one.organisation}</bdi>
            </strong>
            , {lowerFirst(one.role)}
            <span class="ly-second">
              {[
                one.name && one.organisation,
                one.telephone && <Reach contact={one.telephone} />,
                one.email && <Reach contact={one.email} />,
              ]
                .filter(Boolean)
                .map((part, index) => [index > 0 ? ' · ' : '', part])}
            </span>
          </li>
        ))}
        {person.gpName || person.gpPractice ? (
          <li>
            <strong>
              <bdi>{person.gpName ?? person.gpPractice}</bdi>
            </strong>
            , GP{person.gpName && person.gpPractice ? <span class="ly-second">{person.gpPractice}</span> : null}
          </li>
        ) : null}
      </ul>
    </SidePanel>
  )
}

/** An episode's co-ordinator is of any agency: the desk's stands for nobody's work. */
const whoseWork = ({ isEpisode, workerName, teamName, agencyName }: CaseSummary): string =>
  isEpisode && workerName ? 'co-ordinator' : workerName ? `${teamName}, ${agencyName}` : agencyName

function Telephone({ number }: { number: string }): VNode {
  return (
    <a class="govuk-link govuk-link--no-visited-state" href={`tel:${number.replaceAll(' ', '')}`}>
      {number}
    </a>
  )
}

type CasesProps = { summaries: readonly CaseSummary[]; today: PlainDate; person: Person; mayRefer: boolean }

export function CasesTable({ summaries, today, person, mayRefer }: CasesProps): VNode {
  const refer = mayRefer ? (
    <a class="govuk-link" href={paths.cases.refer(person.id)}>
      Make a referral
    </a>
  ) : undefined
  return (
    <DataTable
      caption={summaries.length === 1 ? '1 case' : `${summaries.length} cases`}
      rows={summaries}
      keyOf={row => row.id}
      empty={<EmptyState title="No cases that you can see." action={refer} />}
      columns={[
        {
          heading: 'Service',
          rowHeader: true,
          cell: row => (
            <a class="govuk-link" href={paths.cases.show(row.id)}>
              {row.serviceName}
            </a>
          ),
          second: row => row.reference,
        },
        { heading: 'Stage', cell: row => row.stage || 'Shared with you in part', second: row => row.teamName },
        {
          heading: 'Risk',
          cell: row => (row.closedOn ? <Tag text="Closed" classes="govuk-tag--grey" /> : row.whole ? <RiskTag level={row.risk} /> : ''),
        },
        {
          heading: 'Next step',
          cell: row => row.nextStep || (row.closedOn ? `Closed ${formatDate(row.closedOn)}` : ''),
          second: row => (row.dueOn ? <Due date={row.dueOn} today={today} /> : null),
        },
      ]}
    />
  )
}

/** The latest, with the filters that lead to the whole timeline. */
type TimelineHereProps = { person: Person; timeline: TimelinePage; coming: readonly Coming[]; today: PlainDate }

export function TimelineHere({ person, timeline, coming, today }: TimelineHereProps): VNode {
  const all = paths.cases.timeline(person.id)
  return (
    <section aria-labelledby="timeline">
      <h2 class="govuk-heading-m" id="timeline">
        Timeline
      </h2>
      <FilterChips
        label="Kinds of event"
        items={[
          { text: 'All', href: all, current: true },
          { text: 'Contacts', href: `${all}?kind=contact` },
          { text: 'Risk', href: `${all}?kind=risk` },
          { text: 'Assessments', href: `${all}?kind=assessment` },
          { text: 'Documents', href: `${all}?kind=document` },
          { text: 'Their own words', href: `${all}?kind=own-words` },
        ]}
      />
      <TimelineList
        page={timeline}
        coming={coming}
        today={today}
        earlierHref={timeline.earlier ? `${all}?before=${timeline.earlier}` : undefined}
      />
    </section>
  )
}
