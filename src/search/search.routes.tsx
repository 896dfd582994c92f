import type { VNode } from 'preact'
import { auditPeopleSearch } from '../audit/index.ts'
import { paths } from '../paths.ts'
import { ageAndBirth, formatClientId, formatName, formatNhsNumber, postsOf, spokenName } from '../people/index.ts'
import { may } from '../platform/actor.ts'
import { today } from '../platform/clock.ts'
import { type Answer, page } from '../platform/web/answer.ts'
import type { Routes, Visit } from '../platform/web/routes.ts'
import { Button, DataTable, EmptyState, PageTitle, Pagination, Tag } from '../ui/index.ts'
import { type FoundPage, findPeopleBy, lastPage } from './find-people.ts'
import { registerLink } from './register-link.ts'
import { savedSearchRoutes } from './saved/saved.routes.tsx'
import type { Found } from './search.queries.ts'
import { SearchBox, Wheres } from './search-box.tsx'
import { type Understood, understand } from './understand.ts'
import { askWhoIsInvolved, tellWhoIsInvolved } from './who-is-involved.tsx'
import { whyFound } from './why-found.ts'
import { type Asked, addressOf, readAsked } from './words/asked.ts'
import { searchWords } from './words/search-words.tsx'

const nobody: FoundPage = { people: [], hasMore: false, terms: [], respelt: false }

/** The one box. It finds people; the same words are looked for in what was written one link on. Nothing tells of what its reader may not see. */
export function searchRoutes(routes: Routes): void {
  savedSearchRoutes(routes)
  routes.get(paths.involved, { may: 'see-existence' }, async visit => askWhoIsInvolved(visit))
  routes.post(paths.involved, { may: 'see-existence' }, tellWhoIsInvolved)
  routes.get('/search', { may: 'read-records' }, async visit => {
    const asked = readAsked(visit.query)
    return asked.where === 'people' ? searchPeople(visit, asked) : searchWords(visit, asked)
  })
}

async function searchPeople(visit: Visit, asked: Asked): Promise<Answer> {
  const { text } = asked
  const number = pageNumber(visit.query.get('page'))
  const understood = understand(text, today(visit.clock))
  const found = understood.terms.length === 0 ? nobody : await findPeopleBy(visit.tx, visit.actor.readPrincipals, understood.terms, number)
  if (text !== '') {
    await auditPeopleSearch(visit.tx, visit.actor, visit.clock.now(), {
      term: text,
      page: number,
      shown: found.people.map(person => person.id),
    })
  }
  return page(text === '' ? 'Find a person' : `${shortened(text)} – Find a person`, body(visit, asked, number, understood, found), {
    section: 'people',
  })
}

function pageNumber(given: string | null): number {
  const number = Number(given ?? '1')
  return Number.isInteger(number) && number >= 1 && number <= lastPage ? number : 1
}

function body(visit: Visit, asked: Asked, number: number, understood: Understood, found: FoundPage): VNode {
  const { text } = asked
  const mayRegister = may(visit.actor, 'record') && postsOf(visit.actor).length > 0
  const register = registerLink(text, understood.terms)
  return (
    <>
      <PageTitle
        title="Find a person"
        actions={mayRegister && (text === '' || found.people.length > 0) ? registerButton(register) : null}
      />
      <SearchBox
        asked={asked}
        label="Name, date of birth or number"
        hint="Any part of a name, a date of birth, client id, NHS number, postcode, telephone number or another system’s number, in any order"
      />
      {understood.problems.map(problem => (
        <p class="govuk-body ly-strong">{problem}.</p>
      ))}
      {text !== '' && <Wheres asked={asked} />}
      {may(visit.actor, 'see-existence') && (
        <p class="govuk-body">
          <a class="govuk-link" href={paths.involved}>
            Is another service working with somebody?
          </a>
        </p>
      )}
      {text !== '' && results(visit, asked, number, found, mayRegister ? register : undefined)}
    </>
  )
}

function results(visit: Visit, asked: Asked, number: number, found: FoundPage, register: string | undefined): VNode {
  const { text } = asked
  if (found.people.length === 0) {
    return (
      <EmptyState
        title={`Nobody on record that you may see is found by “${text}”`}
        action={register === undefined ? undefined : registerButton(register)}
      >
        Try fewer letters, another name that they use, or the date of birth alone. A name may be spelt as it sounds. Or{' '}
        <a class="govuk-link" href={addressOf(paths.search, asked, { where: 'written' })}>
          look for these words in notes, forms and documents
        </a>
        .
      </EmptyState>
    )
  }
  const day = today(visit.clock)
  return (
    <>
      {found.respelt && <p class="govuk-body">Nobody is spelt or sounds like that. These are spelt nearly so.</p>}
      {DataTable<Found>({
        caption: number === 1 ? 'People found' : `People found, page ${number}`,
        rows: found.people,
        keyOf: person => person.id,
        columns: [
          {
            heading: 'Person',
            rowHeader: true,
            cell: person => (
              <>
                <a class="govuk-link" href={paths.people.show(person.id)}>
                  <bdi>{formatName(person)}</bdi>
                </a>{' '}
                {person.deathRecordedAt !== null && Tag({ text: 'Died', classes: 'govuk-tag--grey' })}
              </>
            ),
            second: person => person.otherNames.length > 0 && namesBeside(person),
          },
          { heading: 'Born', cell: person => ageAndBirth(person, day) },
          {
            heading: 'Numbers',
            cell: person => `LY ${formatClientId(person.clientId)}`,
            second: person => person.nhsNumber && `NHS ${formatNhsNumber(person.nhsNumber)}`,
          },
          { heading: 'Address', cell: person => person.addressLine ?? 'Not recorded', second: person => person.postcode },
          { heading: 'Found by', cell: person => whyFound(person, found.terms).join(' · ') },
        ],
      })}
      {(number > 1 || found.hasMore) &&
        Pagination({
          landmarkLabel: 'Pages of people found',
          previous: number > 1 ? { href: pageLink(text, number - 1) } : undefined,
          next: found.hasMore ? { href: pageLink(text, number + 1) } : undefined,
        })}
      {!found.hasMore && number === lastPage && <p class="govuk-body">Add another name or a date of birth to find fewer people.</p>}
    </>
  )
}

function namesBeside(person: Found): VNode {
  return <>also {person.otherNames.map((name, place) => [place > 0 ? ', ' : '', <bdi>{spokenName(name)}</bdi>])}</>
}

function registerButton(href: string): VNode {
  return Button({ text: 'Register a new person', href, classes: 'govuk-button--secondary' })
}

function pageLink(text: string, number: number): string {
  return `${paths.search}?${new URLSearchParams({ q: text, page: String(number) })}`
}

/** What was searched for, as a tab can show it. */
const shortened = (text: string) => (text.length > 60 ? `${text.slice(0, 60)}…` : text)
