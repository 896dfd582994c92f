import { v7 as uuid } from 'uuid'
import { rewritePeopleWithheldFrom } from '../../access/index.ts'
import { audit } from '../../audit/index.ts'
import { type FactorNeeded, factorsNeeded, type Gate, inGate, passkeysOf } from '../../identity/index.ts'
import { paths } from '../../paths.ts'
import { type Capability, capabilities } from '../../platform/capabilities.ts'
import { type Answer, notFound, redirect } from '../../platform/web/answer.ts'
import type { Routes, Visit } from '../../platform/web/routes.ts'
import { Button, Checkboxes, DataTable, errorFor, type FieldError, Form, Input, Radios, Textarea } from '../../ui/index.ts'
import { formPage, listPage } from '../frame.tsx'
import { authorityCapabilities, forAuthority, withId } from '../rights.ts'
import { allRoles, type RoleRow, stillAdministers } from '../users/users.queries.ts'

/** Roles: named sets of capabilities, which the authority makes and changes (U28). */
export function roleRoutes(routes: Routes, gate: Gate): void {
  const anyone = { may: 'anyone-signed-in' } as const
  routes.get(paths.users.roles, anyone, forAuthority(rolesPage))
  routes.get(
    paths.users.addRole,
    anyone,
    forAuthority(async visit => roleForm(visit, undefined, empty, [])),
  )
  routes.post(paths.users.addRole, anyone, forAuthority(add))
  routes.get(
    paths.users.role(':roleId'),
    anyone,
    forAuthority(visit => onRole(visit, async role => roleForm(visit, role, role, []))),
  )
  routes.post(
    paths.users.role(':roleId'),
    anyone,
    forAuthority(visit => onRole(visit, role => change(visit, gate, role))),
  )
}

const factorWords: Record<FactorNeeded, { short: string; text: string; hint: string }> = {
  none: { short: 'As its holder likes', text: 'A password is enough', hint: 'Whoever has set up a second factor is still asked for it.' },
  any: { short: 'Needed', text: 'A second factor is needed', hint: 'An authenticator app, a passkey or a security key.' },
  'phishing-resistant': {
    short: 'Passkey or security key',
    text: 'A passkey or security key is needed',
    hint: 'It cannot be given away to a page that only looks like this one. For roles that reach far.',
  },
}

type Typed = Pick<RoleRow, 'name' | 'description' | 'authorityOnly' | 'factorNeeded'> & { capabilities: readonly string[] }
const empty: Typed = { name: '', description: '', capabilities: [], authorityOnly: false, factorNeeded: 'none' }

const onRole = (visit: Visit, answer: (role: RoleRow) => Promise<Answer>) =>
  withId(visit, 'roleId', async id => {
    const role = (await allRoles(visit.tx)).find(one => one.id === id)
    return role ? answer(role) : notFound()
  })

async function rolesPage({ tx, actor }: Visit): Promise<Answer> {
  const roles = await allRoles(tx)
  const held = await tx
    .selectFrom('posts')
    .select(['role_id', post => post.fn.count<number>('user_id').distinct().as('count')])
    .where('ended_at', 'is', null)
    .groupBy('role_id')
    .execute()
  const holders = new Map(held.map(row => [row.role_id, row.count]))
  return listPage(
    actor,
    'roles',
    `Roles (${roles.length})`,
    <DataTable
      caption="Roles"
      captionHidden
      rows={roles}
      keyOf={row => row.id}
      columns={[
        {
          heading: 'Role',
          rowHeader: true,
          cell: row => (
            <a class="govuk-link" href={paths.users.role(row.id)}>
              {row.name}
            </a>
          ),
          second: row => row.description,
        },
        { heading: 'Second factor', cell: row => factorWords[row.factorNeeded].short },
        { heading: 'Given by', cell: row => (row.authorityOnly ? 'The authority alone' : 'Each agency') },
        { heading: 'Held by', numeric: true, cell: row => holders.get(row.id) ?? 0 },
      ]}
    />,
    <Button href={paths.users.addRole}>Add a role</Button>,
  )
}

