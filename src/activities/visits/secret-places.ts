import { sql } from 'kysely'
import { linesThatTellWhere, secretAddressesOf } from '../../people/index.ts'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { PlainDate } from '../../platform/plain-date.ts'
import type { FieldError } from '../../ui/index.ts'

/**
 * Whereabouts are read by the whole team, of whom some may not see this person: a refuge or a confidential address told there tells where
 * somebody is hiding. Refused, where it is of whom the visit is to or of anybody with whom the worker works, who may be whom it is to.
 */
export async function refuseSecretPlace(
  tx: Tx,
  actor: Actor,
  personId: string | undefined,
  whereabouts: string,
  today: PlainDate,
  errors: FieldError[],
): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    select c.person_id as id from cases c where c.worker_id = ${actor.userId}::uuid and c.closed_on is null`.execute(tx)
  const addresses = await secretAddressesOf(tx, [...rows.map(row => row.id), ...(personId ? [personId] : [])], today)
  if (linesThatTellWhere(whereabouts, { addresses: [...addresses.values()].flat() }, today).length === 0) return
  errors.push({
    field: 'whereabouts',
    message: 'Where you will be must not tell a confidential address or a refuge. Name the area instead',
  })
}
