import type { VNode } from 'preact'
import { teamsToShareWith } from '../../identity/index.ts'
import { paths } from '../../paths.ts'
import { formatInstant } from '../../platform/clock.ts'
import { isId } from '../../platform/id.ts'
import { type Answer, notFound, page, redirect } from '../../platform/web/answer.ts'
import type { Routes, Visit } from '../../platform/web/routes.ts'
import {
  Button,
  EmptyState,
  errorFor,
  errorSummaryFor,
  type FieldError,
  Form,
  Input,
  PageTitle,
  Radios,
  SummaryList,
  Tag,
} from '../../ui/index.ts'
import { type Asked, addressOf, isAnythingWanted, readAsked, wantedFrom } from '../words/asked.ts'
import { askedInWords } from '../words/asked-in-words.ts'
import { findTexts } from '../words/find-texts.ts'
import { keepSearch, mostSaved, noteLook, removeSearch, type SavedSearch, savedSearchesOf } from './saved-searches.ts'

/** `/search/saved…`: keep a search, open it with what is new since the last look, share it with a team, take it away. */
export function savedSearchRoutes(routes: Routes): void {
  routes.get('/search/saved', { may: 'read-records' }, listSaved)
  routes.get('/search/saved/new', { may: 'read-records' }, visit =>
    withAsked(visit, asked => formPage(visit, asked, { name: '', share: '' }, [])),
  )
  routes.post('/search/saved/new', { may: 'read-records' }, visit => withAsked(visit, asked => postNew(visit, asked)))
  routes.get('/search/saved/:searchId', { may: 'read-records' }, openSaved)
  routes.post('/search/saved/:searchId/remove', { may: 'read-records' }, async ({ tx, actor, clock, params }) => {
    if (!(await findSaved(tx, actor, params['searchId']))?.mayRemove) return notFound()
    await removeSearch(tx, actor, clock.now(), params['searchId']!)
    return redirect(paths.savedSearches.list, { notice: 'Saved search removed.' })
  })
}

async function listSaved(visit: Visit): Promise<Answer> {
  const saved = await savedSearchesOf(visit.tx, visit.actor)
  const items: VNode[] = []
  // One after another: each is a search of its own.
  for (const one of saved) items.push(await savedItem(visit, one))
  const body = (
    <>
      <PageTitle
        title="Saved searches"
        context={
          <a class="govuk-link" href={paths.search}>
            Find
          </a>
        }
      />
      {items.length === 0 ? (
        <EmptyState title="You have no saved searches yet">
          Search for words in notes, forms or documents, then choose “Save this search”.
        </EmptyState>
      ) : (
        <ul class="ly-found">{items}</ul>
      )}
    </>
  )
  return page('Saved searches', body, { section: 'people' })
}

async function savedItem(visit: Visit, saved: SavedSearch): Promise<VNode> {
  const asked = readAsked(new URLSearchParams(saved.query))
  return (
    <li key={saved.id} class="ly-found__item">
      <h2 class="ly-found__title">
        <a class="govuk-link" href={paths.savedSearches.show(saved.id)}>
          {saved.name}
        </a>{' '}
        {(await hasNew(visit, saved, asked)) ? Tag({ text: 'New', classes: 'govuk-tag--blue' }) : null}
      </h2>
      <p class="ly-second">
        {askedInWords(asked)}
        {saved.isOwn ? '' : ` · saved by ${saved.owner}`}
        {saved.teamName ? ` · shared with ${saved.teamName}` : ''}
        {saved.lookedAt ? ` · you last looked ${formatInstant(saved.lookedAt)}` : ''}
      </p>
      {saved.mayRemove ? (
        <Form {...visit.form} action={paths.savedSearches.remove(saved.id)} classes="ly-no-print">
          <button class="ly-link-button" type="submit">
            Remove<span class="govuk-visually-hidden"> {saved.name}</span>
          </button>
        </Form>
      ) : null}
    </li>
  )
}

async function hasNew(visit: Visit, saved: SavedSearch, asked: Asked): Promise<boolean> {
  if (!saved.lookedAt) return false
  const { wanted, errors } = await wantedFrom(visit, asked)
  if (errors.length > 0) return false
  const { texts } = await findTexts(visit.tx, visit.clock.now(), { ...wanted, recordedAfter: saved.lookedAt }, 1)
  return texts.length > 0
}

