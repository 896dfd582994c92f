import type { VNode } from 'preact'
import { knownPlaces } from '../access/index.ts'
import { audit } from '../audit/index.ts'
import { type PartOfCase, partPage } from '../cases/index.ts'
import { paths } from '../paths.ts'
import { may } from '../platform/actor.ts'
import { formatInstant } from '../platform/clock.ts'
import { type Answer, notFound } from '../platform/web/answer.ts'
import type { Visit } from '../platform/web/routes.ts'
import { Button, DataTable, EmptyState, Facts, Words } from '../ui/index.ts'
import { attendanceOf, bookingsOfCase, findBooking } from './bookings.queries.ts'
import { standingOfCourse } from './course-pages.tsx'
import { attendanceWords, type Booking, came, noPlaces, placesInWords } from './group.ts'
import type { GroupParts } from './group-parts.ts'
import { groupsFor } from './groups.queries.ts'
import { progressInWords } from './programme.ts'
import { coursesOfCase, type ListedCourse } from './programmes.queries.ts'
import { standingInWords } from './words.tsx'

/** The groups of a case: what the person has a place in, waits for, and had. */
export async function caseGroups(visit: Visit, parts: GroupParts, part: PartOfCase): Promise<Answer> {
  const { tx, actor, clock } = visit
  await audit(tx, actor, clock.now(), {
    action: 'case-groups-read',
    subject: { type: 'case', id: part.caseId },
    personId: part.personId,
    caseId: part.caseId,
  })
  const bookings = await bookingsOfCase(tx, actor, part.caseId)
  const mayBook = part.mayEdit && may(actor, 'record')
  const body = (
    <>
      <BookingsTable bookings={bookings} empty={<p class="govuk-body">No groups yet.</p>} />
      <CoursesTable courses={await coursesOfCase(tx, actor, part.caseId)} />
    </>
  )
  const actions = mayBook ? (
    <>
      {Button({ text: 'Book into a group', href: paths.groups.addToCase(part.caseId) })}
      {Button({ text: 'Begin a programme', href: paths.programmes.begin(part.caseId), classes: 'govuk-button--secondary' })}
    </>
  ) : null
  return partPage(visit, parts, part, 'Groups and programmes', body, { current: 'groups', actions })
}

function BookingsTable({ bookings, empty }: { bookings: readonly Booking[]; empty: VNode }): VNode {
  return (
    <DataTable
      caption="Groups of this case"
      captionHidden
      rows={bookings}
      keyOf={one => one.id}
      empty={empty}
      columns={[
        {
          heading: 'Group',
          rowHeader: true,
          cell: one => (
            <a class="govuk-link" href={paths.groups.booking(one.caseId, one.id)}>
              {one.groupName}
            </a>
          ),
        },
        { heading: 'Standing', cell: standingInWords, second: one => one.outcomeWords },
        { heading: 'What they need', cell: one => one.needs || 'Nothing noted' },
      ]}
    />
  )
}

function CoursesTable({ courses }: { courses: readonly ListedCourse[] }): VNode | null {
  if (courses.length === 0) return null
  return (
    <DataTable
      caption="Programmes"
      rows={courses}
      keyOf={one => one.id}
      columns={[
        {
          heading: 'Programme',
          rowHeader: true,
          cell: one => (
            <a class="govuk-link" href={paths.programmes.course(one.caseId, one.id)}>
              {one.programmeName}
            </a>
          ),
        },
        { heading: 'Standing', cell: standingOfCourse, second: one => one.endedWords },
        { heading: 'Done', cell: one => progressInWords(one) },
      ]}
    />
  )
}

