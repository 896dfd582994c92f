import type { VNode } from 'preact'
import { paths } from '../paths.ts'
import { formatInstant, londonDate } from '../platform/clock.ts'
import { formatLongDate } from '../platform/plain-date.ts'
import { type Answer, notFound } from '../platform/web/answer.ts'
import type { Visit } from '../platform/web/routes.ts'
import { Timeline, Words } from '../ui/index.ts'
import { actionEntryWords } from './actions.ts'
import { activityOf, activityShown, type Happening } from './activity.ts'
import { auditItem } from './change-items.ts'
import { itemLink, meetingPage, type OfItem, surnames } from './frame.tsx'
import type { MeetingKind } from './kind.ts'
import { isOnCase } from './own-rows.ts'
import { stepWords } from './review-words.ts'

/** Everything that happened to a case, also between its meetings, for whoever is on it: as far as they may see it. */
export async function activityPage(visit: Visit, of: OfItem): Promise<Answer> {
  const { item, kind, parties, series } = of
  if (item.state === 'draft' || !(await isOnCase(visit, of))) return notFound()
  const { tx, actor, clock } = visit
  const all = await activityOf(tx, kind, item.id, series.runs)
  await auditItem(tx, actor, clock.now(), 'meeting-activity-read', item.id)
  const months = Map.groupBy(all, one => londonDate(one.at).slice(0, 7))
  const body =
    all.length === 0 ? (
      <p class="govuk-body">Nothing has happened yet.</p>
    ) : (
      <>
        {all.length === activityShown ? <p class="govuk-body">The latest {activityShown}.</p> : null}
        <Timeline
          level={2}
          groups={[...months].map(([month, those]) => ({
            heading: formatLongDate(`${month}-01` as Parameters<typeof formatLongDate>[0]).replace(/^1 /, ''),
            entries: those.map(one => ({
              title: <Title of={of} one={one} />,
              when: formatInstant(one.at),
              by: `${one.byName}, ${one.byAgency}`,
              ...(one.words && one.kind !== 'action'
                ? {
                    body: (
                      <>
                        <Words text={one.words} />
                        {one.rationale ? <Words lead="Why" text={one.rationale} /> : null}
                        {one.because ? <Words lead="Why the approved minutes were changed" text={one.because} /> : null}
                      </>
                    ),
                  }
                : {}),
            })),
          }))}
        />
      </>
    )
  return meetingPage(kind, 'Everything that happened', body, {
    context: itemLink(item, surnames(kind, parties)),
    inTitle: `${series.name}, case ${item.reference}`,
  })
}

function Title({ of: { item, kind }, one }: { of: OfItem; one: Happening }): VNode {
  const link = (href: string, text: string): VNode => (
    <a class="govuk-link" href={href}>
      {text}
    </a>
  )
  switch (one.kind) {
    case 'form':
      return <>Wrote in {link(paths.meetings.sharedVersion(item.id, one.id), sectionTitle(kind, one.what))}</>
    case 'log':
      return link(paths.meetings.log(item.id, one.what), kind.logs.find(log => log.code === one.what)?.title ?? one.what)
    case 'action':
      return (
        <>
          {actionEntryWords[one.what as keyof typeof actionEntryWords] ?? one.what}: {link(paths.meetings.action(one.id), one.words)}
        </>
      )
    case 'document':
      return <>Document: {link(paths.meetings.document(item.id, one.id), one.what)}</>
    case 'said':
      return <>{one.what === 'stood' ? 'Decision, as it stood before it was changed' : 'Decision'}</>
    case 'stage':
      return (
        <>
          {kind.stages?.label}: {link(paths.meetings.stage(item.id, one.id), one.what)}
        </>
      )
    case 'review':
      return (
        <>
          {kind.review?.name}: {link(paths.meetings.review(item.id), stepWords[one.what as keyof typeof stepWords])}
        </>
      )
  }
}

const sectionTitle = (kind: MeetingKind, section: string): string =>
  kind.shared?.pages.flatMap(page => page.sections).find(one => one.code === section)?.title ?? section
