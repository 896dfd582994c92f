import type { VNode } from 'preact'
import { audit } from '../../audit/index.ts'
import { datesOfWork, planActionsFor } from '../../cases/index.ts'
import { paths } from '../../paths.ts'
import { formatName } from '../../people/index.ts'
import { may } from '../../platform/actor.ts'
import { today } from '../../platform/clock.ts'
import { type Answer, page } from '../../platform/web/answer.ts'
import type { Routes, Visit } from '../../platform/web/routes.ts'
import { Button, DataTable, Due, EmptyState, FilterChips, PageTitle, Pagination, Select } from '../../ui/index.ts'
import { isElsewhere, type TaskRow, type ToDoSource } from '../elsewhere.ts'
import { TaskTable } from '../task-table.tsx'
import { colleaguesWithTasks, type countTasks } from '../tasks.queries.ts'
import { listed } from './listed.ts'
import { taskFile } from './task-file.ts'
import { addressOf, dueWords, type ListWish, readWish, seesColleagues, type View, views } from './wanted.ts'

/** Everything that is to be done, by whose it is and when it is due; all of it in the address. */
export function listTaskRoutes(routes: Routes, source?: ToDoSource): void {
  routes.get('/tasks', { may: 'read-records' }, visit =>
    visit.query.get('as') === 'csv' ? taskFile(visit, source) : listPage(visit, source),
  )
}

const pageLength = 50

async function listPage(visit: Visit, source: ToDoSource | undefined): Promise<Answer> {
  const { tx, actor, clock, query } = visit
  const wish = readWish(query, actor, pageLength + 1)
  const { view, wanted } = wish
  const closed = view === 'ended'
  const day = today(clock)
  const { rows: found, counts, noteRead } = await listed(visit, wish, day, source)
  const shown = found.slice(0, pageLength)
  await audit(tx, actor, clock.now(), {
    action: 'tasks-listed',
    subject: { type: 'user', id: actor.userId ?? '' },
    detail: { whose: wanted.userId ?? (view || 'mine'), shown: shown.length },
  })
  await noteRead(shown)
  const go = (change: Record<string, string>) => addressOf(paths.tasks.mine, query, change)
  const chosen = may(actor, 'record') && !closed && shown.some(one => !isElsewhere(one) && one.mayEdit)
  const table = (
    <TaskTable
      caption="Tasks"
      tasks={shown}
      today={day}
      withAssignee={view !== '' && !wanted.userId}
      chosen={chosen}
      empty={<EmptyState title={wish.isNarrowed ? 'No tasks match. Show all to see the others' : 'No tasks here'} />}
    />
  )
  const colleague = wanted.userId ? await nameOf(visit, wanted.userId) : undefined
  const body = (
    <>
      {PageTitle({
        title: colleague ? `Tasks of ${colleague}` : titleOf(view, counts),
        context: colleague ? 'On cases that you see' : view === '' && counts.late > 0 ? `${counts.late} overdue` : undefined,
        actions: may(actor, 'record') ? Button({ text: 'Add a task', href: paths.tasks.add }) : null,
      })}
      <FilterChips
        label="Whose tasks"
        items={(Object.keys(views) as View[])
          .filter(one => one !== 'colleagues' || seesColleagues(actor))
          .map(one => ({ text: views[one], href: go({ view: one, who: '' }), current: one === view, ...countOf(counts, one) }))}
      />
      <Narrow
        wish={wish}
        query={query}
        services={await servicesOf(visit)}
        colleagues={view === 'colleagues' && seesColleagues(actor) ? await colleaguesWithTasks(tx, actor) : []}
      />
      {chosen ? (
        <form method="get" action={paths.tasks.bulk}>
          <input type="hidden" name="from" value={go({})} />
          {table}
          <div class="govuk-button-group ly-no-print">
            {Button({ text: 'Mark those chosen as done', name: 'do', value: 'done', classes: 'govuk-button--secondary' })}
            {Button({ text: 'Give them to somebody else', name: 'do', value: 'give', classes: 'govuk-button--secondary' })}
            {Button({ text: 'Give them another day', name: 'do', value: 're-date', classes: 'govuk-button--secondary' })}
          </div>
        </form>
      ) : (
        table
      )}
      {found.length > pageLength
        ? Pagination({ landmarkLabel: 'Pages of tasks', next: { text: 'More tasks', href: go({ after: afterOf(shown.at(-1)!, closed) }) } })
        : null}
      {view === '' && wish.isFirst && !wish.isNarrowed ? (
        <>
          {await myPlanActions(visit)}
          {await myDates(visit)}
        </>
      ) : null}
    </>
  )
  const classification = shown.find(isElsewhere)?.classification
  return page(colleague ? `Tasks of ${colleague}` : 'Tasks', body, { section: 'tasks', ...(classification ? { classification } : {}) })
}

async function nameOf({ tx }: Visit, userId: string): Promise<string | undefined> {
  return (await tx.selectFrom('users').select('name').where('id', '=', userId).executeTakeFirst())?.name
}

const afterOf = (row: TaskRow, closed: boolean): string =>
  `${closed && !isElsewhere(row) ? row.closedAt?.getTime() : (row.dueOn ?? 'infinity')}_${row.id}`