/** The search as anybody's, with what has been recorded since one last looked marked as new. */
async function openSaved({ tx, actor, clock, params }: Visit): Promise<Answer> {
  const saved = await findSaved(tx, actor, params['searchId'])
  if (!saved) return notFound()
  await noteLook(tx, actor, clock.now(), saved.id)
  return redirect(addressOf(paths.search, { ...readAsked(new URLSearchParams(saved.query)), newSince: saved.lookedAt ?? undefined }))
}

async function findSaved(tx: Visit['tx'], actor: Visit['actor'], id: string | undefined): Promise<SavedSearch | undefined> {
  if (!isId(id ?? '')) return undefined
  return (await savedSearchesOf(tx, actor, id))[0]
}

async function withAsked({ query, fields }: Visit, work: (asked: Asked) => Promise<Answer>): Promise<Answer> {
  const asked = readAsked(fields.text('query') ? new URLSearchParams(fields.text('query')) : query)
  if (asked.where === 'people' || !isAnythingWanted(asked.text)) return redirect(paths.search)
  return work({ ...asked, after: undefined, newSince: undefined })
}

type Typed = { name: string; share: string }

async function postNew(visit: Visit, asked: Asked): Promise<Answer> {
  const { tx, actor, clock, fields } = visit
  const typed: Typed = { name: fields.text('name'), share: fields.text('share') }
  const errors: FieldError[] = []
  if (typed.name === '') errors.push({ field: 'name', message: 'Enter a name for this search' })
  if ([...typed.name].length > 60) errors.push({ field: 'name', message: 'Name must be 60 characters or fewer' })
  const team = typed.share ? (await teamsToShareWith(tx, actor)).find(one => String(one.principal) === typed.share) : undefined
  if (typed.share && !team) errors.push({ field: 'share', message: 'Select who else may use this search' })
  const kept = await savedSearchesOf(tx, actor)
  if (kept.filter(one => one.isOwn).length >= mostSaved)
    errors.push({ field: 'name', message: `You have ${mostSaved} saved searches. Remove one that you no longer need` })
  if (errors.length > 0) return formPage(visit, asked, typed, errors)
  await keepSearch(tx, actor, clock.now(), { name: typed.name, query: queryOf(asked), team: team?.principal ?? null })
  return redirect(paths.savedSearches.list, { notice: 'Search saved.' })
}

async function formPage(visit: Visit, asked: Asked, typed: Typed, errors: readonly FieldError[]): Promise<Answer> {
  const teams = await teamsToShareWith(visit.tx, visit.actor)
  const body = (
    <>
      {errorSummaryFor(errors)}
      <PageTitle
        title="Save this search"
        context={
          <a class="govuk-link" href={addressOf(paths.search, asked)}>
            Back to what was found
          </a>
        }
      />
      {SummaryList({ rows: [{ key: { text: 'Search' }, value: { text: askedInWords(asked) } }] })}
      <Form {...visit.form} action={paths.savedSearches.add}>
        <input type="hidden" name="query" value={queryOf(asked)} />
        {Input({
          id: 'name',
          name: 'name',
          label: 'Name',
          value: typed.name,
          errorMessage: errorFor(errors, 'name'),
          classes: 'govuk-!-width-one-half',
        })}
        {teams.length > 0
          ? Radios({
              name: 'share',
              idPrefix: 'share',
              classes: 'govuk-radios--small',
              fieldset: { legend: { text: 'Who may use it', classes: 'govuk-fieldset__legend--s' } },
              hint: 'A team sees the name and the words of the search. Each of them finds only what they may see themselves',
              errorMessage: errorFor(errors, 'share'),
              value: typed.share,
              items: [
                { value: '', text: 'Only you', checked: typed.share === '' },
                ...teams.map(({ principal, name }) => ({ value: String(principal), text: name })),
              ],
            })
          : null}
        {Button({ text: 'Save' })}
      </Form>
    </>
  )
  return page('Save this search', body, { section: 'people', hasErrors: errors.length > 0 })
}

const queryOf = (asked: Asked): string => addressOf('', asked).replace(/^\?/, '')
