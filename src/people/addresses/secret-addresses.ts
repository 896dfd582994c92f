import { sql } from 'kysely'
import type { Tx } from '../../platform/db/database.ts'
import type { PlainDate } from '../../platform/plain-date.ts'
import type { Told } from './lines-that-tell-where.ts'

/** The addresses at which these people must not be found today, by person. Of those whom the actor may see. */
export async function secretAddressesOf(
  tx: Tx,
  personIds: readonly string[],
  today: PlainDate,
): Promise<ReadonlyMap<string, readonly Told[]>> {
  const found = new Map<string, Told[]>()
  if (personIds.length === 0) return found
  const { rows } = await sql<Told & { personId: string }>`
    select a.person_id as "personId", a.kind, a.lines, a.town, a.postcode, a.from_on as "from", a.to_on as "to", a.confidential from person_addresses a
    where a.person_id = any (${[...new Set(personIds)]}::uuid[]) and a.ended_at is null and (a.confidential or a.kind = 'refuge')
      and coalesce(a.from_on, '-infinity') <= ${today} and coalesce(a.to_on, 'infinity') >= ${today}`.execute(tx)
  for (const { personId, ...address } of rows) found.set(personId, [...(found.get(personId) ?? []), address])
  return found
}
