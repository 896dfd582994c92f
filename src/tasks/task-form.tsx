import type { VNode } from 'preact'
import { DayInput, readerOf } from '../cases/index.ts'
import { addDays, type PlainDate, partsOf } from '../platform/plain-date.ts'
import type { Fields } from '../platform/web/fields.ts'
import { Details, errorFor, type FieldError, Input, Select, Textarea } from '../ui/index.ts'
import type { Anchor } from './anchors.ts'
import type { Assignee } from './assignees.ts'
import { type Repeat, repeatUnits } from './repeat.ts'
import { type Arranged, longestTitle, type NewTask, type Task } from './task.ts'

/** What the form chooses from: who may have it, and what of its case it can be due after. */
export type TaskChoices = { assignees: readonly Assignee[]; anchors: readonly Anchor[] }
export type TaskFieldsProps = { typed: Fields; errors: readonly FieldError[]; choices: TaskChoices; task?: Task | undefined }

export function TaskFields({ typed, errors, choices, task }: TaskFieldsProps): VNode {
  const fresh = !typed.has('title')
  const value = (name: string, start: string) => (fresh ? start : typed.typed(name))
  return (
    <>
      {Input({
        name: 'title',
        label: 'What is to be done',
        value: value('title', task?.title ?? ''),
        errorMessage: errorFor(errors, 'title'),
        attributes: { autofocus: { value: true, optional: true } },
      })}
      <DayInput name="due" legend="By when (optional)" typed={typed} errors={errors} start={task?.dueOn ?? null} />
      {Select({
        name: 'assignee',
        label: 'Who does it',
        value: value('assignee', String(task?.assignee ?? choices.assignees[0]?.principal ?? '')),
        items: choices.assignees.map(one => ({ value: String(one.principal), text: one.name })),
        errorMessage: errorFor(errors, 'assignee'),
      })}
      {Textarea({
        name: 'detail',
        label: 'More about it (optional)',
        rows: 4,
        value: value('detail', task?.detail ?? ''),
        errorMessage: errorFor(errors, 'detail'),
      })}
      <Arrangement typed={typed} errors={errors} choices={choices} task={task} value={value} />
    </>
  )
}

type ArrangementProps = TaskFieldsProps & { value: (name: string, start: string) => string }

/** Coming again, being due after something, a reminder: folded away, since most tasks have none of it. */
function Arrangement({ typed, errors, choices, task, value }: ArrangementProps): VNode {
  const fields = ['repeat-unit', 'repeat-every', 'until-day', 'until-month', 'until-year', 'after', 'after-days', 'remind']
  const inUse = task && (task.repeat || task.waitsFor || task.follows || task.remindDays !== null)
  const isOpen = Boolean(inUse) || fields.some(name => typed.text(name) !== '' || errors.some(error => error.field.startsWith(name)))
  const number = (name: string, label: string, start: number | null | undefined, hint?: string) =>
    Input({
      name,
      label,
      hint,
      classes: 'govuk-input--width-3',
      inputmode: 'numeric',
      value: value(name, start == null ? '' : String(start)),
      errorMessage: errorFor(errors, name),
    })
  const inside = (
    <>
      {Select({
        name: 'repeat-unit',
        label: 'It comes again',
        value: value('repeat-unit', task?.repeat?.unit ?? ''),
        items: [{ value: '', text: 'No' }, ...repeatUnits.map(unit => ({ value: unit, text: `After so many ${unit}` }))],
        errorMessage: errorFor(errors, 'repeat-unit'),
      })}
      {number('repeat-every', 'How many days, weeks or months', task?.repeat?.every)}
      <DayInput name="until" legend="Until (optional)" typed={typed} errors={errors} start={task?.repeat?.until ?? null} />
      {choices.anchors.length > 0
        ? [
            Select({
              name: 'after',
              label: 'In place of a day: it is due after',
              value: value('after', anchorOf(task)),
              items: [{ value: '', text: 'Nothing: the day above' }, ...choices.anchors.map(one => ({ value: one.value, text: one.text }))],
              errorMessage: errorFor(errors, 'after'),
            }),
            number('after-days', 'So many days after', task?.followDays, 'For a date of the case also before it, such as -3'),
          ]
        : null}
      {number('remind', 'Remind whoever does it so many days before (optional)', task?.remindDays)}
    </>
  )
  return <Details summaryText="Comes again, follows something, reminder" open={isOpen} children={inside} />
}

