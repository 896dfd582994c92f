import { formatName, type PersonRecord, spokenName } from '../../people/index.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { PlainDate } from '../../platform/plain-date.ts'
import { addressForLetters } from './address-for-letters.ts'

/** A parent or carer of the child whom a letter is about, as far as the writer may see them. */
export type Addressee = {
  readonly record: PersonRecord
  /** What they are to the child: 'Mother'. */
  readonly relation: string
  /** Something is recorded of the two that must not be overlooked: no letter about the one goes to the other. */
  readonly warned: boolean
}

/** Who answers for a child: relationships know, and `app` passes it down. */
export type AddresseesOf = (tx: Tx, child: Pick<PersonRecord, 'id' | 'dateOfBirth'>, today: PlainDate) => Promise<readonly Addressee[]>

/** Their name and address as they stand on the envelope; undefined where nothing may be posted to them. */
export function envelopeTo({ record }: Pick<Addressee, 'record'>, today: PlainDate): string | undefined {
  const address = addressForLetters(record, today)
  return address.ok ? [spokenName(record), ...address.lines].join('\n') : undefined
}

/** Who can be written to, with the envelope; and who cannot, with the reason. */
export function offered(addressees: readonly Addressee[], today: PlainDate) {
  const each = addressees.map(one => ({ ...one, id: one.record.id, name: formatName(one.record), envelope: envelopeTo(one, today) }))
  return {
    to: each.flatMap(({ envelope, ...one }) => (envelope !== undefined && !one.warned ? [{ ...one, envelope }] : [])),
    not: each
      .filter(one => one.warned || one.envelope === undefined)
      .map(
        one =>
          `${one.name} (${one.relation.toLowerCase()}): ${one.warned ? 'a warning between the two' : 'no address to which it may be posted'}`,
      ),
  }
}
