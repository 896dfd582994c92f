import { v7 as uuid } from 'uuid'
import { audit } from '../../audit/index.ts'
import { type Gate, inGate, isLinkedThrough, type ProfileCode, profiles, sealClientSecret } from '../../identity/index.ts'
import { paths } from '../../paths.ts'
import { type Answer, notFound, redirect } from '../../platform/web/answer.ts'
import type { Routes, Visit } from '../../platform/web/routes.ts'
import { Button, DataTable, errorFor, errorSummaryFor, type FieldError, Form, Input } from '../../ui/index.ts'
import { listPage } from '../frame.tsx'
import { forAuthority, withId } from '../rights.ts'
import { agenciesOf } from '../users/users.queries.ts'
import { providerForm } from './provider-form.tsx'
import { columnsOf, faultsIn, listProviders, type ProviderRow, readTyped, typedFor, typedOf } from './providers.queries.ts'

/** Through whose doors people may come in besides ours: entered by the authority's administrators (F14). */
export function providerRoutes(routes: Routes, gate: Gate): void {
  const may = { may: 'manage-authority' } as const
  routes.get(
    paths.users.providers,
    may,
    forAuthority(visit => providersPage(visit)),
  )
  routes.post(paths.users.providers, may, forAuthority(setProof))
  routes.get(
    paths.users.addProvider(':profile'),
    may,
    forAuthority(visit => onProfile(visit, profile => providerForm(visit, { profile, typed: typedFor(profile), errors: [] }, undefined))),
  )
  routes.post(
    paths.users.addProvider(':profile'),
    may,
    forAuthority(visit => onProfile(visit, profile => add(visit, gate, profile))),
  )
  routes.get(
    paths.users.provider(':providerId'),
    may,
    forAuthority(visit =>
      onProvider(visit, provider =>
        providerForm(visit, { profile: provider.profile, provider, typed: typedOf(provider), errors: [] }, backTo(gate, provider)),
      ),
    ),
  )
  routes.post(
    paths.users.provider(':providerId'),
    may,
    forAuthority(visit => onProvider(visit, provider => change(visit, gate, provider))),
  )
}

const backTo = (gate: Gate, { id }: { id: string }) => gate.publicOrigin + paths.signInBack(id)

function onProfile({ params }: Visit, answer: (profile: ProfileCode) => Promise<Answer>): Promise<Answer> {
  const code = params['profile'] ?? ''
  return Object.hasOwn(profiles, code) ? answer(code as ProfileCode) : Promise.resolve(notFound())
}

const onProvider = (visit: Visit, answer: (provider: ProviderRow) => Promise<Answer>): Promise<Answer> =>
  withId(visit, 'providerId', async id => {
    const provider = (await listProviders(visit.tx)).find(one => one.id === id)
    return provider ? answer(provider) : notFound()
  })

async function providersPage(visit: Visit, typed?: string, errors: readonly FieldError[] = []): Promise<Answer> {
  const { tx, actor, form } = visit
  const { minutes } = await tx.selectFrom('authorities').select('proof_minutes as minutes').executeTakeFirstOrThrow()
  const providers = await listProviders(tx)
  const agencies = new Map((await agenciesOf(tx, actor)).map(one => [one.principal, one.name]))
  const answer = listPage(
    actor,
    'providers',
    'Signing in',
    <>
      {errorSummaryFor(errors)}
      <h2 class="govuk-heading-m">From elsewhere</h2>
      <p class="govuk-body">
        People may come in through their own organisation’s sign-in. Who somebody is there is linked to their account here by an
        administrator, on the page of the user.
      </p>
      <DataTable
        caption="Providers"
        captionHidden
        rows={providers}
        keyOf={row => row.id}
        empty={<p class="govuk-body">None yet: everybody signs in with their password or a passkey.</p>}
        columns={[
          {
            heading: 'Provider',
            rowHeader: true,
            cell: row => (
              <a class="govuk-link" href={paths.users.provider(row.id)}>
                {row.name}
              </a>
            ),
            second: row => row.issuer,
          },
          { heading: 'Lets in users of', cell: row => (row.agency === null ? 'Every agency' : (agencies.get(row.agency) ?? '')) },
          { heading: 'Checked', cell: row => (row.checkedAt ? 'Yes' : 'Not verified') },
          { heading: 'Status', cell: row => (row.enabled ? 'In use' : 'Not in use') },
        ]}
      />
      <h2 class="govuk-heading-m">Add one</h2>
      <ul class="govuk-list">
        {Object.entries(profiles).map(([code, profile]) => (
          <li key={code}>
            <a class="govuk-link" href={paths.users.addProvider(code)}>
              {profile.name || 'Another that speaks OpenID Connect'}
            </a>
          </li>
        ))}
      </ul>
      <h2 class="govuk-heading-m">Asking once more</h2>
      <p class="govuk-body">
        Before users and roles are changed, a list is taken out, a case is opened in an emergency or records are merged, whoever does it
        shows once more who they are, unless they did so lately.
      </p>
      <Form action={paths.users.providers} {...form}>
        <Input
          name="minutes"
          label="For how many minutes that is good"
          inputmode="numeric"
          classes="govuk-input--width-4"
          value={typed ?? String(minutes)}
          errorMessage={errorFor(errors, 'minutes')}
        />
        <Button>Save</Button>
      </Form>
    </>,
  )
  return errors.length > 0 ? { ...answer, status: 422, hasErrors: true } : answer
}

