import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { holdCase, type Lists } from '../../access/index.ts'
import { audit, auditAll } from '../../audit/index.ts'
import { addNote, noteDue, noteWordsOf, openPartToEdit, recordOnTimeline, tellOfGivenInVain, titleOf } from '../../cases/index.ts'
import { tellUsers, withdrawNotices } from '../../notifications/index.ts'
import { paths } from '../../paths.ts'
import type { Actor } from '../../platform/actor.ts'
import { formatInstant, londonDate, timeInWords } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db/database.ts'
import { no, ok, type Result } from '../../platform/result.ts'
import { type Appointment, type AppointmentRefusal, hasBegun, type NewAppointment, statusInWords } from './appointment.ts'
import { appointmentsOf, type Moved } from './appointments.queries.ts'
import { remindLater } from './remind.ts'

/** The case that it is on, opened to edit: `openPartToEdit` answers it. */
export type Place = { caseId: string; personId: string; serviceArea: string; lists: Lists }

export type Booking = NewAppointment & {
  /** All starts of a series, the appointment's own among them; one for an appointment by itself. */
  starts: readonly Date[]
  /** The one that was missed, after which this is offered. */
  follows?: string | undefined
}

/** Books an appointment, or a series of them. Answers the id of the first. */
export async function book(tx: Tx, actor: Actor, now: Date, place: Place, booking: Booking): Promise<string> {
  if (!actor.userId) throw new Error('An appointment is made by a user.')
  const { starts, follows, ...one } = booking
  const seriesId = starts.length > 1 ? uuid() : null
  const length = one.endsAt.getTime() - one.startsAt.getTime()
  const made = starts.map(startsAt => ({ id: uuid(), startsAt, endsAt: new Date(startsAt.getTime() + length) }))
  await tx
    .insertInto('appointments')
    .values(
      made.map(({ id, startsAt, endsAt }) => ({
        id,
        case_id: place.caseId,
        series_id: seriesId,
        follows: follows ?? null,
        kind: one.kind,
        purpose: one.purpose,
        worker_id: one.workerId,
        starts_at: startsAt,
        ends_at: endsAt,
        place: one.place,
        safety: one.safety,
        created_at: now,
        created_by: actor.userId ?? '',
        ...place.lists,
      })),
    )
    .execute()
  const [first] = made
  if (!first) throw new Error('A booking has a start.')
  await audit(tx, actor, now, {
    action: 'appointment-booked',
    subject: { type: 'appointment', id: first.id },
    personId: place.personId,
    caseId: place.caseId,
    detail: { startsAt: first.startsAt, ...(made.length > 1 ? { times: made.length } : {}) },
  })
  for (const { id, startsAt } of made) await remindLater(tx, { id, startsAt, workerId: one.workerId })
  await tellWorker(tx, actor, now, { ...first, caseId: place.caseId }, one.workerId, 'An appointment has been made for you')
  await noteNext(tx, actor, place.caseId)
  return first.id
}

export type Move = Pick<NewAppointment, 'startsAt' | 'endsAt' | 'place' | 'workerId' | 'safety' | 'purpose'>

/** One that moves with an earlier one of its series, and where to. */
export type MovedAlong = { was: Appointment; startsAt: Date }

/**
 * Moves it: another time, place or worker; with `along`, later ones of its series too. What each was is kept with the reason. `version` is that
 * of the page.
 */
export async function move(
  tx: Tx,
  actor: Actor,
  now: Date,
  was: Appointment,
  version: number,
  to: Move & { workerName: string },
  reason: string,
  along: readonly MovedAlong[] = [],
): Promise<Result<void, AppointmentRefusal>> {
  const length = to.endsAt.getTime() - to.startsAt.getTime()
  const also = along.length > 0 ? ` and ${along.length} after it` : ''
  const refusal = await moveOne(tx, actor, now, was, version, to, reason, {
    title: `Appointment moved: ${was.kindName}, from ${formatInstant(was.startsAt)} to ${formatInstant(to.startsAt)}${also}`,
    summary: reason,
  })
  if (refusal) return no(refusal)
  for (const { was: one, startsAt } of along) {
    const refused = await moveOne(
      tx,
      actor,
      now,
      one,
      one.version,
      { ...to, startsAt, endsAt: new Date(startsAt.getTime() + length) },
      reason,
      null,
    )
    // The case is held since the first of them, after they were read.
    if (refused) throw new Error(`An appointment of a series could not be moved with it: ${refused}.`)
  }
  const touched = [was, ...along.map(one => one.was)]
  await tellWorkers(tx, actor, now, [...touched, ...touched.map(one => ({ ...one, workerId: to.workerId }))], 'moved')
  return ok(undefined)
}

