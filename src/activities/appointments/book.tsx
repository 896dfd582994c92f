import { type FrameParts, openPartToEdit, type PartOfCase, partPage, type Typed, typedFrom, typedInstant } from '../../cases/index.ts'
import { optionsOf } from '../../lists/index.ts'
import { paths } from '../../paths.ts'
import { londonDate, londonTime, toInstant } from '../../platform/clock.ts'
import { addDays, formatDate } from '../../platform/plain-date.ts'
import { type Answer, redirect } from '../../platform/web/answer.ts'
import type { Visit } from '../../platform/web/routes.ts'
import type { FieldError } from '../../ui/index.ts'
import type { CalendarParts } from '../calendar/entries.ts'
import type { Appointment } from './appointment.ts'
import { AppointmentForm } from './appointment-form.tsx'
import { findAppointment } from './appointments.queries.ts'
import { book } from './change-appointments.ts'
import { clashesOf } from './clashes.ts'
import { holidaysError, type OnHoliday, onBankHolidays, readHolidays, withoutHolidays } from './on-bank-holidays.tsx'
import { readAppointment } from './read-appointment.ts'
import { workersFor } from './workers-for.ts'

/** A form of tomorrow at this hour, for an hour, by the actor; or as the missed one was, a week later. */
export async function showBook(visit: Visit, parts: FrameParts, part: PartOfCase): Promise<Answer> {
  const missed = await missedOne(visit, part)
  return bookPage(visit, parts, part, missed ? again(missed) : fresh(visit), [], missed)
}

export async function postBook(visit: Visit, parts: FrameParts & CalendarParts, part: PartOfCase): Promise<Answer> {
  const { tx, actor, clock, fields } = visit
  const now = clock.now()
  const missed = await missedOne(visit, part)
  const reading = readAppointment(fields, await choicesFor(visit, part), now)
  if (!reading.ok) return bookPage(visit, parts, part, fields, reading.errors, missed)
  const { appointment } = reading
  // One alone was chosen for its day; of a series nobody looked at each.
  const holidays = reading.starts.length > 1 ? await onBankHolidays(tx, reading.starts) : []
  const onHolidays = readHolidays(fields, holidays)
  const starts = onHolidays === 'leave-out' ? withoutHolidays(reading.starts, start => start, holidays) : reading.starts
  const clashes = await clashesOf(visit, parts, part.personId, appointment, starts)
  const errors: FieldError[] = [
    ...(clashes.length > 0 && fields.text('despite-clash') !== 'yes' ? [clashError] : []),
    ...(onHolidays ? [] : [holidaysError]),
    ...(starts.length === 0 ? [{ field: 'holidays', message: 'All of them are on bank holidays. Choose another day' }] : []),
  ]
  if (errors.length > 0) return bookPage(visit, parts, part, fields, errors, missed, { clashes, holidays })
  const id = await book(tx, actor, now, part, { ...appointment, starts, ...(missed ? { follows: missed.id } : {}) })
  return redirect(paths.appointments.show(part.caseId, id), {
    notice: starts.length > 1 ? `${starts.length} appointments booked.` : 'Appointment booked.',
  })
}

export const clashError: FieldError = {
  field: 'starts-time',
  message: 'There is something at that time already. Choose another, or keep it all the same',
}

async function bookPage(
  visit: Visit,
  parts: FrameParts,
  part: PartOfCase,
  typed: Typed,
  errors: readonly FieldError[],
  missed: Appointment | undefined,
  { clashes, holidays }: { clashes: readonly string[]; holidays: readonly OnHoliday[] } = { clashes: [], holidays: [] },
): Promise<Answer> {
  const { kinds, workers } = await choicesFor(visit, part)
  const after = missed ? `?after=${missed.id}` : ''
  const body = (
    <>
      {missed ? (
        <p class="govuk-body">
          They did not come to the appointment on {formatDate(londonDate(missed.startsAt))} ({missed.kindName}).
        </p>
      ) : null}
      <AppointmentForm
        form={visit.form}
        action={paths.appointments.book(part.caseId) + after}
        typed={typed}
        errors={errors}
        kinds={kinds}
        workers={workers}
        clashes={clashes}
        holidays={holidays}
        button="Book"
        back={paths.appointments.ofCase(part.caseId)}
      />
    </>
  )
  return partPage(visit, parts, part, missed ? 'Offer another appointment' : 'Make an appointment', body, {
    current: 'appointments',
    hasErrors: errors.length > 0,
    narrow: true,
  })
}

/** What can be chosen for an appointment of this case. */
export async function choicesFor({ tx, actor, clock }: Visit, part: PartOfCase) {
  const [kinds, workers] = [await optionsOf(tx, 'note-type', part.serviceArea), await workersFor(tx, actor, clock.now(), part)]
  return { kinds, workers }
}

/** The appointment of this case that was missed, after which another is offered: the address names it. */
async function missedOne({ tx, actor, query }: Visit, part: PartOfCase): Promise<Appointment | undefined> {
  const found = await findAppointment(tx, actor, query.get('after') ?? '')
  return found?.caseId === part.caseId && found.status === 'did-not-attend' ? found : undefined
}

function fresh({ actor, clock }: Visit): Typed {
  const now = clock.now()
  const hour = `${londonTime(now).slice(0, 2)}:00` as ReturnType<typeof londonTime>
  const start = toInstant(addDays(londonDate(now), 1), hour, 'first')
  return typedFrom({
    kind: ['one-to-one'],
    ...typedInstant('starts', start.ok ? start.value : now),
    minutes: ['60'],
    worker: [actor.userId ?? ''],
  })
}

function again(missed: Appointment): Typed {
  const start = toInstant(addDays(londonDate(missed.startsAt), 7), londonTime(missed.startsAt), 'first')
  return typedFrom({ ...typedAppointment(missed), ...typedInstant('starts', start.ok ? start.value : missed.startsAt) })
}

/** The form as it must look to say what this appointment says. */
export function typedAppointment(one: Appointment): Record<string, string[]> {
  return {
    kind: [one.kind],
    ...typedInstant('starts', one.startsAt),
    minutes: [String(Math.round((one.endsAt.getTime() - one.startsAt.getTime()) / 60_000))],
    worker: [one.workerId],
    place: [one.place],
    purpose: [one.purpose],
    safety: [one.safety],
  }
}

/** An hour for the next hearing, in the transaction of the note that tells of it; nothing where appointments are not the actor's to make. */
export async function bookHearing(
  { tx, actor, clock }: Visit,
  { caseId }: PartOfCase,
  { at, court }: { at: Date; court: string },
): Promise<void> {
  const place = await openPartToEdit(tx, actor, caseId, 'appointments')
  if (!place) return
  const endsAt = new Date(at.getTime() + 60 * 60_000)
  const one = { kind: 'court', purpose: 'Next hearing', workerId: actor.userId ?? '', startsAt: at, endsAt, place: court, safety: '' }
  await book(tx, actor, clock.now(), place, { ...one, starts: [at] })
}
