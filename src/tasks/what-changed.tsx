import type { VNode } from 'preact'
import { formatInstant } from '../platform/clock.ts'
import { formatDate } from '../platform/plain-date.ts'
import { DataTable } from '../ui/index.ts'
import { remindInWords, type TaskChange, type TaskSays } from './task.ts'

/** What a task said before each change, the latest first. Nothing where it stands as it was given. */
export function WhatChanged({ changes, names }: { changes: readonly TaskChange[]; names: ReadonlyMap<number, string> }): VNode | null {
  if (changes.length === 0) return null
  return (
    <>
      <h2 class="govuk-heading-m">What changed</h2>
      <DataTable
        caption="Changes of this task, the latest first"
        captionHidden
        rows={changes}
        keyOf={change => change.id}
        columns={[
          { heading: 'When', rowHeader: true, cell: change => formatInstant(change.at), second: change => change.by },
          {
            heading: 'What changed',
            cell: ({ before, after }) => (
              <ul class="ly-list">
                {(Object.keys(fieldWords) as (keyof TaskSays)[])
                  .filter(field => field in after)
                  .map(field => (
                    <li key={field}>
                      <strong>{fieldWords[field]}</strong>: from “{inWords(before, field, names)}” to “{inWords(after, field, names)}”
                    </li>
                  ))}
              </ul>
            ),
          },
        ]}
      />
    </>
  )
}

const fieldWords: Record<keyof TaskSays, string> = {
  title: 'What is to be done',
  detail: 'Details',
  dueOn: 'Due',
  assignee: 'Who does it',
  repeat: 'Comes again',
  remindDays: 'Reminder',
  outcome: 'What came of it',
}

function inWords(from: Partial<TaskSays>, field: keyof TaskSays, names: ReadonlyMap<number, string>): string {
  if (field === 'assignee') return names.get(from.assignee ?? 0) ?? 'somebody'
  if (field === 'dueOn') return from.dueOn ? formatDate(from.dueOn) : 'no date'
  if (field === 'remindDays') return from.remindDays == null ? 'none' : remindInWords(from.remindDays).toLowerCase()
  return from[field] || 'nothing'
}
