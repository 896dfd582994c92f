import { paths } from '../paths.ts'
import { type Answer, redirect } from '../platform/web/answer.ts'
import { type Fields, noFields } from '../platform/web/fields.ts'
import type { Visit } from '../platform/web/routes.ts'
import { Checkboxes, errorFor, errorSummaryFor, type FieldError, Form, Radios, Textarea, Words } from '../ui/index.ts'
import { Corrections, correctionsOf } from './corrections.tsx'
import { buttons, dayInWords, itemLine, meetingPage, type OfItem, peopleLine, seriesLink } from './frame.tsx'
import { withholdingsOf } from './items.queries.ts'
import { heardForTriage } from './kept-elsewhere.ts'
import { KeptFrom } from './kept-in-triage.tsx'
import type { Item } from './meeting.ts'
import { ReferralFacts } from './refer-pages.tsx'
import { whatHappened } from './referral.ts'
import { HeardBeforeShown, IsRepeat } from './repeat-of.tsx'
import { savedReferral } from './saved-referral.ts'
import { comingOf, seatsOfSeries } from './series.queries.ts'

/** Puts a referral on an agenda, or sends it back: whom it is for, whether it is a repeat, on which date. */
export async function triagePage(visit: Visit, of: OfItem, typed: Fields = noFields, errors: readonly FieldError[] = []): Promise<Answer> {
  const { item, series, kind, parties } = of
  if (item.state !== 'referred') return redirect(paths.meetings.item(item.id), { notice: noLonger(item) })
  const { tx } = visit
  const saved = await savedReferral(tx, kind, item.id)
  const heard = await heardForTriage(visit, of)
  // First those whose agenda has not gone out: what is put on one that has is sent after it.
  const coming = await comingOf(tx, series.id)
  const dates = [...coming.filter(one => one.state === 'planned'), ...coming.filter(one => one.state !== 'planned')]
  const seats = (await seatsOfSeries(tx, series.id)).filter(seat => !seat.endedAt)
  const keptOut = [...(await withholdingsOf(tx, item.id)), ...heard.kept].filter(one => one.part === null).map(one => one.holder)
  const body = (
    <>
      {errorSummaryFor(errors)}
      <p class="govuk-body">{peopleLine(kind, parties)}</p>
      <p class="govuk-body">{itemLine(item, kind)}</p>
      <Words text={whatHappened(kind, saved)} />
      <Corrections of={await correctionsOf(visit, of)} isOpen />
      <HeardBeforeShown series={series} kind={kind} heard={heard} />
      <details class="govuk-details">
        <summary class="govuk-details__summary">
          <span class="govuk-details__summary-text">The whole referral</span>
        </summary>
        <div class="govuk-details__text">
          <ReferralFacts kind={kind} saved={saved} now={visit.clock.now()} />
        </div>
      </details>
      <Form {...visit.form} action={paths.meetings.triage(item.id)} classes="ly-form">
        <input type="hidden" name="_version" value={item.version} />
        {Radios({
          name: 'decision',
          fieldset: { legend: { text: 'What becomes of it?', classes: 'govuk-fieldset__legend--m' } },
          value: typed.text('decision'),
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
              value: typed.text('meeting'),
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
          values: typed.has('words') ? [...typed.all('seat')] : seats.filter(seat => !keptOut.includes(seat.agency)).map(seat => seat.id),
          items: seats.map(seat => ({
            value: seat.id,
            text: seat.name,
            ...(keptOut.includes(seat.agency) ? { hint: { text: 'This is kept from it' } } : {}),
          })),
          errorMessage: errorFor(errors, 'seat'),
        })}
        <IsRepeat of={of} heard={heard} typed={typed} errors={errors} />
        {heard.kept.length > 0 ? <KeptFrom of={of} heard={heard} typed={typed} errors={errors} /> : null}
        {Textarea({
          name: 'words',
          id: 'words',
          label: 'Reason',
          hint: 'Needed when it goes back: its referrer reads it.',
          value: typed.typed('words'),
          rows: 3,
          errorMessage: errorFor(errors, 'words'),
        })}
        {buttons('Record what becomes of it', paths.meetings.item(item.id))}
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

export const noLonger = ({ state }: Pick<Item, 'state'>): string =>
  state === 'withdrawn' ? 'Its referrer has withdrawn it: there is nothing to triage.' : 'It has been triaged.'
