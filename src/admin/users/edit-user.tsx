import { audit } from '../../audit/index.ts'
import { cancelLinks, type Gate, inGate } from '../../identity/index.ts'
import { sendMail } from '../../notifications/index.ts'
import { paths } from '../../paths.ts'
import { type Answer, redirect } from '../../platform/web/answer.ts'
import type { Visit } from '../../platform/web/routes.ts'
import { Button, type FieldError, Form } from '../../ui/index.ts'
import { formPage } from '../frame.tsx'
import { mayChangeWayIn, mayReplaceWayIn } from '../rights.ts'
import { isTaken } from './add-user.tsx'
import { readUser, type Typed } from './read-user.ts'
import { PersonFields } from './user-form.tsx'
import type { UserShown } from './users.queries.ts'

export const editUserPage = async (visit: Visit, user: UserShown): Promise<Answer> => form(visit, user, user, user.version, [])

export async function editUser(visit: Visit, gate: Gate, user: UserShown): Promise<Answer> {
  const { tx, actor, clock, fields } = visit
  const { typed, errors } = readUser(fields)
  const seen = Number(fields.text('version'))
  if (errors.length === 0 && typed.email.toLowerCase() !== user.email.toLowerCase() && !mayReplaceWayIn(actor, user))
    errors.push({
      field: 'email',
      message: mayChangeWayIn(actor, user)
        ? 'They have signed in with it already, so only the authority’s administrators change their email address'
        : 'They work for another agency too, so only the authority’s administrators change their email address',
    })
  if (errors.length === 0 && (await isTaken(tx, typed.email, user.id)))
    errors.push({ field: 'email', message: 'Somebody has an account with this email address already' })
  if (errors.length === 0 && seen !== user.version)
    errors.push({
      field: 'name',
      message: `Somebody changed this account while you were writing: it was ${user.name}, ${user.email}. Save again to put yours in its place`,
    })
  if (errors.length > 0) return form(visit, user, typed, user.version, errors)
  const now = clock.now()
  await tx
    .updateTable('users')
    .set({ name: typed.name, email: typed.email, job_title: typed.jobTitle, telephone: typed.telephone, version: user.version + 1 })
    .where('id', '=', user.id)
    .execute()
  const changed = (['name', 'email', 'jobTitle', 'telephone'] as const).filter(field => typed[field] !== user[field])
  await audit(tx, actor, now, { action: 'user-changed', subject: { type: 'user', id: user.id }, detail: { changed } })
  // Whoever holds the mailbox can set the password: the one who is leaving it is told, and what was sent to it opens nothing any more.
  if (typed.email.toLowerCase() !== user.email.toLowerCase()) {
    await inGate(gate, gateTx => cancelLinks(gateTx, now, user.id))
    await sendMail(tx, now, {
      to: user.email,
      kind: 'email-changed',
      subject: 'The email address of your account was changed',
      text: `${actor.name} changed the email address with which you sign in to Lanyard.\n\nIf you had not asked for this, tell your agency’s administrator at once.\n`,
    })
  }
  return redirect(paths.users.show(user.id), { notice: 'Saved.' })
}

const form = (visit: Visit, user: UserShown, typed: Typed, version: number, errors: readonly FieldError[]): Answer =>
  formPage(
    { href: paths.users.show(user.id), text: user.name },
    `Change the account of ${user.name}`,
    errors,
    <Form action={paths.users.edit(user.id)} {...visit.form}>
      <input type="hidden" name="version" value={String(version)} />
      <PersonFields typed={typed} errors={errors} />
      <Button>Save</Button>
    </Form>,
  )