async function setProof(visit: Visit): Promise<Answer> {
  const { tx, actor, clock, fields } = visit
  const typed = fields.text('minutes')
  const minutes = /^\d{1,3}$/.test(typed) ? Number(typed) : 0
  if (minutes < 1 || minutes > 720)
    return providersPage(visit, typed, [{ field: 'minutes', message: 'Enter a number of minutes from 1 to 720' }])
  await tx.updateTable('authorities').set({ proof_minutes: minutes }).execute()
  await audit(tx, actor, clock.now(), { action: 'proof-minutes-set', subject: { type: 'authority', id: 'proof' }, detail: { minutes } })
  return redirect(paths.users.providers, { notice: 'Saved.' })
}

async function add(visit: Visit, gate: Gate, profile: ProfileCode): Promise<Answer> {
  const { tx, actor, clock, fields } = visit
  const typed = readTyped(fields)
  const secret = fields.typed('clientSecret')
  const errors = [...faultsIn(typed, gate, await agenciesOf(tx, actor)), ...(await nameTaken(visit, typed.name))]
  if (!secret) errors.push({ field: 'clientSecret', message: 'Enter the client secret' })
  if (errors.length > 0) return providerForm(visit, { profile, typed, errors }, undefined)
  const id = uuid()
  await tx
    .insertInto('sign_in_providers')
    .values({ id, profile, ...columnsOf(typed, clock.now(), actor.userId, undefined), client_secret: sealClientSecret(gate, id, secret) })
    .execute()
  await audit(tx, actor, clock.now(), { action: 'provider-added', subject: { type: 'provider', id }, detail: { ...typed } })
  return redirect(paths.users.provider(id), { notice: `${typed.name} has been added. Tell it the address below.` })
}

async function change(visit: Visit, gate: Gate, provider: ProviderRow): Promise<Answer> {
  const { tx, actor, clock, fields } = visit
  const typed = readTyped(fields)
  const secret = fields.typed('clientSecret')
  const errors = [...faultsIn(typed, gate, await agenciesOf(tx, actor)), ...(await nameTaken(visit, typed.name, provider.id))]
  if (errors.length === 0 && Number(fields.text('version')) !== provider.version)
    errors.push({ field: 'name', message: 'Somebody changed this while you were writing. Save again to put yours in its place' })
  // The same subject of another issuer would come in as the user whom it named before.
  const before = typedOf(provider)
  for (const [field, words] of [
    ['issuer', 'The issuer'],
    ['subjectClaims', 'The claim that names a user'],
  ] as const)
    if (typed[field] !== before[field] && (await inGate(gate, gateTx => isLinkedThrough(gateTx, provider.id))))
      errors.push({ field, message: `${words} cannot be changed while users are linked. Remove their links, or add another provider` })
  if (errors.length > 0) return providerForm(visit, { profile: provider.profile, provider, typed, errors }, backTo(gate, provider))
  await tx
    .updateTable('sign_in_providers')
    .set({
      ...columnsOf(typed, clock.now(), actor.userId, provider),
      ...(secret ? { client_secret: sealClientSecret(gate, provider.id, secret) } : {}),
      version: provider.version + 1,
    })
    .where('id', '=', provider.id)
    .execute()
  await audit(tx, actor, clock.now(), {
    action: 'provider-changed',
    subject: { type: 'provider', id: provider.id },
    detail: { before, after: typed, newSecret: secret !== '' },
  })
  return redirect(paths.users.providers, { notice: `${typed.name} has been saved.` })
}

async function nameTaken({ tx }: Visit, name: string, except?: string): Promise<FieldError[]> {
  const taken = (await listProviders(tx)).some(one => one.name.toLowerCase() === name.toLowerCase() && one.id !== except)
  return taken ? [{ field: 'name', message: 'There is a provider of this name already' }] : []
}
