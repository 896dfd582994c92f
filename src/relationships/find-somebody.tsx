import type { VNode } from 'preact'
import { auditPeopleSearch } from '../audit/index.ts'
import { ageAndBirth, formatClientId, formatName, spokenName } from '../people/index.ts'
import { today } from '../platform/clock.ts'
import type { Visit } from '../platform/web/routes.ts'
import { findPeopleBy, understand, whyFound } from '../search/index.ts'
import { Button, DataTable, EmptyState, Input } from '../ui/index.ts'

/**
 * The step before something is recorded about two people: who is the other? Finds people as the search page does, among those whom the
 * actor may see, and leads to `hrefOf` whoever is chosen. `except` are not offered.
 */
export async function findSomebody(
  visit: Visit,
  { action, except, hrefOf, choose }: { action: string; except: readonly string[]; hrefOf: (personId: string) => string; choose: string },
): Promise<VNode> {
  const text = (visit.query.get('q') ?? '').trim()
  const day = today(visit.clock)
  const { terms, problems } = understand(text, day)
  const found = terms.length === 0 ? undefined : await findPeopleBy(visit.tx, visit.actor.readPrincipals, terms, 1)
  const people = (found?.people ?? []).filter(person => !except.includes(person.id))
  if (text !== '') await auditPeopleSearch(visit.tx, visit.actor, visit.clock.now(), { term: text, shown: people.map(person => person.id) })
  return (
    <>
      <form action={action} method="get">
        {Input({
          id: 'q',
          name: 'q',
          label: 'Who is the other person?',
          hint: 'Name, date of birth, client id or NHS number, in any order',
          value: text,
          autocomplete: 'off',
          spellcheck: false,
          classes: 'govuk-!-width-two-thirds',
        })}
        {Button({ text: 'Find', classes: 'govuk-button--secondary' })}
      </form>
      {problems.map(problem => (
        <p class="govuk-body ly-strong">{problem}.</p>
      ))}
      {found &&
        DataTable({
          caption: 'People found',
          rows: people,
          keyOf: person => person.id,
          empty: (
            <EmptyState title={`Nobody on record that you may see is found by “${text}”`}>
              Try fewer letters, or the date of birth.
            </EmptyState>
          ),
          columns: [
            {
              heading: 'Person',
              rowHeader: true,
              cell: person => (
                <a class="govuk-link" href={hrefOf(person.id)}>
                  <span class="govuk-visually-hidden">{choose} </span>
                  <bdi>{formatName(person)}</bdi>
                </a>
              ),
              second: person => person.otherNames.length > 0 && <bdi>also {person.otherNames.map(spokenName).join(', ')}</bdi>,
            },
            { heading: 'Born', cell: person => ageAndBirth(person, day) },
            { heading: 'Client id', cell: person => `LY ${formatClientId(person.clientId)}` },
            { heading: 'Address', cell: person => [person.addressLine, person.postcode].filter(Boolean).join(', ') || 'Not recorded' },
            { heading: 'Found by', cell: person => whyFound(person, found.terms).join(' · ') },
          ],
        })}
    </>
  )
}
