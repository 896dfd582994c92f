import { type FrameParts, type PartOfCase, partPage, type Typed, typedFrom } from '../../cases/index.ts'
import { paths } from '../../paths.ts'
import { type Answer, redirect } from '../../platform/web/answer.ts'
import { fieldsFrom } from '../../platform/web/fields.ts'
import type { Visit } from '../../platform/web/routes.ts'
import type { FieldError } from '../../ui/index.ts'
import type { CalendarParts } from '../calendar/entries.ts'
import type { Appointment } from './appointment.ts'
import { AppointmentForm } from './appointment-form.tsx'
import { choicesFor, typedAppointment } from './book.tsx'
import { move } from './change-appointments.ts'
import { clashesOf } from './clashes.ts'
import { endedAlready } from './ended-already.ts'
import { readAppointment } from './read-appointment.ts'

export const showMove = (visit: Visit, parts: FrameParts, part: PartOfCase, found: Appointment): Promise<Answer> =>
  movePage(visit, parts, part, found, typedFrom(typedAppointment(found)), [], [])

export async function postMove(visit: Visit, parts: FrameParts & CalendarParts, part: PartOfCase, found: Appointment): Promise<Answer> {
  const { tx, actor, clock, fields } = visit
  const now = clock.now()
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
  if (!reading.ok || errors.length > 0) return movePage(visit, parts, part, found, fields, errors, [])
  const to = reading.appointment
  const clashes = await clashesOf(visit, parts, part.caseId, to, [to.startsAt], found.id)
  if (clashes.length > 0 && fields.text('despite-clash') !== 'yes') {
    const message = 'There is something at that time already. Choose another, or keep it all the same'
    return movePage(visit, parts, part, found, fields, [{ field: 'starts-time', message }], clashes)
  }
  const workerName = workers.find(one => one.id === to.workerId)?.name ?? found.workerName
  const name = to.workerId === actor.userId ? actor.name : workerName
  const outcome = await move(tx, actor, now, found, Number(fields.text('version')), { ...to, workerName: name }, reason)
  if (outcome.ok) return redirect(paths.appointments.show(part.caseId, found.id), { notice: 'Appointment moved.' })
  if (outcome.error !== 'changed-meanwhile') return endedAlready(found)
  const message =
    'Somebody has changed this appointment since you opened it. Look at how it is now, above, and save again if yours is right'
  return movePage(visit, parts, part, found, fields, [{ field: '', message }], [])
}

async function movePage(
  visit: Visit,
  parts: FrameParts,
  part: PartOfCase,
  found: Appointment,
  typed: Typed,
  errors: readonly FieldError[],
  clashes: readonly string[],
): Promise<Answer> {
  const { kinds, workers } = await choicesFor(visit, part)
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
      button="Move"
      back={paths.appointments.show(part.caseId, found.id)}
      moving={{ version: found.version }}
    />
  )
  return partPage(visit, parts, part, `Move: ${found.kindName.toLowerCase()}`, body, {
    current: 'appointments',
    hasErrors: errors.length > 0,
    narrow: true,
  })
}
