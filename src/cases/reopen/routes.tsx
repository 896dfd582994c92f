import { v7 as uuid } from 'uuid'
import { listsForPart } from '../../access/index.ts'
import type { Actor } from '../../platform/actor.ts'
import { londonDate } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { Result } from '../../platform/result.ts'
import type { Routes } from '../../platform/web/routes.ts'
import { errorFor, Textarea } from '../../ui/index.ts'
import { actionRoutes } from '../action-page.tsx'
import type { CasesParts } from '../case-frame.tsx'
import { record } from '../events.ts'
import type { Case } from '../load-case.ts'
import { readerOf } from '../read-fields.ts'

/** Opening a case again, or a referral that was turned down. */
export function reopenRoutes(routes: Routes, parts: CasesParts): void {
  actionRoutes<object, { reason: string }, 'not-now'>(routes, parts, {
    name: 'reopen',
    notOfEpisodes: true,
    may: 'record',
    moves: ['reopened'],
    title: 'Open the case again',
    button: 'Open it again',
    look: async () => ({}),
    Fields: ({ theCase, typed, errors }) => (
      <>
        <p class="govuk-body">
          {theCase.status === 'closed'
            ? `It goes back to ${theCase.teamName}, where somebody chooses who works with it. If this is something new, a new referral keeps the two apart.`
            : `The referral goes back to ${theCase.teamName} to be decided again.`}
        </p>
        <Textarea
          name="reason"
          rows={4}
          label={{ text: 'Why?', classes: 'govuk-label--s' }}
          value={typed.typed('reason')}
          errorMessage={errorFor(errors, 'reason')}
        />
      </>
    ),
    read: fields => {
      const read = readerOf(fields)
      const reason = read.needed('reason', 'Reason', 'Enter why it is opened again', 2_000)
      return read.errors.length > 0 ? { errors: read.errors } : { reason }
    },
    inWords: wish => [{ label: 'Why', value: wish.reason }],
    act: async ({ tx, actor, clock }, theCase, wish) => {
      const done = await reopenCase(tx, actor, clock.now(), theCase, wish.reason)
      if (done.ok && theCase.status !== 'closed')
        await parts.tellOfReferral?.(tx, actor, clock.now(), { caseId: theCase.id, step: 'reopened' })
      return done
    },
    refusals: { 'not-now': { field: 'reason', message: 'The case is open already' } },
    done: () => 'Opened again',
  })
}

export async function reopenCase(tx: Tx, actor: Actor, now: Date, theCase: Case, reason: string): Promise<Result<Case, 'not-now'>> {
  const wasClosed = theCase.status === 'closed'
  const title = wasClosed ? 'Opened again' : 'Referral to be decided again'
  const done = await record(
    tx,
    actor,
    now,
    theCase,
    { kind: 'reopened', data: {} },
    { part: 'closure', kind: 'referral', title, summary: reason },
  )
  if (!done.ok) return done
  if (!wasClosed) {
    await tx.updateTable('referrals').set({ decision: null, decided_on: null, decided_by: '' }).where('case_id', '=', theCase.id).execute()
    return done
  }
  const today = londonDate(now)
  await tx
    .updateTable('closures')
    .set({ reopened_on: today, reopened_because: reason, reopened_by: actor.name })
    .where('case_id', '=', theCase.id)
    .where('reopened_on', 'is', null)
    .execute()
  await tx
    .insertInto('allocations')
    .values({
      id: uuid(),
      case_id: theCase.id,
      team_id: theCase.teamId,
      from_on: today,
      reason: 'Opened again',
      user_id: actor.userId,
      author: actor.name,
      recorded_at: now,
      ...(await listsForPart(tx, theCase.id, 'allocation')),
    })
    .execute()
  await tx.updateTable('involvements').set({ closed_on: null }).where('case_id', '=', theCase.id).execute()
  return done
}