function roleForm(visit: Visit, role: RoleRow | undefined, typed: Typed, errors: readonly FieldError[]): Answer {
  return formPage(
    { href: paths.users.roles, text: 'Roles' },
    role ? `Change the role ${role.name}` : 'Add a role',
    errors,
    <Form action={role ? paths.users.role(role.id) : paths.users.addRole} {...visit.form}>
      {role ? <input type="hidden" name="version" value={String(role.version)} /> : null}
      {role ? <p class="govuk-body">A change holds for everybody who has this role, from their next page on.</p> : null}
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
        items={Object.entries(capabilities).map(([code, sentence]) => ({
          value: code,
          text: sentence,
          ...(authorityCapabilities.includes(code as Capability) ? { hint: { text: 'For roles that the authority alone gives.' } } : {}),
        }))}
      />
      <Checkboxes
        name="limits"
        classes="govuk-checkboxes--small"
        fieldset={{ legend: { text: 'Care', classes: 'govuk-fieldset__legend--s' } }}
        values={typed.authorityOnly ? ['authority-only'] : []}
        errorMessage={errorFor(errors, 'limits')}
        items={[{ value: 'authority-only', text: 'Only the authority’s administrators give it' }]}
      />
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

async function read({ tx, fields }: Visit, role: RoleRow | undefined): Promise<{ typed: Typed; errors: FieldError[] }> {
  const limits = fields.all('limits')
  const typed: Typed = {
    name: fields.text('name').replace(/\s+/g, ' '),
    description: fields.text('description'),
    // In the order of the list, so that what has changed can be seen.
    capabilities: Object.keys(capabilities).filter(code => fields.all('capability').includes(code)),
    factorNeeded: factorsNeeded.find(factor => factor === fields.text('factor')) ?? 'none',
    authorityOnly: limits.includes('authority-only'),
  }
  const errors: FieldError[] = []
  if (!typed.name || typed.name.length > 80)
    errors.push({ field: 'name', message: typed.name ? 'The name must be 80 characters or fewer' : 'Enter a name' })
  if (typed.description.length > 500) errors.push({ field: 'description', message: 'What it is for must be 500 characters or fewer' })
  if (typed.capabilities.length === 0) errors.push({ field: 'capability', message: 'Select at least one thing that its holders may do' })
  if (!typed.authorityOnly && typed.capabilities.some(code => authorityCapabilities.includes(code as Capability))) {
    errors.push({
      field: 'limits',
      message: 'A role that reaches beyond one agency is the authority’s to give: select “Only the authority’s administrators give it”',
    })
  }
  if (errors.length === 0 && (await allRoles(tx)).some(one => one.name.toLowerCase() === typed.name.toLowerCase() && one.id !== role?.id)) {
    errors.push({ field: 'name', message: 'There is a role of this name already' })
  }
  return { typed, errors }
}

async function add(visit: Visit): Promise<Answer> {
  const { typed, errors } = await read(visit, undefined)
  if (errors.length > 0) return roleForm(visit, undefined, typed, errors)
  const id = uuid()
  await visit.tx
    .insertInto('roles')
    .values({ id, ...columnsOf(typed) })
    .execute()
  await audit(visit.tx, visit.actor, visit.clock.now(), { action: 'role-added', subject: { type: 'role', id }, detail: { ...typed } })
  return redirect(paths.users.roles, { notice: `The role ${typed.name} has been added.` })
}

async function change(visit: Visit, gate: Gate, role: RoleRow): Promise<Answer> {
  const { tx, actor, clock, fields } = visit
  const { typed, errors } = await read(visit, role)
  if (errors.length === 0 && (await wouldLeaveNobody(visit, role, typed))) {
    errors.push({ field: 'capability', message: 'You hold this role and no other that sets up roles: somebody must be left who can' })
  }
  if (errors.length === 0 && (await wouldLockOut(visit, gate, role, typed))) {
    errors.push({
      field: 'factor',
      message:
        'This role sets up everybody else, and you have no passkey or security key yet: add one to your account first, so that somebody is sure to get in',
    })
  }
  if (errors.length > 0) return roleForm(visit, role, typed, errors)
  const { numUpdatedRows } = await tx
    .updateTable('roles')
    .set({ ...columnsOf(typed), version: role.version + 1 })
    .where('id', '=', role.id)
    .where('version', '=', Number(fields.text('version')) || 0)
    .executeTakeFirst()
  if (numUpdatedRows === 0n)
    return roleForm(visit, role, typed, [
      {
        field: 'name',
        message:
          'Somebody changed this role while you were writing. Compare with what they saved, then save again to put yours in its place',
      },
    ])
  await audit(tx, actor, clock.now(), {
    action: 'role-changed',
    subject: { type: 'role', id: role.id },
    detail: whatChanged(role, typed),
  })
  await rewritePeopleWithheldFrom(tx)
  return redirect(paths.users.roles, { notice: `The role ${typed.name} has been saved.` })
}

/** Every column that is another now, as it was and as it is. */
function whatChanged(role: RoleRow, typed: Typed): { before: Record<string, unknown>; after: Record<string, unknown> } {
  const columns = Object.keys(empty) as (keyof Typed)[]
  const changed = columns.filter(column => JSON.stringify(role[column]) !== JSON.stringify(typed[column]))
  const of = (from: Typed) => Object.fromEntries(changed.map(column => [column, from[column]]))
  return { before: of(role), after: of(typed) }
}

const columnsOf = ({ name, description, capabilities: held, factorNeeded, authorityOnly }: Typed) => ({
  name,
  description,
  capabilities: [...held],
  factor_needed: factorNeeded,
  authority_only: authorityOnly,
})

/** Whether the actor would take from themself what this page needs. */
async function wouldLeaveNobody({ tx, actor }: Visit, role: RoleRow, typed: Typed): Promise<boolean> {
  if (!role.capabilities.includes('manage-authority') || typed.capabilities.includes('manage-authority')) return false
  return !(await stillAdministers(tx, actor, { role: role.id }))
}

/**
 * Whether those who set up everybody else would need what none of them is known to have: whoever asks for a key of administrators holds one, and
 * it works here.
 */
async function wouldLockOut({ actor }: Visit, gate: Gate, role: RoleRow, typed: Typed): Promise<boolean> {
  if (!typed.capabilities.includes('manage-authority') || typed.factorNeeded !== 'phishing-resistant') return false
  if (role.factorNeeded === 'phishing-resistant' && role.capabilities.includes('manage-authority')) return false
  return (await inGate(gate, tx => passkeysOf(tx, actor.userId!))).length === 0
}
