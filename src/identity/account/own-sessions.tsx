import { audit } from '../../audit/index.ts'
import { paths } from '../../paths.ts'
import { formatInstant } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db/database.ts'
import { notFound, page, redirect } from '../../platform/web/answer.ts'
import type { Routes, Visit } from '../../platform/web/routes.ts'
import { BackLink, Button, DataTable, Form } from '../../ui/index.ts'
import { type Gate, inGate } from '../gate.ts'
import { endSessions, type ListedSession, nameOfBrowser, openSessionsOf } from '../sessions/sessions.ts'

/** Where one is signed in, with a button to end it: a phone that was lost, a desk that was left. */
export function ownSessionsRoutes(routes: Routes, gate: Gate) {
  routes.get(paths.account.sessions, { may: 'anyone-signed-in' }, visit => sessionsPage(visit, gate))
  routes.post(paths.account.endSession, { may: 'anyone-signed-in' }, visit => end(visit, gate))
}

/** The session that this request came with, by its form token, as what to leave alone. */
export async function thisSession(
  tx: Tx,
  userId: string,
  { form }: Pick<Visit, 'form'>,
): Promise<{ except: string } | Record<string, never>> {
  const row = await tx
    .selectFrom('sessions')
    .select('id')
    .where('user_id', '=', userId)
    .where('csrf_token', '=', form.csrf)
    .executeTakeFirst()
  return row ? { except: row.id } : {}
}

/** A user's sessions that have not timed out. */
export function goingSessions(tx: Tx, gate: Gate, userId: string): Promise<ListedSession[]> {
  const ago = (minutes: number) => new Date(gate.clock.now().getTime() - minutes * 60_000)
  return openSessionsOf(tx, userId, ago(gate.idleMinutes), ago(gate.longestMinutes))
}

async function sessionsPage(visit: Visit, gate: Gate) {
  const userId = visit.actor.userId!
  const { sessions, here } = await inGate(gate, async tx => ({
    sessions: await goingSessions(tx, gate, userId),
    here: (await thisSession(tx, userId, visit)).except,
  }))
  return page(
    'Where you are signed in',
    <>
      <BackLink href={paths.account.show}>Your account</BackLink>
      <h1 class="govuk-heading-l">Where you are signed in</h1>
      <DataTable
        caption="Sessions"
        captionHidden
        rows={sessions}
        columns={[
          {
            heading: 'Browser',
            rowHeader: true,
            cell: row => nameOfBrowser(row.browser),
            second: row => (row.id === here ? 'This one' : undefined),
          },
          { heading: 'Address', cell: row => row.address },
          { heading: 'Signed in', cell: row => formatInstant(row.createdAt) },
          { heading: 'Last used', cell: row => formatInstant(row.lastSeenAt) },
          {
            heading: 'End',
            headingHidden: true,
            cell: row =>
              row.id === here ? null : (
                <Form action={paths.account.endSession} csrf={visit.form.csrf}>
                  <input type="hidden" name="session" value={row.id} />
                  <Button classes="govuk-button--secondary govuk-!-margin-bottom-0">
                    End<span class="govuk-visually-hidden"> the session of {nameOfBrowser(row.browser)}</span>
                  </Button>
                </Form>
              ),
          },
        ]}
      />
      {sessions.length > 1 ? (
        <Form action={paths.account.endSession} csrf={visit.form.csrf}>
          <input type="hidden" name="session" value="others" />
          <Button classes="govuk-button--warning">Sign out everywhere else</Button>
        </Form>
      ) : null}
    </>,
  )
}

async function end(visit: Visit, gate: Gate) {
  const { actor, fields, clock } = visit
  const userId = actor.userId!
  const which = fields.text('session')
  if (which !== 'others' && !/^[0-9a-f-]{36}$/.test(which)) return notFound()
  const now = clock.now()
  const ended = await inGate(gate, async tx => {
    const others = which === 'others' ? await thisSession(tx, userId, visit) : { only: which }
    const count = await endSessions(tx, now, { userId, because: 'ended-by-user', ...others })
    if (count > 0) await audit(tx, actor, now, { action: 'sessions-ended', subject: { type: 'user', id: userId }, detail: { count } })
    return count
  })
  if (ended === 0 && which !== 'others') return notFound()
  return redirect(paths.account.sessions, { notice: ended === 1 ? 'The session has been ended.' : `${ended} sessions have been ended.` })
}
