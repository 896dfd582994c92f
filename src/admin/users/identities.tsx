import { audit } from '../../audit/index.ts'
import { endSessions, type Gate, type Identity, identitiesOf, inGate, linkIdentity, unlinkIdentity } from '../../identity/index.ts'
import { paths } from '../../paths.ts'
import { formatInstant } from '../../platform/clock.ts'
import { isId } from '../../platform/id.ts'
import { type Answer, notFound, redirect } from '../../platform/web/answer.ts'
import type { Visit } from '../../platform/web/routes.ts'
import { Button, DataTable, errorFor, type FieldError, Form, Input, Select } from '../../ui/index.ts'
import { formPage } from '../frame.tsx'
import { mayReplaceWayIn } from '../rights.ts'
import { tell } from './change-user.ts'
import type { UserShown } from './users.queries.ts'

/** As whom a user signs in elsewhere: linked by whoever may change their way in, since a wrong link lets somebody else in as them. */
export async function identitiesPage(
  visit: Visit,
  gate: Gate,
  user: UserShown,
  shown: { provider: string; subject: string; errors: readonly FieldError[] } = { provider: '', subject: '', errors: [] },
): Promise<Answer> {
  const { identities, providers } = await known(gate, user)
  const left = providers.filter(one => !identities.some(identity => identity.providerId === one.id))
  return formPage(
    { href: paths.users.show(user.id), text: user.name },
    `How ${user.name} signs in from elsewhere`,
    shown.errors,
    <>
      <DataTable
        caption="Who they are elsewhere"
        captionHidden
        rows={identities}
        keyOf={row => row.providerId}
        empty={<p class="govuk-body">They are not linked to anybody elsewhere.</p>}
        columns={[
          { heading: 'Provider', rowHeader: true, cell: row => row.provider },
          { heading: 'Number there', cell: row => row.subject },
          { heading: 'Linked', cell: row => formatInstant(row.linkedAt), second: linkedBy },
          { heading: 'Last used', cell: row => (row.lastUsedAt ? formatInstant(row.lastUsedAt) : 'Not yet') },
          {
            heading: 'End',
            headingHidden: true,
            cell: row => (
              <Form action={paths.users.removeIdentity(user.id, row.providerId)} {...visit.form}>
                <Button classes="govuk-button--secondary govuk-!-margin-bottom-0">
                  End<span class="govuk-visually-hidden"> the link to {row.provider}</span>
                </Button>
              </Form>
            ),
          },
        ]}
      />
      {left.length > 0 && user.status !== 'disabled' && mayReplaceWayIn(visit.actor, user) ? (
        <Form action={paths.users.identities(user.id)} {...visit.form}>
          <h2 class="govuk-heading-m">Link them</h2>
          <p class="govuk-body">
            Whoever signs in there as this number comes in as {user.name}. They are shown the number when they first try; be sure that it is
            theirs.
          </p>
          <Select
            name="provider"
            label="Provider"
            value={shown.provider}
            items={left.map(one => ({ value: one.id, text: one.name }))}
            errorMessage={errorFor(shown.errors, 'provider')}
          />
          <Input
            name="subject"
            label="Number there"
            autocomplete="off"
            spellcheck={false}
            value={shown.subject}
            errorMessage={errorFor(shown.errors, 'subject')}
          />
          <Button>Link them</Button>
        </Form>
      ) : null}
    </>,
  )
}

const linkedBy = (row: Identity) => (row.linkedBy ? `by ${row.linkedBy}` : 'at their first sign-in, by a verified email address')

const known = (gate: Gate, user: UserShown) =>
  inGate(gate, async tx => ({
    identities: await identitiesOf(tx, user.id),
    providers: (await tx.selectFrom('sign_in_providers').select(['id', 'name', 'agency']).orderBy('name').execute()).filter(
      one => one.agency === null || one.agency === user.agency,
    ),
  }))

export async function addIdentity(visit: Visit, gate: Gate, user: UserShown): Promise<Answer> {
  const { fields, actor, clock } = visit
  const [providerId, subject] = [fields.text('provider'), fields.text('subject')]
  const again = (errors: readonly FieldError[]) => identitiesPage(visit, gate, user, { provider: providerId, subject, errors })
  const { providers, identities } = await known(gate, user)
  const provider = providers.find(one => one.id === providerId)
  if (user.status === 'disabled') return notFound()
  if (!provider || identities.some(one => one.providerId === providerId))
    return again([{ field: 'provider', message: 'Select the provider' }])
  if (!subject || subject.length > 300)
    return again([{ field: 'subject', message: 'Enter the number that they are shown when they try to sign in' }])
  const now = clock.now()
  const linked = await inGate(gate, async tx => {
    if (!(await linkIdentity(tx, now, { providerId, subject, userId: user.id, by: actor.userId }))) return false
    await audit(tx, actor, now, {
      action: 'identity-link-made',
      subject: { type: 'user', id: user.id },
      detail: { provider: provider.name, subject },
    })
    await tell(
      gate,
      tx,
      now,
      user,
      'identity-linked',
      'You can sign in from elsewhere',
      `linked your account to ${provider.name}.`,
      actor.name,
    )
    return true
  })
  if (!linked) return again([{ field: 'subject', message: 'This number is linked to another account already' }])
  return redirect(paths.users.identities(user.id), {
    notice: `${user.name} can sign in with ${provider.name}. They have been told by email.`,
  })
}

export async function removeIdentity(visit: Visit, gate: Gate, user: UserShown): Promise<Answer> {
  const { actor, clock, params } = visit
  const providerId = params['providerId'] ?? ''
  if (!isId(providerId)) return notFound()
  const now = clock.now()
  const removed = await inGate(gate, async tx => {
    if (!(await unlinkIdentity(tx, user.id, providerId))) return false
    await endSessions(tx, now, { userId: user.id, because: 'ended-by-administrator' })
    await audit(tx, actor, now, {
      action: 'identity-link-removed',
      subject: { type: 'user', id: user.id },
      detail: { provider: providerId },
    })
    return true
  })
  return removed ? redirect(paths.users.identities(user.id), { notice: 'The link has been ended, and they are signed out.' }) : notFound()
}
