import type { MayConsent } from '../consents/index.ts'
import { findPerson, formatName } from '../people/index.ts'
import { today } from '../platform/clock.ts'
import type { Visit } from '../platform/web/routes.ts'
import { legalRolesFor } from '../relationships/index.ts'

/**
 * Who may consent for somebody, as the relationships on record have it: whoever has parental responsibility for a child, their guardian, or the
 * attorney or deputy of somebody grown up.
 */
export async function mayConsentFor({ tx, clock }: Visit, personId: string): Promise<MayConsent[]> {
  const person = await findPerson(tx, personId)
  if (!person) return []
  const day = today(clock)
  const around = await legalRolesFor(tx, person.id, day)
  return around.flatMap(({ person: other, relation, roles }) => {
    const authority = roles.find(role => deciding.has(role))
    return authority ? [{ id: other.id, name: formatName(other), relation, authority }] : []
  })
}

// Codes of relationship_terms, which the list consent-authority has too. A next of kin decides nothing; an attorney for property nothing of this.
const deciding: ReadonlySet<string> = new Set(['parental-responsibility', 'guardian', 'attorney-health', 'deputy'])
