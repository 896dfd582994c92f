import type { VNode } from 'preact'
import { paths } from '../paths.ts'
import { type Answer, redirect } from '../platform/web/answer.ts'
import { type Fields, noFields } from '../platform/web/fields.ts'
import type { Visit } from '../platform/web/routes.ts'
import { Checkboxes, errorFor, errorSummaryFor, type FieldError, Form, InsetText, Radios, Textarea, Words } from '../ui/index.ts'
import { savedAnswers } from './answers.ts'
import { type Triage, triageItem } from './change-items.ts'
import { Corrections, correctionsOf } from './corrections.tsx'
import { buttons, dayInWords, itemLine, meetingPage, type OfItem, peopleLine, seriesLink } from './frame.tsx'
import { type HeardBefore, type KeptBefore, keyOfKept } from './heard-before.ts'
import { findItem, partiesOf, withholdingsOf } from './items.queries.ts'
import { heardForTriage, keepAsElsewhere, keepOthersToo } from './kept-elsewhere.ts'
import { partLabel } from './kind.ts'
import type { Item } from './meeting.ts'
import { ReferralFacts } from './refer-pages.tsx'
import { whatHappened } from './referral.ts'
import { meetingsOf, seatsOfSeries } from './series.queries.ts'
import { carryStages } from './stages.ts'
import { longestWords, tooLong } from './too-long.ts'

