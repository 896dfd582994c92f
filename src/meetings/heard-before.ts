import { soundsAlike } from '../people/index.ts'
import { startOfDay, today } from '../platform/clock.ts'
import type { Tx } from '../platform/db/database.ts'
import { addMonths } from '../platform/plain-date.ts'
import type { Visit } from '../platform/web/routes.ts'
import type { OfItem } from './frame.tsx'
import { allWithholdingsOf, earlierItems, itemsOfSameBirth, partiesOf, type Withholding, withholdingsOf } from './items.queries.ts'
import { rolesThatRepeat } from './kind.ts'
import type { Item, Party } from './meeting.ts'

export type HeardBefore = {
  /** About the same people in all roles that make a repeat, the latest first. */
  same: readonly Item[]
  /** About somebody who may be the same, by a name that sounds alike and one date of birth: to be looked at. */
  maybe: readonly { item: Item; parties: readonly Party[] }[]
  /** From whom this one is kept by the keeper as another is, or may have to be; as far as the reader may know. */
  kept: readonly KeptBefore[]
}

/** That one part of this item, or all of it, is kept from somebody as it is of another. */
export type KeptBefore = Pick<Withholding, 'holder' | 'holderName' | 'part' | 'reason'> & {
  /** The other item, where the reader sees it: the reason is its own. */
  of: Item | undefined
  /** What keeps it from them; none where the keeper did not see that the two are about the same people. */
  ids: readonly string[]
  /** Somebody has said of this item that it is not kept from them, since. */
  isLetIn: boolean
}
/** Tells them apart on a page. */
export const keyOfKept = ({ holder, part }: Pick<Withholding, 'holder' | 'part'>): string => `${holder}/${part ?? ''}`

/** What was heard of the people of an item before, in the months in which it counts. */
export async function heardBefore({ tx, actor, clock }: Visit, { item, series, kind, parties }: OfItem): Promise<HeardBefore> {
  const since = startOfDay(addMonths(today(clock), -series.repeatMonths))
  const roles = rolesThatRepeat(kind, parties)
  const same = await earlierItems(tx, actor, item, roles, since, series.repeatAnchor)
  const others = (await itemsOfSameBirth(tx, actor, item, roles, since, series.repeatAnchor)).filter(
    one => !same.some(each => each.id === one.id),
  )
  const theirs = await partiesOf(
    tx,
    others.map(one => one.id),
  )
  const maybe = others.flatMap(one => {
    const of = theirs.get(one.id) ?? []
    const alike = of.filter(their => roles.includes(their.role) && parties.some(mine => mine.role === their.role && mayBeSame(mine, their)))
    return alike.length > 0 ? [{ item: one, parties: of }] : []
  })
  return { same, maybe, kept: await keptBefore(tx, item, [...same, ...maybe.map(one => one.item)]) }
}

async function keptBefore(tx: Tx, item: Item, earlier: readonly Item[]): Promise<KeptBefore[]> {
  const there: (Withholding & { of: Item })[] = []
  for (const of of earlier) for (const one of await withholdingsOf(tx, of.id)) there.push({ ...one, of })
  const all = await allWithholdingsOf(tx, item.id)
  const here = all.filter(one => !one.endedAt)
  const those: (Withholding & { of?: Item })[] = [...there, ...here.filter(one => one.by === null)]
  return [...Map.groupBy(those, keyOfKept)].flatMap(([key, [first]]): KeptBefore[] => {
    const keeps = here.filter(one => keyOfKept(one) === key)
    if (!first || keeps.some(one => one.by !== null)) return []
    const wasEnded = all.some(one => one.endedAt && keyOfKept(one) === key)
    return [{ ...first, of: first.of, ids: keeps.map(one => one.id), isLetIn: keeps.length === 0 && wasEnded }]
  })
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
/** One name, or one that sounds like it. */
export const isAlike = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase() || (a !== '' && b !== '' && soundsAlike(a, b))
