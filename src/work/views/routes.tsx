import type { VNode } from 'preact'
import { readerOf } from '../../cases/index.ts'
import { teamsToShareWith } from '../../identity/index.ts'
import { paths } from '../../paths.ts'
import { type Answer, notFound, page, redirect } from '../../platform/web/answer.ts'
import { type Fields, noFields } from '../../platform/web/fields.ts'
import type { Routes, Visit } from '../../platform/web/routes.ts'
import {
  BackLink,
  Button,
  DataTable,
  EmptyState,
  errorFor,
  errorSummaryFor,
  type FieldError,
  FilterChips,
  Form,
  Input,
  PageTitle,
  Radios,
} from '../../ui/index.ts'
import { hrefOf, type ListWithViews, listsWithViews, queryToKeep, removeView, type SavedView, saveView, viewsOf } from './views.ts'

/** Views of lists that somebody keeps, for themself or for their team (F9). */
export function viewRoutes(routes: Routes): void {
  routes.get(paths.work.views, { may: 'read-records' }, allViews)
  routes.get(paths.work.saveView, { may: 'read-records' }, visit =>
    onList(visit, visit.query.get('list'), visit.query.get('query'), asked => savePage(visit, asked, noFields, [])),
  )
  routes.post(paths.work.saveView, { may: 'read-records' }, visit =>
    onList(visit, visit.fields.text('list'), visit.fields.text('query'), asked => save(visit, asked)),
  )
  routes.post(paths.work.removeView(':viewId'), { may: 'read-records' }, async ({ tx, actor, params }) =>
    (await removeView(tx, actor, params['viewId'] ?? '')) ? redirect(paths.work.views, { notice: 'View removed' }) : notFound(),
  )
}

type Asked = { list: ListWithViews; query: string }

async function onList(
  _visit: Visit,
  list: string | null,
  query: string | null,
  answer: (asked: Asked) => Promise<Answer>,
): Promise<Answer> {
  if (list === null || !(list in listsWithViews) || (query ?? '').length > 2_000) return notFound()
  return answer({ list: list as ListWithViews, query: queryToKeep(new URLSearchParams(query ?? '')) })
}

async function save(visit: Visit, asked: Asked): Promise<Answer> {
  const { tx, actor, clock, fields } = visit
  const read = readerOf(fields)
  const name = read.needed('name', 'Name', 'Enter a name for the view', 60)
  const teams = await teamsToShareWith(tx, actor)
  const share = fields.text('share')
  const team = share === '' || share === 'me' ? null : teams.find(one => String(one.principal) === share)
  if (team === undefined) read.refuse('share', 'Select who sees the view')
  if (read.errors.length > 0 || team === undefined) return savePage(visit, asked, fields, read.errors)
  await saveView(tx, actor, clock.now(), { ...asked, name, team: team?.principal ?? null })
  return redirect(hrefOf(asked), { notice: `View “${name}” saved` })
}

async function savePage(visit: Visit, { list, query }: Asked, typed: Fields, errors: readonly FieldError[]): Promise<Answer> {
  const teams = await teamsToShareWith(visit.tx, visit.actor)
  const body = (
    <div class="ly-narrow">
      <BackLink href={hrefOf({ list, query })}>Back to the list</BackLink>
      {errorSummaryFor(errors)}
      <h1 class="govuk-heading-l">Save this view</h1>
      <p class="govuk-body">Its filters, order and columns are kept, and no case: whoever opens it sees what they may see.</p>
      <Form {...visit.form} action={paths.work.saveView}>
        <input type="hidden" name="list" value={list} />
        <input type="hidden" name="query" value={query} />
        <Input name="name" id="name" label="Name" value={typed.typed('name')} errorMessage={errorFor(errors, 'name')} />
        {teams.length > 0 ? (
          <Radios
            name="share"
            fieldset={{ legend: { text: 'Who sees it?', classes: 'govuk-fieldset__legend--s' } }}
            errorMessage={errorFor(errors, 'share')}
            value={typed.text('share') || 'me'}
            items={[
              { value: 'me', text: 'Only me' },
              ...teams.map(team => ({ value: String(team.principal), text: `Everybody in ${team.name}` })),
            ]}
          />
        ) : null}
        <Button text="Save the view" />
      </Form>
    </div>
  )
  return page('Save this view', body, { section: 'work', hasErrors: errors.length > 0 })
}

async function allViews(visit: Visit): Promise<Answer> {
  const views = await viewsOf(visit.tx, visit.actor, null)
  const listNames: Record<ListWithViews, string> = { 'my-work': 'My work', team: 'Team' }
  const body = (
    <>
      <BackLink href={paths.work.mine}>My work</BackLink>
      <PageTitle title="Saved views" />
      <DataTable
        caption="Saved views"
        captionHidden
        rows={views}
        keyOf={view => view.id}
        empty={<EmptyState title="You have saved no view yet. A list offers it beside its orders." />}
        columns={[
          {
            heading: 'View',
            rowHeader: true,
            cell: view => (
              <a class="govuk-link" href={hrefOf(view)}>
                {view.name}
              </a>
            ),
            second: view => listNames[view.list],
          },
          {
            heading: 'Who sees it',
            cell: view => (view.teamName ? `Everybody in ${view.teamName}` : 'Only you'),
            second: view => (view.isMine ? undefined : `from ${view.by}`),
          },
          {
            heading: 'Remove',
            headingHidden: true,
            cell: view =>
              view.isMine ? (
                <Form {...visit.form} action={paths.work.removeView(view.id)}>
                  <Button classes="govuk-button--secondary">
                    Remove<span class="govuk-visually-hidden"> {view.name}</span>
                  </Button>
                </Form>
              ) : null,
          },
        ]}
      />
    </>
  )
  return page('Saved views', body, { section: 'work' })
}

/** The views of a list, beside its orders. */
export function SavedViews({ views, query }: { views: readonly SavedView[]; query: URLSearchParams }): VNode | null {
  if (views.length === 0) return null
  const now = queryToKeep(query)
  return (
    <FilterChips label="Saved views" items={views.map(view => ({ text: view.name, href: hrefOf(view), current: view.query === now }))} />
  )
}

/** The way to keep the view that is open, and to those that are kept. */
export function ViewLinks({ list, views, query }: { list: ListWithViews; views: readonly SavedView[]; query: URLSearchParams }): VNode {
  const now = queryToKeep(query)
  return (
    <>
      {views.some(view => view.query === now) ? null : (
        <a class="govuk-link" href={`${paths.work.saveView}?${new URLSearchParams({ list, query: now })}`}>
          Save this view
        </a>
      )}
      {views.length > 0 ? (
        <a class="govuk-link" href={paths.work.views}>
          Saved views
        </a>
      ) : null}
    </>
  )
}
