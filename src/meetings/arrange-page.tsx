import { paths } from '../paths.ts'
import { type Answer, redirect } from '../platform/web/answer.ts'
import { type Fields, noFields } from '../platform/web/fields.ts'
import type { Visit } from '../platform/web/routes.ts'
import { Checkboxes, errorFor, errorSummaryFor, type FieldError, Form, Radios, Textarea } from '../ui/index.ts'
import { type Arrangement, arrangeItem, mayArrange } from './arrange-item.ts'
import { buttons, dayInWords, meetingLink, meetingPage, type OfItem, type OfMeeting, peopleLine } from './frame.tsx'
import { findItem, withholdingsOf } from './items.queries.ts'
import { comingOf, findMeeting, seatsOfSeries } from './series.queries.ts'
import { longestWords, tooLong } from './too-long.ts'

const otherDates = async ({ tx }: Visit, { series, meeting }: OfItem) =>
  (await comingOf(tx, series.id)).filter(one => one.id !== meeting?.id)

/** Holds an item over, changes its agencies, or takes it off the agenda, before its meeting. */
export async function arrangePage(
  visit: Visit,
  of: OfItem,
  typed: Fields = noFields,
  errors: readonly FieldError[] = [],
  version = of.item.version,
): Promise<Answer> {
  const { item, series, kind, meeting, parties } = of
  if (!meeting || !mayArrange(item, meeting)) return redirect(paths.meetings.item(item.id), { notice: 'It cannot be changed now.' })
  const seats = (await seatsOfSeries(visit.tx, series.id)).filter(seat => !seat.endedAt)
  const keptOut = (await withholdingsOf(visit.tx, item.id)).filter(one => one.part === null).map(one => one.holder)
  const dates = await otherDates(visit, of)
  const isSent = item.state === 'sent'
  const body = (
    <Form {...visit.form} action={paths.meetings.arrange(item.id)} classes="ly-form">
      {errorSummaryFor(errors)}
      <input type="hidden" name="version" value={String(version)} />
      <p class="govuk-body">
        <bdi>{peopleLine(kind, parties)}</bdi>
      </p>
      {isSent ? (
        <p class="govuk-body">
          Its agenda is out. Whoever it is taken from sees it no more, at once, and is told so without its name; what agencies have answered
          goes with it.
        </p>
      ) : null}
      {Radios({
        name: 'to',
        fieldset: { legend: { text: 'What becomes of it?', classes: 'govuk-fieldset__legend--m' } },
        value: typed.text('to'),
        items: [
          ...dates.map(one => ({
            value: one.id,
            text: `It goes on to ${dayInWords(one.startsAt)}`,
            ...(one.state === 'planned' ? {} : { hint: { text: 'Its agenda has been sent: send it again afterwards' } }),
          })),
          { value: 'agencies', text: 'It stays, for other agencies' },
          { value: 'wait', text: 'Back to be triaged' },
          { value: 'referrer', text: 'Back to its referrer, with the reason' },
        ],
        errorMessage: errorFor(errors, 'to'),
      })}
      {Checkboxes({
        name: 'seat',
        fieldset: { legend: { text: 'If it stays: which agencies is it for?', classes: 'govuk-fieldset__legend--s' } },
        hint: isSent ? 'One that is new is asked at once what it knows.' : undefined,
        values: typed.has('reason')
          ? [...typed.all('seat')]
          : seats.filter(seat => item.invited === null || item.invited.includes(seat.principal)).map(seat => seat.id),
        items: seats.map(seat => ({
          value: seat.id,
          text: seat.name,
          ...(keptOut.includes(seat.agency) ? { hint: { text: 'This is kept from it' } } : {}),
        })),
        errorMessage: errorFor(errors, 'seat'),
      })}
      {Textarea({
        name: 'reason',
        id: 'reason',
        label: 'Why',
        hint: 'Its referrer reads it',
        rows: 3,
        value: typed.typed('reason'),
        errorMessage: errorFor(errors, 'reason'),
      })}
      {buttons('Save', paths.meetings.item(item.id))}
    </Form>
  )
  return meetingPage(kind, 'Hold it over, or change its agencies', body, {
    context: (
      <>
        {meetingLink(series, meeting)} · Case {item.reference}
      </>
    ),
    inTitle: `Case ${item.reference}`,
    narrow: true,
    hasErrors: errors.length > 0,
  })
}

export async function postArrange(visit: Visit, of: OfItem): Promise<Answer> {
  const { item, series, meeting } = of
  const { tx, actor, clock, fields } = visit
  if (!meeting || !mayArrange(item, meeting)) return redirect(paths.meetings.item(item.id), { notice: 'It cannot be changed now.' })
  const errors: FieldError[] = tooLong(fields, { reason: 'Why' }, longestWords)
  const what = await arrangementOf(visit, { ...of, meeting })
  if ('field' in what) errors.push(what)
  if (!fields.text('reason')) errors.push({ field: 'reason', message: 'Enter why' })
  const version = Number(fields.text('version')) || 0
  if ('field' in what || errors.length > 0) return arrangePage(visit, of, fields, errors, version)
  const done = await arrangeItem(tx, actor, clock.now(), { ...item, version }, meeting, what, fields.text('reason'))
  if (!done.ok) return changedMeanwhile(visit, of)
  return redirect(what.to === 'agencies' ? paths.meetings.item(item.id) : paths.meetings.date(meeting.id), {
    notice:
      what.to === 'date'
        ? `Case ${item.reference} goes on to ${dayInWords(what.meeting.startsAt)}.`
        : what.to === 'agencies'
          ? 'Its agencies are changed.'
          : `Case ${item.reference} is no longer on this agenda of ${series.name}.`,
  })
}

/** The page as it stands now, with what was typed: saved again, it goes over what the other has done. */
async function changedMeanwhile(visit: Visit, of: OfItem): Promise<Answer> {
  const { tx, actor, fields } = visit
  const item = await findItem(tx, actor, of.item.id)
  const meeting = item?.meetingId ? await findMeeting(tx, item.meetingId) : undefined
  if (!item || !meeting)
    return redirect(paths.meetings.item(of.item.id), { notice: 'Somebody else changed it meanwhile. Yours was not saved.' })
  const { invited } = item
  const seats = (await seatsOfSeries(tx, item.seriesId)).filter(seat => !seat.endedAt && (!invited || invited.includes(seat.principal)))
  const stands = `it is on ${dayInWords(meeting.startsAt)} now, for ${seats.map(seat => seat.name).join(', ')}`
  return arrangePage(visit, { ...of, item, meeting }, fields, [
    { field: 'to', message: `Somebody else changed it meanwhile: ${stands}. Save again to go on from there` },
  ])
}

async function arrangementOf(visit: Visit, of: OfItem & OfMeeting): Promise<Arrangement | FieldError> {
  const { fields, tx } = visit
  const to = fields.text('to')
  if (to === 'wait' || to === 'referrer') return { to }
  if (to === 'agencies') {
    const chosen = (await seatsOfSeries(tx, of.series.id)).filter(seat => !seat.endedAt && fields.all('seat').includes(seat.id))
    if (chosen.length === 0) return { field: 'seat', message: 'Choose at least one agency' }
    return { to, invited: chosen.map(seat => seat.principal) }
  }
  const meeting = (await otherDates(visit, of)).find(one => one.id === to)
  return meeting ? { to: 'date', meeting } : { field: 'to', message: 'Select what becomes of it' }
}
