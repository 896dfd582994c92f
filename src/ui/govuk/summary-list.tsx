import type { VNode } from 'preact'
import { type Attributes, attrs, type Content, cls, content, type Falsy, type Options, type Part } from '../markup.tsx'

export type SummaryAction = Content & Options<{ href: string; visuallyHiddenText: string; classes: string; attributes: Attributes }>
type Actions = Options<{ items: SummaryAction[]; classes: string }>

export type SummaryRow = { key?: Part; value?: Part } & Options<{ classes: string; actions: Actions }>

export type SummaryCard = Options<{
  title: Part & Options<{ headingLevel: number }>
  actions: Actions
  classes: string
  attributes: Attributes
}>

export type SummaryListProps = { rows: (SummaryRow | Falsy)[] } & Options<{
  card: SummaryCard
  classes: string
  attributes: Attributes
}>

/** What is known, one line each, with links to change it; `card` puts it in a card with a title. */
export function SummaryList(p: SummaryListProps): VNode {
  const anyActions = p.rows?.some(row => (row || undefined)?.actions?.items?.length)
  const title = p.card?.title
  const list = (
    <dl class={cls('govuk-summary-list', p.classes)} {...attrs(p.attributes)}>
      {p.rows?.map((row, i) => (row ? listRow(row, i, Boolean(anyActions), title) : null))}
    </dl>
  )
  return p.card ? card(p.card, list) : list
}

function listRow(row: SummaryRow, key: number, anyActions: boolean, cardTitle: Content | undefined) {
  return (
    <div
      key={key}
      class={cls('govuk-summary-list__row', anyActions && !row.actions?.items && 'govuk-summary-list__row--no-actions', row.classes)}
    >
      <dt class={cls('govuk-summary-list__key', row.key?.classes)}>{row.key && content(row.key)}</dt>
      <dd class={cls('govuk-summary-list__value', row.value?.classes)}>{row.value && content(row.value)}</dd>
      {row.actions?.items?.length ? (
        <dd class={cls('govuk-summary-list__actions', row.actions.classes)}>
          {row.actions.items.length === 1 ? (
            actionLink(row.actions.items[0]!, cardTitle)
          ) : (
            <ul class="govuk-summary-list__actions-list">
              {row.actions.items.map((action, i) => (
                <li key={i} class="govuk-summary-list__actions-list-item">
                  {actionLink(action, cardTitle)}
                </li>
              ))}
            </ul>
          )}
        </dd>
      ) : null}
    </div>
  )
}

function card(given: SummaryCard, list: VNode) {
  const { title, actions } = given
  const Heading = `h${title?.headingLevel || 2}` as 'h2'
  return (
    <div class={cls('govuk-summary-card', given.classes)} {...attrs(given.attributes)}>
      <div class="govuk-summary-card__title-wrapper">
        {title && <Heading class={cls('govuk-summary-card__title', title.classes)}>{content(title)}</Heading>}
        {actions?.items?.length === 1 ? (
          <div class={cls('govuk-summary-card__actions', actions.classes)}>{actionLink(actions.items[0]!, title)}</div>
        ) : actions?.items?.length ? (
          <ul class={cls('govuk-summary-card__actions', actions.classes)}>
            {actions.items.map((action, i) => (
              <li key={i} class="govuk-summary-card__action">
                {actionLink(action, title)}
              </li>
            ))}
          </ul>
        ) : null}
      </div>
      <div class="govuk-summary-card__content">{list}</div>
    </div>
  )
}

function actionLink(action: SummaryAction, cardTitle: Content | undefined) {
  return (
    <a class={cls('govuk-link', action.classes)} href={action.href ?? ''} {...attrs(action.attributes)}>
      {content(action)}
      {(action.visuallyHiddenText || cardTitle) && (
        <span class="govuk-visually-hidden">
          {action.visuallyHiddenText && ` ${action.visuallyHiddenText}`}
          {cardTitle && [' (', content(cardTitle), ')']}
        </span>
      )}
    </a>
  )
}
