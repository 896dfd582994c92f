import type { Tx } from '../platform/db/database.ts'
import type { Item, Seat, Series } from './meeting.ts'
import { membersOf, seatsOfSeries } from './series.queries.ts'
import { mayHearOf } from './tell.ts'

/**
 * The seats that an item is for and that nobody sits in who may hear of it: what it is asked, and what it is given to do, would reach nobody. For those who
 * run the meeting; not the seats of agencies from which it is kept, which are asked nothing.
 */
export async function seatsWithNobody(
  tx: Tx,
  { item, series }: { item: Pick<Item, 'withheld' | 'invited'>; series: Pick<Series, 'id'> },
): Promise<Seat[]> {
  const members = await membersOf(tx, series.id)
  const hear = await mayHearOf(
    tx,
    item.withheld,
    members.map(one => one.userId),
  )
  return (await seatsOfSeries(tx, series.id)).filter(
    seat =>
      !seat.endedAt &&
      !item.withheld.includes(seat.agency) &&
      (item.invited === null || item.invited.includes(seat.principal)) &&
      !members.some(one => one.seatId === seat.id && hear.includes(one.userId)),
  )
}
