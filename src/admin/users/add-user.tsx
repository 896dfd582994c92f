import type { Gate } from '../../identity/index.ts'
import { paths } from '../../paths.ts'
import { type Answer, page, redirect } from '../../platform/web/answer.ts'
import type { Visit } from '../../platform/web/routes.ts'
import { Button, errorFor, type FieldError, Form, InsetText, Radios } from '../../ui/index.ts'
import { formPage } from '../frame.tsx'
import { mayGive, mayHandOverPassword } from '../rights.ts'
import { createUser } from './change-user.ts'
import { readPost, readUser, type Typed } from './read-user.ts'
import { PersonFields, PostFields } from './user-form.tsx'
import { allRoles, placesFor } from './users.queries.ts'

type Shown = { typed: Typed; place: string; role: string; wayIn: string; errors: readonly FieldError[] }
const empty: Shown = { typed: { name: '', email: '', jobTitle: '', telephone: '' }, place: '', role: '', wayIn: 'invitation', errors: [] }

/** A new user with a first post and a way in. */
export async function addUserPage(visit: Visit, shown: Shown = empty): Promise<Answer> {
  const { places, roles } = await choices(visit)
  return formPage(
    { href: paths.users.list, text: 'Users' },
    'Add a user',
    shown.errors,
    <Form action={paths.users.add} {...visit.form}>
      <PersonFields typed={shown.typed} errors={shown.errors} />
      <PostFields places={places} roles={roles} chosen={shown} errors={shown.errors} />
      {mayHandOverPassword(visit.actor) ? <WayIn shown={shown} /> : <p class="govuk-body">{byLinkAlone}</p>}
      <Button>Add the user</Button>
    </Form>,
  )
}

const byLinkAlone = 'A link is sent to their email address. With it they choose their own password, within a week.'

const WayIn = ({ shown }: { shown: Shown }) => (
  <Radios
    name="way-in"
    fieldset={{ legend: { text: 'How do they first sign in?', classes: 'govuk-fieldset__legend--s' } }}
    value={shown.wayIn}
    errorMessage={errorFor(shown.errors, 'way-in')}
    items={[
      { value: 'invitation', text: 'By a link sent to their email address' },
      {
        value: 'password',
        text: 'With a first password that I hand over',
        hint: { text: 'It is shown to you once, and they change it when they first sign in.' },
      },
    ]}
  />
)

async function choices({ tx, actor }: Visit) {
  return { places: await placesFor(tx, actor), roles: (await allRoles(tx)).filter(role => mayGive(actor, role)) }
}

export async function addUser(visit: Visit, gate: Gate): Promise<Answer> {
  const { fields, tx } = visit
  const { places, roles } = await choices(visit)
  const { typed, errors } = readUser(fields)
  const post = readPost(fields, places, roles)
  const wayIn = mayHandOverPassword(visit.actor) ? fields.text('way-in') : 'invitation'
  const all = [...errors, ...post.errors]
  if (wayIn !== 'invitation' && wayIn !== 'password') all.push({ field: 'way-in', message: 'Select how they first sign in' })
  if (errors.length === 0 && (await isTaken(tx, typed.email)))
    all.push({ field: 'email', message: 'Somebody has an account with this email address already' })
  if (all.length > 0 || !post.place || !post.role || (wayIn !== 'invitation' && wayIn !== 'password')) {
    return addUserPage(visit, { typed, place: fields.text('place'), role: fields.text('role'), wayIn, errors: all })
  }
  const { id, password } = await createUser(visit, gate, { ...typed, place: post.place, role: post.role }, wayIn)
  return password
    ? firstPasswordShown(typed.name, id, password)
    : redirect(paths.users.show(id), { notice: `${typed.name} has been sent a link to ${typed.email}.` })
}

export async function isTaken(tx: Visit['tx'], email: string, except?: string): Promise<boolean> {
  let taken = tx
    .selectFrom('users')
    .select('id')
    .where(where => where(where.fn('lower', ['email']), '=', email.toLowerCase()))
  if (except) taken = taken.where('id', '<>', except)
  return (await taken.executeTakeFirst()) !== undefined
}

/** The one time that a first password is seen. */
export function firstPasswordShown(name: string, userId: string, password: string): Answer {
  return page(
    'First password',
    <>
      <h1 class="govuk-heading-l">First password of {name}</h1>
      <InsetText>
        <code class="govuk-body-l">{password}</code>
      </InsetText>
      <p class="govuk-body">
        It is shown only now. Hand it over in person or by telephone, not by email. They choose their own password when they first sign in.
      </p>
      <Button href={paths.users.show(userId)}>Continue</Button>
    </>,
    { section: 'administration' },
  )
}