/** One of those that move. Nobody is told: whoever moves them tells each worker once. */
export async function moveOne(
  tx: Tx,
  actor: Actor,
  now: Date,
  was: Appointment,
  version: number,
  to: Move & { workerName: string },
  reason: string,
  line: { title: string; summary: string } | null,
): Promise<AppointmentRefusal | undefined> {
  const refusal = await change(tx, was, version, {
    starts_at: to.startsAt,
    ends_at: to.endsAt,
    place: to.place,
    worker_id: to.workerId,
    safety: to.safety,
    purpose: to.purpose,
  })
  if (refusal) return refusal
  const before = moved({ ...was, worker: was.workerName })
  const after = moved({ ...to, worker: to.workerName })
  await keepChange(tx, actor, now, was, { before, after, reason })
  await follow(tx, actor, now, was, 'appointment-moved', line)
  await remindLater(tx, { id: was.id, startsAt: to.startsAt, workerId: to.workerId })
  return undefined
}

/** What it was before, under its own lists. */
export async function keepChange(
  tx: Tx,
  actor: Actor,
  now: Date,
  { id }: Pick<Appointment, 'id'>,
  { before, after, reason }: { before: Moved; after: Moved; reason: string },
): Promise<void> {
  await sql`
    insert into appointment_changes (id, appointment_id, case_id, at, by, reason, before, after, readers, editors, withheld)
    select ${uuid()}, a.id, a.case_id, ${now}, ${actor.userId}, ${reason}, ${JSON.stringify(before)}::jsonb, ${JSON.stringify(after)}::jsonb, a.readers, a.editors, a.withheld
    from appointments a where a.id = ${id}`.execute(tx)
}

const moved = ({ startsAt, endsAt, place, worker }: { startsAt: Date; endsAt: Date; place: string; worker: string }): Moved => ({
  startsAt: startsAt.toISOString(),
  endsAt: endsAt.toISOString(),
  place,
  worker,
})

/** It will not be. With `following` the later ones of its series go too. Answers how many were cancelled. */
export async function cancel(
  tx: Tx,
  actor: Actor,
  now: Date,
  was: Appointment,
  { by, reason, following }: { by: 'them' | 'us'; reason: string; following: boolean },
): Promise<Result<number, AppointmentRefusal>> {
  const end = { status: 'cancelled', cancelled_by: by, outcome: reason, closed_at: now, closed_by: actor.userId } as const
  const refusal = await change(tx, was, undefined, end)
  if (refusal) return no(refusal)
  const later = following ? await cancelLater(tx, now, was, end) : []
  const words = statusInWords({ status: 'cancelled', cancelledBy: by })
  await follow(tx, actor, now, was, 'appointment-cancelled', {
    title: `${words}: ${was.kindName}, ${formatInstant(was.startsAt)}${later.length > 0 ? ` and ${later.length} after it` : ''}`,
    summary: reason,
  })
  await auditAll(
    tx,
    actor,
    now,
    later.map(({ id }) => ({
      action: 'appointment-cancelled',
      subject: { type: 'appointment', id },
      personId: was.personId,
      caseId: was.caseId,
    })),
  )
  await tellWorkers(tx, actor, now, [was, ...later], 'cancelled')
  return ok(later.length + 1)
}

type Touched = { id: string; caseId: string; workerId: string }

/** The later ones of its series that still stand. */
async function cancelLater(tx: Tx, now: Date, { caseId, seriesId, startsAt }: Appointment, end: Values): Promise<Touched[]> {
  if (seriesId === null) return []
  const later = await tx
    .updateTable('appointments')
    .set(row => ({ ...end, version: row('version', '+', 1) }))
    .where('series_id', '=', seriesId)
    .where('starts_at', '>', startsAt)
    .where('status', '=', 'booked')
    .returning(['id', 'worker_id as workerId', 'starts_at as startsAt'])
    .execute()
  for (const { id } of later) await withdrawTold(tx, now, { id, caseId })
  return later.map(one => ({ ...one, caseId })).sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime())
}

/** It went ahead. What happened is a note, which its worker writes next. */
export async function attend(tx: Tx, actor: Actor, now: Date, was: Appointment): Promise<Result<void, AppointmentRefusal>> {
  if (!hasBegun(was, now)) return no('not-begun')
  const refusal = await change(tx, was, undefined, { status: 'attended', closed_at: now, closed_by: actor.userId })
  if (refusal) return no(refusal)
  await follow(tx, actor, now, was, 'appointment-attended', null)
  return ok(undefined)
}

/** They did not come: the appointment says so, and a note on the record, where the actor may write one. */
export async function miss(tx: Tx, actor: Actor, now: Date, was: Appointment, words: string): Promise<Result<void, AppointmentRefusal>> {
  if (!hasBegun(was, now)) return no('not-begun')
  const refusal = await change(tx, was, undefined, { status: 'did-not-attend', outcome: words, closed_at: now, closed_by: actor.userId })
  if (refusal) return no(refusal)
  await follow(tx, actor, now, was, 'appointment-missed', null)
  const notes = await openPartToEdit(tx, actor, was.caseId, 'notes')
  if (!notes) return ok(undefined)
  const note = {
    noteType: was.kind,
    happenedAt: was.startsAt,
    outcome: 'did-not-attend',
    text: ['Did not attend.', words].filter(Boolean).join(' '),
    facts: '',
    analysis: '',
    ownWords: '',
    namedReaders: null,
  }
  const noteId = await addNote(tx, actor, now, notes, { ...note, title: titleOf(note, await noteWordsOf(tx, was.serviceArea)) })
  await tx.updateTable('appointments').set({ note_id: noteId }).where('id', '=', was.id).execute()
  return ok(undefined)
}

