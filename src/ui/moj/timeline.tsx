import type { ComponentChildren } from 'preact'
import { type Attributes, attrs, type Content, cls, content, type Options } from '../markup.tsx'

export type MojTimelineItem = Content & {
  label: Content
  /** The instant for machines, and in words. */
  datetime: { timestamp: string; words: ComponentChildren }
} & Options<{ byline: Content; classes: string; attributes: Attributes }>

export type MojTimelineProps = { items: readonly MojTimelineItem[] } & Options<{
  headingLevel: number
  classes: string
  attributes: Attributes
}>

/** MOJ's timeline. A record's page uses `Timeline`, which has months and what is coming. */
export function MojTimeline(p: MojTimelineProps) {
  const Heading = `h${p.headingLevel ?? 2}` as 'h2'
  return (
    <div class={cls('moj-timeline', p.classes)} {...attrs(p.attributes)}>
      {p.items.map((item, i) => (
        <div key={i} class={cls('moj-timeline__item', item.classes)} {...attrs(item.attributes)}>
          <div class="moj-timeline__header">
            <Heading class="moj-timeline__title">{content(item.label)}</Heading>
            {item.byline && <p class="moj-timeline__byline">by {content(item.byline)}</p>}
          </div>
          <p class="moj-timeline__date">
            <time datetime={item.datetime.timestamp}>{item.datetime.words}</time>
          </p>
          <div class="moj-timeline__description">{content(item)}</div>
        </div>
      ))}
    </div>
  )
}
