import type { ComponentChildren, VNode } from 'preact'
import type { Gate } from '../../identity/index.ts'
import { paths } from '../../paths.ts'
import { teamsInWhich } from '../../platform/acting-at.ts'
import { type Answer, notFound, redirect } from '../../platform/web/answer.ts'
import type { Visit } from '../../platform/web/routes.ts'
import { Button, errorFor, type FieldError, Form, Textarea, WarningText } from '../../ui/index.ts'
import { formPage } from '../frame.tsx'
import { firstPasswordShown } from './add-user.tsx'
import { disableUser, enableUser, endAllSessions, giveFirstPassword, resetSecondFactor, sendInvitation } from './change-user.ts'
import { type Holding, type Holdings, holdingsOf, stillAdministers, type UserShown } from './users.queries.ts'

const show = (user: UserShown, notice: string) => redirect(paths.users.show(user.id), { notice })

/** What will happen, and the button that makes it happen. */
const confirming = (
  visit: Visit,
  user: UserShown,
  title: string,
  action: string,
  button: string,
  body: ComponentChildren,
  errors: readonly FieldError[] = [],
): Answer =>
  formPage(
    { href: paths.users.show(user.id), text: user.name },
    title,
    errors,
    <Form action={action} {...visit.form}>
      {body}
      <Button classes="govuk-button--warning">{button}</Button>
    </Form>,
  )

export async function disablePage(visit: Visit, user: UserShown, reason: string, errors: readonly FieldError[]): Promise<Answer> {
  if (user.id === visit.actor.userId || user.status === 'disabled') return notFound()
  const held = await holdingsOf(visit.tx, visit.actor, visit.clock.now(), user.id)
  return confirming(
    visit,
    user,
    `Disable the account of ${user.name}`,
    paths.users.disable(user.id),
    'Disable the account',
    <>
      <p class="govuk-body">They are signed out at once and cannot sign in again. What they have written stays, with their name.</p>
      <HeldWork visit={visit} user={user} held={held} />
      <Textarea name="reason" label="Why" rows={3} value={reason} errorMessage={errorFor(errors, 'reason')} />
    </>,
    errors,
  )
}

/** What they would leave behind, and who can hand it on first. Whoever administers users reads none of it. */
function HeldWork({ visit, user, held }: { visit: Visit; user: UserShown; held: Holdings }): VNode {
  const all = sumOf(held)
  if (inWords(all) === '') return <p class="govuk-body">They work no open case and have nothing else to do.</p>
  return (
    <>
      <WarningText text={`They still have ${inWords(all)}. Have them handed on first, so that nobody is left without a worker.`} />
      <ul class="govuk-list govuk-list--bullet">
        {held.teams.map(one => (
          <li key={one.teamId}>
            {one.teamName}: {inWords({ ...one, groups: 0 })}. <HandOn visit={visit} user={user} holding={one} />
          </li>
        ))}
        {held.tasksAlone > 0 ? (
          <li>
            Of no case: {inWords({ ...nothing, tasks: held.tasksAlone })}, which only they and whoever gave them see. Ask them to give them
            to somebody else.
          </li>
        ) : null}
        {held.groups.map(one => (
          <li key={one.id}>
            They facilitate{' '}
            <a class="govuk-link" href={paths.groups.show(one.id)}>
              {one.name}
            </a>
            .
          </li>
        ))}
      </ul>
    </>
  )
}

function HandOn({
  visit: { actor },
  user,
  holding: { teamId, cases, tasks, leaders, appointments },
}: {
  visit: Visit
  user: UserShown
  holding: Holding
}) {
  if (teamsInWhich(actor, 'manage-allocation').includes(teamId))
    return (
      <>
        {cases > 0 ? (
          <a class="govuk-link" href={paths.work.reassign(user.id)}>
            Hand on the cases
          </a>
        ) : null}
        {cases > 0 && tasks > 0 ? ' · ' : null}
        {tasks > 0 ? (
          <a class="govuk-link" href={paths.tasks.ofColleague(user.id)}>
            Hand on the tasks
          </a>
        ) : null}
        {appointments > 0 ? ' Appointments on the cases that they work go with these; others are moved or cancelled on their cases.' : null}
      </>
    )
  return (
    <>
      {leaders.length > 0
        ? `Ask ${leaders.map(leader => `${leader.name} (${leader.email})`).join(' or ')} to hand them on.`
        : 'Nobody in this team can hand them on: give somebody there a role that allocates first.'}
    </>
  )
}

type Work = { cases: number; tasks: number; appointments: number; groups: number }
const nothing: Work = { cases: 0, tasks: 0, appointments: 0, groups: 0 }

