import { paths } from '../../paths.ts'
import { type Answer, redirect } from '../../platform/web/answer.ts'
import type { Appointment } from './appointment.ts'

/** A colleague was quicker, or the page is an old one: what became of it is there to read. */
export const endedAlready = ({ caseId, id }: Appointment): Answer =>
  redirect(paths.appointments.show(caseId, id), { notice: 'Nothing was changed: it is said already what became of this appointment.' })