/** The task that was added because they did not come: it goes when that is taken back. */
export async function keepTaskOf(tx: Tx, { id }: Pick<Appointment, 'id'>, taskId: string): Promise<void> {
  await tx.updateTable('appointments').set({ task_id: taskId }).where('id', '=', id).execute()
}

type Values = Partial<{
  starts_at: Date
  ends_at: Date
  place: string
  safety: string
  purpose: string
  worker_id: string
  status: Appointment['status']
  cancelled_by: 'them' | 'us'
  outcome: string
  closed_at: Date | null
  closed_by: string | null
  note_id: null
  task_id: null
}>

/** Writes it where it still stands as it was seen, in this status; where a version is given, at that. */
export async function change(
  tx: Tx,
  { id, caseId, status }: Appointment,
  version: number | undefined,
  values: Values,
): Promise<AppointmentRefusal | undefined> {
  // Cases are held before their rows, and the row that keeps the change copies the lists of this one.
  await holdCase(tx, caseId)
  let changing = tx
    .updateTable('appointments')
    .set(row => ({ ...values, version: row('version', '+', 1) }))
    .where('id', '=', id)
    .where('status', '=', status)
  if (version !== undefined) changing = changing.where('version', '=', version)
  const changed = await changing.executeTakeFirst()
  if (changed.numUpdatedRows === 1n) return undefined
  const row = await tx.selectFrom('appointments').select('status').where('id', '=', id).executeTakeFirst()
  if (!row) return 'not-there'
  return row.status === status ? 'changed-meanwhile' : 'ended-already'
}

/** The audit, the timeline, what is next on the case; and no reminder stays of what it was. */
export async function follow(
  tx: Tx,
  actor: Actor,
  now: Date,
  was: Appointment,
  action: string,
  line: { title: string; summary: string } | null,
): Promise<void> {
  await audit(tx, actor, now, { action, subject: { type: 'appointment', id: was.id }, personId: was.personId, caseId: was.caseId })
  await withdrawTold(tx, now, was)
  await noteNext(tx, actor, was.caseId)
  if (!line) return
  await recordOnTimeline(tx, {
    caseId: was.caseId,
    at: now,
    kind: 'appointment',
    part: 'appointments',
    ...line,
    source: { type: 'appointment', id: was.id },
    href: paths.appointments.show(was.caseId, was.id),
    actor,
  })
}

/** The next appointment is a next step of the case; one that has been, until it is said what came of it. */
async function noteNext(tx: Tx, actor: Actor, caseId: string): Promise<void> {
  const [next] = await appointmentsOf(tx, actor, { caseId, bookedOnly: true, limit: 1 })
  const due = next && {
    dueOn: londonDate(next.startsAt),
    words: `${next.kindName} at ${timeInWords(next.startsAt)}`,
    href: paths.appointments.show(caseId, next.id),
  }
  await noteDue(tx, caseId, 'appointments', due ?? null)
}

/** What workers were told of it before is no longer so. */
const withdrawTold = (tx: Tx, now: Date, { id, caseId }: { id: string; caseId: string }): Promise<void> =>
  withdrawNotices(tx, now, { kind: 'appointment', href: paths.appointments.show(caseId, id) })

/** Each worker hears once of all of theirs that somebody else moved, cancelled or handed over, and is led to the first. */
export async function tellWorkers(
  tx: Tx,
  actor: Actor,
  now: Date,
  touched: readonly Touched[],
  what: 'moved' | 'cancelled' | 'handed over' | 'taken over',
): Promise<void> {
  for (const workerId of new Set(touched.map(one => one.workerId))) {
    const theirs = new Map(touched.filter(one => one.workerId === workerId).map(one => [one.id, one]))
    const [first] = theirs.values()
    const words =
      what === 'taken over'
        ? theirs.size > 1
          ? 'Appointments of a colleague are yours now'
          : 'An appointment of a colleague is yours now'
        : theirs.size > 1
          ? `Appointments of yours have been ${what}`
          : `An appointment of yours has been ${what}`
    if (first) await tellWorker(tx, actor, now, first, workerId, words)
  }
}

/** Somebody else changed the worker's day. */
async function tellWorker(
  tx: Tx,
  actor: Actor,
  now: Date,
  { id, caseId }: { id: string; caseId: string },
  workerId: string,
  words: string,
): Promise<void> {
  if (workerId === actor.userId) return
  const given = { kind: 'appointment', href: paths.appointments.show(caseId, id), caseId } as const
  await tellUsers(tx, now, { to: [workerId], words, ...given })
  await tellOfGivenInVain(tx, now, { userId: workerId, ...given })
}
