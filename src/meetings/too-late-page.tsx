import type { VNode } from 'preact'
import { paths } from '../paths.ts'
import { type Answer, redirect } from '../platform/web/answer.ts'
import type { Visit } from '../platform/web/routes.ts'
import { WarningText } from '../ui/index.ts'
import { meetingPage, type OfItem, seriesLink } from './frame.tsx'
import { findItem } from './items.queries.ts'
import { itemStateWords } from './meeting.ts'
import { Reached, whoRuns } from './who-runs.tsx'

/** Somebody has decided on a referral while its referrer was changing it: nothing of that was saved, and nothing that they typed is lost. */
export async function tooLatePage(visit: Visit, { item: asOpened, kind, series }: OfItem, typed: VNode): Promise<Answer> {
  const { tx, actor } = visit
  const item = await findItem(tx, actor, asOpened.id)
  if (!item) return redirect(paths.meetings.home, { notice: 'It was not saved: the referral no longer waits to be triaged.' })
  const body = (
    <>
      {WarningText({
        text: `The referral no longer waits to be triaged. It stands at: ${itemStateWords[item.state].toLowerCase()}.`,
        iconFallbackText: 'Warning',
      })}
      <p class="govuk-body">If what you typed matters, tell those who run the meeting now:</p>
      <Reached members={await whoRuns(tx, item)} actor={actor} />
      <p class="govuk-body">
        <a class="govuk-link" href={paths.meetings.item(item.id)}>
          The referral as it stands
        </a>
      </p>
      <h2 class="govuk-heading-m">What you typed</h2>
      {typed}
    </>
  )
  return meetingPage(kind, 'It was not saved', body, {
    context: (
      <>
        {seriesLink(series)} · Case {item.reference}
      </>
    ),
    inTitle: `Case ${item.reference}`,
    hasErrors: true,
    narrow: true,
  })
}
