import { type Address, findRecord, isCurrentAddress, isSecretAddress } from '../../people/index.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { PlainDate } from '../../platform/plain-date.ts'
import type { FieldError } from '../../ui/index.ts'

/**
 * Whereabouts are read by the whole team, of whom some may not see this person: a refuge or a confidential address told there tells where
 * somebody is hiding. Refused, where it is theirs and the worker may see it.
 */
export async function refuseSecretPlace(
  tx: Tx,
  personId: string | undefined,
  whereabouts: string,
  today: PlainDate,
  errors: FieldError[],
): Promise<void> {
  const record = personId ? await findRecord(tx, personId) : undefined
  const secret = (record?.addresses ?? []).filter(one => isCurrentAddress(one, today) && isSecretAddress(one))
  if (!secret.some(one => tells(whereabouts, one))) return
  errors.push({
    field: 'whereabouts',
    message: 'Where you will be must not tell a confidential address or a refuge. Name the area instead',
  })
}

/** Whether words hold its postcode or its first line, however they are written. */
export function tells(words: string, { lines, postcode }: Pick<Address, 'lines' | 'postcode'>): boolean {
  const [said, line, code] = [words, (lines ?? '').split('\n')[0] ?? '', postcode ?? ''].map(plain)
  return [line, code].some(one => one !== undefined && one.length > 3 && said!.includes(one))
}

const plain = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/g, '')
