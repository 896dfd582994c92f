import { sql } from 'kysely'
import type { Fate, OpenAction } from '../../cases/index.ts'
import { paths } from '../../paths.ts'
import type { Actor } from '../../platform/actor.ts'
import { formatInstant } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db/database.ts'
import { hasBegun } from './appointment.ts'
import { findAppointment } from './appointments.queries.ts'
import { attend, cancel } from './change-appointments.ts'

/** Appointments of a case that still stand: closing it asks what becomes of each. */
export async function openAppointmentsOf(tx: Tx, caseId: string): Promise<OpenAction[]> {
  const { rows } = await sql<{ id: string; startsAt: Date }>`
    select id, starts_at as "startsAt" from appointments where case_id = ${caseId} and status = 'booked' order by starts_at, id`.execute(tx)
  return rows.map(({ id, startsAt }) => ({
    key: `appointment:${id}`,
    text: `Appointment: ${formatInstant(startsAt)}`,
    href: paths.appointments.show(caseId, id),
  }))
}

/** Ends those that are not to stay, each as it was decided when the case was closed. */
export async function endAppointments(
  tx: Tx,
  actor: Actor,
  now: Date,
  caseId: string,
  fates: ReadonlyMap<string, Fate>,
  because: string,
): Promise<void> {
  for (const [key, fate] of fates) {
    const [kind, id = ''] = key.split(':')
    const found = kind === 'appointment' && fate !== 'stays' ? await findAppointment(tx, actor, id) : undefined
    if (found?.caseId !== caseId) continue
    // One that is still to come cannot have gone ahead.
    if (fate === 'done' && hasBegun(found, now)) await attend(tx, actor, now, found)
    else await cancel(tx, actor, now, found, { by: 'us', reason: `The case was closed: ${because}`, following: false })
  }
}
