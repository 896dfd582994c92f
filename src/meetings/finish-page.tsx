import { paths } from '../paths.ts'
import { londonDate } from '../platform/clock.ts'
import { type Answer, redirect } from '../platform/web/answer.ts'
import { type Fields, noFields } from '../platform/web/fields.ts'
import type { Visit } from '../platform/web/routes.ts'
import { errorFor, errorSummaryFor, type FieldError, Form, Radios, WarningText } from '../ui/index.ts'
import { attendanceOf, closeAgain, entriesOfMeeting, finishMeeting, isQuorate, leftOver, markDiscussed, openMeeting } from './entries.ts'
import { buttons, dayInWords, meetingLink, meetingPage, type OfMeeting, peopleLine } from './frame.tsx'
import { agendaOf, partiesOf } from './items.queries.ts'
import type { Item, Meeting } from './meeting.ts'
import { meetingsOf, seatsOfSeries } from './series.queries.ts'

export async function postOpen({ tx, actor, clock, fields }: Visit, { meeting }: OfMeeting): Promise<Answer> {
  if (fields.text('to') === 'close') {
    const closed = await closeAgain(tx, actor, clock.now(), meeting)
    return redirect(paths.meetings.date(meeting.id), {
      notice: closed.ok ? 'It is not open any more.' : 'Something has been written down in it: end it instead.',
    })
  }
  const opened = await openMeeting(tx, actor, clock.now(), meeting)
  return redirect(paths.meetings.run(meeting.id), { notice: opened.ok ? 'The meeting is open. Who is there?' : 'It cannot be opened now.' })
}

const mayFinish = ({ meeting }: OfMeeting, left: number): boolean => meeting.state === 'open' || (meeting.state === 'held' && left > 0)

/** Ends a meeting: case by case, whether it was heard or goes on to the next date. One with a decision and its reason was. */
export async function finishPage(
  visit: Visit,
  of: OfMeeting,
  typed: Fields = noFields,
  errors: readonly FieldError[] = [],
): Promise<Answer> {
  const { meeting, series, kind } = of
  const { tx, actor, clock } = visit
  const { left, decided, next } = await standing(visit, of)
  if (!mayFinish(of, left.length)) return redirect(paths.meetings.run(meeting.id), { notice: 'There is nothing to end.' })
  const parties = await partiesOf(
    tx,
    left.map(one => one.id),
  )
  const done = (await agendaOf(tx, actor, meeting.id)).filter(one => one.state === 'discussed').length
  const attendance = await attendanceOf(tx, meeting.id)
  const untold = (await seatsOfSeries(tx, series.id)).filter(seat => !seat.endedAt && !attendance.some(one => one.seatId === seat.id))
  const isOpen = meeting.state === 'open'
  const body = (
    <Form {...visit.form} action={paths.meetings.finish(meeting.id)} classes="ly-form">
      {errorSummaryFor(errors)}
      {isOpen && londonDate(clock.now()) < londonDate(meeting.startsAt)
        ? WarningText({ text: `It is fixed for ${dayInWords(meeting.startsAt)}, which is not today.`, iconFallbackText: 'Warning' })
        : null}
      {isOpen && !isQuorate(series.quorum, attendance)
        ? WarningText({ text: `Fewer than ${series.quorum} agencies are down as there.`, iconFallbackText: 'Warning' })
        : null}
      {isOpen && untold.length > 0 ? (
        <p class="govuk-body">
          Nobody has said whether these were there: {untold.map(one => one.name).join(', ')}.{' '}
          <a class="govuk-link" href={paths.meetings.attendance(meeting.id)}>
            Attendance
          </a>
        </p>
      ) : null}
      {done > 0 ? <p class="govuk-body">{done === 1 ? '1 case is done.' : `${done} cases are done.`}</p> : null}
      {left.map(item => (
        <div key={item.id}>
          {Radios({
            name: `item-${item.id}`,
            idPrefix: `item-${item.id}`,
            fieldset: {
              legend: {
                text: `Case ${item.reference}: ${peopleLine(kind, parties.get(item.id) ?? [])}`,
                classes: 'govuk-fieldset__legend--s',
              },
            },
            ...(decided.has(item.id) ? {} : { hint: 'No decision with its reason is written down.' }),
            value: typed.text(`item-${item.id}`) || (decided.has(item.id) ? 'heard' : 'over'),
            items: [
              ...(item.state === 'sent' ? [{ value: 'heard', text: 'It was heard' }] : []),
              { value: 'over', text: next ? `It goes on to ${dayInWords(next.startsAt)}` : 'It goes on to the next date: add one first' },
            ],
            errorMessage: errorFor(errors, `item-${item.id}`),
          })}
        </div>
      ))}
      {left.length === 0 ? <p class="govuk-body">Nothing is left.</p> : null}
      {buttons(isOpen ? 'End the meeting' : 'Save', paths.meetings.run(meeting.id))}
    </Form>
  )
  return meetingPage(kind, isOpen ? 'End the meeting' : 'What becomes of its cases', body, {
    context: meetingLink(series, meeting),
    inTitle: series.name,
    narrow: true,
    hasErrors: errors.length > 0,
  })
}

type Standing = { left: Item[]; decided: ReadonlySet<string>; next: Meeting | undefined }

async function standing({ tx, actor }: Visit, { meeting, series }: OfMeeting): Promise<Standing> {
  const left = leftOver(await agendaOf(tx, actor, meeting.id))
  const decisions = (await entriesOfMeeting(tx, meeting.id)).filter(one => one.kind === 'decision' && one.words && one.rationale)
  const next = (await meetingsOf(tx, series.id)).coming.find(one => one.startsAt > meeting.startsAt)
  return { left, next, decided: new Set(decisions.map(one => one.itemId)) }
}

export async function postFinish(visit: Visit, of: OfMeeting): Promise<Answer> {
  const { meeting } = of
  const { tx, actor, clock, fields } = visit
  const { left, decided, next } = await standing(visit, of)
  const isHeard = ({ id, state }: Item) =>
    state === 'sent' && (fields.has(`item-${id}`) ? fields.text(`item-${id}`) === 'heard' : decided.has(id))
  const errors: FieldError[] = []
  for (const item of left) {
    const field = `item-${item.id}`
    if (isHeard(item) && !decided.has(item.id))
      errors.push({ field, message: `Write down first what was decided on case ${item.reference}, and why` })
    if (!isHeard(item) && !next) errors.push({ field, message: `Add a date first, for case ${item.reference}` })
  }
  if (errors.length > 0) return finishPage(visit, of, fields, errors)
  const now = clock.now()
  for (const item of left.filter(isHeard)) await markDiscussed(tx, now, item)
  const ended = await finishMeeting(tx, actor, now, meeting, next)
  // Ended already, and all that was left was heard.
  if (!ended.ok && meeting.state !== 'held') return redirect(paths.meetings.run(meeting.id), { notice: 'It cannot be ended now.' })
  if (meeting.state === 'held') return redirect(paths.meetings.date(meeting.id), { notice: 'Saved.' })
  return redirect(paths.meetings.minutes(meeting.id), { notice: 'The meeting has ended. Approve its minutes and send them round.' })
}
