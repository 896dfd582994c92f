import type { AddresseesOf } from '../letters/index.ts'
import { findRecords, formatName } from '../people/index.ts'
import { whoAnswersFor } from '../relationships/index.ts'
import type { ReceiversOf } from '../text-messages/index.ts'

/** Who can be told about a child in their stead, as the relationships on record have it. */
export const parentsAndCarers: ReceiversOf = async (tx, child, today) =>
  (await whoAnswersFor(tx, child, today)).map(({ person, relation, warned }) => ({
    personId: person.id,
    name: formatName(person),
    relation,
    warned,
  }))

/** The same with their addresses, for a letter about the child. */
export const addresseesOf: AddresseesOf = async (tx, child, today) => {
  const answering = await whoAnswersFor(tx, child, today)
  const records = await findRecords(
    tx,
    answering.map(({ person }) => person.id),
  )
  return answering.flatMap(({ person, relation, warned }) => {
    const record = records.get(person.id)
    return record ? [{ record, relation, warned }] : []
  })
}