const anchorOf = (task: Task | undefined): string =>
  task?.waitsFor ? `task:${task.waitsFor}` : task?.follows ? `date:${task.follows}` : ''

type Reader = ReturnType<typeof readerOf>

/** Reads a task of what was posted. `task` is the one that is changed. */
export function readTask(fields: Fields, choices: TaskChoices, task?: Task): { value: NewTask; errors: FieldError[] } {
  const reader = readerOf(fields)
  const title = reader.needed('title', 'What is to be done', 'Enter what is to be done', longestTitle)
  const typedDue = reader.maybeDay('due', 'Date')
  const assignee = choices.assignees.find(one => String(one.principal) === fields.text('assignee'))
  if (!assignee) reader.refuse('assignee', 'Select somebody who may see this task')
  const detail = reader.text('detail', 'More about it', 4_000)
  const repeat = readRepeat(fields, reader, typedDue, task)
  const after = readAfter(fields, reader, choices, task)
  if (after && repeat) reader.refuse('after', 'What comes again has a day of its own')
  if (after && typedDue !== null && typedDue !== task?.dueOn) reader.refuse('after', 'Enter a day, or what it is due after, not both')
  const remindDays = wholeNumber(fields, reader, 'remind', { least: 0, most: 60, label: 'The reminder' })
  const dueOn = after ? after.dueOn : typedDue
  const arranged: Arranged = { repeat, waitsFor: null, follows: '', followDays: null, ...after?.arranged, remindDays }
  return { value: { title, detail, dueOn, assignee: assignee?.principal ?? 0, arranged }, errors: reader.errors }
}

function readRepeat(fields: Fields, reader: Reader, dueOn: PlainDate | null, task: Task | undefined): Repeat | null {
  const chosen = fields.text('repeat-unit')
  const unit = repeatUnits.find(one => one === chosen)
  const until = reader.maybeDay('until', 'The last day', dueOn ? { notBefore: dueOn, notBeforeWords: 'on or after the first' } : {})
  if (!unit) {
    if (chosen !== '') reader.refuse('repeat-unit', 'Select how it comes again')
    return null
  }
  const every = wholeNumber(fields, reader, 'repeat-every', { least: 1, most: 400, label: 'How many' })
  if (every === null) {
    if (fields.text('repeat-every') === '') reader.refuse('repeat-every', `Enter after how many ${unit} it comes again`)
    return null
  }
  if (dueOn === null) {
    reader.refuse('due-day', 'Enter the first day of a task that comes again')
    return null
  }
  // The day of the month that it began on stays its own where a shorter month moved it.
  const kept = task?.repeat && task.dueOn === dueOn ? task.repeat.day : partsOf(dueOn).day
  return { every, unit, until, day: kept }
}

function readAfter(fields: Fields, reader: Reader, { anchors }: TaskChoices, task: Task | undefined) {
  const chosen = fields.text('after')
  if (chosen === '') return null
  const anchor = anchors.find(one => one.value === chosen)
  if (!anchor) {
    // What it waits for has ended since the page was opened, or the case has that date no more.
    if (task && chosen === anchorOf(task))
      return { dueOn: task.dueOn, arranged: { waitsFor: task.waitsFor, follows: task.follows, followDays: task.followDays } }
    reader.refuse('after', 'Select what it is due after')
    return null
  }
  const least = anchor.kind === 'task' ? 0 : -400
  const days = wholeNumber(fields, reader, 'after-days', { least, most: 400, label: 'So many days after' }) ?? 0
  return anchor.kind === 'task'
    ? { dueOn: null, arranged: { waitsFor: anchor.taskId, follows: '', followDays: days } }
    : { dueOn: addDays(anchor.dueOn, days), arranged: { waitsFor: null, follows: anchor.source, followDays: days } }
}

function wholeNumber(
  fields: Fields,
  reader: Reader,
  name: string,
  { least, most, label }: { least: number; most: number; label: string },
): number | null {
  const text = fields.text(name).replace('−', '-')
  if (text === '') return null
  const number = /^-?\d{1,3}$/.test(text) ? Number(text) : Number.NaN
  if (number >= least && number <= most) return number
  reader.refuse(name, `${label} must be a whole number from ${least} to ${most}`)
  return null
}
