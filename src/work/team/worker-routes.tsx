import type { VNode } from 'preact'
import { audit } from '../../audit/index.ts'
import { paths } from '../../paths.ts'
import { may } from '../../platform/actor.ts'
import { today as londonToday } from '../../platform/clock.ts'
import { formatLongDate } from '../../platform/plain-date.ts'
import { type Answer, notFound, page } from '../../platform/web/answer.ts'
import type { Routes, Visit } from '../../platform/web/routes.ts'
import { BackLink, Button, Columns, PageTitle } from '../../ui/index.ts'
import { caseFile } from '../caseload/case-file.ts'
import { askedList, CaseList, findList } from '../caseload/case-list.tsx'
import { caseloadCounts } from '../caseload/caseload.queries.ts'
import { coversOf } from '../cover/cover.ts'
import { CoverPanel } from '../cover/routes.tsx'
import { WorkFigures } from '../my-work/work-figures.tsx'
import { findWorker, type ShownWorker, teamsShared } from './find-worker.ts'

/** A colleague's list, for supervision and in their absence: those of their cases that the actor reads. */
export function workerRoutes(routes: Routes): void {
  routes.get(paths.work.worker(':userId'), { may: 'read-records' }, workerList)
}

async function workerList(visit: Visit): Promise<Answer> {
  const { tx, actor, clock } = visit
  const worker = await findWorker(visit)
  if (!worker) return notFound()
  const whose = { workerId: worker.id }
  const list = askedList(visit, { whose, here: paths.work.worker(worker.id), isTeam: false })
  const subject = { type: 'user', id: worker.id }
  if (visit.query.get('as') === 'csv') return caseFile(visit, list, subject)
  const counted = caseloadCounts(tx, whose, list.asOf, list.wish.filters)
  const [counts, found, covers, shared] = await Promise.all([
    counted,
    findList(
      visit,
      list,
      counted.then(one => one.all),
    ),
    coversOf(tx, clock.now(), { workerId: worker.id }),
    teamsShared(visit, worker.id),
    audit(tx, actor, clock.now(), { action: 'caseload-opened', subject }),
  ])
  const mayHandOn = may(actor, 'manage-allocation') && shared.length > 0
  const mayBeCovered = worker.status !== 'disabled' && worker.id !== actor.userId
  return page(
    `Cases of ${worker.name}`,
    <>
      <BackLink href={paths.work.team}>Team</BackLink>
      <PageTitle
        title={`Cases of ${worker.name}`}
        context={[formatLongDate(londonToday(clock)), worker.jobTitle, worker.status === 'disabled' && 'account disabled']
          .filter(Boolean)
          .join(' · ')}
        actions={mayHandOn ? <HandOn worker={worker} mayBeCovered={mayBeCovered} /> : undefined}
      />
      <p class="govuk-body ly-no-print">
        <a class="govuk-link" href={paths.tasks.ofColleague(worker.id)}>
          Their tasks
        </a>
      </p>
      <WorkFigures counts={counts} go={list.go} hasNew={false} />
      <Columns aside={covers.length > 0 ? <CoverPanel visit={visit} covers={covers} /> : undefined}>
        <CaseList {...list} {...found} caption={`Cases of ${worker.name}`} empty={`You may see no case that ${worker.name} has.`} />
      </Columns>
    </>,
    { section: 'team' },
  )
}

/** What a leader does when somebody is away, or leaves. */
const HandOn = ({ worker, mayBeCovered }: { worker: ShownWorker; mayBeCovered: boolean }): VNode => (
  <>
    {mayBeCovered ? <Button text="Set cover" href={paths.work.cover(worker.id)} classes="govuk-button--secondary" /> : null}
    <Button text="Hand on their cases" href={paths.work.reassign(worker.id)} classes="govuk-button--secondary" />
  </>
)
