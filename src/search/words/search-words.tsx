import type { VNode } from 'preact'
import { audit, auditAll } from '../../audit/index.ts'
import { paths } from '../../paths.ts'
import { findPerson, formatName } from '../../people/index.ts'
import { formatInstant } from '../../platform/clock.ts'
import { type Answer, notFound, page } from '../../platform/web/answer.ts'
import type { Visit } from '../../platform/web/routes.ts'
import { Button, EmptyState, errorSummaryFor, PageTitle, Pagination } from '../../ui/index.ts'
import { SearchBox, Wheres } from '../search-box.tsx'
import { type Asked, addressOf, filterNames, isAnythingWanted, wantedFrom, wheres } from './asked.ts'
import { Filters } from './filters.tsx'
import { findTexts, type TextsPage } from './find-texts.ts'
import { answersFor, kindLabelsFor, Results } from './results.tsx'
import { type Respelling, similarWords } from './similar-words.ts'

export const textsAPage = 20

/** Searches what was written, everywhere or inside one record. The page says nothing of what its reader may not see: it gives no counts. */
export async function searchWords(visit: Visit, asked: Asked): Promise<Answer> {
  const scope = await scopeOf(visit, asked)
  if (scope === 'not-there') return notFound()
  const { wanted, errors } = await wantedFrom(visit, asked)
  const isAsked = isAnythingWanted(asked.text)
  const found = isAsked && errors.length === 0 ? await findTexts(visit.tx, visit.clock.now(), wanted, textsAPage, asked.after) : undefined
  if (found) await tellAudit(visit, asked, found)
  const title = scope ? `Find in the record of ${scope.name}` : 'Find in what was written'
  const services = await visit.tx
    .selectFrom('service_areas')
    .select(['code', 'name'])
    .where('archived_at', 'is', null)
    .orderBy('position')
    .execute()
  const body = (
    <>
      {errorSummaryFor(errors)}
      <PageTitle title={title} context={scope ? scopeLinks(asked, scope) : undefined} actions={savedLinks(asked, isAsked)} />
      <SearchBox
        asked={asked}
        label="Words"
        hint="Words in any form (“visit” finds visits and visited), “words that stand together” in quotation marks, and -word to leave one out"
      >
        <Filters asked={asked} errors={errors} services={services} />
      </SearchBox>
      <Wheres asked={asked} />
      {found ? (
        await results(visit, asked, found, scope)
      ) : asked.text !== '' && !isAsked ? (
        <p class="govuk-body">Enter at least one word to look for.</p>
      ) : null}
    </>
  )
  return page(asked.text === '' ? title : `${asked.text} – ${title}`, body, { section: 'people', hasErrors: errors.length > 0 })
}

function savedLinks(asked: Asked, isAsked: boolean): VNode {
  return (
    <>
      {isAsked ? (
        <a class="govuk-link ly-no-print" href={addressOf(paths.savedSearches.add, { ...asked, newSince: undefined })}>
          Save this search
        </a>
      ) : null}{' '}
      <a class="govuk-link ly-no-print" href={paths.savedSearches.list}>
        Saved searches
      </a>
    </>
  )
}

type Scope = { name: string; href: string; what: string }

/** The one record to look in; what its reader may not see is not there. */
async function scopeOf({ tx }: Visit, { personId, caseId }: Asked): Promise<Scope | undefined | 'not-there'> {
  if (!personId && !caseId) return undefined
  const theCase = caseId
    ? await tx.selectFrom('cases').select(['person_id', 'reference']).where('id', '=', caseId).executeTakeFirst()
    : undefined
  if (caseId && !theCase) return 'not-there'
  const person = await findPerson(tx, theCase?.person_id ?? personId ?? '')
  if (!person) return 'not-there'
  const name = formatName(person)
  return caseId
    ? { name: `${name}, case ${theCase?.reference}`, href: paths.cases.show(caseId), what: 'case' }
    : { name, href: paths.people.show(person.id), what: 'record' }
}

