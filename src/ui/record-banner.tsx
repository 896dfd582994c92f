import type { ComponentChildren, VNode } from 'preact'
import type { Falsy, Options } from './markup.tsx'

export type RecordBannerProps = {
  /** The page's h1: for a person, `PENROSE, Jago`. */
  title: ComponentChildren
} & Options<{
  tags: ComponentChildren
  /** The line under the name: age and birth, pronouns, client id, NHS number, address. */
  facts: readonly (ComponentChildren | Falsy)[]
  /** `AlertBar`s, the most dangerous first. */
  alerts: ComponentChildren
  actions: ComponentChildren
  /** 'p' on pages that have an h1 of their own. */
  titleElement: 'h1' | 'p'
}>

/** Who or what a page is about, with the dangers under it: the same on every page of a record. */
export function RecordBanner({ title, tags, facts, alerts, actions, titleElement }: RecordBannerProps): VNode {
  const Title = titleElement ?? 'h1'
  return (
    <div class="ly-banner">
      <div class="ly-banner__top">
        <Title class="ly-banner__title">{title}</Title> {tags}
        {actions ? <div class="ly-banner__actions">{actions}</div> : null}
      </div>
      {facts?.length ? <ul class="ly-banner__facts">{facts.map((fact, i) => (fact ? <li key={i}>{fact}</li> : null))}</ul> : null}
      {alerts}
    </div>
  )
}
