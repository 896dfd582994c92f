import type { VNode } from 'preact'
import { type Paper, printout } from '../letters/index.ts'
import { paths } from '../paths.ts'
import { type Answer, notFound, redirect } from '../platform/web/answer.ts'
import { type Fields, noFields } from '../platform/web/fields.ts'
import type { Visit } from '../platform/web/routes.ts'
import { Button, errorFor, errorSummaryFor, type FieldError, Form, Textarea, WarningText } from '../ui/index.ts'
import { approveMinutes, circulateMinutes, isChangedSince, minutesLeft } from './approve-minutes.ts'
import { whatStandsOf } from './course.ts'
import { attendanceOf, entriesOfMeeting } from './entries.ts'
import { FlagRecords } from './flag-records.tsx'
import { type RecordToFlag, recordsToFlag } from './flags.ts'
import { dayInWords, meetingLink, meetingPage, type OfMeeting } from './frame.tsx'
import { agendaOf, itemsAt, partiesOf } from './items.queries.ts'
import { itemsInMinutes } from './items-on-paper.ts'
import type { Item, Meeting } from './meeting.ts'
import { minutesOf } from './minutes.ts'
import { OnPage } from './paper-on-page.tsx'
import { seatsOfSeries } from './series.queries.ts'
import { longestWords, tooLong } from './too-long.ts'

async function minutes(visit: Visit, of: OfMeeting): Promise<Paper> {
  const { tx, actor, clock } = visit
  const seats = await seatsOfSeries(tx, of.series.id)
  const attendance = await attendanceOf(tx, of.meeting.id)
  const items = await itemsInMinutes(visit, of)
  const changed = await isChangedSince(tx, of.meeting)
  return minutesOf({ ...of, isChangedSince: changed, items, attendance, seats, printedBy: actor.name, now: clock.now() })
}

/** Members read the minutes once they have gone round; those who run the meeting write and approve them. */
const mayRead = ({ meeting, series }: OfMeeting): boolean =>
  meeting.minutesCirculatedAt !== null || (series.runs && meeting.state !== 'planned')

export async function minutesPage(
  visit: Visit,
  of: OfMeeting,
  typed: Fields = noFields,
  errors: readonly FieldError[] = [],
): Promise<Answer> {
  if (!mayRead(of)) return notFound()
  const { meeting, series, kind } = of
  const paper = await minutes(visit, of)
  const left = series.runs && meeting.state === 'held' ? await minutesLeft(visit.tx, visit.actor, meeting) : []
  const body = (
    <>
      {series.runs ? (
        <Approve visit={visit} of={of} left={left} isChanged={await isChangedSince(visit.tx, meeting)} typed={typed} errors={errors} />
      ) : null}
      <OnPage paper={paper} />
      <FlagRecords kind={kind} records={await recordsOf(visit, of)} />
    </>
  )
  return meetingPage(kind, 'Minutes', body, {
    hasErrors: errors.length > 0,
    context: meetingLink(series, meeting),
    actions: Button({ text: 'As PDF', href: paths.meetings.minutesAsPdf(meeting.id), classes: 'govuk-button--secondary' }),
    inTitle: series.name,
  })
}

/** Of the people of every case that was heard: what the reader can flag, and what is flagged. */
async function recordsOf({ tx, actor, clock }: Visit, of: OfMeeting): Promise<RecordToFlag[]> {
  const items = await agendaOf(tx, actor, of.meeting.id)
  const parties = await partiesOf(
    tx,
    items.map(one => one.id),
  )
  const records: RecordToFlag[] = []
  for (const item of items)
    records.push(...(await recordsToFlag(tx, actor, clock.now(), { ...of, item, parties: parties.get(item.id) ?? [] })))
  return records
}

type ApproveProps = {
  visit: Visit
  of: OfMeeting
  /** What has not gone round. */
  left: readonly Item[]
  isChanged: boolean
  typed: Fields
  errors: readonly FieldError[]
}