const sumOf = ({ teams, tasksAlone, groups }: Holdings): Work => ({
  cases: teams.reduce((sum, one) => sum + one.cases, 0),
  tasks: teams.reduce((sum, one) => sum + one.tasks, tasksAlone),
  appointments: teams.reduce((sum, one) => sum + one.appointments, 0),
  groups: groups.length,
})

/** '3 open cases, 1 open task besides and 2 appointments to come'. Tasks on their own cases go with these. */
function inWords({ cases, tasks, appointments, groups }: Work): string {
  const many = (count: number, one: string, more: string, after = '') =>
    count === 0 ? [] : [`${count} ${count === 1 ? one : more}${after}`]
  const parts = [
    ...many(cases, 'open case', 'open cases'),
    ...many(tasks, 'open task', 'open tasks', cases > 0 ? ' besides' : ''),
    ...many(appointments, 'appointment to come', 'appointments to come'),
    ...many(groups, 'group', 'groups'),
  ]
  return [parts.slice(0, -1).join(', '), ...parts.slice(-1)].filter(Boolean).join(' and ')
}

export async function disable(visit: Visit, gate: Gate, user: UserShown): Promise<Answer> {
  if (user.id === visit.actor.userId || user.status === 'disabled') return notFound()
  // Whoever disables one who holds a role of the authority administers it themself, unless that was taken from them at this very moment.
  if (user.holdsAuthorityRole && !(await stillAdministers(visit.tx, visit.actor))) return notFound()
  const reason = visit.fields.text('reason')
  if (!reason || reason.length > 500) {
    return disablePage(visit, user, reason, [
      { field: 'reason', message: reason ? 'The reason must be 500 characters or fewer' : 'Enter why the account is disabled' },
    ])
  }
  await disableUser(visit, gate, user, reason)
  const left = inWords(sumOf(await holdingsOf(visit.tx, visit.actor, visit.clock.now(), user.id)))
  return show(user, `The account of ${user.name} is disabled.${left ? ` They still have ${left}.` : ''}`)
}

export async function enable(visit: Visit, gate: Gate, user: UserShown): Promise<Answer> {
  if (user.status !== 'disabled') return notFound()
  await enableUser(visit, gate, user)
  return show(user, `The account of ${user.name} is in use again. Check that their posts are still right.`)
}

export const invitePage = async (visit: Visit, user: UserShown): Promise<Answer> =>
  user.status === 'disabled'
    ? notFound()
    : confirming(
        visit,
        user,
        `Send ${user.name} a link`,
        paths.users.invite(user.id),
        'Send the link',
        <p class="govuk-body">
          A link goes to {user.email}. With it they set a password, within a week. The password that they have works until then.
        </p>,
      )

export async function invite(visit: Visit, gate: Gate, user: UserShown): Promise<Answer> {
  if (user.status === 'disabled') return notFound()
  await sendInvitation(visit, gate, user)
  return show(user, `A link has been sent to ${user.email}.`)
}

export const firstPasswordPage = async (visit: Visit, user: UserShown): Promise<Answer> =>
  user.status === 'disabled'
    ? notFound()
    : confirming(
        visit,
        user,
        `Make a new first password for ${user.name}`,
        paths.users.firstPassword(user.id),
        'Make the password',
        <p class="govuk-body">
          The password that they have stops working and they are signed out. You see the new one once, to hand over; they change it when
          they sign in. Be sure that it is they who ask.
        </p>,
      )

export async function makeFirstPassword(visit: Visit, gate: Gate, user: UserShown): Promise<Answer> {
  if (user.status === 'disabled') return notFound()
  return firstPasswordShown(user.name, user.id, await giveFirstPassword(visit, gate, user))
}

export const resetFactorPage = async (visit: Visit, user: UserShown): Promise<Answer> =>
  confirming(
    visit,
    user,
    `Reset the second factor of ${user.name}`,
    paths.users.resetSecondFactor(user.id),
    'Reset the second factor',
    <p class="govuk-body">
      Their authenticator, passkeys, security keys and recovery codes stop working and they are signed out. Where their role needs a second
      factor they set up a new one at the next sign-in. Be sure that it is they who ask: until then their password alone lets in.
    </p>,
  )

export async function resetFactor(visit: Visit, gate: Gate, user: UserShown): Promise<Answer> {
  await resetSecondFactor(visit, gate, user)
  return show(user, 'Their second factor has been reset. They have been told by email.')
}

export async function endTheirSessions(visit: Visit, gate: Gate, user: UserShown): Promise<Answer> {
  const count = await endAllSessions(visit, gate, user)
  return show(user, count === 1 ? 'One session has been ended.' : `${count} sessions have been ended.`)
}
