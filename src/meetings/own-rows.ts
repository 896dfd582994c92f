import { goesWith, isOwnKeptFrom, partsKeptFrom, wordsPart } from '../access/index.ts'
import type { Visit } from '../platform/web/routes.ts'
import type { OfItem } from './frame.tsx'
import { seatsOfSeries } from './series.queries.ts'

type Asking = Pick<Visit, 'tx' | 'actor'>
type About = Pick<OfItem, 'item' | 'series'>

/**
 * As whom the actor writes down what happens about an item: the seats of theirs that it is for, whose row it then is; nobody's where they run the
 * meeting. Undefined where they may not: whoever only reads, its referrer, whoever it is not for.
 */
export async function ownRowOf(visit: Asking, of: About): Promise<number[] | undefined> {
  const { actor } = visit
  if (!actor.capabilities.has('record')) return undefined
  const seats = (await seatsOnCase(visit, of)).filter(one => actor.writePrincipals.includes(one))
  if (seats.length > 0) return seats
  return of.item.mayEdit ? [] : undefined
}

/** The seats of the actor's that an item is for, while it is open to them. */
async function seatsOnCase({ tx }: Asking, { item, series }: About): Promise<number[]> {
  if (series.seats.length === 0 || (item.state !== 'sent' && item.state !== 'discussed')) return []
  return (await seatsOfSeries(tx, series.id))
    .filter(seat => series.seats.includes(seat.id) && (item.invited === null || item.invited.includes(seat.principal)))
    .map(seat => seat.principal)
}

/** Whether the actor reads what is kept of an item beside its referral: whoever follows a referral of theirs does not, and is not told that there is nothing. */
export const isOnCase = async (visit: Asking, of: About): Promise<boolean> => of.series.runs || (await seatsOnCase(visit, of)).length > 0

/** The same for what is of a part, or in free words: not where that is kept from whoever would write it. */
export async function mayWritePart(visit: Asking, of: About, part: string): Promise<number[] | undefined> {
  const own = await ownRowOf(visit, of)
  if (!own) return undefined
  const isKept =
    own.length > 0
      ? await isOwnKeptFrom(visit.tx, visit.actor, of.item.id, part)
      : (await partsKeptFrom(visit.tx, visit.actor, of.item.id)).some(one => goesWith(one, part))
  return isKept ? undefined : own
}
export const mayWriteWords = (visit: Asking, of: About): Promise<number[] | undefined> => mayWritePart(visit, of, wordsPart)
