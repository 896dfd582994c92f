import type { VNode } from 'preact'
import { type Case, panelPart } from '../cases/index.ts'
import { paths } from '../paths.ts'
import { may } from '../platform/actor.ts'
import { today } from '../platform/clock.ts'
import type { Visit } from '../platform/web/routes.ts'
import { Button, Due, SidePanel } from '../ui/index.ts'
import { tasksOfCase } from './tasks.queries.ts'

/** What is to be done on a case, in the narrow column of its page. Null for somebody who may not see its tasks. */
export async function TasksPanel(visit: Visit, theCase: Case): Promise<VNode | null> {
  const part = await panelPart(visit.tx, visit.actor, theCase, 'tasks')
  if (!part) return null
  const open = (await tasksOfCase(visit.tx, visit.actor, theCase.id, 50)).filter(task => task.status === 'open')
  const day = today(visit.clock)
  return (
    <SidePanel id="tasks-panel" title={open.length > 0 ? `Tasks ${open.length}` : 'Tasks'}>
      {open.length === 0 ? (
        <p class="govuk-body">No open tasks.</p>
      ) : (
        <ul class="ly-list">
          {open.slice(0, 5).map(task => (
            <li key={task.id}>
              <a class="govuk-link" href={paths.tasks.show(task.id)}>
                {task.title}
              </a>
              <span class="ly-second">
                {task.assigneeName}
                {task.dueOn ? ', ' : null}
                {task.dueOn ? <Due date={task.dueOn} today={day} /> : null}
              </span>
            </li>
          ))}
        </ul>
      )}
      <div class="govuk-button-group">
        {part.mayEdit && may(visit.actor, 'record')
          ? Button({ text: 'Add a task', href: paths.tasks.addToCase(theCase.id), classes: 'govuk-button--secondary' })
          : null}
        <a class="govuk-link" href={paths.tasks.ofCase(theCase.id)}>
          All tasks
        </a>
      </div>
    </SidePanel>
  )
}
