import type { VNode } from 'preact'
import { audit } from '../../audit/index.ts'
import { datesOfCase, type FrameParts } from '../../cases/index.ts'
import { paths } from '../../paths.ts'
import { may } from '../../platform/actor.ts'
import { formatInstant, today } from '../../platform/clock.ts'
import { formatDate, type PlainDate } from '../../platform/plain-date.ts'
import type { Answer } from '../../platform/web/answer.ts'
import type { Routes, Visit } from '../../platform/web/routes.ts'
import { Button, errorFor, errorSummaryFor, Facts, type FieldError, Form, Textarea, Words } from '../../ui/index.ts'
import { mayUndo } from '../end-task/end-task.ts'
import { framed, partOf, withTask } from '../frame.tsx'
import { missedSince, repeatInWords } from '../repeat.ts'
import { mayPutBack, mayTake } from '../take-task/take-task.ts'
import { remindInWords, type Task } from '../task.ts'
import { dueOf } from '../task-table.tsx'
import { changesOf } from '../tasks.queries.ts'
import { WhatChanged } from '../what-changed.tsx'

/** A task by itself, with what can be done with it. */
export function showTaskRoutes(routes: Routes, parts: FrameParts): void {
  routes.get('/tasks/:taskId', { may: 'read-records' }, visit => withTask(visit, false, task => showTask(visit, parts, task)))
}

export async function showTask(visit: Visit, parts: FrameParts, task: Task, errors: readonly FieldError[] = []): Promise<Answer> {
  const { tx, actor, clock } = visit
  await audit(tx, actor, clock.now(), {
    action: 'task-opened',
    subject: { type: 'task', id: task.id },
    personId: task.personId ?? undefined,
    caseId: task.caseId ?? undefined,
  })
  const day = today(clock)
  const mayChange = task.mayEdit && may(actor, 'record')
  const follows =
    task.follows && task.caseId ? (await datesOfCase(tx, task.caseId)).find(one => one.source === task.follows)?.words : undefined
  const body = (
    <>
      {errorSummaryFor(errors)}
      <Facts
        items={[
          { label: task.status === 'open' ? 'Due' : 'Ended', value: dueOf(task, day) },
          arrangedInWords(task, follows),
          task.repeat && { label: 'Comes again', value: repeatInWords(task.repeat, formatDate), second: missedInWords(task, day) },
          task.remindDays !== null && { label: 'Reminder', value: remindInWords(task.remindDays) },
          { label: 'Who does it', value: task.assigneeName, second: task.takenFrom ? `Taken from ${task.takenFromName}` : undefined },
          task.outcome ? { label: task.status === 'cancelled' ? 'Why it was cancelled' : 'What came of it', value: task.outcome } : null,
          task.personId && task.personName && !task.caseId
            ? {
                label: 'About',
                value: (
                  <a class="govuk-link" href={paths.people.show(task.personId)}>
                    {task.personName}
                  </a>
                ),
              }
            : null,
          { label: 'Given', value: formatInstant(task.createdAt), second: task.createdBy },
        ]}
      />
      {task.detail ? <Words text={task.detail} /> : null}
      {mayChange && task.status === 'open' ? <Acts visit={visit} task={task} errors={errors} /> : null}
      {mayChange && mayUndo(task, clock.now()) ? (
        <Form {...visit.form} action={paths.tasks.undo(task.id)} classes="ly-no-print">
          {Button({ text: 'It was not done: open it again', classes: 'govuk-button--secondary' })}
        </Form>
      ) : null}
      {task.caseId && may(actor, 'record') ? (
        <p class="govuk-body ly-no-print">
          <a class="govuk-link" href={paths.conversations.about('action', task.id)}>
            Message somebody about this action
          </a>
        </p>
      ) : null}
      <WhatChanged {...(await changesOf(tx, task.id))} />
    </>
  )
  return framed(visit, parts, await partOf(visit, task), task.title, body, errors.length > 0)
}

function Acts({ visit, task, errors }: { visit: Visit; task: Task; errors: readonly FieldError[] }): VNode {
  const hand = mayTake(visit.actor, task)
    ? { action: paths.tasks.take(task.id), text: 'I do this one' }
    : mayPutBack(visit.actor, task)
      ? { action: paths.tasks.putBack(task.id), text: 'Give it back to the team' }
      : null
  return (
    <>
      {hand ? (
        <Form {...visit.form} action={hand.action} classes="ly-no-print">
          {Button({ text: hand.text, classes: 'govuk-button--secondary' })}
        </Form>
      ) : null}
      <Form {...visit.form} action={paths.tasks.complete(task.id)} classes="ly-form ly-no-print">
        {Textarea({
          name: 'outcome',
          label: 'What came of it (optional)',
          rows: 3,
          value: visit.fields.typed('outcome'),
          errorMessage: errorFor(errors, 'outcome'),
        })}
        <div class="govuk-button-group">
          {Button({ text: 'Done', preventDoubleClick: true })}
          <a class="govuk-link" href={paths.tasks.edit(task.id)}>
            Change it
          </a>
          <a class="govuk-link" href={paths.tasks.cancel(task.id)}>
            Cancel the task
          </a>
        </div>
      </Form>
    </>
  )
}

function arrangedInWords(task: Task, follows: string | undefined) {
  const days = task.followDays ?? 0
  const when = days === 0 ? 'on the day' : `${Math.abs(days)} ${Math.abs(days) === 1 ? 'day' : 'days'} ${days < 0 ? 'before' : 'after'}`
  if (task.waitsFor)
    return {
      label: 'Waits for',
      value: task.waitsForTitle,
      second: days === 0 ? 'due on the day when that is done' : `due ${when} that is done`,
    }
  if (task.follows)
    return {
      label: 'Follows',
      value: follows ?? 'A date that the case has no more',
      second: days === 0 ? 'due on the day' : `due ${when} it`,
    }
  return null
}

/** What did not pile up is said. */
function missedInWords({ repeat, dueOn, status }: Task, day: PlainDate): string | undefined {
  const missed = repeat && dueOn && status === 'open' ? missedSince(repeat, dueOn, day) : 0
  if (missed === 0) return undefined
  return `It has fallen due again ${missed === 1 ? 'once' : `${missed} times`} since. There is one task, and the next comes when this is done.`
}
