import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { listsForPart } from '../../access/index.ts'
import { tellUsers } from '../../notifications/index.ts'
import { paths } from '../../paths.ts'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { formatDate, type PlainDate } from '../../platform/plain-date.ts'
import type { Result } from '../../platform/result.ts'
import { record } from '../events.ts'
import type { Case } from '../load-case.ts'

export type NewSupervision =
  | { kind: 'supervision'; heldOn: PlainDate; discussed: string; agreed: string; nextDueOn: PlainDate | null }
  | { kind: 'comment'; heldOn: PlainDate; discussed: string }

/**
 * Records what was talked about and agreed on a case in supervision, or a leader's remark on it: for everybody who reads the whole case, in its
 * timeline. Its worker hears of it. Added to, never changed. The case was locked.
 */
export async function supervise(tx: Tx, actor: Actor, now: Date, theCase: Case, said: NewSupervision): Promise<Result<Case, 'not-now'>> {
  const id = uuid()
  const isComment = said.kind === 'comment'
  const next = isComment ? null : said.nextDueOn
  const with_ = theCase.workerName ? ` with ${theCase.workerName}` : ''
  const done = await record(
    tx,
    actor,
    now,
    theCase,
    { kind: isComment ? 'commented' : 'supervised', data: { supervisionId: id }, occurredOn: said.heldOn },
    {
      part: 'supervision',
      kind: 'people',
      title: isComment ? 'Comment' : `Supervision${with_}${next ? ` · next on ${formatDate(next)}` : ''}`,
      summary: isComment || !said.agreed ? said.discussed : `${said.discussed} Agreed: ${said.agreed}`,
      source: { type: 'supervision', id },
      href: `${paths.cases.history(theCase.id)}#supervision`,
    },
  )
  if (!done.ok) return done
  await tx
    .insertInto('supervisions')
    .values({
      id,
      case_id: theCase.id,
      kind: said.kind,
      worker_id: theCase.workerId,
      held_on: said.heldOn,
      discussed: said.discussed,
      agreed: isComment ? '' : said.agreed,
      next_due_on: next,
      user_id: actor.userId,
      author: actor.name,
      recorded_at: now,
      ...(await listsForPart(tx, theCase.id, 'supervision')),
    })
    .execute()
  if (!isComment)
    await sql`update caseload_entries set supervised_on = greatest(supervised_on, ${said.heldOn}::date), supervision_due_on = ${next}::date where case_id = ${theCase.id}`.execute(
      tx,
    )
  if (theCase.workerId && theCase.workerId !== actor.userId)
    await tellUsers(tx, now, {
      to: [theCase.workerId],
      kind: 'supervision',
      words: isComment ? 'Somebody has commented on a case of yours' : 'Supervision has been recorded on a case of yours',
      href: `${paths.cases.history(theCase.id)}#supervision`,
      caseId: theCase.id,
      personId: theCase.personId,
    })
  return done
}

export type SupervisionRow = {
  kind: NewSupervision['kind']
  heldOn: PlainDate
  workerName: string | null
  discussed: string
  agreed: string
  nextDueOn: PlainDate | null
  author: string
  recordedAt: Date
}

/** Everything that was said of a case in supervision, the latest first. */
export async function supervisionsOf(tx: Tx, caseId: string): Promise<SupervisionRow[]> {
  const { rows } = await sql<SupervisionRow>`
    select s.kind, s.held_on as "heldOn", u.name as "workerName", s.discussed, s.agreed, s.next_due_on as "nextDueOn", s.author, s.recorded_at as "recordedAt"
    from supervisions s left join users u on u.id = s.worker_id
    where s.case_id = ${caseId} order by s.held_on desc, s.recorded_at desc, s.id desc`.execute(tx)
  return rows
}
