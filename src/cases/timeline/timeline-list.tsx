import type { VNode } from 'preact'
import { formatTime, londonDate, londonTime } from '../../platform/clock.ts'
import { formatLongDate, type PlainDate } from '../../platform/plain-date.ts'
import { EmptyState, shortDay, Timeline, type TimelineEntry, type TimelineGroup } from '../../ui/index.ts'
import type { TimelineLine, TimelinePage } from './timeline-of.ts'

/** Something that is still to come, passed in by whoever knows of it: a task, a review, a meeting. */
export type Coming = { id?: string; title: string; on: PlainDate; time?: string; by?: string; href?: string }

export type TimelineListProps = {
  page: TimelinePage
  today: PlainDate
  coming?: readonly Coming[]
  /** The address of what came before; without it nothing more is offered. */
  earlierHref?: string | undefined
  /** Level of the months' headings. */
  level?: 2 | 3 | 4
  /** Shown when there is nothing. */
  empty?: string
}

/** What is coming, then what has been, newest first, under the name of each month. */
export function TimelineList({ page, today, coming = [], earlierHref, level = 3, empty }: TimelineListProps): VNode {
  const groups: TimelineGroup[] = [
    ...(coming.length ? [{ heading: 'Coming', entries: coming.map(one => comingEntry(one, today)) }] : []),
    ...byMonth(page.lines, today),
  ]
  if (groups.length === 0) return <EmptyState title={empty ?? 'Nothing has been recorded yet.'} />
  return (
    <>
      <Timeline groups={groups} level={level} />
      {earlierHref && page.earlier ? (
        <p class="govuk-body">
          <a class="govuk-link" rel="next" href={earlierHref}>
            Earlier
          </a>
        </p>
      ) : null}
    </>
  )
}

function byMonth(lines: readonly TimelineLine[], today: PlainDate): TimelineGroup[] {
  const months = new Map<string, TimelineEntry[]>()
  for (const line of lines) {
    const day = londonDate(line.at)
    const heading = formatLongDate(day).replace(/^\d+ /, '')
    const entries = months.get(heading) ?? []
    entries.push(entry(line, day, today))
    months.set(heading, entries)
  }
  return [...months].map(([heading, entries]) => ({ heading, entries }))
}

function entry(line: TimelineLine, day: PlainDate, today: PlainDate): TimelineEntry {
  const time = londonTime(line.at)
  // Midday stands for a day whose time nobody was asked for.
  const hasTime = !(line.at.getUTCHours() === 12 && line.at.getUTCMinutes() === 0 && line.at.getUTCSeconds() === 0)
  return {
    id: `t-${line.id}`,
    title: line.href ? (
      <a class="govuk-link govuk-link--no-visited-state" href={line.href}>
        {line.title}
      </a>
    ) : (
      line.title
    ),
    when: (
      <time datetime={line.at.toISOString()}>
        {shortDay(day, today)}
        {hasTime ? ` ${formatTime(time)}` : ''}
      </time>
    ),
    by: `${line.author} · ${line.serviceName}`,
    body: bodyOf(line),
    kind: line.grave ? 'danger' : 'ordinary',
  }
}

/** What the person said is set apart from what was written about them. */
function bodyOf({ kind, summary }: TimelineLine): VNode | string | undefined {
  if (!summary) return undefined
  return kind === 'own-words' ? <blockquote class="ly-own-words">{summary}</blockquote> : summary
}

function comingEntry({ id, title, on, time, by, href }: Coming, today: PlainDate): TimelineEntry {
  return {
    id: id ? `c-${id}` : undefined,
    title: href ? (
      <a class="govuk-link govuk-link--no-visited-state" href={href}>
        {title}
      </a>
    ) : (
      title
    ),
    when: `${shortDay(on, today)}${time ? ` ${time}` : ''}`,
    by,
    kind: 'coming',
  }
}
