import type { ComponentChildren } from 'preact'
import type { Gate } from '../../identity/index.ts'
import { paths } from '../../paths.ts'
import { type Answer, notFound, redirect } from '../../platform/web/answer.ts'
import type { Visit } from '../../platform/web/routes.ts'
import { Button, errorFor, type FieldError, Form, Textarea } from '../../ui/index.ts'
import { formPage } from '../frame.tsx'
import { firstPasswordShown } from './add-user.tsx'
import { disableUser, enableUser, endAllSessions, giveFirstPassword, resetSecondFactor, sendInvitation } from './change-user.ts'
import { openCasesOf, type UserShown } from './users.queries.ts'

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
  const cases = await openCasesOf(visit.tx, user.id)
  return confirming(
    visit,
    user,
    `Disable the account of ${user.name}`,
    paths.users.disable(user.id),
    'Disable the account',
    <>
      <p class="govuk-body">They are signed out at once and cannot sign in again. What they have written stays, with their name.</p>
      {cases.length > 0 ? (
        <>
          <p class="govuk-body">They work these open cases. Have their team hand them over:</p>
          <ul class="govuk-list govuk-list--bullet">
            {cases.map(one => (
              <li key={one.id}>
                <a class="govuk-link" href={paths.cases.show(one.id)}>
                  {one.reference}
                </a>
              </li>
            ))}
          </ul>
        </>
      ) : (
        <p class="govuk-body">
          You can see no open case that they work. Cases that are not yours to see may be in their name: ask their team leader to hand those
          over.
        </p>
      )}
      <Textarea name="reason" label="Why" rows={3} value={reason} errorMessage={errorFor(errors, 'reason')} />
    </>,
    errors,
  )
}

export async function disable(visit: Visit, gate: Gate, user: UserShown): Promise<Answer> {
  if (user.id === visit.actor.userId || user.status === 'disabled') return notFound()
  const reason = visit.fields.text('reason')
  if (!reason || reason.length > 500) {
    return disablePage(visit, user, reason, [
      { field: 'reason', message: reason ? 'The reason must be 500 characters or fewer' : 'Enter why the account is disabled' },
    ])
  }
  await disableUser(visit, gate, user, reason)
  return show(user, `The account of ${user.name} is disabled.`)
}

export async function enable(visit: Visit, user: UserShown): Promise<Answer> {
  if (user.status !== 'disabled') return notFound()
  await enableUser(visit, user)
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
      Their authenticator and recovery codes stop working and they are signed out. Where their role needs a second factor they set up a new
      one at the next sign-in. Be sure that it is they who ask: until then their password alone lets in.
    </p>,
  )

export async function resetFactor(visit: Visit, gate: Gate, user: UserShown): Promise<Answer> {
  await resetSecondFactor(visit, gate, user)
  return show(user, 'Their second factor has been reset. They have been told by e-mail.')
}

export async function endTheirSessions(visit: Visit, gate: Gate, user: UserShown): Promise<Answer> {
  const count = await endAllSessions(visit, gate, user)
  return show(user, count === 1 ? 'One session has been ended.' : `${count} sessions have been ended.`)
}