/** Which group to book somebody into: those of the case's own service first. */
export async function chooseGroup(visit: Visit, parts: GroupParts, part: PartOfCase): Promise<Answer> {
  const { tx, actor, clock } = visit
  const groups = (await groupsFor(tx, actor, 'all', clock.now())).sort(
    (a, b) => Number(b.serviceArea === part.serviceArea) - Number(a.serviceArea === part.serviceArea),
  )
  const places = await knownPlaces(
    tx,
    actor,
    groups.map(group => group.id),
  )
  const body = (
    <DataTable
      caption="Groups that are open to you"
      captionHidden
      rows={groups}
      keyOf={group => group.id}
      empty={<EmptyState title="No group is open to you." />}
      columns={[
        {
          heading: 'Group',
          rowHeader: true,
          cell: group => (
            <a class="govuk-link" href={paths.groups.book(group.id, part.caseId)}>
              {group.name}
            </a>
          ),
          second: group => [group.serviceName, group.teamName].join(' · '),
        },
        {
          heading: 'Next session',
          cell: group => (group.nextAt ? formatInstant(group.nextAt) : 'None arranged'),
          second: group => group.place,
        },
        { heading: 'Places', cell: group => placesInWords(group.capacity, places.get(group.id) ?? noPlaces) },
      ]}
    />
  )
  return partPage(visit, parts, part, 'Which group?', body, { current: 'groups' })
}

/** Answers about one place of the case in the address. */
export async function withBookingOf(
  { tx, actor, params }: Visit,
  part: PartOfCase,
  work: (booking: Booking) => Promise<Answer>,
): Promise<Answer> {
  const booking = await findBooking(tx, actor, params['bookingId'] ?? '')
  return booking && booking.caseId === part.caseId ? work(booking) : notFound()
}

/** Somebody's place in a group: where it stands, what they came to, what came of it. */
export async function showBooking(visit: Visit, parts: GroupParts, part: PartOfCase, booking: Booking): Promise<Answer> {
  const { tx, actor, clock } = visit
  await audit(tx, actor, clock.now(), {
    action: 'group-booking-opened',
    subject: { type: 'group-booking', id: booking.id },
    personId: part.personId,
    caseId: part.caseId,
  })
  const sessions = await attendanceOf(tx, booking.id)
  const mayChange = booking.mayEdit && may(actor, 'record')
  const body = (
    <>
      <Facts
        items={[
          { label: 'Standing', value: standingInWords(booking) },
          booking.needs ? { label: 'What they need', value: booking.needs } : null,
          sessions.length > 0
            ? { label: 'Came to', value: `${sessions.filter(one => came(one.attendance)).length} of ${sessions.length} sessions recorded` }
            : null,
          {
            label: 'Group',
            value: (
              <a class="govuk-link" href={paths.groups.show(booking.groupId)}>
                {booking.groupName}
              </a>
            ),
          },
        ]}
      />
      {booking.outcomeWords ? <Words text={booking.outcomeWords} /> : null}
      <DataTable
        caption="Sessions"
        rows={sessions}
        keyOf={one => one.id}
        empty={<p class="govuk-body">No attendance is recorded yet.</p>}
        columns={[
          { heading: 'When', rowHeader: true, cell: one => formatInstant(one.startsAt), second: one => one.title },
          {
            heading: 'Attendance',
            cell: one =>
              mayChange ? (
                <a class="govuk-link" href={paths.groups.attendance(part.caseId, booking.id, one.sessionId)}>
                  {attendanceWords[one.attendance]}
                  <span class="govuk-visually-hidden"> on {formatInstant(one.startsAt)}</span>
                </a>
              ) : (
                attendanceWords[one.attendance]
              ),
            second: one => one.reason,
          },
          {
            heading: 'Note',
            cell: one => (
              <a class="govuk-link" href={paths.notes.show(part.caseId, one.noteId)}>
                Note<span class="govuk-visually-hidden"> of {formatInstant(one.startsAt)}</span>
              </a>
            ),
            second: one => one.recordedBy,
          },
        ]}
      />
    </>
  )
  const actions =
    mayChange && booking.status !== 'ended'
      ? Button({
          text: booking.status === 'waiting' ? 'Take them off the list' : 'Record what came of it',
          href: paths.groups.endBooking(part.caseId, booking.id),
          classes: 'govuk-button--secondary',
        })
      : null
  return partPage(visit, parts, part, booking.groupName, body, { current: 'groups', actions })
}
