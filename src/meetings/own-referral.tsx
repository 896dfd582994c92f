import type { VNode } from 'preact'
import { paths } from '../paths.ts'
import { formatInstant } from '../platform/clock.ts'
import type { Visit } from '../platform/web/routes.ts'
import { InsetText, Words } from '../ui/index.ts'
import { whyWithdrawn } from './correct-referral.ts'
import type { OfItem } from './frame.tsx'
import { inWords, Reached, whoRuns } from './who-runs.tsx'

/** What becomes of a referral, for whoever follows it: what they can still do about it themself, and else whom they tell. */
export async function OwnReferral({ tx, actor }: Visit, { item, kind, series }: OfItem): Promise<VNode | null> {
  if (item.mayCorrect && item.state === 'referred')
    return (
      <p class="govuk-body">
        {series.runs ? 'You decide' : `${inWords(await whoRuns(tx, item))} decides`} next whether it goes on an agenda
        {series.runs ? '' : ', and you are told'}. Until then you can{' '}
        <a class="govuk-link" href={paths.meetings.referral(item.id, kind.referral.pages[0]!.code)}>
          correct the referral
        </a>{' '}
        or{' '}
        <a class="govuk-link" href={paths.meetings.withdraw(item.id)}>
          withdraw it
        </a>
        .
      </p>
    )
  if (!item.isFollowed || series.runs || (item.state !== 'listed' && item.state !== 'sent')) return null
  return (
    <>
      <p class="govuk-body">
        The referral is on an agenda: you can no longer correct or withdraw it here. If something in it is wrong or has changed, tell:
      </p>
      <Reached members={await whoRuns(tx, item)} actor={actor} />
    </>
  )
}

/** Who took a referral back, when and why, for whoever reads it still. */
export async function Withdrawn({ tx }: Visit, { item }: OfItem): Promise<VNode | null> {
  if (item.state !== 'withdrawn' || !item.withdrawnAt) return null
  const reason = await whyWithdrawn(tx, item.id)
  return InsetText({
    text: (
      <>
        <p class="govuk-body">
          Withdrawn by {item.referredByName}, {formatInstant(item.withdrawnAt)}. The meeting does not talk about it.
        </p>
        {reason ? <Words lead="Why" text={reason} /> : null}
      </>
    ),
  })
}
