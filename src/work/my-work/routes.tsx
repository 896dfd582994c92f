import type { ComponentChildren, VNode } from 'preact'
import { audit } from '../../audit/index.ts'
import { paths } from '../../paths.ts'
import { today as londonToday } from '../../platform/clock.ts'
import { formatLongDate } from '../../platform/plain-date.ts'
import { type Answer, page } from '../../platform/web/answer.ts'
import type { Routes, Visit } from '../../platform/web/routes.ts'
import { Columns, FilterChips, PageTitle } from '../../ui/index.ts'
import { caseFile } from '../caseload/case-file.ts'
import { askedList, CaseList, findList } from '../caseload/case-list.tsx'
import { caseloadCounts, type Whose } from '../caseload/caseload.queries.ts'
import { TextThem } from '../caseload/text-them.tsx'
import { coversOf } from '../cover/cover.ts'
import { CoverPanel } from '../cover/routes.tsx'
import { SavedViews, ViewLinks } from '../views/routes.tsx'
import { viewsOf } from '../views/views.ts'
import { DraftsPanel, draftsOf } from './drafts.tsx'
import { newSince } from './last-visit.ts'
import { OffersPanel, offeredTo } from './offers.tsx'
import { WorkFigures } from './work-figures.tsx'

/** A part of "My work" that another module fills. Null where there is nothing to show to this actor. */
export type WorkPanel = (visit: Visit) => Promise<VNode | null>

export type WorkParts = {
  /** What must not be missed, above everything else. */
  alerts: WorkPanel
  /** Panels beside the cases, and before them on a phone, in order: today's appointments, notices, what needs an answer. */
  panels: readonly WorkPanel[]
  /** Whether text messages can go anywhere. */
  texting: boolean
}

/** The first page after signing in: what to do next, in order, with lateness in words; what is new; what is half written. */
export function myWorkRoutes(routes: Routes, parts: WorkParts): void {
  routes.get(paths.work.mine, { may: 'read-records' }, visit => myWork(visit, parts))
}

async function myWork(visit: Visit, { alerts, panels, texting }: WorkParts): Promise<Answer> {
  const { tx, actor, clock, query } = visit
  const me = actor.userId ?? ''
  const isBeside = query.get('as-co-worker') === '1'
  const whose: Whose = isBeside ? { coWorkerId: me } : { workerId: me }
  const subject = { type: 'user', id: me }
  const since = await newSince(tx, actor, clock.now())
  const list = askedList(visit, { whose, here: paths.work.mine, isTeam: false, since })
  if (query.get('as') === 'csv') return caseFile(visit, list, subject)
  const counted = caseloadCounts(tx, whose, list.asOf, list.wish.filters)
  const [counts, other, found, drafts, offers, covers, views] = await Promise.all([
    counted,
    caseloadCounts(tx, isBeside ? { workerId: me } : { coWorkerId: me }, list.asOf),
    findList(
      visit,
      list,
      counted.then(one => one.all),
    ),
    draftsOf(tx, actor),
    offeredTo(tx, actor),
    coversOf(tx, clock.now(), { concerning: me }),
    viewsOf(tx, actor, 'my-work'),
    audit(tx, actor, clock.now(), { action: 'caseload-opened', subject }),
  ])
  const today = londonToday(clock)
  const onTop = await alerts(visit)
  const beside: ComponentChildren[] = []
  for (const panel of panels) beside.push(await panel(visit))
  const teams = [...new Set(actor.posts.map(post => post.teamName))].join(', ')
  const first = [<OffersPanel key="offers" offers={offers} />, ...beside]
  const aside = [<CoverPanel key="cover" visit={visit} covers={covers} />, <DraftsPanel key="drafts" drafts={drafts} today={today} />]
  return page(
    'My work',
    <>
      {onTop}
      <PageTitle
        title="My work"
        context={[formatLongDate(today), teams, counts.all === 1 ? '1 open case' : `${counts.all} open cases`].filter(Boolean).join(' · ')}
      />
      <WorkFigures counts={counts} go={list.go} />
      <Columns first={first} aside={aside}>
        {counts.all === 0 && other.all === 0 ? null : (
          <Beside isBeside={isBeside} mine={isBeside ? other.all : counts.all} others={isBeside ? counts.all : other.all} />
        )}
        <CaseList
          {...list}
          {...found}
          caption="My cases"
          views={<SavedViews views={views} query={query} />}
          links={
            <>
              <ViewLinks list="my-work" views={views} query={query} />
              {texting ? <TextThem visit={visit} list="my-work" found={found.found} /> : null}
            </>
          }
          empty={isBeside ? 'You work with nobody else’s case.' : 'You have no cases. Those that are allocated to you stand here.'}
        />
      </Columns>
    </>,
    { section: 'work' },
  )
}

/** Whose cases are listed: one's own, or those that one works with beside somebody. Shown to those who have both. */
function Beside({ isBeside, mine, others }: { isBeside: boolean; mine: number; others: number }): VNode | null {
  if (others === 0 && !isBeside) return null
  return (
    <FilterChips
      label="Whose cases"
      items={[
        { text: 'My cases', href: paths.work.mine, count: mine, current: !isBeside },
        { text: 'As co-worker', href: `${paths.work.mine}?as-co-worker=1`, count: others, current: isBeside },
      ]}
    />
  )
}
