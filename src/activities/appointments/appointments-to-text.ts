import { type RawBuilder, sql } from 'kysely'
import { paths } from '../../paths.ts'
import type { Actor } from '../../platform/actor.ts'
import { formatInstant, londonDate, startOfDay } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db/database.ts'
import { addDays, formatLongDate, isPlainDate, type PlainDate, weekdayOf } from '../../platform/plain-date.ts'
import { appointmentInWords, type GroupChoice, type Member, type TextGroup } from '../../text-messages/index.ts'
import { findAppointment } from './appointments.queries.ts'

/** From a Friday to the Monday after a long week-end. */
const daysAhead = 4

/**
 * Whoever has an appointment on one of the next days, with the sender or with anybody of their team: to be reminded by text of the day and the
 * time. Nothing is sent by itself: somebody looks at who gets it first.
 */
export const appointmentsToText: TextGroup = {
  key: 'appointments',
  purpose: 'appointment',
  choices: async (tx, actor, now) => {
    const today = londonDate(now)
    const found = await Promise.all(setsOf(actor).map(set => choicesOf(tx, set, now, startOfDay(addDays(today, daysAhead + 1)))))
    return found.flat()
  },
  titleOf: async (tx, actor, option) => {
    const one = await oneAppointment(tx, actor, option)
    if (one) return `Whoever comes on ${formatInstant(one.startsAt)}`
    const { set, day } = readOption(actor, option)
    return set && day && titleFor(set, day)
  },
  members: async (tx, actor, now, option) => {
    const one = await oneAppointment(tx, actor, option)
    if (one) return one.status === 'booked' && one.startsAt > now ? [memberOf([one])] : []
    const { set, day } = readOption(actor, option)
    if (!set || !day) return []
    const from = new Date(Math.max(startOfDay(day).getTime(), now.getTime()))
    return membersAmong(await booked(tx, set, from, startOfDay(addDays(day, 1))))
  },
}

/** Where the reminder of one appointment is written. */
export const textOfAppointment = (appointmentId: string): string =>
  paths.messages.toGroup(`${appointmentsToText.key}|${oneOf}${appointmentId}`)

const oneOf = 'one '
const oneAppointment = async (tx: Tx, actor: Actor, option: string) =>
  option.startsWith(oneOf) ? findAppointment(tx, actor, option.slice(oneOf.length)) : undefined

type Booked = { caseId: string; personId: string; startsAt: Date }

const memberOf = ([first, ...later]: readonly [Booked, ...Booked[]]): Member => ({
  caseId: first.caseId,
  filling: appointmentInWords(first.startsAt, ...later.map(one => one.startsAt)),
})

/**
 * Each person once, by the case of their first appointment, with every time that they have on it. What they have on another case is not said
 * here: that one may not be texted about.
 */
function membersAmong(inOrder: readonly Booked[]): Member[] {
  const ofPeople = new Map<string, [Booked, ...Booked[]]>()
  for (const one of inOrder) {
    const theirs = ofPeople.get(one.personId)
    if (!theirs) ofPeople.set(one.personId, [one])
    else if (theirs[0].caseId === one.caseId) theirs.push(one)
  }
  return [...ofPeople.values()].map(memberOf)
}

/** Whose appointments: the sender's own, or a team's in one service. */
type WhoseSet = { key: string; title: string; theirs: RawBuilder<unknown> }

const setsOf = (actor: Actor): WhoseSet[] => [
  { key: 'mine', title: 'My appointments', theirs: sql`a.worker_id = ${actor.userId}::uuid` },
  ...actor.posts
    .filter(post => post.serviceArea !== null)
    .map(({ teamId, teamName, serviceArea }) => ({
      key: `${teamId}/${serviceArea}`,
      title: `Appointments with ${teamName}, ${serviceArea?.replaceAll('-', ' ')}`,
      theirs: sql`c.team_id = ${teamId}::uuid and c.service_area = ${serviceArea}`,
    })),
]

async function choicesOf(tx: Tx, set: WhoseSet, from: Date, until: Date): Promise<GroupChoice[]> {
  const days = new Set((await booked(tx, set, from, until)).map(one => londonDate(one.startsAt)))
  return [...days].sort().map(day => ({ option: `${set.key} ${day}`, title: titleFor(set, day) }))
}

/** Every one in the time, as the actor sees them, in order. */
async function booked(tx: Tx, { theirs }: WhoseSet, from: Date, until: Date): Promise<Booked[]> {
  const { rows } = await sql<Booked>`
    select a.case_id as "caseId", c.person_id as "personId", a.starts_at as "startsAt" from appointments a join cases c on c.id = a.case_id
    where ${theirs} and a.status = 'booked' and a.starts_at > ${from} and a.starts_at < ${until} order by a.starts_at, a.id`.execute(tx)
  return rows
}

function readOption(actor: Actor, option: string): { set: WhoseSet | undefined; day: PlainDate | undefined } {
  const [key, day] = option.split(' ')
  return { set: setsOf(actor).find(one => one.key === key), day: isPlainDate(day) ? day : undefined }
}

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const
const titleFor = ({ title }: WhoseSet, day: PlainDate): string => `${title} on ${weekdays[weekdayOf(day) - 1]} ${formatLongDate(day)}`
