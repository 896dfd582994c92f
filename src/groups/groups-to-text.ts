import { sql } from 'kysely'
import { paths } from '../paths.ts'
import { type Actor, may } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import { appointmentInWords, type Member, type TextGroup } from '../text-messages/index.ts'
import { bookingsOfGroup } from './bookings.queries.ts'
import { type Booking, isExpected, type Session } from './group.ts'
import { findGroup, findSessionById, groupsFor } from './groups.queries.ts'
import { whenInWords } from './words.tsx'

/** Whoever has a place in a group, of those whom the sender may see. */
const everybody: TextGroup = {
  key: 'group',
  purpose: 'any',
  choices: async (tx, actor, now) =>
    (await groupsFor(tx, actor, 'mine', now)).map(({ id, name }) => ({ option: id, title: everybodyIn(name) })),
  titleOf: async (tx, actor, option) => {
    const group = await findGroup(tx, actor, option)
    return group && everybodyIn(group.name)
  },
  members: async (tx, actor, _now, option) =>
    (await findGroup(tx, actor, option)) ? (await bookingsOfGroup(tx, actor, option)).filter(hasPlace).map(memberOf) : [],
}

/** Whoever is expected at a session that is still to come: to be reminded of its day and time. */
const session: TextGroup = {
  key: 'session',
  purpose: 'appointment',
  choices: async () => [],
  titleOf: async (tx, actor, option) => {
    const one = await findSessionById(tx, option)
    return one && !one.cancelledAt ? titleOf(tx, actor, one, 'Whoever comes to') : undefined
  },
  members: async (tx, actor, now, option) => {
    const one = await findSessionById(tx, option)
    return one && !one.cancelledAt && one.startsAt > now ? membersOf(tx, actor, one) : []
  },
}

/** Whoever expected a session that is cancelled, and has not been told yet. */
const cancelled: TextGroup = {
  key: 'cancelled-session',
  purpose: 'appointment',
  begins: 'What was planned for ((appointment day)) at ((appointment time)) will not take place. Questions: please ring ((call back)).',
  choices: async () => [],
  titleOf: async (tx, actor, option) => {
    const one = await findSessionById(tx, option)
    return one?.cancelledAt ? titleOf(tx, actor, one, 'Whoever is still to be told that this is cancelled:') : undefined
  },
  members: async (tx, actor, _now, option) => {
    const one = await findSessionById(tx, option)
    if (!one?.cancelledAt) return []
    const { rows } = await sql<{ bookingId: string }>`
      select booking_id as "bookingId" from group_session_tellings where session_id = ${one.id} and taken_back_at is null`.execute(tx)
    const told = new Set(rows.map(row => row.bookingId))
    return membersOf(tx, actor, one, booking => !told.has(booking.id))
  },
}

/** Who of a group, or of one session, can be texted at once. Nobody is among them whom the sender may not see. */
export const groupsToText: readonly TextGroup[] = [everybody, session, cancelled]

/** Where a text to these is written; null for somebody who sends none, and where nobody is to be seen. */
export function textTo(actor: Actor, which: { group: string } | { session: Session }, people: number): string | null {
  if (!may(actor, 'send-texts') || people === 0) return null
  if ('group' in which) return paths.messages.toGroup(`${everybody.key}|${which.group}`)
  return paths.messages.toGroup(`${which.session.cancelledAt ? cancelled.key : session.key}|${which.session.id}`)
}

const everybodyIn = (name: string): string => `Everybody in ${name}`
const hasPlace = ({ status }: Booking): boolean => status === 'booked'
const memberOf = ({ caseId }: Booking): Member => ({ caseId })

async function titleOf(tx: Tx, actor: Actor, one: Session, who: string): Promise<string | undefined> {
  const group = await findGroup(tx, actor, one.groupId)
  return group && `${who} ${group.name}, ${whenInWords(one)}`
}

async function membersOf(tx: Tx, actor: Actor, one: Session, which: (booking: Booking) => boolean = () => true): Promise<Member[]> {
  const filling = appointmentInWords(one.startsAt)
  const expected = (await bookingsOfGroup(tx, actor, one.groupId)).filter(booking => isExpected(booking, one) && which(booking))
  return expected.map(({ caseId }) => ({ caseId, filling }))
}
