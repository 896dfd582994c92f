import { type Attributes, attrs, cls, content, type Options, type Part } from '../markup.tsx'

export type TicketPanelProps = { items: readonly Part[] } & Options<{ classes: string; attributes: Attributes }>

/** Sections of one thing under a coloured edge: `classes="moj-ticket-panel__content--blue"` on an item. */
export function TicketPanel(p: TicketPanelProps) {
  return (
    <article class={cls('moj-ticket-panel', p.classes)} {...attrs(p.attributes)}>
      {p.items.map((item, i) => (
        <section key={i} class={cls('moj-ticket-panel__content', item.classes)} {...attrs(item.attributes)}>
          {content(item)}
        </section>
      ))}
    </article>
  )
}
