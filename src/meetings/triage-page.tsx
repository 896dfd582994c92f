import { paths } from '../paths.ts'
import { startOfDay, today } from '../platform/clock.ts'
import { addMonths } from '../platform/plain-date.ts'
import { type Answer, redirect } from '../platform/web/answer.ts'
import { type Fields, noFields } from '../platform/web/fields.ts'
import type { Visit } from '../platform/web/routes.ts'
import { Checkboxes, errorFor, errorSummaryFor, type FieldError, Form, InsetText, Radios, Textarea, Words } from '../ui/index.ts'
import { savedAnswers } from './answers.ts'
import { type Triage, triageItem } from './change-items.ts'
import { buttons, dayInWords, itemLine, meetingPage, type OfItem, peopleLine, seriesLink } from './frame.tsx'
import { earlierItems } from './items.queries.ts'
import type { Item } from './meeting.ts'
import { ReferralFacts } from './refer-pages.tsx'
import { whatHappened } from './referral.ts'
import { meetingsOf, seatsOfSeries } from './series.queries.ts'
import { longestWords, tooLong } from './too-long.ts'

/** Puts a referral on an agenda, or sends it back: whom it is for, whether it is a repeat, on which date. */
export async function triagePage(visit: Visit, of: OfItem, typed: Fields = noFields, errors: readonly FieldError[] = []): Promise<Answer> {
  const { item, series, kind, parties } = of
  if (item.state !== 'referred') return redirect(paths.meetings.item(item.id), { notice: 'It has been triaged.' })
  const { tx } = visit
  const saved = await savedAnswers(tx, { itemId: item.id, formCode: kind.referral.code })
  const earlier = await earlierOf(visit, of)
  const dates = (await meetingsOf(tx, series.id)).coming
  const seats = (await seatsOfSeries(tx, series.id)).filter(seat => !seat.endedAt)
  const body = (
    <>
      {errorSummaryFor(errors)}
      <p class="govuk-body">{peopleLine(kind, parties)}</p>
      <p class="govuk-body">{itemLine(item, kind)}</p>
      <Words text={whatHappened(kind, saved)} />
      {earlier.length > 0 ? (
        InsetText({
          text: (
            <>
              The same people were heard before:{' '}
              {earlier.map(one => (
                <a class="govuk-link" href={paths.meetings.item(one.id)} key={one.id}>
                  case {one.reference}, referred {one.referredAt ? dayInWords(one.referredAt) : ''}
                </a>
              ))}
              . Within {series.repeatMonths} months of the last {series.repeatAnchor === 'referral' ? 'referral' : 'meeting'} that is a
              repeat.
            </>
          ),
        })
      ) : (
        <p class="govuk-body">No case that you can see in the last {series.repeatMonths} months is about the same people.</p>
      )}
      <details class="govuk-details">
        <summary class="govuk-details__summary">
          <span class="govuk-details__summary-text">The whole referral</span>
        </summary>
        <div class="govuk-details__text">
          <ReferralFacts kind={kind} saved={saved} now={visit.clock.now()} />
        </div>
      </details>
      <Form {...visit.form} action={paths.meetings.triage(item.id)} classes="ly-form">
        {Radios({
          name: 'decision',
          fieldset: { legend: { text: 'What becomes of it?', classes: 'govuk-fieldset__legend--m' } },
          value: typed.text('decision') || 'accept',
          items: [
            { value: 'accept', text: 'It goes on an agenda' },
            { value: 'return', text: 'It goes back to its referrer, with the reason' },
          ],
          errorMessage: errorFor(errors, 'decision'),
        })}
        {dates.length > 0
          ? Radios({
              name: 'meeting',
              fieldset: { legend: { text: 'Which date, if it goes on an agenda?', classes: 'govuk-fieldset__legend--s' } },
              value: typed.has('meeting') ? typed.text('meeting') : dates[0]!.id,
              items: dates.map(one => ({
                value: one.id,
                text: dayInWords(one.startsAt),
                ...(one.state === 'planned' ? {} : { hint: { text: 'Its agenda has been sent: send it again afterwards' } }),
              })),
              errorMessage: errorFor(errors, 'meeting'),
            })
          : null}
        {Checkboxes({
          name: 'seat',
          fieldset: { legend: { text: 'Which agencies is it for?', classes: 'govuk-fieldset__legend--s' } },
          hint: 'Each is asked what it knows. To keep it from an agency whatever happens, say so on the case afterwards, before the agenda is sent.',
          values: typed.has('decision') ? [...typed.all('seat')] : seats.map(seat => seat.id),
          items: seats.map(seat => ({ value: seat.id, text: seat.name })),
          errorMessage: errorFor(errors, 'seat'),
        })}
        {Radios({
          name: 'repeat',
          fieldset: { legend: { text: 'Is it a repeat?', classes: 'govuk-fieldset__legend--s' } },
          value: typed.has('repeat') ? typed.text('repeat') : earlier.length > 0 || item.criteria.includes('RPT') ? 'yes' : 'no',
          items: [
            { value: 'yes', text: 'Yes' },
            { value: 'no', text: 'No' },
          ],
        })}
        {Textarea({
          name: 'words',
          id: 'words',
          label: 'Reason',
          hint: 'Needed when it goes back: its referrer reads it.',
          value: typed.typed('words'),
          rows: 3,
          errorMessage: errorFor(errors, 'words'),
        })}
        {buttons('Save', paths.meetings.item(item.id))}
      </Form>
    </>
  )
  return meetingPage(kind, 'Triage a referral', body, {
    context: (
      <>
        {seriesLink(series)} · Case {item.reference}
      </>
    ),
    inTitle: `Case ${item.reference}`,
    hasErrors: errors.length > 0,
    narrow: true,
  })
}

