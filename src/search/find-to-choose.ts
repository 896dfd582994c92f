import { today } from '../platform/clock.ts'
import type { Visit } from '../platform/web/routes.ts'
import { findPeopleBy } from './find-people.ts'
import { understand } from './understand.ts'
import { whyAlike } from './why-found.ts'

/**
 * People by anything that was typed, for a page on which one of them is chosen: first those who have it, then those who have something
 * like it, and what that is. The page audits whom of them it shows (`auditPeopleSearch`).
 */
export async function findToChoose(
  { tx, actor, clock }: Visit,
  typed: string,
): Promise<readonly { readonly id: string; readonly alike?: string | undefined }[]> {
  const { terms } = understand(typed, today(clock))
  if (terms.length === 0) return []
  const found = await findPeopleBy(tx, actor.readPrincipals, terms, 1)
  return found.people.map(person => ({ id: person.id, alike: whyAlike(person, found.terms) }))
}
