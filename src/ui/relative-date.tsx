import type { VNode } from 'preact'
import { upperFirst } from '../platform/first-letter.ts'
import { daysBetween, type PlainDate, partsOf, weekdayOf } from '../platform/plain-date.ts'
import { cls } from './markup.tsx'

/** How far a day is, in words: 'today', 'tomorrow', 'in 2 days', 'yesterday', '5 days ago'. */
export function relativeDay(date: PlainDate, today: PlainDate): string {
  const days = daysBetween(today, date)
  if (days === 0) return 'today'
  if (days === 1) return 'tomorrow'
  if (days === -1) return 'yesterday'
  return days > 0 ? `in ${days} days` : `${-days} days ago`
}

/** How far a due date is: '3 days overdue', '1 day overdue', 'today', 'in 2 days'. */
export function dueWords(due: PlainDate, today: PlainDate): { words: string; overdue: boolean } {
  const late = daysBetween(due, today)
  if (late <= 0) return { words: relativeDay(due, today), overdue: false }
  return { words: late === 1 ? '1 day overdue' : `${late} days overdue`, overdue: true }
}

/** A day as lists show it: 'Thu 19 Nov' in this year, '14 Nov 2025' in another. */
export function shortDay(date: PlainDate, today: PlainDate): string {
  const { year, month, day } = partsOf(date)
  const dayAndMonth = `${day} ${months[month - 1]}`
  return year === partsOf(today).year ? `${weekdays[weekdayOf(date) - 1]} ${dayAndMonth}` : `${dayAndMonth} ${year}`
}

/** A due date: words for what is near or late, with the date under them; the date alone for what is more than a week off. */
export function Due({ date, today, time }: { date: PlainDate; today: PlainDate; time?: string | undefined }): VNode {
  const { words, overdue } = dueWords(date, today)
  const near = daysBetween(today, date) <= 7
  const shown = shortDay(date, today)
  return (
    <time datetime={date} class="ly-due">
      <span class={cls(overdue && 'ly-due--late', words === 'today' && 'ly-strong')}>{near ? upperFirst(words) : shown}</span>
      {time ? ` ${time}` : null}
      {near && words !== 'today' ? <span class="ly-second">{shown}</span> : null}
    </time>
  )
}

/** When something was: words for the last month, the date before that. */
export function When({ date, today }: { date: PlainDate; today: PlainDate }): VNode {
  const recent = daysBetween(date, today) <= 31
  return <time datetime={date}>{recent ? upperFirst(relativeDay(date, today)) : shortDay(date, today)}</time>
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const
const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const
