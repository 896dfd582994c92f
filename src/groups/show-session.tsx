import type { VNode } from 'preact'
import { paths } from '../paths.ts'
import { may } from '../platform/actor.ts'
import { type Answer, notFound } from '../platform/web/answer.ts'
import type { Visit } from '../platform/web/routes.ts'
import { Button, DataTable, Facts, InsetText } from '../ui/index.ts'
import { type Attended, attendanceAt, bookingsOfGroup, placesOf } from './bookings.queries.ts'
import { ToTell } from './cancelled-session.tsx'
import { attendanceWords, type Booking, isExpected, othersOf, type Session } from './group.ts'
import type { GroupParts } from './group-parts.ts'
import { findGroup, findSession } from './groups.queries.ts'
import { textTo } from './groups-to-text.ts'
import { recordable } from './record-attendance.ts'
import { auditShown } from './show-group.tsx'
import { dayInWords, groupLine, groupPage, sessionTitle, whenInWords } from './words.tsx'

/** One session: who is expected, who came, and when it is cancelled whom to tell and how it is safe to. */
export async function showSession(visit: Visit, parts: GroupParts): Promise<Answer> {
  const { tx, actor, clock, params } = visit
  const group = await findGroup(tx, actor, params['groupId'] ?? '')
  const session = group && (await findSession(tx, group.id, params['sessionId'] ?? ''))
  if (!group || !session) return notFound()
  const now = clock.now()
  const recorded = await attendanceAt(tx, session.id)
  const bookings = await bookingsOfGroup(tx, actor, group.id)
  const people = bookings.filter(one => isExpected(one, session) || recorded.has(one.id))
  await auditShown(visit, 'group-session-opened', group.id, people)
  const hasBegun = session.startsAt <= now
  const others = hasBegun ? undefined : othersOf(await placesOf(tx, actor, group.id), bookings)
  const runs = group.mayRun && may(actor, 'record') && !session.cancelledAt
  const open = bookings.filter(one => isExpected(one, session) && !recorded.has(one.id))
  const records = may(actor, 'record') && hasBegun && !session.cancelledAt && open.length > 0
  const mayRegister = records && open.some((await recordable(tx, actor, open)).may)
  const isToCome = !hasBegun || session.cancelledAt !== null
  const textHref = parts.texting && isToCome ? textTo(actor, { session }, people.length) : null
  const body = (
    <>
      {session.cancelledAt ? InsetText({ text: `This session is cancelled. ${session.cancelledBecause}` }) : null}
      <Facts
        items={[
          { label: 'When', value: whenInWords(session) },
          session.place ? { label: 'Where', value: session.place } : null,
          sessionTitle(session) ? { label: 'About', value: sessionTitle(session) } : null,
        ]}
      />
      {session.cancelledAt ? (
        await ToTell({ visit, group, session, people, textHref })
      ) : (
        <Expected people={people} recorded={recorded} session={session} hasBegun={hasBegun} mayRecord={may(actor, 'record')} />
      )}
      {others ? <p class="govuk-body">{others} in the group or waiting for a place, on records that are not open to you.</p> : null}
      {hasBegun && !session.cancelledAt ? (
        <p class="govuk-body">Whether somebody on a record that you may not change came is recorded by their own worker, here.</p>
      ) : null}
    </>
  )
  const actions = (
    <>
      {mayRegister ? Button({ text: 'Record who came', href: paths.groups.register(group.id, session.id) }) : null}
      {textHref && !session.cancelledAt ? (
        <a class="govuk-link" href={textHref}>
          Text whoever is expected
        </a>
      ) : null}
      {runs ? (
        <a class="govuk-link" href={paths.groups.editSession(group.id, session.id)}>
          Change it
        </a>
      ) : null}
      {runs ? (
        <a class="govuk-link" href={paths.groups.cancelSession(group.id, session.id)}>
          Cancel it
        </a>
      ) : null}
    </>
  )
  return groupPage(`${dayInWords(session)}: ${group.name}`, body, { context: groupLine(group), actions })
}

type ExpectedProps = {
  people: readonly Booking[]
  recorded: ReadonlyMap<string, Attended>
  session: Session
  hasBegun: boolean
  mayRecord: boolean
}

function Expected({ people, recorded, session, hasBegun, mayRecord }: ExpectedProps): VNode {
  return (
    <DataTable
      caption={hasBegun ? 'Who came' : 'Who is expected'}
      rows={people}
      keyOf={one => one.id}
      empty={<p class="govuk-body">{hasBegun ? 'Nobody whom you may see was expected.' : 'Nobody whom you may see is expected.'}</p>}
      columns={[
        {
          heading: 'Person',
          rowHeader: true,
          cell: one => (
            <a class="govuk-link" href={paths.groups.booking(one.caseId, one.id)}>
              <bdi>{one.personName}</bdi>
            </a>
          ),
          second: one => one.needs,
        },
        {
          heading: 'Attendance',
          cell: one => {
            const known = recorded.get(one.id)
            if (!known) return hasBegun ? 'Not recorded' : 'To come'
            return mayRecord && one.mayEdit ? (
              <a class="govuk-link" href={paths.groups.attendance(one.caseId, one.id, session.id)}>
                {attendanceWords[known.attendance]}
                <span class="govuk-visually-hidden"> {one.personName}</span>
              </a>
            ) : (
              attendanceWords[known.attendance]
            )
          },
          second: one => recorded.get(one.id)?.reason,
        },
        {
          heading: 'Note',
          cell: one => {
            const known = recorded.get(one.id)
            return known ? (
              <a class="govuk-link" href={paths.notes.show(known.caseId, known.noteId)}>
                Note<span class="govuk-visually-hidden"> on {one.personName}</span>
              </a>
            ) : null
          },
          second: one => recorded.get(one.id)?.recordedBy,
        },
      ]}
    />
  )
}
