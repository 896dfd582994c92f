import { readerOf } from '../cases/index.ts'
import { paths } from '../paths.ts'
import type { Tx } from '../platform/db/database.ts'
import { type Answer, notFound, redirect } from '../platform/web/answer.ts'
import { type Fields, noFields } from '../platform/web/fields.ts'
import type { Visit } from '../platform/web/routes.ts'
import { errorFor, errorSummaryFor, type FieldError, Form, InsetText, Textarea } from '../ui/index.ts'
import { bookingsOfGroup, placesOf } from './bookings.queries.ts'
import { addSessions, cancelSession, changeSession } from './change-sessions.ts'
import { type Group, othersOf, type Session } from './group.ts'
import { withOwnGroup } from './group-pages.tsx'
import { findSession, sessionsOf } from './groups.queries.ts'
import { modulesOf } from './programmes.queries.ts'
import { fieldsOfSession, type ModuleChoice, readSeries, readSession, SeriesFields, SessionFields } from './session-form.tsx'
import { auditShown } from './show-group.tsx'
import { buttons, groupLine, groupPage, whenInWords } from './words.tsx'

export const withOwnSession = (visit: Visit, work: (group: Group, session: Session) => Promise<Answer>): Promise<Answer> =>
  withOwnGroup(visit, async group => {
    const session = await findSession(visit.tx, group.id, visit.params['sessionId'] ?? '')
    return session ? work(group, session) : notFound()
  })

// ── Add ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Modules of the group's programme for which no session is arranged. */
async function modulesToCome(tx: Tx, group: Group): Promise<ModuleChoice[]> {
  const held = new Set((await sessionsOf(tx, group.id)).filter(one => !one.cancelledAt).map(one => one.moduleId))
  return (await modulesOf(tx, group.programmeId)).filter(one => !held.has(one.id))
}

export async function addSessionsPage(
  visit: Visit,
  group: Group,
  typed: Fields = noFields,
  errors: readonly FieldError[] = [],
): Promise<Answer> {
  if (group.endedAt) return redirect(paths.groups.show(group.id), { notice: 'This group has ended.' })
  const body = (
    <Form {...visit.form} action={paths.groups.addSessions(group.id)} classes="ly-form">
      {errorSummaryFor(errors)}
      <SeriesFields typed={typed} errors={errors} modules={await modulesToCome(visit.tx, group)} />
      {buttons('Add', paths.groups.show(group.id))}
    </Form>
  )
  return groupPage('Add sessions', body, { context: groupLine(group), inTitle: group.name, narrow: true, hasErrors: errors.length > 0 })
}

export async function postAddSessions(visit: Visit, group: Group): Promise<Answer> {
  const { tx, actor, clock, fields } = visit
  if (group.endedAt) return addSessionsPage(visit, group)
  const { sessions, errors } = readSeries(fields, await modulesToCome(tx, group))
  if (errors.length > 0) return addSessionsPage(visit, group, fields, errors)
  await addSessions(tx, actor, clock.now(), group, sessions)
  return redirect(paths.groups.show(group.id), { notice: sessions.length === 1 ? 'Session added.' : `${sessions.length} sessions added.` })
}

// ── Change ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

export async function editSessionPage(
  visit: Visit,
  group: Group,
  session: Session,
  typed?: Fields,
  errors: readonly FieldError[] = [],
): Promise<Answer> {
  const here = paths.groups.session(group.id, session.id)
  if (session.cancelledAt) return redirect(here, { notice: 'This session is cancelled.' })
  const ownPlace = session.place === group.place ? '' : session.place
  const body = (
    <Form {...visit.form} action={paths.groups.editSession(group.id, session.id)} classes="ly-form">
      {errorSummaryFor(errors)}
      <input type="hidden" name="version" value={typed?.text('version') || String(session.version)} />
      <SessionFields
        typed={typed ?? fieldsOfSession(session, ownPlace)}
        errors={errors}
        modules={await modulesOf(visit.tx, group.programmeId)}
      />
      {buttons('Save', here)}
    </Form>
  )
  return groupPage('Change the session', body, {
    context: groupLine(group),
    inTitle: group.name,
    narrow: true,
    hasErrors: errors.length > 0,
  })
}

export async function postEditSession(visit: Visit, group: Group, session: Session): Promise<Answer> {
  const { tx, actor, clock, fields } = visit
  const { value, errors } = readSession(fields, await modulesOf(tx, group.programmeId))
  if (!value) return editSessionPage(visit, group, session, fields, errors)
  const changed = await changeSession(tx, actor, clock.now(), session, Number(fields.text('version')) || 0, value)
  const notice = changed.ok ? 'Session changed.' : 'Somebody changed this session while you were writing. This is how it stands now.'
  return redirect(paths.groups.session(group.id, session.id), { notice })
}

// ── Cancel ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

export async function cancelSessionPage(
  visit: Visit,
  group: Group,
  session: Session,
  typed: Fields = noFields,
  errors: readonly FieldError[] = [],
): Promise<Answer> {
  const here = paths.groups.session(group.id, session.id)
  if (session.cancelledAt) return redirect(here, { notice: 'This session is cancelled already.' })
  const seen = await bookingsOfGroup(visit.tx, visit.actor, group.id)
  const named = seen.filter(one => one.status === 'booked')
  await auditShown(visit, 'group-session-opened', group.id, named)
  const others = othersOf(await placesOf(visit.tx, visit.actor, group.id), seen)
  const expecting = [
    named.length > 0 ? `These expect it: ${named.map(one => one.personName).join('; ')}.` : '',
    others ? `${others} in the group or waiting for a place, on records that are not open to you.` : '',
  ].filter(Boolean)
  const body = (
    <Form {...visit.form} action={paths.groups.cancelSession(group.id, session.id)} classes="ly-form">
      {errorSummaryFor(errors)}
      <p class="govuk-body">{whenInWords(session)}</p>
      {InsetText({
        text:
          expecting.length > 0
            ? `${expecting.join(' ')} Their workers are told by a notice, and you see afterwards whom to ring.`
            : 'Nobody is booked.',
      })}
      {Textarea({
        name: 'because',
        label: { text: 'Why is it cancelled?', classes: 'govuk-label--s' },
        hint: 'Name nobody here: whoever sees the group reads it',
        rows: 3,
        value: typed.typed('because'),
        errorMessage: errorFor(errors, 'because'),
      })}
      {buttons('Cancel the session', here, { classes: 'govuk-button--warning' })}
    </Form>
  )
  return groupPage('Cancel a session', body, { context: groupLine(group), inTitle: group.name, narrow: true, hasErrors: errors.length > 0 })
}

export async function postCancelSession(visit: Visit, group: Group, session: Session): Promise<Answer> {
  const reader = readerOf(visit.fields)
  const because = reader.needed('because', 'Why', 'Enter why it is cancelled', 1_000)
  if (reader.errors.length > 0) return cancelSessionPage(visit, group, session, visit.fields, reader.errors)
  const done = await cancelSession(visit.tx, visit.actor, visit.clock.now(), session, because)
  const notice = done.ok ? 'Session cancelled. Tell whoever expects it.' : 'This session was cancelled already.'
  return redirect(paths.groups.session(group.id, session.id), { notice })
}
