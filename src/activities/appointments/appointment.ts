import { formatInstant, londonDate, londonTime, sameTimeOn, timeInWords } from '../../platform/clock.ts'
import { addDays, daysBetween, everySoManyWeeks, formatDate, type PlainDate } from '../../platform/plain-date.ts'
import type { Result } from '../../platform/result.ts'
import { ok } from '../../platform/result.ts'

export type AppointmentStatus = 'booked' | 'attended' | 'did-not-attend' | 'cancelled'

/** A time that is kept for a person, by a worker, on a case. */
export type Appointment = {
  id: string
  caseId: string
  serviceArea: string
  serviceName: string
  personId: string
  /** 'PENROSE, Jago', where the actor may see the person. */
  personName: string | null
  /** When and how it is safe to be in touch with them; null where there is no rule. */
  contactCare: string | null
  /** A code of the list note-type: what kind of contact it will be. */
  kind: string
  kindName: string
  purpose: string
  workerId: string
  workerName: string
  startsAt: Date
  endsAt: Date
  place: string
  /** What whoever goes there must know before. */
  safety: string
  status: AppointmentStatus
  cancelledBy: '' | 'them' | 'us'
  outcome: string
  /** The note and the task that followed from their not coming. */
  noteId: string | null
  taskId: string | null
  /** The same for those that were booked together. */
  seriesId: string | null
  version: number
  mayEdit: boolean
}

export type NewAppointment = Pick<Appointment, 'kind' | 'purpose' | 'workerId' | 'startsAt' | 'endsAt' | 'place' | 'safety'>

export type AppointmentRefusal = 'not-there' | 'changed-meanwhile' | 'ended-already' | 'not-begun'

/** What came of it can be said from its start on: before, nobody knows. */
export const hasBegun = ({ startsAt }: Pick<Appointment, 'startsAt'>, now: Date): boolean => startsAt <= now

/** What was said to have come of it can be taken back; of a cancelled one another is made. */
export const mayBeTakenBack = ({ status }: Pick<Appointment, 'status'>): boolean => status === 'attended' || status === 'did-not-attend'

/** How it ended, with a word for who cancelled. */
export function statusInWords({ status, cancelledBy }: Pick<Appointment, 'status' | 'cancelledBy'>): string {
  if (status === 'cancelled') return cancelledBy === 'them' ? 'Cancelled by them' : 'Cancelled by us'
  return { booked: 'Booked', attended: 'Went ahead', 'did-not-attend': 'Did not attend' }[status]
}

/** How an appointment is called where nobody may be named: in calendars outside Lanyard. */
export const referenceOf = (id: string): string => id.replaceAll('-', '').slice(-6).toUpperCase()

/** '14:00'; with its day where that is not today. */
export const whenInWords = (instant: Date, now: Date): string =>
  londonDate(instant) === londonDate(now) ? timeInWords(instant) : `${timeInWords(instant)} on ${formatDate(londonDate(instant))}`

/** '14:00 to 15:00'; with its day where it ends on another. */
export function spanInWords(startsAt: Date, endsAt: Date): string {
  const sameDay = londonDate(startsAt) === londonDate(endsAt)
  return `${timeInWords(startsAt)} to ${sameDay ? timeInWords(endsAt) : formatInstant(endsAt)}`
}

/** The starts of a series: the same time on the clocks of London every so many weeks. Refused with the day on which that time does not exist. */
export function repeated(first: Date, everyWeeks: number, times: number): Result<Date[], PlainDate> {
  const [, ...later] = everySoManyWeeks(londonDate(first), everyWeeks, times)
  const starts = sameTimeOn(later, londonTime(first))
  // Of an hour that happens twice it was said which of the two the first is.
  return starts.ok ? ok([first, ...starts.value]) : starts
}

/**
 * Where the later ones of a series begin when one of them moves from one start to another: by as many days, at the same time on the clocks of
 * London. Refused like a series.
 */
export function shifted(later: readonly Date[], from: Date, to: Date): Result<Date[], PlainDate> {
  const days = daysBetween(londonDate(from), londonDate(to))
  return sameTimeOn(
    later.map(one => addDays(londonDate(one), days)),
    londonTime(to),
  )
}

export const noSuchTimeOn = (day: PlainDate): string => `The time does not exist on ${formatDate(day)}, when the clocks go forward over it`

/** What follows when so many appointments in a row were missed. */
export type AttendanceRule = {
  /** Empty: for every service that has no rules of its own. */
  serviceArea: string
  nth: number
  follows: 'offer-again' | 'task'
  /** Within how many days the task is due. */
  days: number
  words: string
}

/** The rule for this many: the service's own rules where it has any, else those for every service; beyond the last, the last. */
export function ruleFor(rules: readonly AttendanceRule[], serviceArea: string, missed: number): AttendanceRule | undefined {
  const own = rules.filter(rule => rule.serviceArea === serviceArea)
  const held = own.length > 0 ? own : rules.filter(rule => rule.serviceArea === '')
  return held.filter(rule => rule.nth <= missed).sort((a, b) => b.nth - a.nth)[0]
}

/** Whether two spans share a moment: one that begins as the other ends does not. */
export const overlap = (a: Pick<Appointment, 'startsAt' | 'endsAt'>, b: Pick<Appointment, 'startsAt' | 'endsAt'>): boolean =>
  a.startsAt < b.endsAt && b.startsAt < a.endsAt
