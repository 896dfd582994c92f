import type { ComponentChildren, VNode } from 'preact'
import { partsOpenTo } from '../access/index.ts'
import {
  type Case,
  type CasePanel,
  closuresOf,
  referralOf,
  reviewsOf,
  risksOf,
  SharedRisk,
  TimelineList,
  timelineOf,
} from '../cases/index.ts'
import { standingOf } from '../consents/index.ts'
import { answerSetsOf } from '../forms/index.ts'
import { paths } from '../paths.ts'
import { may } from '../platform/actor.ts'
import { today as londonToday } from '../platform/clock.ts'
import { formatDate } from '../platform/plain-date.ts'
import type { Visit } from '../platform/web/routes.ts'
import { Columns, Facts, InsetText, Words } from '../ui/index.ts'
import { consentInWords } from './consent-words.ts'
import { EpisodeActions } from './episode-actions.tsx'
import { AssessmentSection, OtherEpisodes, ReviewsSection, TeamPanel, WhoSeesPanel } from './episode-sections.tsx'
import { coordinatorOf, otherEpisodesOf } from './episodes.queries.ts'
import type { EpisodePanels } from './episodes-parts.ts'
import { membersOf } from './members.ts'
import { mayChange } from './team-pages.tsx'

const partsShown = ['referral', 'consent', 'forms', 'plan', 'notes', 'risk', 'reviews', 'episode'] as const

/**
 * The one page for an episode: who co-ordinates it and how to ring them, how it stands with consent, the team, the assessment, the plan, reviews, and
 * other episodes as far as that they are may be known. The same page for its co-ordinator, its team and its desk; each sees what is theirs.
 */
export async function EpisodePage(visit: Visit, theCase: Case, { panels, sidePanels }: EpisodePanels, heading?: VNode): Promise<VNode> {
  const { tx, actor, clock } = visit
  const today = londonToday(clock)
  const open = theCase.whole ? new Set(partsShown) : await partsOpenTo(tx, actor, theCase.id, partsShown)
  const [coordinator, referral, members, others, reviews, risks, closures, consent, timeline] = await Promise.all([
    coordinatorOf(tx, theCase.workerId),
    referralOf(tx, theCase.id),
    membersOf(tx, theCase.id),
    otherEpisodesOf(tx, theCase.personId, theCase.id),
    reviewsOf(tx, theCase.id),
    risksOf(tx, theCase.id),
    closuresOf(tx, theCase.id),
    open.has('consent') ? standingOf(tx, theCase.id, 'share', today) : null,
    timelineOf(tx, { personId: theCase.personId, filters: { caseId: theCase.id }, limit: 10 }),
  ])
  const leads = mayChange(visit, theCase)
  const planned = reviews.find(one => one.heldOn === null)
  const isTheirs = open.has('episode')
  return (
    <Columns
      first={isTheirs ? <EpisodeActions visit={visit} theCase={theCase} planned={planned} /> : undefined}
      aside={
        isTheirs ? (
          <>
            <TeamPanel theCase={theCase} coordinator={coordinator} members={members} leads={leads} />
            <SharedRisk risks={risks.slice(0, 1)} />
            {await filled(visit, theCase, sidePanels)}
            {theCase.whole && theCase.mayDecide ? <WhoSeesPanel theCase={theCase} mayRestrict={leads && may(actor, 'restrict')} /> : null}
          </>
        ) : undefined
      }
    >
      {heading ?? <h1 class="govuk-heading-l">{theCase.serviceName}</h1>}
      {isTheirs ? null : (
        <InsetText
          text={`You follow this episode and see what is shared with you. To ask about more, ring ${ringWords(theCase, coordinator)}.`}
        />
      )}
      <Facts
        items={[
          {
            label: 'Co-ordinator',
            value: coordinator ? coordinator.name : 'Nobody',
            second: coordinator
              ? [coordinator.jobTitle, coordinator.agencyName, coordinator.telephone].filter(Boolean).join(' · ')
              : `Ring ${ringWords(theCase, undefined)}`,
          },
          {
            label: theCase.closedOn ? 'Was open' : 'Open since',
            value: `${formatDate(theCase.openedOn ?? theCase.referredOn)}${theCase.closedOn ? ` to ${formatDate(theCase.closedOn)}` : ''}`,
          },
          consent && {
            label: 'Consent',
            value: consentInWords(consent),
            second: (
              <a class="govuk-link" href={paths.consents.ofCase(theCase.id)}>
                Consent
              </a>
            ),
          },
          referral && {
            label: 'Why it began',
            value: <Words text={referral.reason} />,
            second: `${referral.referrerName}, ${referral.referrerContact}`,
          },
          planned && !theCase.closedOn && { label: 'Next review', value: formatDate(planned.dueOn) },
        ]}
      />
      {closures[0] ? (
        <InsetText>
          <strong>
            Closed on {formatDate(closures[0].closedOn)}: {closures[0].reason}. {closures[0].outcome}.
          </strong>
          <br />
          {closures[0].summary}
        </InsetText>
      ) : null}
      {open.has('forms') ? <AssessmentSection visit={visit} theCase={theCase} sets={await answerSetsOf(tx, theCase.id)} /> : null}
      {await filled(visit, theCase, panels)}
      {open.has('reviews') ? <ReviewsSection reviews={reviews} /> : null}
      <OtherEpisodes episodes={others} of={theCase} />
      <h2 class="govuk-heading-m">Latest</h2>
      <TimelineList page={timeline} today={today} />
    </Columns>
  )
}

const ringWords = ({ teamName, teamTelephone }: Case, coordinator: { name: string; telephone: string } | undefined): string =>
  coordinator ? `${coordinator.name} on ${coordinator.telephone}` : `${teamName}${teamTelephone ? ` on ${teamTelephone}` : ''}`

async function filled(visit: Visit, theCase: Case, panels: readonly CasePanel[]): Promise<ComponentChildren> {
  const shown: ComponentChildren[] = []
  for (const panel of panels) shown.push(await panel(visit, theCase))
  return shown
}
