import { carryWithholdings, rewriteCase } from '../../access/index.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { PlainDate } from '../../platform/plain-date.ts'
import { no, ok, type Result } from '../../platform/result.ts'
import type { Visit } from '../../platform/web/routes.ts'
import type { ReferralStep, TellOfReferral } from '../case-frame.tsx'
import type { TeamChoice } from '../directory.ts'
import { record } from '../events.ts'
import type { Case } from '../load-case.ts'
import type { CaseHappening } from '../status.ts'

export type Decision = 'accept' | 'decline' | 'signpost' | 'reroute'
export type Triage = { decidedOn: PlainDate; note: string } & (
  | { decision: 'accept' }
  | { decision: 'decline'; reason: string; reasonLabel: string }
  | { decision: 'signpost'; to: string }
  | { decision: 'reroute'; team: TeamChoice }
)

/** Records the decision with its words. The case was locked. */
export async function triage(
  { tx, actor, clock }: Pick<Visit, 'tx' | 'actor' | 'clock'>,
  theCase: Case,
  wish: Triage,
  tell?: TellOfReferral,
): Promise<Result<Case, 'not-now'>> {
  const now = clock.now()
  const occurredOn = wish.decidedOn
  const telling = { part: 'referral', kind: 'referral', summary: wish.note } as const
  if (wish.decision === 'reroute') {
    const { teamId, serviceArea, teamName } = wish.team
    if (teamId === theCase.teamId && serviceArea === theCase.serviceArea) return no('not-now')
    const happening = { kind: 'rerouted', data: { teamId, serviceArea }, occurredOn } as const
    const done = await record(tx, actor, now, theCase, happening, { ...telling, title: `Referral passed on to ${teamName}` })
    if (!done.ok) return done
    // While the actor still sees whom it concerns.
    await tell?.(tx, actor, now, { caseId: theCase.id, step: 'rerouted' })
    await rewriteCase(tx, theCase.id)
    await carryWithholdings(tx, actor, now, theCase.id)
    return ok(done.value)
  }
  const { happening, title, row, step } = settling(wish)
  const done = await record(tx, actor, now, theCase, { ...happening, occurredOn }, { ...telling, title })
  if (!done.ok) return done
  await decide(tx, theCase.id, { ...row, decision: step, decided_on: occurredOn, decision_note: wish.note, decided_by: actor.name })
  if (step === 'accepted') await showInvolvement(tx, theCase, occurredOn)
  await tell?.(tx, actor, now, { caseId: theCase.id, step })
  return done
}

type Settling = {
  happening: CaseHappening
  title: string
  row: Pick<DecisionRow, 'decision_reason' | 'signposted_to'>
  step: Extract<ReferralStep, 'accepted' | 'declined' | 'signposted'>
}

/** What is written of a decision by which the referral stays with its team. */
function settling(wish: Exclude<Triage, { decision: 'reroute' }>): Settling {
  switch (wish.decision) {
    case 'accept':
      return { happening: { kind: 'accepted', data: {} }, title: 'Referral accepted', row: {}, step: 'accepted' }
    case 'decline': {
      const { reason, reasonLabel } = wish
      const row = { decision_reason: reason }
      return { happening: { kind: 'declined', data: { reason } }, title: `Referral declined: ${reasonLabel}`, row, step: 'declined' }
    }
    case 'signpost': {
      const row = { signposted_to: wish.to }
      return { happening: { kind: 'signposted', data: {} }, title: `Signposted to ${wish.to}`, row, step: 'signposted' }
    }
  }
}

type DecisionRow = {
  decision: string
  decided_on: PlainDate
  decided_by: string
  decision_note: string
  decision_reason?: string
  signposted_to?: string
}
export async function decide(tx: Tx, caseId: string, row: DecisionRow): Promise<void> {
  await tx.updateTable('referrals').set(row).where('case_id', '=', caseId).execute()
}

/** E7: from now on others with the right may know that the service is involved. The row keeps the lists of existence. */
export async function showInvolvement(tx: Tx, theCase: Case, openedOn: PlainDate): Promise<void> {
  const known = await tx.selectFrom('involvements').select('case_id').where('case_id', '=', theCase.id).executeTakeFirst()
  if (known) return void (await tx.updateTable('involvements').set({ closed_on: null }).where('case_id', '=', theCase.id).execute())
  const whole = await tx
    .selectFrom('caseload_entries')
    .select(['readers', 'editors', 'withheld'])
    .where('case_id', '=', theCase.id)
    .executeTakeFirstOrThrow()
  await tx
    .insertInto('involvements')
    .values({
      case_id: theCase.id,
      person_id: theCase.personId,
      service_area: theCase.serviceArea,
      team_id: theCase.teamId,
      opened_on: openedOn,
      ...whole,
    })
    .execute()
  await rewriteCase(tx, theCase.id)
}
