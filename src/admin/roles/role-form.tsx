import { type FactorNeeded, factorsNeeded, mostNeeded } from '../../identity/index.ts'
import { paths } from '../../paths.ts'
import { type Capability, capabilities } from '../../platform/capabilities.ts'
import type { Answer } from '../../platform/web/answer.ts'
import type { Visit } from '../../platform/web/routes.ts'
import { Button, Checkboxes, errorFor, type FieldError, Form, Input, Radios, Select, Textarea } from '../../ui/index.ts'
import { formPage } from '../frame.tsx'
import { authorityCapabilities, capabilitiesForAgencies, isOfAuthority, leastFactorFor, opensWhatTheySetUp } from '../rights.ts'
import { agenciesOf, allRoles, type RoleRow } from '../users/users.queries.ts'

/** A role as it was typed. */
export type Typed = Pick<RoleRow, 'name' | 'description' | 'authorityOnly' | 'factorNeeded' | 'agency'> & {
  capabilities: readonly string[]
}
export const empty: Typed = { name: '', description: '', capabilities: [], authorityOnly: false, factorNeeded: 'none', agency: null }

export const factorWords: Record<FactorNeeded, { short: string; text: string; hint: string }> = {
  none: { short: 'As its holder likes', text: 'A password is enough', hint: 'Whoever has set up a second factor is still asked for it.' },
  any: { short: 'Needed', text: 'A second factor is needed', hint: 'An authenticator app, a passkey or a security key.' },
  'phishing-resistant': {
    short: 'Passkey or security key',
    text: 'A passkey or security key is needed',
    hint: 'It cannot be given away to a page that only looks like this one. For roles that reach far.',
  },
}

/** The form of a role. What an agency's own may allow is what the authority lets agencies give. */
export async function roleForm(visit: Visit, role: RoleRow | undefined, typed: Typed, errors: readonly FieldError[]): Promise<Answer> {
  const { tx, actor } = visit
  const agencies = await agenciesOf(tx, actor)
  const offered = typed.agency === null ? Object.keys(capabilities) : capabilitiesForAgencies(await allRoles(tx))
  return formPage(
    { href: paths.users.roles, text: 'Roles' },
    role ? `Change the role ${role.name}` : 'Add a role',
    errors,
    <Form action={role ? paths.users.role(role.id) : paths.users.addRole} {...visit.form}>
      {role ? <input type="hidden" name="version" value={String(role.version)} /> : null}
      {role ? <p class="govuk-body">A change holds for everybody who has this role, from their next page on.</p> : null}
      {typed.agency === null ? null : role || agencies.length === 1 ? (
        <p class="govuk-body">
          {agencies.find(one => one.principal === typed.agency)?.name} gives it in its own teams. It can allow what the authority lets
          agencies give.
        </p>
      ) : (
        <Select
          name="agency"
          label="Whose role it is"
          value={typed.agency}
          items={agencies.map(one => ({ value: one.principal, text: one.name }))}
        />
      )}
      <Input name="name" label="Name" value={typed.name} errorMessage={errorFor(errors, 'name')} />
      <Textarea
        name="description"
        label="What it is for"
        rows={2}
        value={typed.description}
        errorMessage={errorFor(errors, 'description')}
      />
      <Checkboxes
        name="capability"
        classes="govuk-checkboxes--small"
        fieldset={{ legend: { text: 'Whoever holds it may', classes: 'govuk-fieldset__legend--s' } }}
        hint="Which records somebody sees is not decided here: that follows from their teams and from what is shared with them."
        values={typed.capabilities}
        errorMessage={errorFor(errors, 'capability')}
        items={Object.entries(capabilities)
          .filter(([code]) => offered.includes(code))
          .map(([code, sentence]) => ({
            value: code,
            text: sentence,
            ...(authorityCapabilities.includes(code as Capability) ? { hint: { text: 'For roles that the authority alone gives.' } } : {}),
          }))}
      />
      {typed.agency !== null ? null : (
        <Checkboxes
          name="limits"
          classes="govuk-checkboxes--small"
          fieldset={{ legend: { text: 'Care', classes: 'govuk-fieldset__legend--s' } }}
          values={typed.authorityOnly ? ['authority-only'] : []}
          errorMessage={errorFor(errors, 'limits')}
          items={[{ value: 'authority-only', text: 'Only the authority’s administrators give it' }]}
        />
      )}
      <Radios
        name="factor"
        classes="govuk-radios--small"
        fieldset={{ legend: { text: 'When its holders sign in', classes: 'govuk-fieldset__legend--s' } }}
        hint="Whoever lacks what is needed sets it up at their next page, before anything else."
        value={typed.factorNeeded}
        errorMessage={errorFor(errors, 'factor')}
        items={factorsNeeded.map(value => ({ value, text: factorWords[value].text, hint: { text: factorWords[value].hint } }))}
      />
      <Button>Save</Button>
    </Form>,
  )
}

/** What was typed, and what is wrong with it. */
export async function readRole({ tx, actor, fields }: Visit, role: RoleRow | undefined): Promise<{ typed: Typed; errors: FieldError[] }> {
  const limits = fields.all('limits')
  const roles = await allRoles(tx)
  const agency = role
    ? role.agency
    : isOfAuthority(actor)
      ? null
      : (actor.administers.find(one => String(one) === fields.text('agency')) ?? actor.administers[0]!)
  // What is not offered is not read from a forged form.
  const offered = agency === null ? Object.keys(capabilities) : capabilitiesForAgencies(roles)
  const typed: Typed = {
    agency,
    name: fields.text('name').replace(/\s+/g, ' '),
    description: fields.text('description'),
    // In the order of the list, so that what has changed can be seen.
    capabilities: Object.keys(capabilities).filter(code => offered.includes(code) && fields.all('capability').includes(code)),
    factorNeeded: factorsNeeded.find(factor => factor === fields.text('factor')) ?? 'none',
    authorityOnly: agency === null && limits.includes('authority-only'),
  }
  const errors: FieldError[] = []
  if (!typed.name || typed.name.length > 80)
    errors.push({ field: 'name', message: typed.name ? 'The name must be 80 characters or fewer' : 'Enter a name' })
  if (typed.description.length > 500) errors.push({ field: 'description', message: 'What it is for must be 500 characters or fewer' })
  if (typed.capabilities.length === 0) errors.push({ field: 'capability', message: 'Select at least one thing that its holders may do' })
  if (agency !== null && opensWhatTheySetUp(typed.capabilities)) {
    errors.push({
      field: 'capability',
      message: 'A role that sets up users must not open records as well: only the authority gives somebody both',
    })
  }
  const least = agency === null ? 'none' : leastFactorFor(typed.capabilities, roles)
  if (mostNeeded([least, typed.factorNeeded]) !== typed.factorNeeded) {
    errors.push({ field: 'factor', message: `What this role allows needs more at sign-in: select “${factorWords[least].text}”` })
  }
  if (!typed.authorityOnly && typed.capabilities.some(code => authorityCapabilities.includes(code as Capability))) {
    errors.push({
      field: 'limits',
      message: 'A role that reaches beyond one agency is the authority’s to give: select “Only the authority’s administrators give it”',
    })
  }
  if (
    errors.length === 0 &&
    roles.some(one => one.agency === agency && one.name.toLowerCase() === typed.name.toLowerCase() && one.id !== role?.id)
  ) {
    errors.push({ field: 'name', message: 'There is a role of this name already' })
  }
  return { typed, errors }
}
