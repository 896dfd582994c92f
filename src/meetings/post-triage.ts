import { paths } from '../paths.ts'
import { type Answer, redirect } from '../platform/web/answer.ts'
import type { Visit } from '../platform/web/routes.ts'
import type { FieldError } from '../ui/index.ts'
import { type Triage, triageItem } from './change-items.ts'
import type { OfItem } from './frame.tsx'
import { findItem, partiesOf } from './items.queries.ts'
import { heardForTriage, keepAsElsewhere, keepOthersToo } from './kept-elsewhere.ts'
import { isTicked, untickedOf } from './kept-in-triage.tsx'
import { repeatFrom } from './repeat-of.tsx'
import { comingOf, seatsOfSeries } from './series.queries.ts'
import { carryStages } from './stages.ts'
import { longestWords, tooLong } from './too-long.ts'
import { noLonger, triagePage } from './triage-page.tsx'

const noSuchDate: FieldError = { field: 'meeting', message: 'Choose a date. If there is none, add dates first' }
const changedMeanwhile: FieldError = {
  field: 'decision',
  message: 'The referral has been changed since you opened this page. Read it again, then record what becomes of it',
}

/** Records what becomes of a referral, as whoever triages has read it. */
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
    const meeting = (await comingOf(tx, series.id)).find(one => one.id === fields.text('meeting'))
    if (!meeting) errors.push(noSuchDate)
    // One that was referred before the keeper saw to that is kept from them now.
    await keepAsElsewhere(tx, clock.now(), item.id, of.kind)
    const heard = await heardForTriage(visit, of)
    const repeat = repeatFrom(fields, heard)
    if ('field' in repeat) errors.push(repeat)
    const letIn = untickedOf(fields, heard)
    const why = fields.text('kept-why')
    if (!why && letIn.length > 0) errors.push({ field: 'kept-why', message: 'Enter why they may receive it' })
    errors.push(...tooLong(fields, { 'kept-why': 'Why' }, longestWords))
    triage = {
      decision: 'accept',
      meetingId: meeting?.id ?? '',
      // By name: an agency that is given a seat afterwards does not see what was settled before it came.
      invited: chosen.map(seat => seat.principal),
      ...('field' in repeat ? { isRepeat: false, repeatOf: null } : repeat),
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
