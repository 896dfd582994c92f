import { type Paper, printout } from '../letters/index.ts'
import { paths } from '../paths.ts'
import { type Answer, notFound } from '../platform/web/answer.ts'
import type { Visit } from '../platform/web/routes.ts'
import { Button, InsetText } from '../ui/index.ts'
import { dayInWords, meetingLink, meetingPage, type OfMeeting } from './frame.tsx'
import { itemsInPapers } from './items-on-paper.ts'
import { OnPage } from './paper-on-page.tsx'
import { papersOf } from './papers.ts'

async function papers(visit: Visit, of: OfMeeting): Promise<Paper> {
  return papersOf({ ...of, items: await itemsInPapers(visit, of), printedBy: visit.actor.name, now: visit.clock.now() })
}

export async function papersPage(visit: Visit, of: OfMeeting): Promise<Answer> {
  if (!of.meeting.circulatedAt && !of.series.runs) return notFound()
  const paper = await papers(visit, of)
  const body = (
    <>
      {of.meeting.circulatedAt
        ? null
        : InsetText({ text: 'They have not gone round. What agencies have submitted joins them when they do.' })}
      <OnPage paper={paper} />
    </>
  )
  return meetingPage(of.kind, 'Papers', body, {
    context: meetingLink(of.series, of.meeting),
    actions: Button({ text: 'As PDF', href: paths.meetings.papersAsPdf(of.meeting.id), classes: 'govuk-button--secondary' }),
    inTitle: of.series.name,
  })
}

export async function papersAsPdf(visit: Visit, of: OfMeeting): Promise<Answer> {
  if (!of.meeting.circulatedAt && !of.series.runs) return notFound()
  return printout(await papers(visit, of), visit.clock.now(), `Papers ${dayInWords(of.meeting.startsAt)}`)
}
