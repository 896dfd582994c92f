import { formatName } from '../people/index.ts'
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
