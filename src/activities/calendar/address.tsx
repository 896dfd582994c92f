import { createHash, randomBytes } from 'node:crypto'
import { audit } from '../../audit/index.ts'
import { paths } from '../../paths.ts'
import { formatInstant } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db/database.ts'
import { type Answer, page, redirect } from '../../platform/web/answer.ts'
import type { Routes, Visit } from '../../platform/web/routes.ts'
import { Button, Form, InsetText, PageTitle } from '../../ui/index.ts'

/** The secret address at which a calendar program reads one's own appointments: made, made anew, turned off. */
export function addressRoutes(routes: Routes, origin: string): void {
  routes.get(paths.calendar.address, { may: 'read-records' }, visit => showAddress(visit))
  routes.post(paths.calendar.address, { may: 'read-records' }, visit => changeAddress(visit, origin))
}

export const hashOfFeedToken = (token: string): string => createHash('sha256').update(token).digest('base64url')

/** At the gate, with an account that is disabled: the old address would read again as soon as the account is enabled. */
export async function endCalendarAddress(gateTx: Tx, userId: string): Promise<void> {
  await gateTx.deleteFrom('calendar_feeds').where('user_id', '=', userId).execute()
}

async function showAddress(visit: Visit, made?: string): Promise<Answer> {
  const feed = await visit.tx
    .selectFrom('calendar_feeds')
    .select(['made_at', 'last_read_at'])
    .where('user_id', '=', visit.actor.userId ?? '')
    .executeTakeFirst()
  const press = (then: string, text: string, classes = '') => (
    <Form {...visit.form} action={paths.calendar.address}>
      {Button({ text, name: '_then', value: then, classes, preventDoubleClick: true })}
    </Form>
  )
  const body = (
    <div class="ly-narrow">
      <PageTitle title="Your calendar elsewhere" />
      <p class="govuk-body">
        The calendar of your telephone or of Outlook can show your appointments, and the meetings that you sit in. It gets the times, the
        word “Appointment” and a reference: no name, no place and nothing about anybody. Whoever has the address can read that, so give it
        to nobody.
      </p>
      {made
        ? InsetText({
            children: (
              <>
                <p class="govuk-body">Copy this address now. It is not shown again.</p>
                <p class="govuk-body ly-address">
                  <code>{made}</code>
                </p>
              </>
            ),
          })
        : null}
      {feed ? (
        <>
          <p class="govuk-body">
            Your address was made on {formatInstant(feed.made_at)}.{' '}
            {feed.last_read_at ? `It was last read about ${formatInstant(feed.last_read_at)}.` : 'Nothing has read it yet.'}
          </p>
          <div class="govuk-button-group">
            {press('make', 'Make a new address', 'govuk-button--secondary')}
            {press('turn-off', 'Turn it off', 'govuk-button--warning')}
          </div>
          <p class="govuk-body">A new address ends the old one at once.</p>
        </>
      ) : (
        press('make', 'Make an address')
      )}
      <p class="govuk-body">
        <a class="govuk-link" href={paths.calendar.show}>
          Back to the calendar
        </a>
      </p>
    </div>
  )
  return page('Your calendar elsewhere', body, { section: 'calendar' })
}

async function changeAddress(visit: Visit, origin: string): Promise<Answer> {
  const { tx, actor, clock, fields } = visit
  const now = clock.now()
  const userId = actor.userId ?? ''
  const tell = (action: string) => audit(tx, actor, now, { action, subject: { type: 'user', id: userId } })
  if (fields.text('_then') === 'turn-off') {
    await tx.deleteFrom('calendar_feeds').where('user_id', '=', userId).execute()
    await tell('calendar-address-ended')
    return redirect(paths.calendar.address, { notice: 'Your calendar address is turned off.' })
  }
  const token = randomBytes(32).toString('base64url')
  const made = { token_hash: hashOfFeedToken(token), made_at: now }
  await tx
    .insertInto('calendar_feeds')
    .values({ user_id: userId, ...made })
    .onConflict(conflict => conflict.column('user_id').doUpdateSet({ ...made, last_read_at: null }))
    .execute()
  await tell('calendar-address-made')
  return showAddress(visit, `${origin}${paths.calendar.feed(token)}`)
}
