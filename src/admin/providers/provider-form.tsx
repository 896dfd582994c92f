import { type ProfileCode, profiles } from '../../identity/index.ts'
import { paths } from '../../paths.ts'
import { formatInstant } from '../../platform/clock.ts'
import type { Answer } from '../../platform/web/answer.ts'
import type { Visit } from '../../platform/web/routes.ts'
import { Button, Checkboxes, errorFor, type FieldError, Form, Input, InsetText, PasswordInput, Select, Textarea } from '../../ui/index.ts'
import { formPage } from '../frame.tsx'
import { agenciesOf } from '../users/users.queries.ts'
import type { ProviderRow, Typed } from './providers.queries.ts'

/** Everything that is entered of a provider. A secret that is kept is never shown: the field changes it, or leaves it as it is. */
export async function providerForm(
  visit: Visit,
  {
    profile: code,
    provider,
    typed,
    errors,
  }: { profile: ProfileCode; provider?: ProviderRow | undefined; typed: Typed; errors: readonly FieldError[] },
  backAddress: string | undefined,
): Promise<Answer> {
  const profile = profiles[code]
  const agencies = await agenciesOf(visit.tx, visit.actor)
  const field = (name: keyof Typed, label: string, hint?: string) => (
    <Input
      name={name}
      label={label}
      hint={hint}
      spellcheck={false}
      autocomplete="off"
      value={String(typed[name])}
      errorMessage={errorFor(errors, name)}
    />
  )
  const lines = (name: keyof Typed, label: string, hint: string) => (
    <Textarea
      name={name}
      label={label}
      hint={hint}
      rows={4}
      spellcheck={false}
      value={String(typed[name])}
      errorMessage={errorFor(errors, name)}
    />
  )
  return formPage(
    { href: paths.users.providers, text: 'Signing in' },
    provider ? `Change ${provider.name}` : `Add ${profile.name || 'a provider'}`,
    errors,
    <>
      <InsetText>
        <p class="govuk-body">
          {provider?.checkedAt
            ? `Held against the provider’s own papers on ${formatInstant(provider.checkedAt)}.`
            : 'Nobody has held these entries against the provider’s own papers yet. Not verified:'}
        </p>
        {provider?.checkedAt ? null : (
          <ul class="govuk-list govuk-list--bullet">
            {profile.unverified.map(one => (
              <li key={one}>{one}</li>
            ))}
          </ul>
        )}
        <p class="govuk-body">What is entered to begin with comes from: {profile.source}.</p>
      </InsetText>
      {backAddress ? (
        <p class="govuk-body ly-as-written">
          Tell the provider this address to come back to: <code>{backAddress}</code>
        </p>
      ) : null}
      <Form action={provider ? paths.users.provider(provider.id) : paths.users.addProvider(code)} {...visit.form}>
        {provider ? <input type="hidden" name="version" value={String(provider.version)} /> : null}
        {field('name', 'Name', 'As it stands on the sign-in page, after “Sign in with”.')}
        {field('issuer', 'Issuer', profile.issuerHint)}
        {field('clientId', 'Client id')}
        <PasswordInput
          name="clientSecret"
          label={provider ? 'New client secret (leave empty to keep the one that is kept)' : 'Client secret'}
          hint="It is sealed when you save and never shown again."
          autocomplete="off"
          errorMessage={errorFor(errors, 'clientSecret')}
        />
        <Select
          name="clientAuthentication"
          label="How the secret is sent"
          value={typed.clientAuthentication}
          items={[
            { value: 'client_secret_post', text: 'In the request (client_secret_post)' },
            { value: 'client_secret_basic', text: 'In its header (client_secret_basic)' },
          ]}
        />
        {field('scopes', 'Scopes')}
        {field('acrValues', 'acr_values (optional)', 'How strong a sign-in is asked for there.')}
        {field('prompt', 'prompt (optional)', 'Such as login, so that they sign in there each time.')}
        {field('maxAge', 'max_age in seconds (optional)', 'How old their sign-in there may be.')}
        {field(
          'subjectClaims',
          'Claims that name somebody',
          'For ever, with a comma between; never an e-mail address, which changes hands.',
        )}
        {lines(
          'claimsNeeded',
          'What a token must say',
          'One claim=value a line. Of each claim that is named, one of its lines must hold, or nobody is let in.',
        )}
        {lines(
          'secondFactorClaims',
          'Which of it means a second factor was given',
          'One claim=value a line. Where none holds, ours is asked for as the role needs it.',
        )}
        {lines(
          'phishingResistantClaims',
          'Which of it means one that cannot be phished',
          'One claim=value a line: a smartcard, a security key.',
        )}
        <Select
          name="agency"
          label="Whose users it lets in"
          value={typed.agency}
          items={[{ value: '', text: 'Every agency’s' }, ...agencies.map(one => ({ value: String(one.principal), text: one.name }))]}
        />
        <Checkboxes
          name="does"
          classes="govuk-checkboxes--small"
          values={typed.does}
          errorMessage={errorFor(errors, 'does')}
          items={[
            { value: 'enabled', text: 'In use: it stands on the sign-in page' },
            {
              value: 'links-invited',
              text: 'Somebody invited is known by their email address, once',
              hint: {
                text: 'Only where the token says that it is verified, and never for a role of the authority. Otherwise an administrator links each user.',
              },
            },
            { value: 'ends-there', text: 'Signing out here signs out there' },
            { value: 'checked', text: 'I have held all of this against the provider’s own papers' },
          ]}
        />
        <Button>Save</Button>
      </Form>
    </>,
  )
}
