import { soundsAlike } from '../people/index.ts'
import { startOfDay, today } from '../platform/clock.ts'
import { addMonths } from '../platform/plain-date.ts'
import type { Visit } from '../platform/web/routes.ts'
import type { OfItem } from './frame.tsx'
import { earlierItems, itemsOfSameBirth, partiesOf, type Withholding, withholdingsOf } from './items.queries.ts'
import type { Item, Party } from './meeting.ts'

export type HeardBefore = {
  /** About the same people in all roles that make a repeat, the latest first. */
  same: readonly Item[]
  /** About somebody who may be the same, by a name that sounds alike and one date of birth: to be looked at. */
  maybe: readonly { item: Item; parties: readonly Party[] }[]
  /** From whom any of them is kept, as far as the reader may know. */
  kept: readonly (Withholding & { of: Item })[]
}

/** What was heard of the people of an item before, in the months in which it counts. */
export async function heardBefore({ tx, actor, clock }: Visit, { item, series, kind, parties }: OfItem): Promise<HeardBefore> {
  const since = startOfDay(addMonths(today(clock), -series.repeatMonths))
  const same = await earlierItems(tx, actor, item, kind.sameIn, since, series.repeatAnchor)
  const others = (await itemsOfSameBirth(tx, actor, item, kind.sameIn, since, series.repeatAnchor)).filter(
    one => !same.some(each => each.id === one.id),
  )
  const theirs = await partiesOf(
    tx,
    others.map(one => one.id),
  )
  const maybe = others.flatMap(one => {
    const of = theirs.get(one.id) ?? []
    const alike = of.filter(
      their => kind.sameIn.includes(their.role) && parties.some(mine => mine.role === their.role && mayBeSame(mine, their)),
    )
    return alike.length > 0 ? [{ item: one, parties: of }] : []
  })
  const kept: (Withholding & { of: Item })[] = []
  for (const of of [...same, ...maybe.map(one => one.item)]) {
    for (const one of await withholdingsOf(tx, of.id))
      if (!kept.some(each => each.holder === one.holder && each.part === one.part)) kept.push({ ...one, of })
  }
  return { same, maybe, kept }
}

/** One date of birth with a surname that sounds alike, or a whole name that does where a date of birth is missing. A slip of the pen must not hide a repeat. */
export function mayBeSame(
  a: Pick<Party, 'familyName' | 'givenName' | 'bornOn'>,
  b: Pick<Party, 'familyName' | 'givenName' | 'bornOn'>,
): boolean {
  const families = isAlike(a.familyName, b.familyName)
  if (a.bornOn && b.bornOn) return a.bornOn === b.bornOn && (families || isAlike(a.givenName, b.givenName))
  return families && isAlike(a.givenName, b.givenName)
}
const isAlike = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase() || (a !== '' && b !== '' && soundsAlike(a, b))
