import { writePersonTokens } from '../access/index.ts'
import type { Tx } from '../platform/db/database.ts'
import { findRecord, telephonesOf } from './person.queries.ts'
import { isSecretAddress, type PersonRecord } from './person.ts'
import { type Findable, tokensOf } from './tokens.ts'

/** Makes the search tokens of a person anew, after anything that they are found by has changed. */
export async function refreshTokens(tx: Tx, personId: string): Promise<void> {
  const record = await findRecord(tx, personId)
  if (!record && !(await isRemoved(tx, personId)))
    throw new Error('Search tokens are made only by somebody who sees the person: every other reader would lose theirs.')
  await writePersonTokens(tx, [{ personId, tokens: record ? tokensOf(findableOf(record)) : [] }])
}

/** What a record is found by. A secret address is not: a postcode in a search would tell where somebody is hiding. */
export function findableOf(record: PersonRecord): Findable {
  return {
    names: [{ given: record.given, family: record.family }, ...record.names],
    dateOfBirth: record.dateOfBirth,
    expectedDate: record.expectedDate,
    clientId: record.clientId,
    formerClientIds: record.formerClientIds,
    nhsNumber: record.nhsNumber,
    postcodes: record.addresses.filter(address => !isSecretAddress(address) && address.postcode !== null).map(address => address.postcode!),
    telephones: telephonesOf(record),
    externalIds: record.externalIds,
  }
}

async function isRemoved(tx: Tx, personId: string): Promise<boolean> {
  const row = await tx.selectFrom('people').select('removed_at').where('id', '=', personId).executeTakeFirst()
  return row !== undefined && row.removed_at !== null
}
