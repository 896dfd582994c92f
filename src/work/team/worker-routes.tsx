import { sql } from 'kysely'
import { audit } from '../../audit/index.ts'
import { paths } from '../../paths.ts'
import { today as londonToday } from '../../platform/clock.ts'
import { formatLongDate } from '../../platform/plain-date.ts'
import { type Answer, notFound, page } from '../../platform/web/answer.ts'
import type { Routes, Visit } from '../../platform/web/routes.ts'
import { BackLink, PageTitle } from '../../ui/index.ts'
import { caseFile } from '../caseload/case-file.ts'
import { askedList, CaseList, findList } from '../caseload/case-list.tsx'
import { caseloadCounts } from '../caseload/caseload.queries.ts'
import { WorkFigures } from '../my-work/routes.tsx'

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
  const counted = caseloadCounts(tx, whose, list.asOf)
  const [counts, found] = await Promise.all([
    counted,
    findList(
      visit,
      list,
      counted.then(one => one.all),
    ),
    audit(tx, actor, clock.now(), { action: 'caseload-opened', subject }),
  ])
  return page(
    `Cases of ${worker.name}`,
    <>
      <BackLink href={paths.work.team}>Team</BackLink>
      <PageTitle
        title={`Cases of ${worker.name}`}
        context={[formatLongDate(londonToday(clock)), worker.jobTitle, worker.status === 'disabled' && 'account disabled']
          .filter(Boolean)
          .join(' · ')}
      />
      <WorkFigures counts={counts} go={list.go} hasNew={false} />
      <CaseList {...list} {...found} caption={`Cases of ${worker.name}`} empty={`You may see no case that ${worker.name} has.`} />
    </>,
    { section: 'team' },
  )
}

/** Somebody with whom the actor shares a team, or one of whose cases they read. Of anybody else there is no such page. */
export async function findWorker({ tx, actor, params }: Visit) {
  const userId = params['userId'] ?? ''
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(userId)) return undefined
  const { rows } = await sql<{ id: string; principal: number; name: string; jobTitle: string; status: string }>`
    select u.id, u.principal, u.name, u.job_title as "jobTitle", u.status from users u
    where u.id = ${userId} and (
      exists (select from posts o where o.user_id = u.id and o.ended_at is null and o.team_id = any (${actor.posts.map(post => post.teamId)}::uuid[]))
      or exists (select from caseload_entries w where w.worker_id = u.id and w.closed_on is null))`.execute(tx)
  return rows[0]
}
