import type { VNode } from 'preact'
import type { Case, ReviewRow } from '../cases/index.ts'
import type { AnswerSetListed } from '../forms/index.ts'
import { paths } from '../paths.ts'
import { may } from '../platform/actor.ts'
import { formatDate, type PlainDate } from '../platform/plain-date.ts'
import type { Visit } from '../platform/web/routes.ts'
import { Button, SidePanel, Words } from '../ui/index.ts'
import { accessWords, type Member } from './episode.ts'
import type { OtherEpisode, Reach } from './episodes.queries.ts'

type TeamProps = { theCase: Case; coordinator: Reach | undefined; members: readonly Member[]; leads: boolean }

/** Who works together on it, each with how to reach them. */
export function TeamPanel({ theCase, coordinator, members, leads }: TeamProps): VNode {
  const now = theCase.closedOn ? [] : members.filter(one => one.toOn === null)
  return (
    <SidePanel id="team-around" title="Team around the person">
      <ul class="ly-list">
        {coordinator ? (
          <li>
            <strong>{coordinator.name}</strong>, co-ordinator
            <span class="ly-second">{[coordinator.agencyName, coordinator.telephone].filter(Boolean).join(' · ')}</span>
          </li>
        ) : null}
        {now.map(one => (
          <li key={one.id}>
            <strong>{one.name}</strong>, {one.role}
            <span class="ly-second">{[one.organisation, one.telephone].filter(Boolean).join(' · ')}</span>
            {leads ? <span class="ly-second">{accessWords[one.access]}</span> : null}
          </li>
        ))}
      </ul>
      {!coordinator && now.length === 0 ? <p class="govuk-body">Nobody is in it now.</p> : null}
      <p class="govuk-body">
        <a class="govuk-link" href={paths.episodes.team(theCase.id)}>
          The whole team
        </a>
        {leads ? (
          <>
            {' · '}
            <a class="govuk-link" href={paths.episodes.addMember(theCase.id)}>
              Add somebody
            </a>
          </>
        ) : null}
      </p>
    </SidePanel>
  )
}

/** Who reads it beside the team, and the way to the pages where that is changed. */
export function WhoSeesPanel({ theCase, mayRestrict }: { theCase: Case; mayRestrict: boolean }): VNode {
  return (
    <SidePanel id="who-sees" title="Who sees this episode">
      <p class="govuk-body">
        {theCase.restricted
          ? 'Only those named, and its co-ordinator. Its team waits until it is open again.'
          : `Its co-ordinator, the team around the person, ${theCase.teamName} and the commissioners. Nobody by their agency having begun it.`}
      </p>
      <p class="govuk-body">
        <a class="govuk-link" href={paths.sharing.ofCase(theCase.id)}>
          Sharing, withholding and consent
        </a>
        {mayRestrict ? (
          <>
            {' · '}
            <a class="govuk-link" href={paths.cases.action(theCase.id, theCase.restricted ? 'unrestrict' : 'restrict')}>
              {theCase.restricted ? 'Open it again' : 'Restrict it to named people'}
            </a>
          </>
        ) : null}
      </p>
    </SidePanel>
  )
}

/** The common assessment and whatever else was asked, as far as the reader sees it. */
export function AssessmentSection({ visit, theCase, sets }: { visit: Visit; theCase: Case; sets: readonly AnswerSetListed[] }): VNode {
  return (
    <section aria-labelledby="assessment">
      <h2 class="govuk-heading-m" id="assessment">
        Assessment
      </h2>
      {sets.length === 0 ? <p class="govuk-body">There is no assessment yet.</p> : null}
      <ul class="ly-list">
        {sets.map(set => (
          <li key={set.id}>
            <a class="govuk-link" href={paths.forms.show(theCase.id, set.id)}>
              {set.title}
            </a>
            <span class="ly-second">
              {set.completedAt ? 'Completed' : 'Being written'} · begun by {set.startedBy}
            </span>
          </li>
        ))}
      </ul>
      {sets.length === 0 && theCase.mayEdit && theCase.closedOn === null && may(visit.actor, 'record')
        ? Button({ text: 'Begin the assessment', href: paths.forms.begin(theCase.id), classes: 'govuk-button--secondary' })
        : null}
    </section>
  )
}

/** Meetings and reviews that were held: who was there, what was decided. */
export function ReviewsSection({ reviews }: { reviews: readonly ReviewRow[] }): VNode {
  const held = reviews.filter(one => one.heldOn !== null)
  return (
    <section aria-labelledby="reviews">
      <h2 class="govuk-heading-m" id="reviews">
        Meetings and reviews
      </h2>
      {held.length === 0 ? <p class="govuk-body">None has been held yet.</p> : null}
      {held.map((one, index) => (
        <div key={index}>
          <h3 class="govuk-heading-s">
            {formatDate(one.heldOn!)}: {one.outcome}
          </h3>
          {one.present ? <p class="govuk-body">There: {one.present}</p> : null}
          <Words text={one.summary} />
        </div>
      ))}
    </section>
  )
}

/** It began before this one did, or was over by then. */
const isBefore = ({ openedOn, closedOn }: OtherEpisode, begun: PlainDate): boolean =>
  openedOn < begun || (closedOn !== null && closedOn <= begun)

/** Earlier and later episodes: that they are, and whom to ring (E1, E7). */
export function OtherEpisodes({ episodes, of: theCase }: { episodes: readonly OtherEpisode[]; of: Case }): VNode | null {
  if (episodes.length === 0) return null
  const begun = theCase.openedOn ?? theCase.referredOn
  return (
    <section aria-labelledby="other-episodes">
      <h2 class="govuk-heading-m" id="other-episodes">
        Other episodes
      </h2>
      <p class="govuk-body">Each is apart from this one. Whoever is in the team of one sees nothing of another by that.</p>
      <ul class="ly-list">
        {episodes.map(one => {
          const words = `${isBefore(one, begun) ? 'Earlier' : 'Later'}: ${formatDate(one.openedOn)} ${one.closedOn ? `to ${formatDate(one.closedOn)}` : 'and open still'}`
          return (
            <li key={one.caseId}>
              {one.isReadable ? (
                <a class="govuk-link" href={paths.cases.show(one.caseId)}>
                  {words}
                </a>
              ) : (
                words
              )}
              <span class="ly-second">
                Ring {one.whom}
                {one.telephone ? ` · ${one.telephone}` : ''}
              </span>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
