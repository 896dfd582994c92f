import type { VNode } from 'preact'
import type { Places } from '../access/index.ts'
import { auditAll } from '../audit/index.ts'
import { paths } from '../paths.ts'
import { may } from '../platform/actor.ts'
import { type Answer, notFound } from '../platform/web/answer.ts'
import type { Visit } from '../platform/web/routes.ts'
import { Button, Columns, DataTable, EmptyState, Facts, InsetText, SidePanel, Tag, Words } from '../ui/index.ts'
import { bookingsOfGroup, placesOf } from './bookings.queries.ts'
import { type Booking, type Group, hasRoom, openToWords, othersOf, placesInWords, type Session } from './group.ts'
import type { GroupParts } from './group-parts.ts'
import { findGroup, sessionsOf } from './groups.queries.ts'
import { textTo } from './groups-to-text.ts'
import { groupPage, sessionTitle, standingInWords, whenInWords } from './words.tsx'

/** A group: when it meets, who is in it as far as the reader may see, who waits. */
export async function showGroup(visit: Visit, parts: GroupParts): Promise<Answer> {
  const { tx, actor, clock, params } = visit
  const group = await findGroup(tx, actor, params['groupId'] ?? '')
  if (!group) return notFound()
  const now = clock.now()
  const sessions = await sessionsOf(tx, group.id)
  const bookings = await bookingsOfGroup(tx, actor, group.id)
  const places = await placesOf(tx, actor, group.id)
  await auditShown(visit, 'group-opened', group.id, bookings)
  const records = may(actor, 'record')
  const runs = group.mayRun && records && !group.endedAt
  const coming = sessions.filter(one => one.endsAt > now)
  const body = (
    <>
      {group.endedAt ? InsetText({ text: `This group has ended. ${group.endedBecause}${openStill(bookings)}` }) : null}
      <Columns aside={<About group={group} places={places} runs={runs} />}>
        {group.about ? <Words text={group.about} /> : null}
        <People group={group} places={places} bookings={bookings} mayBook={records && !group.endedAt} />
        <SessionTable title="Sessions to come" sessions={coming} empty="No session is arranged." />
        {runs ? (
          <p class="govuk-body">
            <a class="govuk-link" href={paths.groups.addSessions(group.id)}>
              Add sessions
            </a>
          </p>
        ) : null}
        <SessionTable title="Sessions held" sessions={sessions.filter(one => one.endsAt <= now).reverse()} />
      </Columns>
    </>
  )
  const booked = bookings.filter(one => one.status === 'booked').length
  const textHref = parts.texting && !group.endedAt ? textTo(actor, { group: group.id }, booked) : null
  const actions = (
    <>
      {records && !group.endedAt ? Button({ text: 'Book somebody in', href: paths.groups.choose(group.id) }) : null}
      {textHref ? (
        <a class="govuk-link" href={textHref}>
          Text everybody in it
        </a>
      ) : null}
    </>
  )
  return groupPage(group.name, body, { context: `${group.serviceName} · ${group.teamName}, ${group.agencyName}`, actions })
}

/** What is left to do once a group has ended, for those whom the reader sees. */
function openStill(bookings: readonly Booking[]): string {
  const open = bookings.filter(one => one.status !== 'ended').length
  if (open === 0) return ''
  return ` What came of it is still to be recorded for ${open === 1 ? '1 person' : `${open} people`}: open each below.`
}

/** That these people were seen to be in a group stands in the audit of each. */
export async function auditShown(
  { tx, actor, clock }: Visit,
  action: string,
  groupId: string,
  shown: readonly Pick<Booking, 'personId' | 'caseId'>[],
): Promise<void> {
  const subject = { type: 'group', id: groupId }
  const each = shown.map(({ personId, caseId }) => ({ action, subject, personId, caseId }))
  await auditAll(tx, actor, clock.now(), each.length > 0 ? each : [{ action, subject }])
}

