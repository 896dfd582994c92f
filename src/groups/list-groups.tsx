import { knownPlaces } from '../access/index.ts'
import { audit } from '../audit/index.ts'
import { paths } from '../paths.ts'
import { may } from '../platform/actor.ts'
import { formatInstant, londonDate } from '../platform/clock.ts'
import { formatDate } from '../platform/plain-date.ts'
import type { Answer } from '../platform/web/answer.ts'
import type { Visit } from '../platform/web/routes.ts'
import { Button, DataTable, EmptyState, FilterChips } from '../ui/index.ts'
import { noPlaces, placesInWords } from './group.ts'
import { groupsFor } from './groups.queries.ts'
import { groupPage } from './words.tsx'

/** Groups: those that one runs, all that one may book into, and those that have ended. */
export async function listGroups({ tx, actor, clock, query }: Visit): Promise<Answer> {
  const asked = query.get('view') ?? ''
  const now = clock.now()
  const mine = asked === '' ? await groupsFor(tx, actor, 'mine', now) : []
  // Whoever runs none is here to book into others'.
  const view = asked === 'ended' ? 'ended' : asked === 'all' || mine.length === 0 ? 'all' : 'mine'
  const groups = view === 'mine' ? mine : await groupsFor(tx, actor, view, now)
  const places = await knownPlaces(
    tx,
    actor,
    groups.map(group => group.id),
  )
  await audit(tx, actor, now, {
    action: 'groups-listed',
    subject: { type: 'user', id: actor.userId ?? '' },
    detail: { view, shown: groups.length },
  })
  const body = (
    <>
      <FilterChips
        label="Which groups"
        items={[
          { text: 'Yours', href: paths.groups.list, current: view === 'mine' },
          { text: 'All that are open to you', href: `${paths.groups.list}?view=all`, current: view === 'all' },
          { text: 'Ended', href: `${paths.groups.list}?view=ended`, current: view === 'ended' },
        ]}
      />
      <DataTable
        caption="Groups"
        captionHidden
        rows={groups}
        keyOf={group => group.id}
        empty={<EmptyState title={view === 'ended' ? 'No group has ended.' : 'No group is open to you.'} />}
        columns={[
          {
            heading: 'Group',
            rowHeader: true,
            cell: group => (
              <a class="govuk-link" href={paths.groups.show(group.id)}>
                {group.name}
              </a>
            ),
            second: group => [group.serviceName, group.programmeName].filter(Boolean).join(' · '),
          },
          {
            heading: view === 'ended' ? 'Ended' : 'Next session',
            cell: group =>
              group.endedAt ? formatDate(londonDate(group.endedAt)) : group.nextAt ? formatInstant(group.nextAt) : 'None arranged',
            second: group => group.place,
          },
          { heading: 'Places', cell: group => placesInWords(group.capacity, places.get(group.id) ?? noPlaces) },
          {
            heading: 'Run by',
            cell: group => group.facilitators.map(one => one.name).join(', ') || group.teamName,
            second: group => `${group.teamName}, ${group.agencyName}`,
          },
        ]}
      />
    </>
  )
  const actions = (
    <>
      {may(actor, 'record') ? Button({ text: 'Begin a group', href: paths.groups.add }) : null}
      <a class="govuk-link" href={paths.programmes.list}>
        Programmes
      </a>
    </>
  )
  return groupPage('Groups', body, { actions })
}
