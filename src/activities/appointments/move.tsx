import { holdCase } from '../../access/index.ts'
import { type FrameParts, type PartOfCase, partPage, type Typed, typedFrom } from '../../cases/index.ts'
import { paths } from '../../paths.ts'
import type { PlainDate } from '../../platform/plain-date.ts'
import { ok, type Result } from '../../platform/result.ts'
import { type Answer, redirect } from '../../platform/web/answer.ts'
import { fieldsFrom } from '../../platform/web/fields.ts'
import type { Visit } from '../../platform/web/routes.ts'
import type { FieldError } from '../../ui/index.ts'
import type { CalendarParts } from '../calendar/entries.ts'
import { type Appointment, noSuchTimeOn, shifted } from './appointment.ts'
import { AppointmentForm } from './appointment-form.tsx'
import { laterInSeries } from './appointments.queries.ts'
import { choicesFor, clashError, typedAppointment } from './book.tsx'
import { type MovedAlong, move } from './change-appointments.ts'
import { clashesOf } from './clashes.ts'
import { endedAlready } from './ended-already.ts'
import { holidaysError, type OnHoliday, onBankHolidays, readHolidays, withoutHolidays } from './on-bank-holidays.tsx'
import { readAppointment } from './read-appointment.ts'

export const showMove = async (visit: Visit, parts: FrameParts, part: PartOfCase, found: Appointment): Promise<Answer> =>
  movePage(visit, parts, part, found, typedFrom(typedAppointment(found)), [])

export async function postMove(visit: Visit, parts: FrameParts & CalendarParts, part: PartOfCase, found: Appointment): Promise<Answer> {
  const { tx, actor, clock, fields } = visit
  const now = clock.now()
  // Held before the rest of its series is read, so that nobody changes one of them meanwhile.
  await holdCase(tx, part.caseId)
  const choices = await choicesFor(visit, part)
  // Its worker stays a choice, whatever they may see by now; its kind is not asked.
  const workers = [...choices.workers, { id: found.workerId, name: found.workerName }]
  const posted = fieldsFrom([
    ['kind', found.kind],
    ...fields
      .names()
      .filter(name => name !== 'kind')
      .map(name => [name, fields.typed(name)] as const),
  ])
  const reading = readAppointment(posted, { kinds: [{ code: found.kind }], workers }, now)
  const reason = fields.text('reason')
  const errors: FieldError[] = reading.ok ? [] : [...reading.errors]
  if ([...reason].length > 500) errors.push({ field: 'reason', message: 'Why it is moved must be 500 characters or fewer' })
  if (!reading.ok || errors.length > 0) return movePage(visit, parts, part, found, fields, errors)
  const to = reading.appointment
  const rest = await restMoved(visit, found, to.startsAt)
  if (!rest.ok) return movePage(visit, parts, part, found, fields, [{ field: 'starts-time', message: noSuchTimeOn(rest.error) }])
  const holidays =
    rest.value.length > 0
      ? await onBankHolidays(
          tx,
          rest.value.map(one => one.startsAt),
        )
      : []
  const onHolidays = readHolidays(fields, holidays)
  const along = onHolidays === 'leave-out' ? withoutHolidays(rest.value, one => one.startsAt, holidays) : rest.value
  const starts = [to.startsAt, ...along.map(one => one.startsAt)]
  const clashes = await clashesOf(visit, parts, part.personId, to, starts, [found.id, ...along.map(one => one.was.id)])
  if (clashes.length > 0 && fields.text('despite-clash') !== 'yes') errors.push(clashError)
  if (!onHolidays) errors.push(holidaysError)
  if (errors.length > 0) return movePage(visit, parts, part, found, fields, errors, { clashes, holidays })
  const workerName = workers.find(one => one.id === to.workerId)?.name ?? found.workerName
  const name = to.workerId === actor.userId ? actor.name : workerName
  const outcome = await move(tx, actor, now, found, Number(fields.text('version')), { ...to, workerName: name }, reason, along)
  const notice = along.length > 0 ? `${along.length + 1} appointments moved.` : 'Appointment moved.'
  if (outcome.ok) return redirect(paths.appointments.show(part.caseId, found.id), { notice })
  if (outcome.error !== 'changed-meanwhile') return endedAlready(found)
  const message =
    'Somebody has changed this appointment since you opened it. Look at how it is now, above, and save again if yours is right'
  return movePage(visit, parts, part, found, fields, [{ field: '', message }])
}

/** The later ones of its series, where the form asks for these too, and where they would begin. */
async function restMoved({ tx, actor, fields }: Visit, found: Appointment, to: Date): Promise<Result<MovedAlong[], PlainDate>> {
  const later = fields.text('which') === 'rest' ? await laterInSeries(tx, actor, found) : []
  const starts = shifted(
    later.map(one => one.startsAt),
    found.startsAt,
    to,
  )
  return starts.ok ? ok(later.map((was, at) => ({ was, startsAt: starts.value[at] ?? was.startsAt }))) : starts
}

async function movePage(
  visit: Visit,
  parts: FrameParts,
  part: PartOfCase,
  found: Appointment,
  typed: Typed,
  errors: readonly FieldError[],
  { clashes, holidays }: { clashes: readonly string[]; holidays: readonly OnHoliday[] } = { clashes: [], holidays: [] },
): Promise<Answer> {
  const { kinds, workers } = await choicesFor(visit, part)
  const later = await laterInSeries(visit.tx, visit.actor, found)
  const hasWorker = workers.some(one => one.id === found.workerId)
  const body = (
    <AppointmentForm
      form={visit.form}
      action={paths.appointments.move(part.caseId, found.id)}
      typed={typed}
      errors={errors}
      kinds={kinds}
      workers={hasWorker ? workers : [{ id: found.workerId, name: found.workerName }, ...workers]}
      clashes={clashes}
      holidays={holidays}
      button="Move"
      back={paths.appointments.show(part.caseId, found.id)}
      moving={{ version: found.version, later: later.length }}
    />
  )
  return partPage(visit, parts, part, `Move: ${found.kindName.toLowerCase()}`, body, {
    current: 'appointments',
    hasErrors: errors.length > 0,
    narrow: true,
  })
}
