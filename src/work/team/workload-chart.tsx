import type { VNode } from 'preact'
import type { Load } from './team.queries.ts'

type Bar = { key: string; name: string } & Pick<Load, 'all' | 'weight' | 'high' | 'medium' | 'low' | 'notRated'>

const levels = [
  { of: 'high', words: 'high risk' },
  { of: 'medium', words: 'medium' },
  { of: 'low', words: 'low' },
  { of: 'notRated', words: 'not rated' },
] as const

/**
 * Caseloads side by side as bars, each made of its levels of risk, drawn here as SVG. It is a picture of the table under it, which says the same
 * in figures and words: a screen reader is told so and passes on.
 */
export function WorkloadChart({ bars, title, tableId }: { bars: readonly Bar[]; title: string; tableId: string }): VNode | null {
  const most = Math.max(...bars.map(bar => bar.all), 0)
  if (most === 0) return null
  return (
    <figure class="ly-chart" role="img" aria-label={`${title}. The same is in the table below.`} aria-describedby={tableId}>
      <figcaption aria-hidden="true">
        <strong>{title}</strong>
        <span class="ly-chart__key">
          {levels.map(({ of, words }) => (
            <span key={of}>
              <svg width="12" height="12" class={`ly-chart__${of}`} aria-hidden="true" focusable="false">
                <rect width="12" height="12" />
              </svg>{' '}
              {words}
            </span>
          ))}
        </span>
      </figcaption>
      <div aria-hidden="true" class="ly-chart__bars">
        {bars.map(bar => (
          <div key={bar.key} class="ly-chart__row">
            <span class="ly-chart__name">{bar.name}</span>
            <svg viewBox={`0 0 ${most} 1`} preserveAspectRatio="none" class="ly-chart__bar" aria-hidden="true" focusable="false">
              {partsOf(bar).map(({ of, from, count }) => (
                <rect key={of} class={`ly-chart__${of}`} x={from} y="0" width={count} height="1" />
              ))}
            </svg>
            <span class="ly-chart__count">{bar.all}</span>
          </div>
        ))}
      </div>
    </figure>
  )
}

/** Where each level's part of a bar begins, and how long it is; levels without a case left out. */
export function partsOf(bar: Pick<Bar, 'high' | 'medium' | 'low' | 'notRated'>): { of: string; from: number; count: number }[] {
  let from = 0
  return levels.flatMap(({ of }) => {
    const count = bar[of]
    const part = { of, from, count }
    from += count
    return count > 0 ? [part] : []
  })
}
