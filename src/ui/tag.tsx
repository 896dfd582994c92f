import type { ComponentChildren, VNode } from 'preact'

/** The levels of risk that every service maps its own words to. */
export type RiskLevel = 'high' | 'medium' | 'low' | 'not-rated'

const risk: Record<RiskLevel, { words: string; colour: string }> = {
  high: { words: 'High', colour: 'red' },
  medium: { words: 'Medium', colour: 'orange' },
  low: { words: 'Low', colour: 'green' },
  'not-rated': { words: 'Not rated', colour: 'grey' },
}

/** The level of risk in words on its colour. `inFull` says "High risk", where no heading says what the level is of. */
export function RiskTag({ level, inFull }: { level: RiskLevel; inFull?: boolean | undefined }): VNode {
  const { words, colour } = risk[level]
  const full = level === 'not-rated' ? 'Risk not rated' : `${words} risk`
  return <strong class={`govuk-tag govuk-tag--${colour} ly-tag`}>{inFull ? full : words}</strong>
}

/** A flag that must be seen at every glance, white on black: "Safe contact rules". */
export function FlagTag({ children }: { children: ComponentChildren }): VNode {
  return <strong class="govuk-tag ly-tag ly-tag--flag">{children}</strong>
}
