import type { VNode } from 'preact'
import { type Case, leadsEpisode, type ReviewRow } from '../cases/index.ts'
import { paths } from '../paths.ts'
import { may } from '../platform/actor.ts'
import { today as londonToday } from '../platform/clock.ts'
import { formatDate } from '../platform/plain-date.ts'
import type { Visit } from '../platform/web/routes.ts'
import { Button, DoNext, dueWords } from '../ui/index.ts'

/** What can be done next, by whoever leads the episode and by whoever is in its team. */
export function EpisodeActions({ visit, theCase, planned }: { visit: Visit; theCase: Case; planned: ReviewRow | undefined }): VNode {
  const { actor, clock } = visit
  const records = may(actor, 'record')
  const leads = records && theCase.whole && theCase.mayEdit && theCase.status === 'open' && leadsEpisode(actor, theCase)
  const go = (name: Parameters<typeof paths.cases.action>[1]) => paths.cases.action(theCase.id, name)
  const links = leads
    ? [
        { text: planned ? 'Change the date of the review' : 'Plan a review', href: go('plan-review') },
        { text: 'Change the co-ordinator', href: paths.episodes.coordinator(theCase.id) },
        { text: 'Rate the risk', href: go('risk') },
        { text: 'Close the episode', href: go('close') },
      ]
    : []
  const due = planned && theCase.closedOn === null ? dueWords(planned.dueOn, londonToday(clock)) : undefined
  const items = due
    ? [
        {
          text: 'Review',
          ...(leads ? { href: go('hold-review') } : {}),
          due: `${formatDate(planned!.dueOn)}, ${due.words}`,
          late: due.overdue,
        },
      ]
    : []
  return (
    <DoNext
      items={items}
      actions={
        <>
          {leads ? <Button text="Record a review" href={go('hold-review')} /> : null}
          <Button text="For the family" href={paths.episodes.print(theCase.id)} classes="govuk-button--secondary" />
          {links.map(link => (
            <a key={link.href} class="govuk-link" href={link.href}>
              {link.text}
            </a>
          ))}
        </>
      }
    />
  )
}