function About({ group, places, runs }: { group: Group; places: Places; runs: boolean }): VNode {
  return (
    <SidePanel id="about-group" title="This group">
      <Facts
        items={[
          { label: 'Places', value: placesInWords(group.capacity, places) },
          { label: 'Facilitated by', value: group.facilitators.map(one => one.name).join(', ') || 'Nobody yet' },
          group.place ? { label: 'Where', value: group.place } : null,
          group.programmeId && group.programmeName
            ? {
                label: 'Programme',
                value: (
                  <a class="govuk-link" href={paths.programmes.show(group.programmeId)}>
                    {group.programmeName}
                  </a>
                ),
              }
            : null,
          { label: 'Seen by', value: openToWords[group.openTo] },
        ]}
      />
      {runs ? (
        <p class="govuk-body">
          <a class="govuk-link" href={paths.groups.edit(group.id)}>
            Change it
          </a>{' '}
          ·{' '}
          <a class="govuk-link" href={paths.groups.end(group.id)}>
            End the group
          </a>
        </p>
      ) : null}
    </SidePanel>
  )
}

type PeopleProps = { group: Group; places: Places; bookings: readonly Booking[]; mayBook: boolean }

function People({ group, places, bookings, mayBook }: PeopleProps): VNode {
  const booked = bookings.filter(one => one.status === 'booked')
  const waiting = bookings.filter(one => one.status === 'waiting')
  const ended = bookings.filter(one => one.status === 'ended')
  const isFull = !hasRoom(group.capacity, places.booked)
  const others = othersOf(places, bookings)
  return (
    <>
      <BookingTable
        title="People"
        bookings={booked}
        others={others}
        empty={
          <EmptyState
            title={others ? 'Nobody in it is on a record that you may see.' : 'Nobody is booked yet.'}
            action={
              mayBook ? (
                <a class="govuk-link" href={paths.groups.choose(group.id)}>
                  Book somebody in
                </a>
              ) : undefined
            }
          />
        }
      />
      {waiting.length > 0 ? <BookingTable title={isFull ? 'Waiting list' : 'Have asked for a place'} bookings={waiting} /> : null}
      {ended.length > 0 ? <BookingTable title="No longer in it" bookings={ended} /> : null}
    </>
  )
}

function BookingTable({
  title,
  bookings,
  others,
  empty,
}: {
  title: string
  bookings: readonly Booking[]
  others?: string | undefined
  empty?: VNode
}): VNode {
  return (
    <>
      <DataTable
        caption={title}
        rows={bookings}
        keyOf={one => one.id}
        {...(empty ? { empty: <EmptyUnder title={title}>{empty}</EmptyUnder> } : {})}
        columns={[
          {
            heading: 'Person',
            rowHeader: true,
            cell: one => (
              <a class="govuk-link" href={paths.groups.booking(one.caseId, one.id)}>
                <bdi>{one.personName}</bdi>
              </a>
            ),
            second: one => `${one.serviceName} ${one.reference}`,
          },
          { heading: 'Standing', cell: standingInWords },
          { heading: 'What they need', cell: one => one.needs || 'Nothing noted' },
        ]}
      />
      {others ? <p class="govuk-body">{others}, on records that are not open to you.</p> : null}
    </>
  )
}

const EmptyUnder = ({ title, children }: { title: string; children: VNode }): VNode => (
  <>
    <h2 class="govuk-heading-m">{title}</h2>
    {children}
  </>
)

function SessionTable({ title, sessions, empty }: { title: string; sessions: readonly Session[]; empty?: string }): VNode | null {
  if (sessions.length === 0 && !empty) return null
  return (
    <DataTable
      caption={title}
      rows={sessions}
      keyOf={one => one.id}
      empty={
        <EmptyUnder title={title}>
          <p class="govuk-body">{empty}</p>
        </EmptyUnder>
      }
      columns={[
        {
          heading: 'When',
          rowHeader: true,
          cell: one => (
            <a class="govuk-link" href={paths.groups.session(one.groupId, one.id)}>
              {whenInWords(one)}
            </a>
          ),
        },
        { heading: 'About', cell: one => sessionTitle(one) || 'Not said' },
        {
          heading: 'Where',
          cell: one => (one.cancelledAt ? <Tag text="Cancelled" classes="govuk-tag--grey" /> : one.place || 'Not said'),
        },
      ]}
    />
  )
}