function Approve({ visit, of: { meeting }, left, isChanged, typed, errors }: ApproveProps): VNode | null {
  if (meeting.state !== 'held') return null
  const sendRound = (text: string) => (
    <Form {...visit.form} action={paths.meetings.circulateMinutes(meeting.id)}>
      {Button({ text, preventDoubleClick: true })}
    </Form>
  )
  if (meeting.minutesCirculatedAt)
    return left.length > 0
      ? sendRound(left.length === 1 ? 'Send the minutes of 1 more case round' : `Send the minutes of ${left.length} more cases round`)
      : null
  return (
    <>
      {isChanged
        ? WarningText({ text: 'Something was changed after the minutes were approved: they are approved again before they go round.' })
        : null}
      <HowToCorrect meeting={meeting} items={left.filter(one => one.meetingId === meeting.id)} />
      <Form {...visit.form} action={paths.meetings.minutes(meeting.id)} classes="ly-form">
        {errorSummaryFor(errors)}
        {Textarea({
          name: 'words',
          id: 'words',
          label: 'Anything beside the cases',
          hint: 'Everybody who sits in the meeting reads it: name nobody here',
          rows: 3,
          value: typed.has('words') ? typed.typed('words') : meeting.minutesWords,
          errorMessage: errorFor(errors, 'words'),
        })}
        {Button({
          text: meeting.minutesApprovedAt ? 'Approve again' : 'Approve the minutes',
          classes: meeting.minutesApprovedAt && !isChanged ? 'govuk-button--secondary' : undefined,
          preventDoubleClick: true,
        })}
      </Form>
      {meeting.minutesApprovedAt && !isChanged ? sendRound('Send the minutes round') : null}
    </>
  )
}

/** Notes and decisions are put right where they were written. */
function HowToCorrect({ meeting, items }: { meeting: Meeting; items: readonly Item[] }): VNode | null {
  if (items.length === 0) return null
  return (
    <p class="govuk-body">
      To correct what was said or decided{meeting.minutesApprovedAt ? ', with the reason' : ''}, open the case:{' '}
      {items.map((one, place) => (
        <>
          {place > 0 ? ' · ' : null}
          <a class="govuk-link" href={paths.meetings.run(meeting.id, one.id)}>
            {one.reference}
          </a>
        </>
      ))}
      . Once the minutes have gone round they stand.
    </p>
  )
}

export async function postMinutes(visit: Visit, of: OfMeeting): Promise<Answer> {
  const { tx, actor, clock, fields } = visit
  const { meeting } = of
  const errors = tooLong(fields, { words: 'Anything beside the cases' }, longestWords)
  const unreasoned = await withoutReason(visit, of)
  if (unreasoned.length > 0)
    errors.push({
      field: 'words',
      message: `Write down first why it was decided on case ${unreasoned.map(one => one.reference).join(', ')}`,
    })
  if (errors.length > 0) return minutesPage(visit, of, fields, errors)
  const approved = await approveMinutes(tx, actor, clock.now(), meeting, fields.text('words'))
  return redirect(paths.meetings.minutes(meeting.id), {
    notice: approved.ok ? 'Approved. Send them round when they are to go.' : 'They cannot be approved now.',
  })
}

/** Cases of this date with a decision that still lacks its reason: words are kept while they are typed, and minutes are not approved with half of them. */
async function withoutReason({ tx, actor }: Visit, { meeting }: OfMeeting): Promise<Item[]> {
  const entries = await entriesOfMeeting(tx, meeting.id)
  return (await itemsAt(tx, actor, meeting.id)).filter(item => item.mayEdit && whatStandsOf(item, meeting, entries, []).lacksReason)
}

export async function postCirculateMinutes(visit: Visit, of: OfMeeting): Promise<Answer> {
  const { tx, actor, clock } = visit
  const { meeting } = of
  if ((await withoutReason(visit, of)).length > 0)
    return redirect(paths.meetings.minutes(meeting.id), { notice: 'A decision lacks its reason: write that down first.' })
  const sent = await circulateMinutes(tx, actor, clock.now(), meeting)
  return redirect(paths.meetings.minutes(meeting.id), {
    notice: sent.ok
      ? 'The minutes have gone round.'
      : meeting.minutesApprovedAt
        ? 'Something was changed since they were approved: approve them again first.'
        : 'Approve them first.',
  })
}

export async function minutesAsPdf(visit: Visit, of: OfMeeting): Promise<Answer> {
  if (!mayRead(of)) return notFound()
  return printout(await minutes(visit, of), visit.clock.now(), `Minutes ${dayInWords(of.meeting.startsAt)}`)
}
