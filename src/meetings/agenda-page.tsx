import type { VNode } from 'preact'
import { MessagesAbout } from '../messages/index.ts'
import { paths } from '../paths.ts'
import { formatInstant, londonDate, middayOf, startOfDay } from '../platform/clock.ts'
import { type Answer, redirect } from '../platform/web/answer.ts'
import { type Fields, noFields } from '../platform/web/fields.ts'
import type { Visit } from '../platform/web/routes.ts'
import { Button, Columns, DataTable, errorSummaryFor, Facts, type FieldError, Form, SidePanel, Tag } from '../ui/index.ts'
import { sendAgenda, slots } from './agenda.ts'
import { Order } from './agenda-order.tsx'
import { auditItems } from './change-items.ts'
import { dateSubject } from './conversations.ts'
import {
  dayInWords,
  itemLine,
  itemLink,
  meetingPage,
  type OfMeeting,
  peopleLine,
  seriesLink,
  surnames,
  timeOf,
  whenInWords,
} from './frame.tsx'
import { agendaOf, partiesOf } from './items.queries.ts'
import { leftOver } from './left-over.ts'
import { type Item, meetingStateWords } from './meeting.ts'
import { chaseResearch, isAnswered, papersLeft, type Research, researchOfMeeting } from './research.ts'
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
          <About visit={visit} of={of} items={items} research={research} />
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

type AboutProps = { visit: Visit; of: OfMeeting; items: readonly Item[]; research: readonly Research[] }

/** What those who run it do next, and what everybody needs to know. */
function About({ visit, of: { meeting, series }, items, research }: AboutProps): VNode {
  const toSend = items.filter(one => one.state === 'listed').length
  const isOver = meeting.state === 'held' || meeting.state === 'cancelled'
  // What is carried over brings its questions along: they are asked anew once the agenda is sent.
  const isOut = meeting.state !== 'planned'
  const unfinished = isOver ? leftOver(items) : []
  const toGoRound = papersLeft(items).filter(item => research.some(one => one.itemId === item.id && isAnswered(one)))
  const chased = Math.max(0, ...research.map(one => one.chasedAt?.getTime() ?? 0))
  const missing = research.filter(one => !isAnswered(one)).length
  const act = (action: string, text: string, secondary = false) => (
    <Form {...visit.form} action={action}>
      {Button({ text, preventDoubleClick: true, classes: secondary ? 'govuk-button--secondary' : undefined })}
    </Form>
  )
  return (
    <SidePanel id="about" title="This meeting">
      <Facts
        items={[
          meeting.state === 'cancelled' ? { label: 'Why it was cancelled', value: meeting.cancelledReason } : null,
          { label: 'Answers wanted by', value: dayInWords(middayOf(meeting.researchDueOn)) },
          { label: 'Papers', value: meeting.circulatedAt ? `went round on ${dayInWords(meeting.circulatedAt)}` : 'have not gone round' },
          series.runs && isOut && research.length > 0 ? { label: 'Still to answer', value: String(missing) } : null,
          series.runs && isOut && chased ? { label: 'Reminded', value: formatInstant(new Date(chased)) } : null,
        ]}
      />
      {meeting.circulatedAt || (series.runs && meeting.sentAt) ? (
        <p class="govuk-body">
          <a class="govuk-link" href={paths.meetings.papers(meeting.id)}>
            Papers
          </a>
        </p>
      ) : null}
      {meeting.minutesCirculatedAt || (series.runs && meeting.sentAt) ? (
        <p class="govuk-body">
          <a class="govuk-link" href={paths.meetings.minutes(meeting.id)}>
            Minutes
          </a>
        </p>
      ) : null}
      {series.runs && !isOver ? (
        <>
          {toSend > 0 ? act(paths.meetings.send(meeting.id), toSend === 1 ? 'Send 1 item out' : `Send ${toSend} items out`) : null}
          {isOut && missing > 0 && londonDate(visit.clock.now()) <= londonDate(meeting.startsAt)
            ? act(paths.meetings.chase(meeting.id), 'Remind those who have not answered', true)
            : null}
        </>
      ) : null}
      {series.runs && meeting.state !== 'cancelled' && toGoRound.length > 0
        ? act(paths.meetings.circulate(meeting.id), meeting.circulatedAt ? moreInWords(toGoRound.length) : 'Send the papers round', true)
        : null}
      {series.runs && (meeting.state === 'planned' || meeting.state === 'sent') ? (
        <p class="govuk-body">
          <a class="govuk-link" href={paths.meetings.moveDate(meeting.id)}>
            Move this date
          </a>{' '}
          ·{' '}
          <a class="govuk-link" href={paths.meetings.cancelDate(meeting.id)}>
            Cancel it
          </a>
        </p>
      ) : null}
      {series.runs && unfinished.length > 0 ? (
        <p class="govuk-body">
          <a
            class="govuk-link"
            href={meeting.state === 'held' ? paths.meetings.run(meeting.id, unfinished[0]!.id) : paths.meetings.cancelDate(meeting.id)}
          >
            {unfinished.length === 1 ? '1 case is' : `${unfinished.length} cases are`} not finished
          </a>
        </p>
      ) : null}
    </SidePanel>
  )
}

const moreInWords = (count: number): string =>
  count === 1 ? 'Send the papers of 1 more case round' : `Send the papers of ${count} more cases round`

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
