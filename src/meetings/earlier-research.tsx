import type { VNode } from 'preact'
import type { Visit } from '../platform/web/routes.ts'
import { Details } from '../ui/index.ts'
import { answersOfResearch } from './answers.ts'
import { dayInWords, type OfItem, type OfMeeting } from './frame.tsx'
import { earlierResearchOfItem } from './research.ts'
import { ResearchPanels } from './research-panels.tsx'
import { findMeeting } from './series.queries.ts'

/** Of an item that stays on: what its agencies brought to the dates before. */
export async function EarlierResearch(visit: Visit, of: OfItem & OfMeeting): Promise<VNode[]> {
  const { tx, actor } = visit
  const earlier = Map.groupBy(await earlierResearchOfItem(tx, actor, of.item.id, of.meeting.id), one => one.meetingId)
  const panels: VNode[] = []
  for (const [meetingId, research] of earlier) {
    const meeting = await findMeeting(tx, meetingId)
    if (!meeting) continue
    panels.push(
      <Details key={meetingId} summaryText={`What agencies brought to ${dayInWords(meeting.startsAt)}`}>
        <ResearchPanels
          visit={visit}
          of={{ ...of, meeting }}
          research={research}
          answers={await answersOfResearch(tx, research)}
          id={`research-${meetingId}`}
        />
      </Details>,
    )
  }
  return panels
}
