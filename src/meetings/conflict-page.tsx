import { keepFromSelf } from '../access/index.ts'
import { paths } from '../paths.ts'
import { type Answer, notFound, redirect } from '../platform/web/answer.ts'
import { type Fields, noFields } from '../platform/web/fields.ts'
import type { Visit } from '../platform/web/routes.ts'
import { errorFor, errorSummaryFor, type FieldError, Form, Textarea, WarningText } from '../ui/index.ts'
import { auditItem } from './change-items.ts'
import { buttons, meetingPage, type OfItem } from './frame.tsx'
import { keepOthersToo } from './kept-elsewhere.ts'
import { membersOf } from './series.queries.ts'
import { tellThoseWhoRun } from './tell.ts'
import { longestWords, tooLong } from './too-long.ts'

/** For those who sit in the meeting; whoever runs it has a page that keeps it from anybody. */
const maySay = ({ item, series }: OfItem): boolean =>
  series.seats.length > 0 && !series.runs && (item.state === 'sent' || item.state === 'discussed')

/** "I have a conflict of interest": a member loses the case at once, and those who run the meeting are told. */
export async function conflictPage(
  visit: Visit,
  of: OfItem,
  typed: Fields = noFields,
  errors: readonly FieldError[] = [],
): Promise<Answer> {
  const { item, kind, series } = of
  if (!maySay(of)) return notFound()
  const body = (
    <Form {...visit.form} action={paths.meetings.conflict(item.id)} classes="ly-form">
      {errorSummaryFor(errors)}
      {WarningText({ text: 'You lose this case at once, and cannot get it back yourself.', iconFallbackText: 'Warning' })}
      <p class="govuk-body">
        {(await hasColleague(visit, of))
          ? 'Those who run the meeting are told, and a colleague of yours answers in your place.'
          : 'Nobody else sits there for your agency: those who run the meeting are told, and ask it for somebody else.'}
      </p>
      {Textarea({
        name: 'reason',
        id: 'reason',
        label: 'What is it?',
        hint: 'For example, he is my cousin. Those who run the meeting read it',
        rows: 3,
        value: typed.typed('reason'),
        errorMessage: errorFor(errors, 'reason'),
      })}
      {buttons('Keep it from me', paths.meetings.item(item.id))}
    </Form>
  )
  return meetingPage(kind, 'I have a conflict of interest', body, {
    context: `${series.name} · Case ${item.reference}`,
    narrow: true,
    hasErrors: errors.length > 0,
  })
}

/** Whether somebody else sits there for their agency. Not whether they may hear of this case: that is not theirs to know. */
const hasColleague = async ({ tx, actor }: Visit, { series }: OfItem): Promise<boolean> =>
  (await membersOf(tx, series.id)).some(one => one.seatId !== null && series.seats.includes(one.seatId) && one.userId !== actor.userId)

export async function postConflict(visit: Visit, of: OfItem): Promise<Answer> {
  const { item, series } = of
  const { tx, actor, clock, fields } = visit
  if (!maySay(of)) return notFound()
  const reason = fields.text('reason')
  const errors: FieldError[] = tooLong(fields, { reason: 'What it is' }, longestWords)
  if (!reason) errors.push({ field: 'reason', message: 'Enter what it is' })
  if (errors.length > 0) return conflictPage(visit, of, fields, errors)
  const now = clock.now()
  await auditItem(tx, actor, now, 'meeting-item-withheld', item.id, { what: 'item' })
  await tellThoseWhoRun(
    tx,
    actor,
    now,
    item,
    `Somebody who sits in ${series.name} has a conflict of interest: see who answers for their agency`,
  )
  await keepFromSelf(tx, actor, now, item.id, reason)
  await keepOthersToo(tx, now, item.id, of.kind)
  return redirect(paths.meetings.series(series.id), { notice: 'It is kept from you, and those who run the meeting have been told.' })
}
