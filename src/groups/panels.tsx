import type { VNode } from 'preact'
import { type Case, panelPart } from '../cases/index.ts'
import { paths } from '../paths.ts'
import { may } from '../platform/actor.ts'
import { formatInstant } from '../platform/clock.ts'
import type { Visit } from '../platform/web/routes.ts'
import { Button, SidePanel } from '../ui/index.ts'
import { bookingsOfCase, openBookingsOfPerson } from './bookings.queries.ts'
import { progressInWords } from './programme.ts'
import { coursesOfCase, coursesOfPerson, type ListedCourse } from './programmes.queries.ts'
import { standingInWords } from './words.tsx'

/** The groups of a case, in the narrow column of its page. Null for somebody who may not see them, and where there is nothing to see or to do. */
export async function GroupsPanel(visit: Visit, theCase: Case): Promise<VNode | null> {
  const { tx, actor } = visit
  const part = await panelPart(tx, actor, theCase, 'groups')
  if (!part) return null
  const bookings = await bookingsOfCase(tx, actor, theCase.id)
  const courses = await coursesOfCase(tx, actor, theCase.id)
  const going = courses.filter(one => one.status === 'going')
  const open = bookings.filter(one => one.status !== 'ended')
  const mayBook = part.mayEdit && may(actor, 'record') && theCase.status !== 'closed'
  if (bookings.length + courses.length === 0 && !mayBook) return null
  return (
    <SidePanel id="groups-panel" title="Groups and programmes">
      {open.length + going.length === 0 ? (
        <p class="govuk-body">None at present.</p>
      ) : (
        <ul class="ly-list">
          {open.map(one => (
            <li key={one.id}>
              <a class="govuk-link" href={paths.groups.booking(one.caseId, one.id)}>
                {one.groupName}
              </a>
              <span class="ly-second">{standingInWords(one)}</span>
            </li>
          ))}
          {going.map(one => courseLine(one))}
        </ul>
      )}
      <div class="govuk-button-group">
        {mayBook
          ? Button({ text: 'Book into a group', href: paths.groups.addToCase(theCase.id), classes: 'govuk-button--secondary' })
          : null}
        {bookings.length + courses.length > 0 ? (
          <a class="govuk-link" href={paths.groups.ofCase(theCase.id)}>
            All groups and programmes
          </a>
        ) : null}
      </div>
    </SidePanel>
  )
}

/** What a person has places in, over all cases that the actor may see, for their own page. Null where there is none. */
export async function GroupsOfPerson({ tx, actor, clock }: Visit, personId: string): Promise<VNode | null> {
  const [bookings, courses] = await Promise.all([
    openBookingsOfPerson(tx, actor, personId, clock.now()),
    coursesOfPerson(tx, actor, personId),
  ])
  if (bookings.length + courses.length === 0) return null
  return (
    <SidePanel id="groups-panel" title="Groups and programmes">
      <ul class="ly-list">
        {bookings.map(one => (
          <li key={one.id}>
            <a class="govuk-link" href={paths.groups.booking(one.caseId, one.id)}>
              {one.groupName}
            </a>
            <span class="ly-second">
              {one.status === 'booked' && one.nextAt ? `Next on ${formatInstant(one.nextAt)}` : standingInWords(one)}
            </span>
          </li>
        ))}
        {courses.map(one => courseLine(one))}
      </ul>
    </SidePanel>
  )
}

const courseLine = (one: ListedCourse): VNode => (
  <li key={one.id}>
    <a class="govuk-link" href={paths.programmes.course(one.caseId, one.id)}>
      {one.programmeName}
    </a>
    <span class="ly-second">{progressInWords(one)}</span>
  </li>
)
