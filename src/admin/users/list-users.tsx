import { paths } from '../../paths.ts'
import { formatInstant } from '../../platform/clock.ts'
import { isId } from '../../platform/id.ts'
import type { Visit } from '../../platform/web/routes.ts'
import { Button, DataTable, EmptyState, Input, Pagination, Select } from '../../ui/index.ts'
import { listPage } from '../frame.tsx'
import { agenciesOf, allRoles, listUsers, type UserFilters, type UserRow, usersOfAPage } from './users.queries.ts'

/** The users that the actor administers, with filters that stand in the address. */
export async function listUsersPage(visit: Visit) {
  const { tx, actor, query } = visit
  const filters = readFilters(query)
  const { rows, count } = await listUsers(tx, actor, filters)
  const agencies = await agenciesOf(tx, actor)
  const roles = await allRoles(tx)
  const pages = Math.max(1, Math.ceil(count / usersOfAPage))
  const several = agencies.length > 1
  return listPage(
    actor,
    'users',
    `Users (${count})`,
    <>
      <form method="get" action={paths.users.list} class="ly-narrow-by">
        <Input name="text" label="Name or email address" value={filters.text} classes="govuk-input--width-20" />
        <Select name="status" label="Status" value={filters.status} items={statuses} />
        <Select
          name="role"
          label="Role"
          value={filters.roleId}
          items={[{ value: '', text: 'Any' }, ...roles.map(role => ({ value: role.id, text: role.name }))]}
        />
        {several ? (
          <Select
            name="agency"
            label="Agency"
            value={filters.agency}
            items={[{ value: '', text: 'Any' }, ...agencies.map(agency => ({ value: agency.principal, text: agency.name }))]}
          />
        ) : null}
        <Button classes="govuk-button--secondary">Filter</Button>
      </form>
      <DataTable<UserRow>
        caption="Users"
        captionHidden
        rows={rows}
        keyOf={row => row.id}
        empty={<EmptyState title="Nobody fits these filters" />}
        columns={[
          {
            heading: 'Name',
            rowHeader: true,
            cell: row => (
              <a class="govuk-link" href={paths.users.show(row.id)}>
                {row.name}
              </a>
            ),
            second: row => row.email,
          },
          ...(several ? [{ heading: 'Agency', cell: (row: UserRow) => row.agencyName }] : []),
          { heading: 'Role and team', cell: row => row.posts?.join('; ') ?? 'No post' },
          { heading: 'Status', cell: row => statusWords[row.status] },
          { heading: 'Last sign-in', cell: row => (row.lastSignInAt ? formatInstant(row.lastSignInAt) : 'Never') },
        ]}
      />
      {pages > 1 ? (
        <Pagination
          {...(filters.page > 1 ? { previous: { href: addressOf(query, filters.page - 1) } } : {})}
          {...(filters.page < pages ? { next: { href: addressOf(query, filters.page + 1) } } : {})}
          items={Array.from({ length: pages }, (_, i) => ({
            number: i + 1,
            href: addressOf(query, i + 1),
            current: i + 1 === filters.page,
          }))}
        />
      ) : null}
    </>,
    <Button href={paths.users.add}>Add a user</Button>,
  )
}

export const statusWords = { invited: 'Invited, never signed in', active: 'In use', disabled: 'Disabled' } as const

const statuses = [
  { value: 'in-use', text: 'In use or invited' },
  { value: 'active', text: 'In use' },
  { value: 'invited', text: 'Invited' },
  { value: 'disabled', text: 'Disabled' },
  { value: 'all', text: 'All' },
]

function readFilters(query: URLSearchParams): UserFilters {
  const status = statuses.find(one => one.value === query.get('status'))?.value ?? 'in-use'
  const agency = Number(query.get('agency') || Number.NaN)
  const roleId = query.get('role') ?? ''
  const page = Number(query.get('page') ?? 1)
  return {
    text: (query.get('text') ?? '').trim().slice(0, 100),
    status: status as UserFilters['status'],
    agency: Number.isInteger(agency) && agency > 0 && agency < 2 ** 31 ? agency : null,
    roleId: isId(roleId) ? roleId : null,
    page: Number.isInteger(page) && page > 0 && page < 100_000 ? page : 1,
  }
}

function addressOf(query: URLSearchParams, page: number): string {
  const next = new URLSearchParams(query)
  next.set('page', String(page))
  return `${paths.users.list}?${next}`
}
