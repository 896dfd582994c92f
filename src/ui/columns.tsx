import type { ComponentChildren, VNode } from 'preact'

/**
 * A wide column with a narrow one at its right. `first` heads the narrow column; on a phone it stands above everything,
 * since what to do next comes before what has been. Without `first` and `aside` the page is one column.
 */
export function Columns({
  children,
  first,
  aside,
}: {
  children: ComponentChildren
  first?: ComponentChildren
  aside?: ComponentChildren
}): VNode {
  return (
    <div class={first || aside ? 'ly-columns' : undefined}>
      {first ? <div class="ly-columns__first">{first}</div> : null}
      <div class="ly-columns__main">{children}</div>
      {aside ? <div class="ly-columns__aside">{aside}</div> : null}
    </div>
  )
}

/** The title of a page, its line of context, and its buttons. */
export function PageTitle({
  title,
  context,
  actions,
}: {
  title: ComponentChildren
  context?: ComponentChildren
  actions?: ComponentChildren
}): VNode {
  return (
    <div class="ly-title">
      <div>
        <h1 class="ly-title__words">{title}</h1>
        {context ? <p class="ly-title__context">{context}</p> : null}
      </div>
      {actions ? <div class="govuk-button-group ly-title__actions">{actions}</div> : null}
    </div>
  )
}
