import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { listsForRowOfItem, partOfOne } from '../access/index.ts'
import type { Tx } from '../platform/db/database.ts'
import { mayBeSame } from './heard-before.ts'
import { partiesOf } from './items.queries.ts'
import type { Party } from './meeting.ts'
import type { NewParty } from './referral.ts'

/**
 * Puts somebody, or a place, among those whom an item is about. `writer` is who must be able to write the row; whoever adds one writes the item's lists
 * anew afterwards, since it is nobody's own.
 */
export async function addParty(tx: Tx, itemId: string, party: Omit<NewParty, 'stage'>, writer: readonly number[]): Promise<string> {
  const id = uuid()
  const part = partAs(id, party)
  const lists = await listsForRowOfItem(tx, itemId, { audience: 'running', own: writer, outlasts: true, part })
  await sql`
    insert into meeting_parties (id, item_id, part, role, family_name, given_name, born_on, is_place, postcode, about, position, readers, editors, withheld)
    select ${id}, ${itemId}, ${part}, ${party.role}, ${party.familyName}, ${party.givenName}, ${party.bornOn}, ${party.isPlace}, ${party.postcode}, ${party.about},
      coalesce((select max(position) + 1 from meeting_parties where item_id = ${itemId}), 0), ${lists.readers}::int[], ${lists.editors}::int[], ${lists.withheld}::int[]`.execute(
    tx,
  )
  return id
}

const partAs = (id: string, { part, isApart }: Pick<NewParty, 'part' | 'isApart'>): string => (isApart ? partOfOne(part, id) : part)

/** With the part that is theirs in the item. */
export type Placed = NewParty & { id: string }

/**
 * Makes an item be about those whom its referral names now, in place of those whom it named before; whoever was added to it otherwise stays. Somebody
 * whose name was only put right stays who they are, and whose record that is. With another day of birth they may be somebody else, and are. Who is no
 * longer named is kept as that. Answers both, as far as they stand: those of before with who they are. `writer` as above.
 */
export async function putParties(
  tx: Tx,
  now: Date,
  itemId: string,
  { before, named }: { before: readonly NewParty[]; named: readonly NewParty[] },
  writer: readonly number[],
): Promise<{ stood: Placed[]; placed: Placed[] }> {
  const standing = (await partiesOf(tx, [itemId])).get(itemId) ?? []
  const stood = matched(standing, before)
  const stays = matched(standing, named)
  for (const gone of stood.filter(one => !stays.some(each => each.id === one.id)))
    await sql`update meeting_parties set replaced_at = ${now} where id = ${gone.id}`.execute(tx)
  const placed: Placed[] = []
  for (const party of named) {
    const there = stays.find(one => one.party === party)
    const id = there?.id ?? (await addParty(tx, itemId, party, writer))
    placed.push({ ...party, id, part: there?.part ?? partAs(id, party) })
    const { familyName, givenName, bornOn, postcode, about } = party
    await sql`
      update meeting_parties set family_name = ${familyName}, given_name = ${givenName}, born_on = ${bornOn}, postcode = ${postcode}, about = ${about},
        position = ${placed.length - 1}
      where id = ${id}`.execute(tx)
  }
  return { stood: stood.map(({ id, part, party }) => ({ ...party, id, part })), placed }
}

/** Who of those who stand in an item is named still. */
export const whoStays = (standing: readonly Party[], named: readonly NewParty[]): ReadonlySet<string> =>
  new Set(matched(standing, named).map(one => one.id))

/** Who stands, as they would be named. */
export const asNamed = (party: Party): NewParty => ({ ...party, stage: null })

type Match = { id: string; part: string; party: NewParty }

/** Which of those who stand is which of those who are named: first by the same names, then by what may be a slip of the pen. Each once. */
function matched(standing: readonly Party[], named: readonly NewParty[]): Match[] {
  const found: Match[] = []
  for (const isSame of [hasSameNames, isSlip])
    for (const party of named.filter(one => !found.some(each => each.party === one))) {
      const was = standing.find(one => one.role === party.role && !found.some(each => each.id === one.id) && isSame(one, party))
      if (was) found.push({ id: was.id, part: was.part, party })
    }
  return found
}

type Called = Pick<Party, 'familyName' | 'givenName' | 'bornOn' | 'isPlace'>
/** A house next door sounds much alike and is another place. */
const isSlip = (a: Called, b: Called): boolean => (a.isPlace ? a.familyName === b.familyName : mayBeSame(a, b))
const hasSameNames = (a: Called, b: Called): boolean => a.familyName === b.familyName && a.givenName === b.givenName && isSlip(a, b)
