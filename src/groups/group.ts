import type { Places } from '../access/index.ts'

/** Who may see a group or a programme and book into it. */
export type OpenTo = 'team' | 'agency' | 'everyone'
export const openToWords: Record<OpenTo, string> = { team: 'Its team', agency: 'Its agency', everyone: 'Everybody who works here' }

/** People who meet with a purpose, once or many times. It names nobody who comes: bookings do, and belong to their cases. */
export type Group = {
  id: string
  name: string
  about: string
  serviceArea: string
  serviceName: string
  teamId: string
  teamName: string
  agencyName: string
  programmeId: string | null
  programmeName: string | null
  place: string
  /** Null: as many as come. */
  capacity: number | null
  openTo: OpenTo
  /** Names of those who run its sessions, by their order. */
  facilitators: readonly { userId: string; name: string }[]
  endedAt: Date | null
  endedBecause: string
  version: number
  /** Whether the actor may change it and its sessions. */
  mayRun: boolean
}

export type Session = {
  id: string
  groupId: string
  startsAt: Date
  endsAt: Date
  /** Where, also where that is where the group always meets. */
  place: string
  topic: string
  moduleId: string | null
  moduleTitle: string | null
  cancelledAt: Date | null
  cancelledBecause: string
  version: number
}

/** Somebody's place in a group, or on its waiting list. */
export type Booking = {
  id: string
  groupId: string
  groupName: string
  caseId: string
  reference: string
  serviceArea: string
  serviceName: string
  personId: string
  /** 'PENROSE, Jago' */
  personName: string
  status: 'waiting' | 'booked' | 'ended'
  needs: string
  askedAt: Date
  placedAt: Date | null
  endedAt: Date | null
  outcome: string
  outcomeLabel: string
  outcomeWords: string
  /** Whether the actor may change it. */
  mayEdit: boolean
}

export const attendances = ['attended', 'late', 'did-not-attend', 'excused'] as const
export type Attendance = (typeof attendances)[number]
export const attendanceWords: Record<Attendance, string> = {
  attended: 'Attended',
  late: 'Came late',
  'did-not-attend': 'Did not attend',
  excused: 'Excused',
}
export const came = (attendance: Attendance): boolean => attendance === 'attended' || attendance === 'late'

export const noPlaces: Places = { booked: 0, waiting: 0 }

/** Whether somebody more can be given a place, by the number that whoever asks may know of. */
export const hasRoom = (capacity: number | null, booked: number): boolean => capacity === null || booked < capacity

/** Whoever asks now is given a place where there is one and nobody has been waiting for it; else they wait. */
export const standingFor = (capacity: number | null, { booked, waiting }: Places): 'booked' | 'waiting' =>
  hasRoom(capacity, booked + waiting) ? 'booked' : 'waiting'

/**
 * The numbers as a reader is shown them, right by themselves: nobody waits beside a place that is free. Where whoever has it is hidden from the
 * reader, "free" and "waiting" side by side would say that somebody is there (decision 22); so a free place is spoken for by whoever has asked.
 */
export function placesInWords(capacity: number | null, { booked, waiting }: Places): string {
  if (capacity === null) return `${booked + waiting} booked`
  const spokenFor = Math.max(booked, Math.min(capacity, booked + waiting))
  const left = booked + waiting - spokenFor
  const taken =
    booked > capacity
      ? `${booked} booked, ${booked - capacity} more than there are places`
      : `${spokenFor} of ${capacity} places taken${spokenFor > booked ? ' or asked for' : ''}`
  return left > 0 ? `${taken}, ${left} waiting` : taken
}

/** Those whom the actor does not see by name, as a number: 'and 1 more person'. Undefined where there is nobody. */
export function othersInWords(known: number, named: number): string | undefined {
  const others = known - named
  return others > 0 ? `${others} more ${others === 1 ? 'person' : 'people'}` : undefined
}

/**
 * Everybody in a group whom the reader does not see by name, as the same one number on every page: which of them wait would say whether those who
 * do not are all to be seen (decision 22).
 */
export const othersOf = ({ booked, waiting }: Places, seen: readonly Pick<Booking, 'status'>[]): string | undefined =>
  othersInWords(booked + waiting, seen.filter(one => one.status !== 'ended').length)

/** Whether somebody was expected at a session: who has a place, and who had one when it was held. */
export const isExpected = (
  booking: Pick<Booking, 'status' | 'placedAt' | 'endedAt'>,
  session: Pick<Session, 'startsAt' | 'endsAt'>,
): boolean =>
  booking.status === 'booked' ||
  (booking.placedAt !== null && booking.placedAt < session.endsAt && booking.endedAt !== null && booking.endedAt > session.startsAt)
