import { audit } from '../../../audit/index.ts'
import { paths } from '../../../paths.ts'
import { type Answer, notFound, redirect } from '../../../platform/web/answer.ts'
import type { Visit } from '../../../platform/web/routes.ts'
import { findOutside, type OutsideReferral, seesOutside } from '../inbox.queries.ts'

/** A page of one referral, for whoever sees it. */
export async function reading(visit: Visit, answer: (referral: OutsideReferral) => Promise<Answer>): Promise<Answer> {
  if (!seesOutside(visit.actor)) return notFound()
  const referral = await findOutside(visit.tx, visit.actor, visit.params['outsideId'] ?? '')
  return referral ? answer(referral) : notFound()
}

/** The same for whoever decides, while it waits. Another of the team may have been quicker: they are led to what became of it. */
export async function deciding(
  visit: Visit,
  answer: (referral: OutsideReferral) => Promise<Answer>,
  { from = ['sent'], lock = false }: { from?: readonly OutsideReferral['state'][]; lock?: boolean } = {},
): Promise<Answer> {
  if (!seesOutside(visit.actor)) return notFound()
  const referral = await findOutside(visit.tx, visit.actor, visit.params['outsideId'] ?? '', lock)
  if (!referral?.mayDecide) return notFound()
  if (!from.includes(referral.state)) return redirect(paths.referrals.outsideOne(referral.id), { notice: 'It has been decided already.' })
  return answer(referral)
}

export const auditOutside = (
  { tx, actor, clock }: Visit,
  action: string,
  referral: Pick<OutsideReferral, 'id'>,
  more: { personId?: string; caseId?: string; detail?: Record<string, unknown> } = {},
): Promise<void> => audit(tx, actor, clock.now(), { action, subject: { type: 'outside-referral', id: referral.id }, ...more })
