import type { ComponentChildren, VNode } from 'preact'
import type { Options } from './markup.tsx'

export type TimelineEntry = { title: ComponentChildren; when: ComponentChildren } & Options<{
  id: string
  /** Who, and for which service. */
  by: ComponentChildren
  body: ComponentChildren
  /** `coming` has an open dot; `danger` a red one, and its title must say so. */
  kind: 'ordinary' | 'coming' | 'danger'
  tags: ComponentChildren
}>

export type TimelineGroup = { heading: string; entries: readonly TimelineEntry[] }

/** What is coming and what has been, newest first, under a heading for each month. `level` is the level of those headings. */
export function Timeline({ groups, level = 3 }: { groups: readonly TimelineGroup[]; level?: 2 | 3 | 4 }): VNode {
  const Heading = `h${level}` as 'h3'
  const Title = `h${level + 1}` as 'h4'
  return (
    <div class="ly-timeline">
      {groups.map(group => (
        <section key={group.heading}>
          <Heading class="ly-timeline__month">{group.heading}</Heading>
          <ol class="ly-timeline__list">
            {group.entries.map((entry, i) => (
              <li key={entry.id ?? i} id={entry.id} class={`ly-timeline__entry ly-timeline__entry--${entry.kind ?? 'ordinary'}`}>
                <Title class="ly-timeline__title">
                  {entry.title} {entry.tags}
                </Title>
                <p class="ly-second">
                  {entry.when}
                  {entry.by ? [' · ', entry.by] : null}
                </p>
                {entry.body ? <div class="ly-timeline__body">{entry.body}</div> : null}
              </li>
            ))}
          </ol>
        </section>
      ))}
    </div>
  )
}
