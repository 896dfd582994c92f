import type { VNode } from 'preact'
import { MessagesAbout } from '../messages/index.ts'
import { paths } from '../paths.ts'
import { londonDate, startOfDay } from '../platform/clock.ts'
import { type Answer, redirect } from '../platform/web/answer.ts'
import { type Fields, noFields } from '../platform/web/fields.ts'
import type { Visit } from '../platform/web/routes.ts'
import { Button, Columns, DataTable, errorSummaryFor, type FieldError, Tag } from '../ui/index.ts'
import { AboutMeeting } from './about-meeting.tsx'
import { sendAgenda, slots } from './agenda.ts'
import { Order } from './agenda-order.tsx'
import { auditItems } from './change-items.ts'
import { dateSubject } from './conversations.ts'
import { itemLine, itemLink, meetingPage, type OfMeeting, peopleLine, seriesLink, surnames, timeOf, whenInWords } from './frame.tsx'
import { agendaOf, partiesOf } from './items.queries.ts'
import { type Item, meetingStateWords } from './meeting.ts'
import { chaseResearch, isAnswered, type Research, researchOfMeeting } from './research.ts'
import { ResearchTag } from './research-panels.tsx'

/** The agenda of one date: numbered by what its reader sees. */
export async function agendaPage(
  visit: Visit,
  of: OfMeeting,
  typed: Fields = noFields,
  errors: readonly FieldError[] = [],
): Promise<Answer> {
  const { meeting, series, kind } = of
  const { tx, actor, clock } = visit
  const items = await agendaOf(tx, actor, meeting.id)
  const parties = await partiesOf(
    tx,
    items.map(one => one.id),
  )
  const research = await researchOfMeeting(tx, actor, meeting.id)
  await auditItems(tx, actor, clock.now(), 'meeting-agenda-read', items)
  const times = series.runs ? slots(meeting.startsAt, items) : undefined
  const table = (
    <DataTable
      caption="Agenda"
      rows={items}
      keyOf={one => one.id}
      empty={
        <>
          <h2 class="govuk-heading-m">Agenda</h2>
          <p class="govuk-body">
            {series.runs
              ? 'Nothing is on it yet: triage what has been referred.'
              : 'Nothing on it is for you, or it has not been sent yet.'}
          </p>
        </>
      }
      columns={[
        {
          heading: 'Item',
          cell: one => String(items.indexOf(one) + 1),
          ...(times ? { second: (one: Item) => timeOf(times.get(one.id)!) } : {}),
        },
        {
          heading: 'Case',
          rowHeader: true,
          cell: one => itemLink(one, surnames(kind, parties.get(one.id) ?? [])),
          second: one => <bdi>{peopleLine(kind, parties.get(one.id) ?? [])}</bdi>,
        },
        { heading: 'About it', cell: one => itemLine(one, kind) },
        {
          heading: 'What agencies know',
          cell: one => <Known item={one} research={research.filter(each => each.itemId === one.id)} runs={series.runs} />,
        },
      ]}
    />
  )
  const body = (
    <Columns
      aside={
        <>
          <AboutMeeting visit={visit} of={of} items={items} research={research} />
          {await MessagesAbout(visit, dateSubject, meeting.id)}
        </>
      }
    >
      {errorSummaryFor(errors)}
      {table}
      {series.runs && meeting.state !== 'held' && meeting.state !== 'cancelled' && items.length > 1 ? (
        <Order visit={visit} of={of} items={items} parties={parties} typed={typed} errors={errors} />
      ) : null}
    </Columns>
  )
  const actions =
    series.runs && meeting.state !== 'planned' && meeting.state !== 'cancelled'
      ? Button({ text: meeting.state === 'held' ? 'Look at the meeting' : 'Meeting mode', href: paths.meetings.run(meeting.id) })
      : undefined
  return meetingPage(kind, whenInWords(meeting.startsAt), body, {
    actions,
    context: (
      <>
        {seriesLink(series)} · {meetingStateWords[meeting.state]}
        {meeting.place ? ` · ${meeting.place}` : ''}
      </>
    ),
    inTitle: series.name,
    hasErrors: errors.length > 0,
  })
}

/** How many have answered is for those who run it: beside another item's number it would tell a member that somebody is left out. */
function Known({ item, research, runs }: { item: Item; research: readonly Research[]; runs: boolean }): VNode {
  if (item.state === 'listed') return <Tag text="not sent yet" classes="govuk-tag--grey" />
  const own = research.find(one => one.mayAnswer)
  return (
    <>
      {runs ? `${research.filter(isAnswered).length} of ${research.length} answered` : null}
      {own ? (
        <span class="ly-second">
          <a class="govuk-link" href={paths.meetings.research(item.id, own.id)}>
            Yours<span class="govuk-visually-hidden"> on case {item.reference}</span>
          </a>{' '}
          <ResearchTag one={own} />
        </span>
      ) : null}
    </>
  )
}

export async function postSend({ tx, actor, clock }: Visit, { meeting }: OfMeeting): Promise<Answer> {
  const sent = await sendAgenda(tx, actor, clock.now(), meeting)
  return redirect(paths.meetings.date(meeting.id), {
    notice: sent.ok ? 'The agenda is out. Each agency has been asked what it knows.' : 'There was nothing new to send.',
  })
}

export async function postChase({ tx, actor, clock }: Visit, { meeting }: OfMeeting): Promise<Answer> {
  const now = clock.now()
  const chased = await chaseResearch(tx, actor, now, meeting, startOfDay(londonDate(now)))
  return redirect(paths.meetings.date(meeting.id), {
    notice:
      chased === 0
        ? 'All who have not answered have been reminded today already.'
        : chased === 1
          ? '1 agency has been reminded.'
          : `${chased} agencies have been reminded.`,
  })
}
