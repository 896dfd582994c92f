import { audit } from '../audit/index.ts'
import { today } from '../platform/clock.ts'
import type { Visit } from '../platform/web/routes.ts'
import { findPeopleBy } from './find-people.ts'
import type { Found } from './search.queries.ts'
import { understand } from './understand.ts'

/** People by anything that was typed, for a page on which one of them is chosen. Audited as every search is. */
export async function findToChoose({ tx, actor, clock }: Visit, typed: string): Promise<readonly Found[]> {
  const { terms } = understand(typed, today(clock))
  const found = terms.length === 0 ? [] : (await findPeopleBy(tx, actor.readPrincipals, terms, 1)).people
  await audit(tx, actor, clock.now(), {
    action: 'people-searched',
    subject: { type: 'search', id: '' },
    detail: { term: typed.slice(0, 120), page: 1, shown: found.length, people: found.map(person => person.id) },
  })
  return found
}
