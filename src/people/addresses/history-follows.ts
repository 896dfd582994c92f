import { sql } from 'kysely'
import type { Tx } from '../../platform/db/database.ts'
import type { Address, FieldChange } from '../person.ts'
import { linesThatTell, type Told } from './lines-that-tell-where.ts'

type Version = { id: string; changes: readonly FieldChange[]; reason: string | null }

/**
 * Gives what the history says of an address to those who read the address now. When one is made secret, that is also what was said of it elsewhere: under
 * another part of the record, or before versions knew which address they were about. It is theirs from then on, and opens with the address.
 */
export async function letHistoryFollow(
  tx: Tx,
  personId: string,
  address: Told & Pick<Address, 'id'>,
  named: readonly number[] | null,
): Promise<void> {
  const ofRecord = sql`
    person_id in (with recursive r (id) as (select ${personId}::uuid union select m.id from people m join r on m.merged_into = r.id) select id from r)`
  const readers = sql`${named && [...named]}::int[]`
  await sql`update person_versions set named_readers = ${readers} where ${ofRecord} and about_id = ${address.id}`.execute(tx)
  if (!named) return
  const { rows } = await sql<Version>`
    select id, changes, reason from person_versions where ${ofRecord} and about_id is null and named_readers is null`.execute(tx)
  const telling = rows.filter(version => linesThatTell(wordsOf(version), [address]).length > 0).map(version => version.id)
  await sql`
    update person_versions set named_readers = ${readers}, about_id = ${address.id} where id = any (${telling}::uuid[])`.execute(tx)
  await leaveHouseholds(tx, personId, address)
}

/** Nobody whose address is secret has one in a household: who lives with whom would tell where. It stays in the history, with those who read the address. */
async function leaveHouseholds(tx: Tx, personId: string, address: Told): Promise<void> {
  const { rows } = await sql<{ id: string; address: string }>`
    select id, address from household_members where person_id = ${personId} and address is not null`.execute(tx)
  const telling = rows.filter(member => linesThatTell(member.address, [address]).length > 0).map(member => member.id)
  await sql`update household_members set address = null where id = any (${telling}::uuid[])`.execute(tx)
}

const wordsOf = ({ changes, reason }: Version): string =>
  [...changes.flatMap(({ field, before, after }) => [field, before, after]), reason].filter(Boolean).join('\n')
