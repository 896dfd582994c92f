import { audit } from '../../audit/index.ts'
import { type FrameParts, type PartOfCase, partPage, withPart } from '../../cases/index.ts'
import { paths } from '../../paths.ts'
import { may } from '../../platform/actor.ts'
import { today } from '../../platform/clock.ts'
import type { Answer } from '../../platform/web/answer.ts'
import type { Routes, Visit } from '../../platform/web/routes.ts'
import { Button, EmptyState } from '../../ui/index.ts'
import { TaskTable } from '../task-table.tsx'
import { tasksOfCase } from '../tasks.queries.ts'

/** The tasks of a case, open ones first. */
export function caseTaskRoutes(routes: Routes, parts: FrameParts): void {
  routes.get('/cases/:caseId/tasks', { may: 'read-records' }, visit =>
    withPart(visit, 'tasks', 'read', part => caseTasks(visit, parts, part)),
  )
}

async function caseTasks(visit: Visit, parts: FrameParts, part: PartOfCase): Promise<Answer> {
  const { tx, actor, clock } = visit
  await audit(tx, actor, clock.now(), {
    action: 'case-tasks-read',
    subject: { type: 'case', id: part.caseId },
    personId: part.personId,
    caseId: part.caseId,
  })
  const all = await tasksOfCase(tx, actor, part.caseId)
  const open = all.filter(task => task.status === 'open')
  const ended = all.filter(task => task.status !== 'open')
  const day = today(clock)
  const body = (
    <>
      <TaskTable caption="Open tasks" tasks={open} today={day} ofCase withAssignee empty={<EmptyState title="No open tasks" />} />
      {ended.length > 0 ? (
        <>
          <h2 class="govuk-heading-m">Ended</h2>
          <TaskTable
            caption="Tasks that have ended"
            tasks={ended}
            today={day}
            ofCase
            withAssignee
            empty={<p class="govuk-body">None.</p>}
          />
        </>
      ) : null}
    </>
  )
  const actions = part.mayEdit && may(actor, 'record') ? Button({ text: 'Add a task', href: paths.tasks.addToCase(part.caseId) }) : null
  return partPage(visit, parts, part, open.length === 1 ? '1 open task' : `${open.length} open tasks`, body, { current: 'tasks', actions })
}
