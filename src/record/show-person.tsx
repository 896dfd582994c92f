import { comingFor } from '../activities/index.ts'
import { audit } from '../audit/index.ts'
import { alertsOf, caseSummariesOf, coWorkersWith, howTheySee, involvementsOf, lasts, personDuesOf, timelineOf } from '../cases/index.ts'
import { GroupsOfPerson } from '../groups/index.ts'
import { MeetingsOfPerson, mayReferPerson } from '../meetings/index.ts'
import { paths } from '../paths.ts'
import { findPerson, formatName, mayEdit, PersonTabs } from '../people/index.ts'
import { today as londonToday } from '../platform/clock.ts'
import { notFound, page } from '../platform/web/answer.ts'
import type { Routes } from '../platform/web/routes.ts'
import { FamilyPanel, knownAround, professionalsOf } from '../relationships/index.ts'
import { GroupedCases, othersOfTheSame } from '../same-person/index.ts'
import { FindHere } from '../search/index.ts'
import { Columns } from '../ui/index.ts'
import { headingBanner } from './banner.tsx'
import { CasesTable, DoNextHere, TimelineHere, WorkingWith } from './parts.tsx'

export type RecordParts = {
  /** Where a contact is recorded on a case. */
  recordContact: (caseId: string) => string
}

/**
 * The page that a worker opens with ten seconds to spare: who, dangers, what is due, who is working with them and how to reach them, the latest
 * of the timeline. Everything else is one click away.
 */
export function recordRoutes(routes: Routes, parts: RecordParts): void {
  routes.get('/people/:personId', { may: 'read-records' }, async visit => {
    const { tx, actor, clock } = visit
    const person = await findPerson(tx, visit.params['personId'] ?? '')
    if (!person) return notFound()
    const today = londonToday(clock)
    const [coWorkers, alerts, dues, involvements, timeline, coming, known, professionals, others, groups, meetings, mayReferToMeeting] =
      await Promise.all([
        coWorkersWith(tx, person.id),
        alertsOf(tx, person.id),
        personDuesOf(tx, person.id),
        involvementsOf(tx, person.id),
        timelineOf(tx, { personId: person.id, limit: 20 }),
        comingFor(visit, person.id),
        knownAround(tx, person.id, today),
        professionalsOf(tx, person.id),
        othersOfTheSame(tx, person.id),
        GroupsOfPerson(visit, person.id),
        MeetingsOfPerson(visit, person.id),
        mayReferPerson(visit),
        audit(tx, actor, clock.now(), { action: 'person-opened', subject: { type: 'person', id: person.id }, personId: person.id }),
      ])
    const summaries = await caseSummariesOf(tx, actor, [person.id])
    const elsewhere =
      others.length === 0
        ? []
        : await caseSummariesOf(
            tx,
            actor,
            others.map(other => other.id),
          )
    const contactOn = summaries.find(
      one => one.whole && one.closedOn === null && one.editors.some(editor => actor.writePrincipals.includes(editor)),
    )
    const body = (
      <>
        {headingBanner(visit, person, alerts, known, others, summaries)}
        <PersonTabs person={person} actor={actor} current="overview" />
        <Columns
          first={
            <DoNextHere
              dues={dues}
              today={today}
              person={person}
              mayEdit={mayEdit(actor, person)}
              mayReferToMeeting={mayReferToMeeting}
              mayStartEpisode={actor.capabilities.has('start-episodes') && lasts(await howTheySee(visit, person.id))}
              contactHref={contactOn && parts.recordContact(contactOn.id)}
            />
          }
          aside={
            <>
              <WorkingWith
                person={person}
                summaries={summaries}
                coWorkers={coWorkers}
                involvements={involvements}
                professionals={professionals.filter(one => one.to === null || one.to >= today)}
                mayBreakGlass={actor.capabilities.has('break-glass')}
              />
              <FamilyPanel person={person} known={known} today={today} />
              <FindHere within="person" id={person.id} />
              {groups}
              {meetings}
              <p class="govuk-body ly-no-print">
                <a class="govuk-link" href={paths.letters.summary(person.id)}>
                  Summary on one sheet (PDF)
                </a>
              </p>
            </>
          }
        >
          <CasesTable summaries={summaries} today={today} person={person} mayRefer={mayEdit(actor, person)} />
          {others.length > 0 ? <GroupedCases cases={elsewhere} people={others} title="On other records of the same person" /> : null}
          <TimelineHere person={person} timeline={timeline} coming={coming} today={today} />
        </Columns>
      </>
    )
    return page(formatName(person), body, { section: 'people' })
  })
}
