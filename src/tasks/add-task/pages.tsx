import { type FrameParts, type PartOfCase, withPart } from '../../cases/index.ts'
import { paths } from '../../paths.ts'
import type { Actor } from '../../platform/actor.ts'
import { isId } from '../../platform/id.ts'
import { type Answer, notFound, redirect } from '../../platform/web/answer.ts'
import { type Fields, noFields } from '../../platform/web/fields.ts'
import type { Routes, Visit } from '../../platform/web/routes.ts'
import { errorSummaryFor, type FieldError, Form } from '../../ui/index.ts'
import { buttons, choicesFor, framed } from '../frame.tsx'
import { readTask, TaskFields } from '../task-form.tsx'
import { addTask, type TaskPlace } from './add-task.ts'

/** Adding a task to a case, or one of no case. */
export function addTaskRoutes(routes: Routes, parts: FrameParts): void {
  routes.get('/tasks/new', { may: 'record' }, visit => withoutCase(visit, place => newPage(visit, parts, null, place, noFields, [])))
  routes.post('/tasks/new', { may: 'record' }, visit => withoutCase(visit, place => postNew(visit, parts, null, place)))
  const ofCase = '/cases/:caseId/tasks/new'
  routes.get(ofCase, { may: 'record' }, visit => withPart(visit, 'tasks', 'edit', part => newPage(visit, parts, part, part, noFields, [])))
  routes.post(ofCase, { may: 'record' }, visit => withPart(visit, 'tasks', 'edit', part => postNew(visit, parts, part, part)))
}

/** A task of no case, about nobody or about a person whom the actor may see. */
async function withoutCase(visit: Visit, work: (place: TaskPlace) => Promise<Answer>): Promise<Answer> {
  const personId = visit.query.get('person') ?? ''
  if (!personId) return work({ caseId: null, personId: null })
  const known = isId(personId)
  const person = known ? await visit.tx.selectFrom('people').select('id').where('id', '=', personId).executeTakeFirst() : undefined
  return person ? work({ caseId: null, personId }) : notFound()
}

async function newPage(
  visit: Visit,
  parts: FrameParts,
  part: PartOfCase | null,
  place: TaskPlace,
  typed: Fields,
  errors: readonly FieldError[],
): Promise<Answer> {
  const action = part ? paths.tasks.addToCase(part.caseId) : `${paths.tasks.add}${place.personId ? `?person=${place.personId}` : ''}`
  const back = part ? paths.tasks.ofCase(part.caseId) : paths.tasks.mine
  const body = (
    <Form {...visit.form} action={action} classes="ly-form">
      {errorSummaryFor(errors)}
      {part ? null : (
        <p class="govuk-body">
          Only you and whoever you give it to will see this task. For one that the whole team should see, open the case first.
        </p>
      )}
      <TaskFields typed={typed} errors={errors} choices={await choicesFor(visit, part)} />
      {buttons('Add task', back)}
    </Form>
  )
  return framed(visit, parts, part, 'Add a task', body, errors.length > 0)
}

/** Of one's lists that on which a task now stands: one's own, one's teams', or what one has given to others. */
function listOf(actor: Actor, assignee: number): string {
  if (assignee === actor.principal) return paths.tasks.mine
  return actor.principals.includes(assignee) ? paths.tasks.ofTeams : paths.tasks.given
}

async function postNew(visit: Visit, parts: FrameParts, part: PartOfCase | null, place: TaskPlace): Promise<Answer> {
  const { tx, actor, clock, fields } = visit
  const { value, errors } = readTask(fields, await choicesFor(visit, part))
  if (errors.length > 0) return newPage(visit, parts, part, place, fields, errors)
  await addTask(tx, actor, clock.now(), place, value)
  return redirect(part ? paths.tasks.ofCase(part.caseId) : listOf(actor, value.assignee), { notice: 'Task added.' })
}
