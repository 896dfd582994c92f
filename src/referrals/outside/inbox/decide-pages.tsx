import { sql } from 'kysely'
import { readerOf } from '../../../cases/index.ts'
import { isOption, optionsOf } from '../../../lists/index.ts'
import { paths } from '../../../paths.ts'
import { type Answer, redirect } from '../../../platform/web/answer.ts'
import { type Fields, noFields } from '../../../platform/web/fields.ts'
import type { Visit } from '../../../platform/web/routes.ts'
import { Button, errorFor, type FieldError, Form, Select, Textarea } from '../../../ui/index.ts'
import type { OutsideReferral } from '../inbox.queries.ts'
import { nameOf } from './list-pages.tsx'
import { auditOutside } from './of-referral.tsx'
import { outsideOnePage } from './show-page.tsx'

/** Declined with a reason. Its sender has no account and is told by whoever rings them: the page says so. */
export async function declinePage(
  visit: Visit,
  referral: OutsideReferral,
  typed: Fields = noFields,
  errors: readonly FieldError[] = [],
): Promise<Answer> {
  const reasons = await optionsOf(visit.tx, 'decline-reason', referral.serviceArea)
  return outsideOnePage(
    `Decline – ${nameOf(referral)}`,
    <div class="ly-narrow">
      <h1 class="govuk-heading-l">Decline</h1>
      <p class="govuk-body">Nobody is told by this. Get in touch with whoever sent it, in the way that they said is safe.</p>
      <Form {...visit.form} action={paths.referrals.declineOutside(referral.id)}>
        <Select
          name="reason"
          label={{ text: 'Why?', classes: 'govuk-label--s' }}
          errorMessage={errorFor(errors, 'reason')}
          value={typed.text('reason')}
          items={[{ value: '', text: 'Choose' }, ...reasons.map(one => ({ value: one.code, text: one.label }))]}
        />
        <Textarea
          name="note"
          rows={4}
          label={{ text: 'Note', classes: 'govuk-label--s' }}
          hint="Such as who was told, and where they were sent"
          value={typed.typed('note')}
          errorMessage={errorFor(errors, 'note')}
        />
        <Button text="Decline it" />
      </Form>
    </div>,
    errors,
  )
}

export async function postDecline(visit: Visit, referral: OutsideReferral): Promise<Answer> {
  const { tx, actor, clock, fields } = visit
  const read = readerOf(fields)
  const reason = fields.text('reason')
  if (!isOption(await optionsOf(tx, 'decline-reason', referral.serviceArea), reason)) read.refuse('reason', 'Select why you decline')
  const note = read.text('note', 'Note', 2_000)
  if (read.errors.length > 0) return declinePage(visit, referral, fields, read.errors)
  await sql`
    update outside_referrals set state = 'declined', decided_at = ${clock.now()}, decided_by = ${actor.userId}, decided_reason = ${reason}, decided_note = ${note}
    where id = ${referral.id}`.execute(tx)
  await auditOutside(visit, 'outside-referral-declined', referral, { detail: { reason } })
  return redirect(paths.referrals.outside, { notice: `${referral.number} declined` })
}

/** Spam is kept for some days and then deleted; until then it can be put back. */
export async function postSpam(visit: Visit, referral: OutsideReferral): Promise<Answer> {
  const { tx, actor, clock, fields } = visit
  if (fields.text('is') === 'spam') {
    if (referral.state !== 'sent') return redirect(paths.referrals.outsideOne(referral.id))
    await sql`update outside_referrals set state = 'spam', decided_at = ${clock.now()}, decided_by = ${actor.userId} where id = ${referral.id}`.execute(
      tx,
    )
    await auditOutside(visit, 'outside-referral-spam', referral)
    return redirect(paths.referrals.outside, {
      notice: `${referral.number} taken for spam. It stands under “Decided lately” until it is deleted.`,
    })
  }
  if (referral.state !== 'spam') return redirect(paths.referrals.outsideOne(referral.id))
  await sql`update outside_referrals set state = 'sent', decided_at = null, decided_by = null where id = ${referral.id}`.execute(tx)
  await auditOutside(visit, 'outside-referral-not-spam', referral)
  return redirect(paths.referrals.outsideOne(referral.id), { notice: 'It waits again.' })
}
