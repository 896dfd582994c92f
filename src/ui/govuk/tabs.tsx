import { type Attributes, attrs, cls, type Falsy, type Options, type Part, raw } from '../markup.tsx'

export type TabsItem = { label: string; panel: Part } & Options<{ id: string; attributes: Attributes }>

export type TabsProps = { items: (TabsItem | Falsy)[] } & Options<{
  id: string
  idPrefix: string
  title: string
  classes: string
  attributes: Attributes
}>

/** Panels of one page, one shown at a time; all shown without script. */
export function Tabs(p: TabsProps) {
  return (
    <div id={p.id || undefined} class={cls('govuk-tabs', p.classes)} {...attrs(p.attributes)} data-module="govuk-tabs">
      <h2 class="govuk-tabs__title">{p.title ?? 'Contents'}</h2>
      {p.items?.length ? (
        <>
          <ul class="govuk-tabs__list">
            {p.items.map((item, i) =>
              item ? (
                <li key={i} class={cls('govuk-tabs__list-item', i === 0 && 'govuk-tabs__list-item--selected')}>
                  <a class="govuk-tabs__tab" href={`#${panelId(p, item, i)}`} {...attrs(item.attributes)}>
                    {item.label}
                  </a>
                </li>
              ) : null,
            )}
          </ul>
          {p.items.map((item, i) =>
            item ? (
              <div
                key={i}
                class={cls('govuk-tabs__panel', i > 0 && 'govuk-tabs__panel--hidden')}
                id={panelId(p, item, i)}
                {...attrs(item.panel.attributes)}
              >
                {item.panel.html ? (
                  raw(item.panel.html)
                ) : item.panel.text ? (
                  <p class="govuk-body">{item.panel.text}</p>
                ) : (
                  item.panel.children
                )}
              </div>
            ) : null,
          )}
        </>
      ) : null}
    </div>
  )
}

function panelId(p: TabsProps, item: TabsItem, i: number): string {
  return item.id || `${p.idPrefix ?? ''}-${i + 1}`
}
