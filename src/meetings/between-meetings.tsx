import type { VNode } from 'preact'
import { paths } from '../paths.ts'
import type { Visit } from '../platform/web/routes.ts'
import { DocumentsPanel } from './documents-page.tsx'
import type { OfItem } from './frame.tsx'
import { LogPanels } from './log-panels.tsx'
import { isOnCase } from './own-rows.ts'
import { ReviewPanel } from './review-panel.tsx'

/** What a kind keeps of an item beside what is said of it at its meetings: a review, and its logs. */
export async function BetweenMeetings(visit: Visit, of: OfItem): Promise<VNode | null> {
  if (of.item.state === 'draft' || !(await isOnCase(visit, of))) return null
  return (
    <>
      {await ReviewPanel(visit, of)}
      {await LogPanels(visit, of)}
      {await DocumentsPanel(visit, of)}
      <p class="govuk-body">
        <a class="govuk-link" href={paths.meetings.activity(of.item.id)}>
          Everything that happened
        </a>
      </p>
    </>
  )
}
