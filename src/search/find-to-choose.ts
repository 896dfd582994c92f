import { today } from '../platform/clock.ts'
import type { Visit } from '../platform/web/routes.ts'
import { findPeopleBy } from './find-people.ts'
import type { Found } from './search.queries.ts'
import { understand } from './understand.ts'

/** People by anything that was typed, for a page on which one of them is chosen. The page audits whom of them it shows (`auditPeopleSearch`). */
export async function findToChoose({ tx, actor, clock }: Visit, typed: string): Promise<readonly Found[]> {
  const { terms } = understand(typed, today(clock))
  return terms.length === 0 ? [] : (await findPeopleBy(tx, actor.readPrincipals, terms, 1)).people
}
