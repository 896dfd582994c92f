import type { VNode } from 'preact'
import { keptFromPerson } from '../../access/index.ts'
import type { Visit } from '../../platform/web/routes.ts'
import { InsetText } from '../../ui/index.ts'

/**
 * From whom cases of a person are withheld, as far as whoever asks another service in may know, and that the new case is kept from them as well. An
 * agency is not kept from a case that it is itself given.
 */
export async function KeptFrom({ tx }: Visit, personId: string): Promise<VNode | null> {
  const kept = await keptFromPerson(tx, personId)
  if (kept.length === 0) return null
  const names = kept.map(one => (one.agencyName ? `${one.name} (${one.agencyName})` : one.name)).join('; ')
  const hasAgency = kept.some(one => one.agencyName === '')
  return (
    <InsetText
      text={`Kept from this person’s record: ${names}. They are kept from what you open to others here too.${hasAgency ? ' A case that you give to that agency itself is theirs to see.' : ''}`}
    />
  )
}
