import { v7 as uuid } from 'uuid'
import { rewritePeopleWithheldFrom } from '../../access/index.ts'
import { audit } from '../../audit/index.ts'
import { type Gate, inGate, passkeysOf } from '../../identity/index.ts'
import { paths } from '../../paths.ts'
import { type Answer, notFound, redirect } from '../../platform/web/answer.ts'
import type { Routes, Visit } from '../../platform/web/routes.ts'
import { Button, DataTable } from '../../ui/index.ts'
import { listPage } from '../frame.tsx'
import { forAdministrators, isOfAuthority, mayChangeRole, withId } from '../rights.ts'
import { tellOfReadingRole } from '../users/tell-of-reader.ts'
import { allRoles, type RoleRow, stillAdministers } from '../users/users.queries.ts'
import { empty, factorWords, readRole, roleForm, type Typed } from './role-form.tsx'

/**
 * Roles: named sets of capabilities, which the authority makes and changes (U28). An agency that manages its own users makes roles of its own, out of
 * what the authority lets agencies give (E3).
 */
export function roleRoutes(routes: Routes, gate: Gate): void {
  const anyone = { may: 'anyone-signed-in' } as const
  routes.get(paths.users.roles, anyone, forAdministrators(rolesPage))
  routes.get(
    paths.users.addRole,
    anyone,
    forAdministrators(visit => newRolePage(visit)),
  )
  routes.post(paths.users.addRole, anyone, forAdministrators(add))
  routes.get(
    paths.users.role(':roleId'),
    anyone,
    forAdministrators(visit => onRole(visit, role => roleForm(visit, role, { ...role, agency: role.agency }, []))),
  )
  routes.post(
    paths.users.role(':roleId'),
    anyone,
    forAdministrators(visit => onRole(visit, role => change(visit, gate, role))),
  )
}

const onRole = (visit: Visit, answer: (role: RoleRow) => Promise<Answer>) =>
  withId(visit, 'roleId', async id => {
    const role = (await allRoles(visit.tx)).find(one => one.id === id)
    return role && mayChangeRole(visit.actor, { ...role, heldByActor: await isHeld(visit, role) }) ? answer(role) : notFound()
  })

async function isHeld({ tx, actor }: Visit, role: RoleRow): Promise<boolean> {
  const post = await tx
    .selectFrom('posts')
    .select('id')
    .where('user_id', '=', actor.userId)
    .where('role_id', '=', role.id)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  return post !== undefined
}

/** A new role is the authority's where its administrators make it, else of the one agency or one of those that the actor administers. */
const newRolePage = async (visit: Visit): Promise<Answer> =>
  roleForm(visit, undefined, { ...empty, agency: isOfAuthority(visit.actor) ? null : (visit.actor.administers[0] ?? null) }, [])

async function rolesPage({ tx, actor }: Visit): Promise<Answer> {
  const authority = isOfAuthority(actor)
  const roles = (await allRoles(tx)).filter(role => authority || role.agency === null || actor.administers.includes(role.agency))
  const held = await tx
    .selectFrom('posts')
    .select(['role_id', post => post.fn.count<number>('user_id').distinct().as('count')])
    .where('ended_at', 'is', null)
    .$if(!authority, mine => mine.where('agency', 'in', [...actor.administers]))
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
          cell: row =>
            authority || row.agency !== null ? (
              <a class="govuk-link" href={paths.users.role(row.id)}>
                {row.name}
              </a>
            ) : (
              row.name
            ),
          second: row => row.description,
        },
        { heading: 'Second factor', cell: row => factorWords[row.factorNeeded].short },
        { heading: 'Given by', cell: row => row.agencyName ?? (row.authorityOnly ? 'The authority alone' : 'Each agency') },
        { heading: 'Held by', numeric: true, cell: row => holders.get(row.id) ?? 0 },
      ]}
    />,
    <Button href={paths.users.addRole}>Add a role</Button>,
  )
}

async function add(visit: Visit): Promise<Answer> {
  const { typed, errors } = await readRole(visit, undefined)
  if (errors.length > 0) return roleForm(visit, undefined, typed, errors)
  const id = uuid()
  await visit.tx
    .insertInto('roles')
    .values({ id, agency: typed.agency, ...columnsOf(typed) })
    .execute()
  await audit(visit.tx, visit.actor, visit.clock.now(), { action: 'role-added', subject: { type: 'role', id }, detail: { ...typed } })
  return redirect(paths.users.roles, { notice: `The role ${typed.name} has been added.` })
}

async function change(visit: Visit, gate: Gate, role: RoleRow): Promise<Answer> {
  const { tx, actor, clock, fields } = visit
  const { typed, errors } = await readRole(visit, role)
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
  await tellOfReadingRole(visit, { ...role, name: typed.name }, role.capabilities, typed.capabilities)
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
