import type { VNode } from 'preact'
import { audit } from '../../../audit/index.ts'
import { paths } from '../../../paths.ts'
import { type Answer, notFound, page, redirect } from '../../../platform/web/answer.ts'
import type { Visit } from '../../../platform/web/routes.ts'
import { BackLink, errorSummaryFor, Facts, Words } from '../../../ui/index.ts'
import { findOutside, type OutsideReferral, seesOutside } from '../inbox.queries.ts'

/** A page of one referral, for whoever sees it. */
export async function reading(visit: Visit, answer: (referral: OutsideReferral) => Promise<Answer>): Promise<Answer> {
  if (!seesOutside(visit.actor)) return notFound()
  const referral = await findOutside(visit.tx, visit.actor, visit.params['outsideId'] ?? '')
  return referral ? answer(referral) : notFound()
}

/**
 * The same for whoever decides, while it waits. Another of the team may have been quicker: they are led to what became of it, with what they typed in the
 * boxes that are named here.
 */
export async function deciding(
  visit: Visit,
  answer: (referral: OutsideReferral) => Promise<Answer>,
  { from = ['sent'], lock = false, typed = {} }: { from?: readonly OutsideReferral['state'][]; lock?: boolean; typed?: TypedBoxes } = {},
): Promise<Answer> {
  if (!seesOutside(visit.actor)) return notFound()
  const referral = await findOutside(visit.tx, visit.actor, visit.params['outsideId'] ?? '', lock)
  const words = typedInBoxes(visit, typed)
  if (!referral?.mayDecide) return notFound(words)
  if (!from.includes(referral.state))
    return words ? tooLate(referral, words) : redirect(paths.referrals.outsideOne(referral.id), { notice: 'It has been decided already.' })
  return answer(referral)
}

function tooLate(referral: OutsideReferral, typed: VNode): Answer {
  return page(
    'It was not saved',
    <div class="ly-narrow">
      <BackLink href={paths.referrals.outsideOne(referral.id)}>What became of it</BackLink>
      {errorSummaryFor([{ field: 'what-you-typed', message: 'It has been decided already, while you wrote' }])}
      <h1 class="govuk-heading-l">It was not saved</h1>
      <h2 class="govuk-heading-m" id="what-you-typed" tabIndex={-1}>
        What you typed
      </h2>
      {typed}
    </div>,
    { section: 'referrals', hasErrors: true },
  )
}

/** Boxes in which somebody writes in words of their own, by name: what each is called. */
export type TypedBoxes = Readonly<Record<string, string>>

function typedInBoxes({ fields }: Visit, boxes: TypedBoxes): VNode | null {
  const typed = Object.entries(boxes).filter(([name]) => fields.text(name) !== '')
  return typed.length === 0 ? null : Facts({ items: typed.map(([name, label]) => ({ label, value: Words({ text: fields.typed(name) }) })) })
}

export const auditOutside = (
  { tx, actor, clock }: Visit,
  action: string,
  referral: Pick<OutsideReferral, 'id'>,
  more: { personId?: string; caseId?: string; detail?: Record<string, unknown> } = {},
): Promise<void> => audit(tx, actor, clock.now(), { action, subject: { type: 'outside-referral', id: referral.id }, ...more })
