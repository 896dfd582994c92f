import { audit } from '../audit/index.ts'
import { paths } from '../paths.ts'
import { formatName } from '../people/index.ts'
import { may } from '../platform/actor.ts'
import { today as londonToday } from '../platform/clock.ts'
import { formatDate } from '../platform/plain-date.ts'
import { type Answer, page } from '../platform/web/answer.ts'
import type { Visit } from '../platform/web/routes.ts'
import { Button, DataTable, Due, EmptyState, PageTitle } from '../ui/index.ts'
import { type OwnEpisode, ownEpisodes } from './episodes.queries.ts'

/** Episodes that the reader co-ordinates, is in the team of or keeps, what is wanted of them first; and where one is begun. */
export async function episodesPage(visit: Visit): Promise<Answer> {
  const { tx, actor, clock } = visit
  const today = londonToday(clock)
  const episodes = await ownEpisodes(tx, actor)
  await audit(tx, actor, clock.now(), {
    action: 'episodes-listed',
    subject: { type: 'user', id: actor.userId ?? '' },
    detail: { shown: episodes.length },
  })
  const mayStart = may(actor, 'start-episodes') && may(actor, 'record')
  const body = (
    <>
      {PageTitle({
        title: 'Episodes',
        context: 'Several agencies, one assessment, one plan, one co-ordinator',
        actions: mayStart ? (
          <>
            <Button text="Begin one for somebody new" href={paths.episodes.register} />
            <Button text="Find somebody on record" href={paths.search} classes="govuk-button--secondary" />
          </>
        ) : null,
      })}
      {may(actor, 'see-existence') ? (
        <p class="govuk-body">
          Before you begin one:{' '}
          <a class="govuk-link" href={paths.involved}>
            is there an episode already, and whom do you ring?
          </a>
        </p>
      ) : null}
      <DataTable
        caption="Your episodes"
        captionHidden
        rows={episodes}
        keyOf={one => one.caseId}
        empty={<EmptyState title="You are in no episode.">Those that you co-ordinate or are in the team of stand here.</EmptyState>}
        columns={[
          {
            heading: 'Who',
            rowHeader: true,
            cell: one => (
              <a class="govuk-link govuk-link--no-visited-state" href={paths.cases.show(one.caseId)}>
                {formatName(one)}
              </a>
            ),
            second: one => one.reference,
          },
          {
            heading: 'You are',
            cell: asWhat,
            second: one => (one.isMine ? undefined : one.coordinatorName ? `co-ordinator: ${one.coordinatorName}` : undefined),
          },
          {
            heading: 'Yours to do',
            cell: one => (one.actions === 0 ? 'Nothing' : one.actions === 1 ? '1 action' : `${one.actions} actions`),
          },
          {
            heading: 'Next review',
            cell: one =>
              one.closedOn ? (
                `Closed on ${formatDate(one.closedOn)}`
              ) : one.reviewOn ? (
                <Due date={one.reviewOn} today={today} />
              ) : (
                'Not planned'
              ),
          },
        ]}
      />
    </>
  )
  return page('Episodes', body, { section: 'episodes' })
}

const asWhat = ({ isMine, role, closedOn }: OwnEpisode): string => (isMine && closedOn === null ? 'Co-ordinator' : role || 'Reading it')
