import { londonDate } from '../../platform/clock.ts'
import { formatDate } from '../../platform/plain-date.ts'
import type { Visit } from '../../platform/web/routes.ts'
import { type CalendarParts, entriesOf, entryOf } from '../calendar/entries.ts'
import { type NewAppointment, overlap, spanInWords } from './appointment.ts'
import { appointmentsOf } from './appointments.queries.ts'

/**
 * What the same worker, or the same person, already has at one of these times, as far as the actor may see it: said before it is booked all the
 * same. `except` are those that are being moved.
 */
export async function clashesOf(
  { tx, actor }: Pick<Visit, 'tx' | 'actor'>,
  parts: CalendarParts,
  caseId: string,
  appointment: NewAppointment,
  starts: readonly Date[],
  except: readonly string[] = [],
): Promise<string[]> {
  const length = appointment.endsAt.getTime() - appointment.startsAt.getTime()
  const spans = starts.map(startsAt => ({ startsAt, endsAt: new Date(startsAt.getTime() + length) }))
  const from = spans[0]?.startsAt ?? appointment.startsAt
  const until = spans.at(-1)?.endsAt ?? appointment.endsAt
  const ofWorker = await entriesOf(tx, actor, { workers: [appointment.workerId], from, until, limit: 500 }, parts)
  const ofCase = await appointmentsOf(tx, actor, { caseId, from, until, bookedOnly: true, limit: 500 })
  const already = new Set(ofWorker.map(one => one.id))
  return [
    ...ofWorker.map(one => ({ one, whose: one.workerName })),
    ...ofCase.filter(one => !already.has(one.id)).map(one => ({ one: entryOf(one), whose: 'This person' })),
  ]
    .filter(({ one }) => one.isOpen && !except.includes(one.id) && spans.some(span => overlap(one, span)))
    .map(
      ({ one, whose }) =>
        `${whose} is booked already on ${formatDate(londonDate(one.startsAt))}, ${spanInWords(one.startsAt, one.endsAt)}: ${one.what}`,
    )
}