async function earlierOf({ tx, actor, clock }: Visit, { item, series, kind }: OfItem): Promise<Item[]> {
  const since = startOfDay(addMonths(today(clock), -series.repeatMonths))
  return earlierItems(tx, actor, item, kind.sameIn, since, series.repeatAnchor)
}

export async function postTriage(visit: Visit, of: OfItem): Promise<Answer> {
  const { item, series } = of
  const { tx, actor, clock, fields } = visit
  const errors: FieldError[] = []
  const words = fields.text('words')
  errors.push(...tooLong(fields, { words: 'The reason' }, longestWords))
  let triage: Triage
  if (fields.text('decision') === 'return') {
    if (!words) errors.push({ field: 'words', message: 'Enter why it goes back' })
    triage = { decision: 'return', words }
  } else {
    const seats = (await seatsOfSeries(tx, series.id)).filter(seat => !seat.endedAt)
    const chosen = seats.filter(seat => fields.all('seat').includes(seat.id))
    if (chosen.length === 0) errors.push({ field: 'seat', message: 'Choose at least one agency' })
    const meeting = (await meetingsOf(tx, series.id)).coming.find(one => one.id === fields.text('meeting'))
    if (!meeting) errors.push({ field: 'meeting', message: 'Choose a date. If there is none, add dates first' })
    const isRepeat = fields.text('repeat') === 'yes'
    const earlier = isRepeat ? await earlierOf(visit, of) : []
    triage = {
      decision: 'accept',
      meetingId: meeting?.id ?? '',
      // By name: an agency that is given a seat afterwards does not see what was settled before it came.
      invited: chosen.map(seat => seat.principal),
      isRepeat,
      repeatOf: earlier[0]?.id ?? null,
      words,
    }
  }
  if (errors.length > 0) return triagePage(visit, of, fields, errors)
  const done = await triageItem(tx, actor, clock.now(), item, triage)
  if (!done.ok) return redirect(paths.meetings.item(item.id), { notice: 'Somebody else has triaged it meanwhile.' })
  return redirect(paths.meetings.item(item.id), {
    notice: triage.decision === 'return' ? 'Sent back.' : 'It is on the agenda. Say now if somebody must not receive it.',
  })
}
