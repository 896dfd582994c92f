import { paths } from '../../paths.ts'
import { formatInstant } from '../../platform/clock.ts'
import { type Answer, redirect } from '../../platform/web/answer.ts'
import type { Appointment } from './appointment.ts'

/** A colleague was quicker, or the page is an old one: what became of it is there to read. */
export const endedAlready = ({ caseId, id }: Appointment): Answer =>
  redirect(paths.appointments.show(caseId, id), { notice: 'Nothing was changed: it is said already what became of this appointment.' })

/** It is booked, or cancelled: nothing was said to have come of it. */
export const nothingToTakeBack = ({ caseId, id }: Appointment): Answer =>
  redirect(paths.appointments.show(caseId, id), { notice: 'Nothing was changed: nobody has said yet what came of this appointment.' })

/** It has yet to begin: nobody knows what will come of it. */
export const notYet = ({ caseId, id, startsAt }: Appointment): Answer =>
  redirect(paths.appointments.show(caseId, id), {
    notice: `Nothing was changed: you can say what came of it from ${formatInstant(startsAt)} on.`,
  })
