import { paths } from '../paths.ts'
import { type Answer, redirect } from '../platform/web/answer.ts'
import type { Visit } from '../platform/web/routes.ts'
import { DataTable, Form } from '../ui/index.ts'
import { buttons, itemLink, meetingLink, meetingPage, type OfMeeting, surnames } from './frame.tsx'
import { agendaOf, partiesOf } from './items.queries.ts'
import type { Item } from './meeting.ts'
import { circulatePapers, isAnswered, papersLeft, type Research, researchOfMeeting } from './research.ts'

type Waiting = { item: Item; from: readonly Research[] }

/** Asks before papers go round while agencies have not answered: what has gone round is read, and is not taken back. */
async function circulatePage({ tx, form }: Visit, { meeting, series, kind }: OfMeeting, waiting: readonly Waiting[]): Promise<Answer> {
  const parties = await partiesOf(
    tx,
    waiting.map(one => one.item.id),
  )
  const body = (
    <>
      <p class="govuk-body">
        Members will read at once what has been submitted. What is submitted later goes round by itself. You cannot take the papers back.
      </p>
      <DataTable
        caption="Not answered yet"
        rows={waiting}
        keyOf={one => one.item.id}
        columns={[
          { heading: 'Case', rowHeader: true, cell: ({ item }) => itemLink(item, surnames(kind, parties.get(item.id) ?? [])) },
          { heading: 'Agencies', cell: ({ from }) => from.map(one => one.agencyName).join(', ') },
        ]}
      />
      <Form {...form} action={paths.meetings.circulate(meeting.id)}>
        <input type="hidden" name="sure" value="yes" />
        {buttons('Send them round now', paths.meetings.date(meeting.id), 'Not yet')}
      </Form>
    </>
  )
  return meetingPage(kind, 'Send the papers round', body, { context: meetingLink(series, meeting), inTitle: series.name, narrow: true })
}

export async function postCirculate(visit: Visit, of: OfMeeting): Promise<Answer> {
  const { tx, actor, clock, fields } = visit
  const { meeting } = of
  const research = (await researchOfMeeting(tx, actor, meeting.id)).filter(one => !isAnswered(one))
  const waiting = papersLeft(await agendaOf(tx, actor, meeting.id)).flatMap((item): Waiting[] => {
    const from = research.filter(one => one.itemId === item.id)
    return from.length > 0 ? [{ item, from }] : []
  })
  if (meeting.state !== 'cancelled' && waiting.length > 0 && fields.text('sure') !== 'yes') return circulatePage(visit, of, waiting)
  await circulatePapers(tx, actor, clock.now(), meeting)
  return redirect(paths.meetings.date(meeting.id), {
    notice: 'The papers have gone round: members read what was submitted on their cases.',
  })
}
