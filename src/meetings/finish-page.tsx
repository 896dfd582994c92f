import type { VNode } from 'preact'
import { paths } from '../paths.ts'
import { type Answer, redirect } from '../platform/web/answer.ts'
import { type Fields, noFields } from '../platform/web/fields.ts'
import type { Visit } from '../platform/web/routes.ts'
import { errorFor, errorSummaryFor, type FieldError, Form, Radios, WarningText } from '../ui/index.ts'
import { actionsOfItems } from './actions.ts'
import { finishMeeting, type Stands, whatStandsOf } from './course.ts'
import { attendanceOf, entriesOfMeeting, isQuorate } from './entries.ts'
import { buttons, dayInWords, meetingLink, meetingPage, type OfMeeting, surnames } from './frame.tsx'
import { agendaOf, partiesOf } from './items.queries.ts'
import { leftOver } from './left-over.ts'
import type { Item, Meeting } from './meeting.ts'
import { isItsDay } from './open-page.tsx'
import { comingOf, seatsOfSeries } from './series.queries.ts'

type Left = { item: Item; name: string; stands: Stands }

/** What is not done of a date, with what stands of it. */
async function leftOf({ tx, actor }: Visit, { meeting, kind }: OfMeeting): Promise<Left[]> {
  const left = leftOver(await agendaOf(tx, actor, meeting.id))
  const ids = left.map(one => one.id)
  const entries = await entriesOfMeeting(tx, meeting.id)
  const actions = await actionsOfItems(tx, actor, ids)
  const parties = await partiesOf(tx, ids)
  return left.map(item => ({
    item,
    name: [surnames(kind, parties.get(item.id) ?? []), `Case ${item.reference}`].filter(Boolean).join(' · '),
    stands: whatStandsOf(item, meeting, entries, actions),
  }))
}

const nextOf = async ({ tx }: Visit, { meeting, series }: OfMeeting): Promise<Meeting | undefined> =>
  (await comingOf(tx, series.id)).find(one => one.startsAt > meeting.startsAt)

const isThere = ({ meeting }: OfMeeting): boolean => meeting.state === 'open' || meeting.state === 'held'

/** What happens when a meeting ends: each case that is not done was heard, or goes on to the next date. */
export async function finishPage(
  visit: Visit,
  of: OfMeeting,
  typed: Fields = noFields,
  errors: readonly FieldError[] = [],
): Promise<Answer> {
  const { meeting, series, kind } = of
  if (!isThere(of)) return redirect(paths.meetings.run(meeting.id), { notice: 'It is not open.' })
  const left = await leftOf(visit, of)
  const next = await nextOf(visit, of)
  const body = (
    <Form {...visit.form} action={paths.meetings.finish(meeting.id)}>
      {errorSummaryFor(errors)}
      {meeting.state === 'open' ? await Missing({ visit, of }) : null}
      {left.length === 0 ? <p class="govuk-body">Every case of it that you see is done.</p> : null}
      <input type="hidden" name="_shown" value={left.map(one => one.item.id).join(' ')} />
      {left.map(one => (
        <Case key={one.item.id} one={one} next={next} of={of} typed={typed} errors={errors} />
      ))}
      {buttons(meeting.state === 'open' ? 'End the meeting' : 'Finish them', paths.meetings.run(meeting.id), 'Go back to the meeting')}
    </Form>
  )
  return meetingPage(kind, meeting.state === 'open' ? 'End the meeting' : 'Finish what is left', body, {
    context: meetingLink(series, meeting),
    inTitle: series.name,
    narrow: true,
    hasErrors: errors.length > 0,
  })
}

/** What usually stands before a meeting ends, where it does not. */
async function Missing({ visit, of: { meeting, series } }: { visit: Visit; of: OfMeeting }): Promise<VNode | null> {
  const attendance = await attendanceOf(visit.tx, meeting.id)
  const unknown = (await seatsOfSeries(visit.tx, series.id))
    .filter(seat => !seat.endedAt && !attendance.some(one => one.seatId === seat.id))
    .map(one => one.name)
  const all = [
    isItsDay(visit, meeting) ? '' : `It meets on ${dayInWords(meeting.startsAt)}: that is not today.`,
    isQuorate(series.quorum, attendance) ? '' : `Fewer than ${series.quorum} agencies are recorded as there.`,
    unknown.length > 0 ? `Nobody has said whether they came: ${unknown.join('; ')}.` : '',
  ].filter(Boolean)
  if (all.length === 0) return null
  return (
    <>
      {all.map(one => WarningText({ text: one, iconFallbackText: 'Warning' }))}
      <p class="govuk-body">
        <a class="govuk-link" href={paths.meetings.attendance(meeting.id)}>
          Attendance
        </a>
      </p>
    </>
  )
}

