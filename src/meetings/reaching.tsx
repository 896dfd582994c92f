import type { VNode } from 'preact'
import { Facts, WarningText, Words } from '../ui/index.ts'
import type { Saved } from './answers.ts'
import type { MeetingKind } from './kind.ts'

/** One way in which somebody is reached, or, as a warning, must not be. */
export type WayToReach = { label: string; answer: string; isWarning?: boolean }

/** How somebody is reached safely, and what must never be done; nothing to whoever does not read that part. */
export const waysToReach = (kind: MeetingKind, { answers }: Pick<Saved, 'answers'>): WayToReach[] =>
  kind.reaching.flatMap(({ question, ...one }) => {
    const answer = answers[question]
    return typeof answer === 'string' && answer ? [{ ...one, label: labelOf(kind, question), answer }] : []
  })

/** The same in plain sight. */
export function Reaching({ kind, saved }: { kind: MeetingKind; saved: Pick<Saved, 'answers'> }): VNode | null {
  const told = waysToReach(kind, saved)
  if (told.length === 0) return null
  return (
    <section aria-labelledby="reaching">
      <h2 class="govuk-heading-m" id="reaching">
        Reaching them safely
      </h2>
      {told.map(one => (one.isWarning ? WarningText({ text: `${one.label}: ${one.answer}`, iconFallbackText: 'Warning' }) : null))}
      <Facts items={told.filter(one => !one.isWarning).map(one => ({ label: one.label, value: <Words text={one.answer} /> }))} />
    </section>
  )
}

const labelOf = (kind: MeetingKind, question: string): string =>
  kind.referral.pages.flatMap(page => page.sections.flatMap(section => section.questions)).find(one => one.code === question)?.label ?? ''
