import type { Visit } from '../../platform/web/routes.ts'
import type { FieldError } from '../../ui/index.ts'
import { type AgencyAround, agenciesAround } from '../authors/agencies-around.ts'
import { keepersOf } from '../authors/recording-posts.ts'
import { type Address, isSecretAddress, type PersonRecord } from '../person.ts'

/** Who reads a secret address: the agencies that recorded it, and those that they let read it. */
export type SecretReaders = {
  readonly keptBy: readonly number[]
  readonly named: readonly number[]
  /** The names of those beside the keepers. */
  readonly others: readonly string[]
}

export type Offered = {
  readonly keptBy: readonly number[]
  /** The agencies that keep it, by name. */
  readonly keepers: readonly string[]
  /** Those that may be let read it: of which the actor may know that they work with the person, and those that read it already. */
  readonly others: readonly { readonly principal: number; readonly name: string; readonly reads: boolean }[]
}

/** Who keeps an address, were it secret, and which agencies may be let read it. Of a new one, and of one that is made secret: the actor's own. */
export async function offeredReaders({ tx, actor }: Visit, record: PersonRecord, address?: Address): Promise<Offered> {
  const agencies = await agenciesAround(tx, actor, [record.id])
  return offeredOf(agencies, address?.keptBy ?? keepersOf(actor, record), address?.namedReaders ?? [])
}

export function offeredOf(agencies: readonly AgencyAround[], keptBy: readonly number[], named: readonly number[]): Offered {
  return {
    keptBy,
    keepers: agencies.filter(one => keptBy.includes(one.principal)).map(one => one.name),
    others: agencies
      .filter(one => !keptBy.includes(one.principal) && (one.worksNow || named.includes(one.principal)))
      .map(({ principal, name }) => ({ principal, name, reads: named.includes(principal) })),
  }
}

/** Reads who else is ticked. Null: the address is none that must not be told, so whoever reads the person reads it. */
export function secretReaders(
  { fields }: Pick<Visit, 'fields'>,
  { keptBy, others }: Offered,
  typed: Pick<Address, 'kind' | 'confidential'>,
): { readonly readers: SecretReaders | null; readonly errors: readonly FieldError[] } {
  if (!isSecretAddress(typed)) return { readers: null, errors: [] }
  const wanted = fields.all('reader')
  const chosen = others.filter(one => wanted.includes(String(one.principal)))
  if (chosen.length < new Set(wanted).size)
    return { readers: null, errors: [{ field: 'reader', message: 'Select who else may read it from the list' }] }
  const named = [...keptBy, ...chosen.map(one => one.principal)].sort((a, b) => a - b)
  return { readers: { keptBy, named, others: chosen.map(one => one.name) }, errors: [] }
}

export const readersInWords = (readers: Pick<SecretReaders, 'others'> | null): string | null => readers?.others.join('; ') || null
