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
  /** From whom any of them is kept and this one is not, as far as the reader may know. */
  kept: readonly KeptBefore[]
}

/** That one part of an earlier item, or more of them, is kept from somebody. */
export type KeptBefore = Pick<Withholding, 'holder' | 'holderName' | 'part' | 'reason'> & {
  /** Of every earlier item that is. */
  ids: readonly string[]
  of: Item
  /** Somebody has said of this item that it is not kept from them, since. */
  isLetIn: boolean
}

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
  const all: (Withholding & { of: Item })[] = []
  for (const of of earlier) for (const one of await withholdingsOf(tx, of.id)) all.push({ ...one, of })
  const here = await allWithholdingsOf(tx, item.id)
  return [...Map.groupBy(all, one => `${one.holder}/${one.part ?? ''}`).values()].flatMap((those): KeptBefore[] => {
    const [first] = those as [Withholding & { of: Item }]
    const settled = here.filter(one => one.holder === first.holder && one.part === first.part)
    if (settled.some(one => !one.endedAt)) return []
    const isLetIn = settled.some(one => those.every(each => one.endedAt! > each.at))
    return [{ ...first, ids: those.map(one => one.id), isLetIn }]
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
const isAlike = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase() || (a !== '' && b !== '' && soundsAlike(a, b))
