import type { VNode } from 'preact'
import { type Paper, printout } from '../letters/index.ts'
import { paths } from '../paths.ts'
import { type Answer, notFound, redirect } from '../platform/web/answer.ts'
import { type Fields, noFields } from '../platform/web/fields.ts'
import type { Visit } from '../platform/web/routes.ts'
import { Button, errorFor, errorSummaryFor, type FieldError, Form, Textarea } from '../ui/index.ts'
import { whatStandsOf } from './course.ts'
import { approveMinutes, attendanceOf, circulateMinutes, entriesOfMeeting, minutesLeft } from './entries.ts'
import { FlagRecords } from './flag-records.tsx'
import { type RecordToFlag, recordsToFlag } from './flags.ts'
import { dayInWords, meetingLink, meetingPage, type OfMeeting } from './frame.tsx'
import { agendaOf, itemsAt, partiesOf } from './items.queries.ts'
import { itemsInMinutes } from './items-on-paper.ts'
import type { Item } from './meeting.ts'
import { minutesOf } from './minutes.ts'
import { OnPage } from './paper-on-page.tsx'
import { seatsOfSeries } from './series.queries.ts'
import { longestWords, tooLong } from './too-long.ts'

async function minutes(visit: Visit, of: OfMeeting): Promise<Paper> {
  const { tx, actor, clock } = visit
  const seats = await seatsOfSeries(tx, of.series.id)
  const attendance = await attendanceOf(tx, of.meeting.id)
  return minutesOf({ ...of, items: await itemsInMinutes(visit, of), attendance, seats, printedBy: actor.name, now: clock.now() })
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
      {series.runs ? <Approve visit={visit} of={of} left={left.length} typed={typed} errors={errors} /> : null}
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

function Approve({
  visit,
  of: { meeting },
  left,
  typed,
  errors,
}: {
  visit: Visit
  of: OfMeeting
  left: number
  typed: Fields
  errors: readonly FieldError[]
}): VNode | null {
  if (meeting.state !== 'held') return null
  const sendRound = (text: string) => (
    <Form {...visit.form} action={paths.meetings.circulateMinutes(meeting.id)}>
      {Button({ text, preventDoubleClick: true })}
    </Form>
  )
  if (meeting.minutesCirculatedAt)
    return left > 0
      ? sendRound(left === 1 ? 'Send the minutes of 1 more case round' : `Send the minutes of ${left} more cases round`)
      : null
  return (
    <>
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
          classes: meeting.minutesApprovedAt ? 'govuk-button--secondary' : undefined,
          preventDoubleClick: true,
        })}
      </Form>
      {meeting.minutesApprovedAt ? sendRound('Send the minutes round') : null}
    </>
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
  return redirect(paths.meetings.minutes(meeting.id), { notice: sent.ok ? 'The minutes have gone round.' : 'Approve them first.' })
}

export async function minutesAsPdf(visit: Visit, of: OfMeeting): Promise<Answer> {
  if (!mayRead(of)) return notFound()
  return printout(await minutes(visit, of), visit.clock.now(), `Minutes ${dayInWords(of.meeting.startsAt)}`)
}