function scopeLinks(asked: Asked, { href, what }: Scope): VNode {
  return (
    <>
      <a class="govuk-link" href={href}>
        Back to the {what}
      </a>{' '}
      ·{' '}
      <a class="govuk-link" href={addressOf(paths.search, asked, { personId: undefined, caseId: undefined })}>
        Search everything instead
      </a>
    </>
  )
}

async function results(visit: Visit, asked: Asked, found: TextsPage, scope: Scope | undefined): Promise<VNode> {
  if (found.texts.length === 0) return nothing(asked, asked.after ? [] : await similarWords(visit.tx, visit.clock.now(), asked.text))
  return (
    <>
      <h2 class="govuk-visually-hidden">What was found</h2>
      {asked.newSince ? (
        <p class="govuk-body">You last looked {formatInstant(asked.newSince)}. What has been recorded since then is marked as new.</p>
      ) : null}
      <Results
        texts={found.texts}
        labels={await kindLabelsFor(visit.tx, found.texts)}
        answers={await answersFor(visit.tx, found.texts)}
        withPerson={!scope}
        newSince={asked.newSince}
      />
      {asked.after || found.next
        ? Pagination({
            landmarkLabel: 'Pages of what was found',
            previous: asked.after ? { text: 'Newest', href: addressOf(paths.search, asked) } : undefined,
            next: found.next ? { text: 'Older', href: addressOf(paths.search, asked, { after: found.next }) } : undefined,
          })
        : null}
    </>
  )
}

function nothing(asked: Asked, respellings: readonly Respelling[]): VNode {
  const kind = wheres.find(one => one.where === asked.where)?.text.toLowerCase() ?? ''
  const isNarrowed = filterNames.some(name => asked.typed[name] !== '')
  const respelt = respellings.reduce((text, { typed, known }) => replaced(text, typed, known), asked.text)
  return (
    <EmptyState
      title={asked.after ? 'That was all.' : `Nothing${asked.where === 'written' ? '' : ` among ${kind}`} that you may see has these words`}
      action={
        isNarrowed
          ? Button({
              text: 'Search without service, worker, author and dates',
              href: addressOf(paths.search, asked, { typed: { service: '', author: '', worker: '', when: '' } }),
              classes: 'govuk-button--secondary',
            })
          : undefined
      }
    >
      {respelt === asked.text ? (
        'Try fewer words, or others that may have been used. All the words must stand in the same note, entry, answer, document, plan or task: these are what is searched.'
      ) : (
        <>
          Did you mean{' '}
          <a class="govuk-link" href={addressOf(paths.search, asked, { text: respelt })}>
            {respelt}
          </a>
          ?
        </>
      )}
    </EmptyState>
  )
}

/** The text with one word put for another, whatever its capitals and accents. */
function replaced(text: string, typed: string, known: string): string {
  return text.replace(/\p{L}+/gu, word => (word.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase() === typed ? known : word))
}

/** What was looked for, as it was typed; and for each person whose words were shown, that they were (decision 6). */
async function tellAudit({ tx, actor, clock }: Visit, asked: Asked, { texts }: TextsPage): Promise<void> {
  const narrowed = Object.fromEntries(filterNames.flatMap(name => (asked.typed[name] ? [[name, asked.typed[name]]] : [])))
  await audit(tx, actor, clock.now(), {
    action: 'words-searched',
    subject: { type: 'search', id: '' },
    ...(asked.personId ? { personId: asked.personId } : {}),
    ...(asked.caseId ? { caseId: asked.caseId } : {}),
    detail: { term: asked.text, in: asked.where, ...narrowed, ...(asked.after ? { after: asked.after.id } : {}), shown: texts.length },
  })
  const byPerson = new Map<string, string[]>()
  for (const { personId, source, sourceId } of texts)
    if (personId) byPerson.set(personId, [...(byPerson.get(personId) ?? []), `${source} ${sourceId}`])
  await auditAll(
    tx,
    actor,
    clock.now(),
    [...byPerson].map(([personId, shown]) => ({
      action: 'found-words-shown',
      subject: { type: 'search', id: '' },
      personId,
      detail: { shown },
    })),
  )
}
