import { londonDate } from '../../platform/clock.ts'
import { formatDate } from '../../platform/plain-date.ts'
import type { Visit } from '../../platform/web/routes.ts'
import { type CalendarParts, entriesOf, entryOf } from '../calendar/entries.ts'
import { type NewAppointment, overlap, spanInWords } from './appointment.ts'
import { appointmentsOf } from './appointments.queries.ts'

/**
 * What the same worker, or the same person, already has at one of these times, on whichever case, as far as the actor may see it: said before it is
 * booked all the same. `except` are those that are being moved. Each time is asked for by itself, so that a long series misses none.
 */
export async function clashesOf(
  { tx, actor }: Pick<Visit, 'tx' | 'actor'>,
  parts: CalendarParts,
  personId: string,
  appointment: NewAppointment,
  starts: readonly Date[],
  except: readonly string[] = [],
): Promise<string[]> {
  const length = appointment.endsAt.getTime() - appointment.startsAt.getTime()
  const clashes = new Map<string, string>()
  for (const startsAt of starts) {
    const span = { startsAt, endsAt: new Date(startsAt.getTime() + length) }
    const within = { from: span.startsAt, until: span.endsAt, limit: 100 }
    const ofWorker = await entriesOf(tx, actor, { workers: [appointment.workerId], ...within }, parts)
    const ofPerson = await appointmentsOf(tx, actor, { personId, bookedOnly: true, ...within })
    const found = [
      ...ofPerson.map(one => ({ one: entryOf(one), whose: 'This person' })),
      // In place of the person's, where it is theirs too.
      ...ofWorker.map(one => ({ one, whose: one.workerName })),
    ]
    for (const { one, whose } of found)
      if (one.isOpen && !except.includes(one.id) && overlap(one, span))
        clashes.set(
          one.id,
          `${whose} is booked already on ${formatDate(londonDate(one.startsAt))}, ${spanInWords(one.startsAt, one.endsAt)}: ${one.what}`,
        )
  }
  return [...clashes.values()]
}