/** What is shown, and how many of it there are where they are counted. */
function titleOf(view: View, counts: Awaited<ReturnType<typeof countTasks>>): string {
  const many = (count: number) => (count === 1 ? '1 task' : `${count} tasks`)
  switch (view) {
    case '':
      return many(counts.mine)
    case 'team':
      return `${many(counts.team)} of your teams`
    case 'given':
      return `${many(counts.given)} given to others`
    case 'colleagues':
      return 'Tasks of colleagues'
    case 'ended':
      return 'Tasks that have ended'
  }
}

function countOf(counts: Awaited<ReturnType<typeof countTasks>>, view: View): { count?: number } {
  return view === '' ? { count: counts.mine } : view === 'team' || view === 'given' ? { count: counts[view] } : {}
}

type Service = { code: string; name: string }

/** The services of one's posts: what a list can be narrowed to. */
async function servicesOf({ tx, actor }: Visit): Promise<Service[]> {
  const own = [...new Set(actor.posts.flatMap(post => post.serviceArea ?? []))]
  if (own.length < 2) return []
  return tx.selectFrom('service_areas').select(['code', 'name']).where('code', 'in', own).orderBy('position').execute()
}

type NarrowProps = {
  wish: ListWish
  query: URLSearchParams
  services: readonly Service[]
  colleagues: readonly { userId: string; name: string; tasks: number }[]
}

function Narrow({ wish, query, services, colleagues }: NarrowProps): VNode {
  const csv = addressOf(paths.tasks.mine, query, { as: 'csv' })
  return (
    <>
      <form method="get" action={paths.tasks.mine} class="ly-narrow-by">
        {wish.view ? <input type="hidden" name="view" value={wish.view} /> : null}
        {wish.view === 'ended' ? null : (
          <Select
            name="due"
            label="Due"
            value={query.get('due') ?? ''}
            items={[{ value: '', text: 'Any day' }, ...Object.entries(dueWords).map(([value, text]) => ({ value, text }))]}
          />
        )}
        {services.length > 0 ? (
          <Select
            name="service"
            label="Service"
            value={query.get('service') ?? ''}
            items={[{ value: '', text: 'Every service' }, ...services.map(one => ({ value: one.code, text: one.name }))]}
          />
        ) : null}
        {colleagues.length > 0 ? (
          <Select
            name="who"
            label="Whose"
            value={query.get('who') ?? ''}
            items={[
              { value: '', text: 'Everybody’s' },
              ...colleagues.map(one => ({ value: one.userId, text: `${one.name} – ${one.tasks}` })),
            ]}
          />
        ) : null}
        {wish.view === 'ended' && services.length === 0 ? null : <Button text="Narrow" classes="govuk-button--secondary" />}
        {wish.isNarrowed ? (
          <a class="govuk-link" href={addressOf(paths.tasks.mine, query, { due: '', service: '', who: '' })}>
            Show all
          </a>
        ) : null}
      </form>
      <p class="govuk-body ly-list-links">
        <a class="govuk-link" href={csv}>
          Download as CSV
        </a>
        <a class="govuk-link" href={paths.approvals.list}>
          Sign-off
        </a>
      </p>
    </>
  )
}

/** Actions of plans are done in their plans; they stand here so that nobody has to look in two places. */
async function myPlanActions({ tx, actor, clock }: Visit): Promise<VNode | null> {
  const actions = await planActionsFor(tx, actor.principal, 100)
  if (actions.length === 0) return null
  return (
    <>
      <h2 class="govuk-heading-m">Actions of plans</h2>
      <DataTable
        caption="Actions of plans that are yours"
        captionHidden
        rows={actions}
        keyOf={action => action.id}
        columns={[
          {
            heading: 'Action',
            rowHeader: true,
            cell: action => (
              <a class="govuk-link" href={paths.plan.show(action.caseId)}>
                {action.what}
              </a>
            ),
          },
          { heading: 'Due', cell: action => (action.dueOn ? <Due date={action.dueOn} today={today(clock)} /> : 'Ongoing') },
          {
            heading: 'About',
            cell: action => formatName({ given: action.given, family: action.family }),
            second: action => (action.caseIsClosed ? 'The case is closed' : undefined),
          },
        ]}
      />
    </>
  )
}

/** What rules ask for on one's own cases: settled there, by the thing itself. */
async function myDates({ tx, actor, clock }: Visit): Promise<VNode | null> {
  const day = today(clock)
  const dates = await datesOfWork(tx, actor.userId ?? '', 100)
  if (dates.length === 0) return null
  return (
    <>
      <h2 class="govuk-heading-m">Dates of your cases</h2>
      <DataTable
        caption="What is due on your cases"
        captionHidden
        rows={dates}
        keyOf={date => `${date.caseId} ${date.source}`}
        rowClasses={date => (date.dueOn < day ? 'ly-row--late' : undefined)}
        columns={[
          {
            heading: 'What is due',
            rowHeader: true,
            cell: date => (
              <a class="govuk-link" href={date.href || paths.cases.show(date.caseId)}>
                {date.words}
              </a>
            ),
          },
          { heading: 'Due', cell: date => <Due date={date.dueOn} today={day} /> },
          { heading: 'About', cell: date => formatName({ given: date.given, family: date.family }), second: date => date.caseName },
        ]}
      />
    </>
  )
}