/** Puts a referral on an agenda, or sends it back: whom it is for, whether it is a repeat, on which date. */
export async function triagePage(visit: Visit, of: OfItem, typed: Fields = noFields, errors: readonly FieldError[] = []): Promise<Answer> {
  const { item, series, kind, parties } = of
  if (item.state !== 'referred') return redirect(paths.meetings.item(item.id), { notice: noLonger(item) })
  const { tx } = visit
  const saved = await savedAnswers(tx, { itemId: item.id, formCode: kind.referral.code })
  const heard = await heardForTriage(visit, of)
  // First those whose agenda has not gone out: what is put on one that has is sent after it.
  const coming = (await meetingsOf(tx, series.id)).coming
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
        {Radios({
          name: 'repeat',
          fieldset: { legend: { text: 'Is it a repeat?', classes: 'govuk-fieldset__legend--s' } },
          hint: `Heard before about the same people, within ${series.repeatMonths} months of the last ${series.repeatAnchor === 'referral' ? 'referral' : 'meeting'}`,
          value: typed.text('repeat'),
          items: [
            { value: 'yes', text: 'Yes' },
            { value: 'no', text: 'No' },
          ],
          errorMessage: errorFor(errors, 'repeat'),
        })}
        {heard.kept.length > 0 ? <KeptFrom kind={kind} heard={heard} typed={typed} errors={errors} /> : null}
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

const noLonger = ({ state }: Pick<Item, 'state'>): string =>
  state === 'withdrawn' ? 'Its referrer has withdrawn it: there is nothing to triage.' : 'It has been triaged.'

/** What was heard of these people before, and what may have been: whoever triages tells them apart. */
function HeardBeforeShown({
  series,
  kind,
  heard: { same, maybe },
}: {
  series: OfItem['series']
  kind: OfItem['kind']
  heard: HeardBefore
}): VNode {
  const link = (one: Item) => (
    <a class="govuk-link" href={paths.meetings.item(one.id)}>
      case {one.reference}, referred {one.referredAt ? dayInWords(one.referredAt) : ''}
    </a>
  )
  if (same.length === 0 && maybe.length === 0)
    return <p class="govuk-body">No case that you can see in the last {series.repeatMonths} months is about the same people.</p>
  return InsetText({
    text: (
      <>
        {same.length > 0 ? (
          <>
            <p class="govuk-body">The same people were heard before:</p>
            <ul class="govuk-list govuk-list--bullet">
              {same.map(one => (
                <li key={one.id}>{link(one)}</li>
              ))}
            </ul>
          </>
        ) : null}
        {maybe.length > 0 ? (
          <>
            <p class="govuk-body">These may be about the same people, or about one of them. Look before you decide:</p>
            <ul class="govuk-list govuk-list--bullet">
              {maybe.map(one => (
                <li key={one.item.id}>
                  {link(one.item)}
                  <span class="ly-second">
                    <bdi>{peopleLine(kind, one.parties)}</bdi>
                  </span>
                </li>
              ))}
            </ul>
          </>
        ) : null}
      </>
    ),
  })
}

const noSuchDate: FieldError = { field: 'meeting', message: 'Choose a date. If there is none, add dates first' }
const changedMeanwhile: FieldError = {
  field: 'decision',
  message: 'The referral has been changed since you opened this page. Read it again, then record what becomes of it',
}

type KeptProps = { kind: OfItem['kind']; heard: HeardBefore; typed: Fields; errors: readonly FieldError[] }

/** From whom it is kept as another case is: it stays so, unless whoever triages says otherwise and why. */
function KeptFrom({ kind, heard: { kept }, typed, errors }: KeptProps): VNode {
  return (
    <>
      <input type="hidden" name="_kept" value={kept.map(keyOfKept).join(' ')} />
      {Checkboxes({
        name: 'kept',
        fieldset: {
          legend: { text: 'It is kept from these, as another case about the same people is', classes: 'govuk-fieldset__legend--s' },
        },
        values: kept.filter(one => (typed.has('_kept') ? isTicked(typed, one) : !one.isLetIn)).map(keyOfKept),
        items: kept.map(one => ({
          value: keyOfKept(one),
          text: `${one.holderName}: ${one.part === null ? 'the whole case' : partLabel(kind, one.part)}`,
          hint: { text: one.of ? `Case ${one.of.reference}: ${one.reason}` : one.reason },
        })),
      })}
      {Textarea({
        name: 'kept-why',
        id: 'kept-why',
        label: 'If you untick one: why may they receive this case?',
        hint: 'Those who run the meeting read it',
        value: typed.typed('kept-why'),
        rows: 2,
        errorMessage: errorFor(errors, 'kept-why'),
      })}
    </>
  )
}

const isTicked = (fields: Fields, one: KeptBefore): boolean => fields.all('kept').includes(keyOfKept(one))

/** What was shown and unticked: all else stays kept, also what has been kept since the page was opened. */
const untickedOf = (fields: Fields, { kept }: HeardBefore): KeptBefore[] =>
  kept.filter(one => !one.isLetIn && !isTicked(fields, one) && fields.text('_kept').split(' ').includes(keyOfKept(one)))

export async function postTriage(visit: Visit, of: OfItem): Promise<Answer> {
  const { item, series } = of
  const { tx, actor, clock, fields } = visit
  if (item.state !== 'referred') return redirect(paths.meetings.item(item.id), { notice: noLonger(item) })
  const errors: FieldError[] = []
  const words = fields.text('words')
  // What whoever triages decides on is what they have read.
  if (fields.has('_version') && Number(fields.text('_version')) !== item.version) errors.push(changedMeanwhile)
  const decision = fields.text('decision')
  if (decision !== 'return' && decision !== 'accept') errors.push({ field: 'decision', message: 'Select what becomes of it' })
  errors.push(...tooLong(fields, { words: 'The reason' }, longestWords))
  let triage: Triage
  if (decision === 'return') {
    if (!words) errors.push({ field: 'words', message: 'Enter why it goes back' })
    triage = { decision: 'return', words }
  } else {
    const seats = (await seatsOfSeries(tx, series.id)).filter(seat => !seat.endedAt)
    const chosen = seats.filter(seat => fields.all('seat').includes(seat.id))
    if (chosen.length === 0) errors.push({ field: 'seat', message: 'Choose at least one agency' })
    const meeting = (await meetingsOf(tx, series.id)).coming.find(one => one.id === fields.text('meeting'))
    if (!meeting) errors.push(noSuchDate)
    const isRepeat = fields.text('repeat') === 'yes'
    if (!isRepeat && fields.text('repeat') !== 'no') errors.push({ field: 'repeat', message: 'Select yes if it is a repeat' })
    // One that was referred before the keeper saw to that is kept from them now.
    await keepAsElsewhere(tx, clock.now(), item.id, of.kind)
    const heard = await heardForTriage(visit, of)
    const letIn = untickedOf(fields, heard)
    const why = fields.text('kept-why')
    if (!why && letIn.length > 0) errors.push({ field: 'kept-why', message: 'Enter why they may receive it' })
    errors.push(...tooLong(fields, { 'kept-why': 'Why' }, longestWords))
    const found = [...heard.same, ...heard.maybe.map(one => one.item)]
    triage = {
      decision: 'accept',
      meetingId: meeting?.id ?? '',
      // By name: an agency that is given a seat afterwards does not see what was settled before it came.
      invited: chosen.map(seat => seat.principal),
      isRepeat,
      repeatOf: isRepeat ? (found[0]?.id ?? null) : null,
      words,
      kept: {
        from: heard.kept.filter(one => one.ids.length === 0 && (one.isLetIn ? isTicked(fields, one) : !letIn.includes(one))),
        letIn,
        because: why,
      },
    }
  }
  if (errors.length > 0) return triagePage(visit, of, fields, errors)
  const done = await triageItem(tx, actor, clock.now(), item, triage)
  if (!done.ok) return undone(visit, of, done.error === 'no-such-date' ? noSuchDate : changedMeanwhile)
  if (triage.decision === 'accept') {
    // From its referrer too, who was spared while it waited; and what whoever triages has decided here holds for others that are open.
    await keepAsElsewhere(tx, clock.now(), item.id, of.kind)
    await keepOthersToo(tx, clock.now(), item.id, of.kind)
  }
  if (triage.decision === 'accept' && triage.repeatOf) await carryStages(tx, actor, clock.now(), item.id, triage.repeatOf)
  return redirect(paths.meetings.item(item.id), {
    notice: triage.decision === 'return' ? 'Sent back.' : 'It is on the agenda. Say now if somebody must not receive it.',
  })
}

/** Somebody was quicker: whoever triaged it or withdrew it, or its referrer, who corrected it. */
async function undone(visit: Visit, of: OfItem, why: FieldError): Promise<Answer> {
  const { tx, actor, fields } = visit
  const item = await findItem(tx, actor, of.item.id)
  if (item?.state !== 'referred')
    return redirect(paths.meetings.item(of.item.id), { notice: item ? noLonger(item) : 'It has been triaged.' })
  const parties = (await partiesOf(tx, [item.id])).get(item.id) ?? []
  return triagePage(visit, { ...of, item, parties }, fields, [why])
}
