import { startOfDay } from '../../platform/clock.ts'
import { addDays, formatDate, formatLongDate, isPlainDate, type PlainDate, weekdayOf } from '../../platform/plain-date.ts'

export type View = 'day' | 'week' | 'list'
export const views: Record<View, string> = { day: 'Day', week: 'Week', list: 'List of four weeks' }

/** What part of the calendar is looked at. */
export type Period = {
  view: View
  on: PlainDate
  days: readonly PlainDate[]
  from: Date
  until: Date
  title: string
  earlier: PlainDate
  later: PlainDate
}

/** A day, the week from Monday, or four weeks from the day, as the address asks; anything else is this week. */
export function periodOf(view: string | null, on: string | null, today: PlainDate): Period {
  const asked: View = view === 'day' || view === 'list' ? view : 'week'
  const day = isPlainDate(on) && on > '1900-01-01' && on < '2999-01-01' ? on : today
  const first = asked === 'week' ? addDays(day, 1 - weekdayOf(day)) : day
  const length = { day: 1, week: 7, list: 28 }[asked]
  const days = Array.from({ length }, (_, n) => addDays(first, n))
  const last = addDays(first, length - 1)
  const title = asked === 'day' ? formatLongDate(day) : `${formatDate(first)} to ${formatDate(last)}`
  return {
    view: asked,
    on: day,
    days,
    from: startOfDay(first),
    until: startOfDay(addDays(first, length)),
    title,
    earlier: addDays(first, -length),
    later: addDays(first, length),
  }
}
