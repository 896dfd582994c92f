import { paths } from '../../paths.ts'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { type Appointment, statusInWords } from '../appointments/appointment.ts'
import { appointmentsOf } from '../appointments/appointments.queries.ts'

/** One thing in a worker's calendar: an appointment, or what another module keeps a time for. */
export type CalendarEntry = {
  id: string
  startsAt: Date
  endsAt: Date
  /** 'Home visit', 'Group work'. */
  what: string
  /** What it is for, or which group it is. */
  about: string
  /** Whom it is with, where the reader may see them. Null where it is with nobody by name. */
  person: { name: string; href: string; serviceName: string } | null
  /** When and how it is safe to be in touch with them; empty where there is no rule. */
  contactCare: string
  place: string
  workerName: string
  /** 'Booked', 'Went ahead', 'Cancelled by us'. */
  state: string
  stateBecause: string
  /** Whether it has yet to be said what came of it. */
  isOpen: boolean
  /** What came of it is said by others than whoever has it in their calendar: nobody is asked to. */
  isSaidByOthers?: boolean
  /** It will not be: it stands in the calendar, but not in a day's work nor in a calendar elsewhere. */
  isCancelled: boolean
  href: string
}

/** Which part of whose calendar: from one instant, before another. */
export type CalendarWanted = { workers: readonly string[]; from: Date; until: Date; limit: number }

/**
 * What another module puts into calendars, as far as the actor may see it: src/app says which there are. It asks the database as the actor, like
 * everything else, since a calendar elsewhere reads by it too.
 */
export type CalendarSource = (tx: Tx, actor: Actor, wanted: CalendarWanted) => Promise<CalendarEntry[]>

export type CalendarParts = { alsoInCalendar: readonly CalendarSource[] }

/** Everything in these workers' calendars that the actor may see, in order of time. */
export async function entriesOf(tx: Tx, actor: Actor, wanted: CalendarWanted, { alsoInCalendar }: CalendarParts): Promise<CalendarEntry[]> {
  const [appointments, ...others] = await Promise.all([
    appointmentsOf(tx, actor, wanted),
    ...alsoInCalendar.map(source => source(tx, actor, wanted)),
  ])
  return [...appointments.map(entryOf), ...others.flat()].sort(
    (a, b) => a.startsAt.getTime() - b.startsAt.getTime() || a.id.localeCompare(b.id),
  )
}

export const entryOf = (one: Appointment): CalendarEntry => ({
  id: one.id,
  startsAt: one.startsAt,
  endsAt: one.endsAt,
  what: one.kindName,
  about: one.purpose,
  person: { name: one.personName ?? 'A person whom you may not see', href: paths.cases.show(one.caseId), serviceName: one.serviceName },
  contactCare: one.contactCare ?? '',
  place: one.place,
  workerName: one.workerName,
  state: statusInWords(one),
  stateBecause: one.outcome,
  isOpen: one.status === 'booked',
  isCancelled: one.status === 'cancelled',
  href: paths.appointments.show(one.caseId, one.id),
})