type CaseProps = { one: Left; next: Meeting | undefined; of: OfMeeting; typed: Fields; errors: readonly FieldError[] }
function Case({ one: { item, name, stands }, next, of: { meeting, series }, typed, errors }: CaseProps): VNode {
  const field = `item-${item.id}`
  const stood = [
    stands.isDecided ? 'decided' : stands.lacksReason ? 'decided, without a reason' : 'nothing decided',
    stands.actions === 1 ? '1 action' : stands.actions > 1 ? `${stands.actions} actions` : '',
  ].filter(Boolean)
  return (
    <>
      {Radios({
        name: field,
        idPrefix: field,
        classes: 'govuk-radios--small',
        fieldset: { legend: { text: <bdi>{name}</bdi>, classes: 'govuk-fieldset__legend--s' } },
        hint: stood.join(', '),
        value: typed.text(field) || otherwise(stands),
        items: [
          item.state === 'sent' && { value: 'heard', text: 'It was heard' },
          next
            ? { value: 'over', text: `It goes on to ${dayInWords(next.startsAt)}` }
            : { value: 'over', text: 'It goes on to a date that has to be added first' },
        ],
        errorMessage: errorFor(errors, field),
      })}
      {stands.isDecided ? null : (
        <p class="govuk-body">
          <a class="govuk-link" href={paths.meetings.run(meeting.id, item.id)}>
            Write down what was decided<span class="govuk-visually-hidden"> of case {item.reference}</span>
          </a>
          {next ? null : (
            <>
              {' · '}
              <a class="govuk-link" href={paths.meetings.addDates(series.id)}>
                Add a date
              </a>
            </>
          )}
        </p>
      )}
    </>
  )
}

/** A case of which anything was said, decided or set was heard, unless somebody says otherwise. */
const otherwise = ({ wasSaid }: Stands): 'heard' | 'over' => (wasSaid ? 'heard' : 'over')

export async function postFinish(visit: Visit, of: OfMeeting): Promise<Answer> {
  const { tx, actor, clock, fields } = visit
  const { meeting } = of
  if (!isThere(of)) return redirect(paths.meetings.run(meeting.id), { notice: 'It is not open.' })
  const left = await leftOf(visit, of)
  const next = await nextOf(visit, of)
  const choice = ({ item, stands }: Left) => fields.text(`item-${item.id}`) || otherwise(stands)
  // What somebody else has put on the agenda since the page was opened does not go on, or count as heard, unseen.
  const isSeen = ({ item }: Left) => !fields.has('_shown') || fields.text('_shown').split(' ').includes(item.id)
  const errors = left.flatMap((one): FieldError[] => {
    const field = `item-${one.item.id}`
    if (!isSeen(one)) return [{ field, message: `${one.name} has come on to the agenda meanwhile: choose what becomes of it` }]
    if (choice(one) === 'heard')
      return one.stands.isDecided
        ? []
        : [{ field, message: `Write down first what was decided on ${one.name}, and why, also when nothing is to be done` }]
    if (one.stands.isDecided)
      return [{ field, message: `${one.name} was decided, so it was heard: what was decided stands in the minutes of this date` }]
    return next ? [] : [{ field, message: `Add a date first that ${one.name} can go on to` }]
  })
  if (errors.length > 0) return finishPage(visit, of, fields, errors)
  const ended = await finishMeeting(tx, actor, clock.now(), meeting, {
    heard: left.filter(one => choice(one) === 'heard').map(one => one.item),
    goesOn: left.filter(one => choice(one) !== 'heard').map(({ item, stands }) => ({ item, wasSaid: stands.wasSaid })),
    next,
  })
  if (!ended.ok && ended.error === 'changed-meanwhile')
    return finishPage(visit, of, fields, [
      { field: '', message: 'Somebody else has finished a case meanwhile, or put one on the agenda. Look at what is left, then go on' },
    ])
  if (!ended.ok) return redirect(paths.meetings.run(meeting.id), { notice: 'It has been ended already.' })
  if (meeting.state === 'held') return redirect(paths.meetings.date(meeting.id), { notice: 'Finished.' })
  return redirect(paths.meetings.minutes(meeting.id), { notice: 'The meeting has ended. Approve its minutes and send them round.' })
}
