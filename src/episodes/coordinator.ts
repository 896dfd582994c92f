import { sql } from 'kysely'
import { appointCoordinator, carryWithholdings } from '../access/index.ts'
import { type Case, isWithheldFrom, writeCoordinator } from '../cases/index.ts'
import { type ColleagueAsked, colleagueMissing } from '../identity/index.ts'
import { tellUsers } from '../notifications/index.ts'
import { paths } from '../paths.ts'
import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import { formatDate, type PlainDate } from '../platform/plain-date.ts'
import { no, type Result } from '../platform/result.ts'
import type { FieldError } from '../ui/index.ts'

/** Somebody who can co-ordinate an episode: of any agency, by a role that says so. */
export type Candidate = { userId: string; principal: number; name: string; agencyName: string; telephone: string }

export type Appointment = {
  to: Candidate
  fromOn: PlainDate
  reason: string
  /** What they must know. */
  handOver: string
}

/** What a role lets somebody do who can co-ordinate. */
export const ableToCoordinate = ['record', 'read-records', 'co-ordinate-episodes'] as const

/** Somebody who may co-ordinate; undefined for whoever may not. */
export async function candidateById(tx: Tx, userId: string): Promise<Candidate | undefined> {
  const { rows } = await sql<Candidate>`
    select u.id as "userId", u.principal, u.name, a.name as "agencyName", coalesce(nullif(u.telephone, ''), a.telephone) as telephone
    from users u join agencies a on a.principal = u.agency
    where u.id = ${userId} and u.status <> 'disabled' and exists (
      select from posts o join roles r on r.id = o.role_id where o.user_id = u.id and o.ended_at is null
        and r.capabilities @> ${[...ableToCoordinate]}::text[])`.execute(tx)
  return rows[0]
}

/** What is wrong where no co-ordinator was chosen: only those who may co-ordinate are found. */
export function missingCoordinator(name: string, asked: ColleagueAsked): FieldError {
  const missing = colleagueMissing(name, asked)
  return asked.typed === '' || asked.among.length > 0
    ? missing
    : { ...missing, message: `Nobody who may co-ordinate is called ${asked.typed}, or has that address` }
}

export type NoAppointment = 'not-now' | 'is-it-already' | 'withheld'

/**
 * Makes somebody the co-ordinator of an episode and nobody else any longer. Their further rights begin and those of the one before end with it, at
 * once (E2). Never somebody from whom it is withheld (E5). The case was locked.
 */
export async function appoint(
  tx: Tx,
  actor: Actor,
  now: Date,
  theCase: Case,
  appointment: Appointment,
): Promise<Result<Case, NoAppointment>> {
  const { to, fromOn, reason, handOver } = appointment
  if (!theCase.isEpisode) return no('not-now')
  if (theCase.workerId === to.userId) return no('is-it-already')
  // Also whoever has been kept from another case of theirs since it began.
  await carryWithholdings(tx, actor, now, theCase.id)
  if (await isWithheldFrom(tx, theCase.id, to.userId)) return no('withheld')
  const done = await writeCoordinator(tx, actor, now, theCase, { to, fromOn, reason, handOver, title: titleOf(theCase, appointment) })
  if (!done.ok) return done
  if (to.userId !== actor.userId)
    await tellUsers(tx, now, {
      to: [to.userId],
      kind: 'case-allocated',
      words: 'You have been appointed co-ordinator of an episode',
      href: paths.cases.show(theCase.id),
      caseId: theCase.id,
    })
  if (theCase.workerId && theCase.workerId !== actor.userId)
    await tellUsers(tx, now, {
      to: [theCase.workerId],
      kind: 'case-moved',
      words: 'Somebody else co-ordinates an episode that you did',
      href: null,
    })
  await appointCoordinator(tx, actor, now, theCase.id, to.principal)
  return done
}

function titleOf({ workerName }: Case, { to, fromOn }: Appointment): string {
  return workerName ? `${to.name} co-ordinates it from ${formatDate(fromOn)}, in place of ${workerName}` : `${to.name} co-ordinates it`
}
