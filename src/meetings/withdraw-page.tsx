import { paths } from '../paths.ts'
import { type Answer, redirect } from '../platform/web/answer.ts'
import { type Fields, noFields } from '../platform/web/fields.ts'
import type { Visit } from '../platform/web/routes.ts'
import { errorFor, errorSummaryFor, type FieldError, Form, Textarea, WarningText, Words } from '../ui/index.ts'
import { withdrawReferral } from './correct-referral.ts'
import { buttons, itemLink, meetingPage, type OfItem } from './frame.tsx'
import { tooLatePage } from './too-late-page.tsx'
import { longestWords, tooLong } from './too-long.ts'

/** A draft was never sent. */
const mayWithdraw = ({ item }: OfItem): boolean => item.mayCorrect && item.state === 'referred'

/** Takes a referral back, with the reason, while it waits to be triaged. */
export async function withdrawPage(
  visit: Visit,
  of: OfItem,
  typed: Fields = noFields,
  errors: readonly FieldError[] = [],
): Promise<Answer> {
  const { item, kind, series } = of
  if (!mayWithdraw(of)) return redirect(paths.meetings.item(item.id))
  const body = (
    <Form {...visit.form} action={paths.meetings.withdraw(item.id)} classes="ly-form">
      {errorSummaryFor(errors)}
      {WarningText({ text: 'The meeting will not talk about it. You cannot send this one again.', iconFallbackText: 'Warning' })}
      <p class="govuk-body">
        Those who run {series.name} are told, and keep it with your reason. You go on reading it, and can refer again with what it says. If
        only something in it is wrong,{' '}
        <a class="govuk-link" href={paths.meetings.referral(item.id, kind.referral.pages[0]!.code)}>
          correct it
        </a>{' '}
        instead.
      </p>
      {Textarea({
        name: 'reason',
        id: 'reason',
        label: 'Why do you withdraw it?',
        rows: 3,
        value: typed.typed('reason'),
        errorMessage: errorFor(errors, 'reason'),
      })}
      {buttons('Withdraw the referral', paths.meetings.item(item.id))}
    </Form>
  )
  return meetingPage(kind, 'Withdraw the referral', body, {
    context: itemLink(item),
    inTitle: `Case ${item.reference}`,
    narrow: true,
    hasErrors: errors.length > 0,
  })
}

export async function postWithdraw(visit: Visit, of: OfItem): Promise<Answer> {
  const { item, series } = of
  const { tx, actor, clock, fields } = visit
  if (!item.isFollowed || item.state === 'draft' || item.state === 'withdrawn') return redirect(paths.meetings.item(item.id))
  const reason = fields.text('reason')
  if (!mayWithdraw(of)) return tooLatePage(visit, of, <Words text={reason} />)
  const errors: FieldError[] = tooLong(fields, { reason: 'Why you withdraw it' }, longestWords)
  if (!reason) errors.push({ field: 'reason', message: 'Enter why you withdraw it' })
  if (errors.length > 0) return withdrawPage(visit, of, fields, errors)
  const done = await withdrawReferral(tx, actor, clock.now(), item, reason)
  if (!done.ok) return tooLatePage(visit, of, <Words text={reason} />)
  return redirect(paths.meetings.item(item.id), { notice: `Withdrawn. Those who run ${series.name} have been told.` })
}
