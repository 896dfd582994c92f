import type { VNode } from 'preact'
import { Words } from '../ui/index.ts'
import type { entriesOfItem } from './entries.ts'
import { dayInWords } from './frame.tsx'

/** What was decided of it and why, and what was said: to members once the minutes have gone round. */
export function SaidOfItem({ entries }: { entries: Awaited<ReturnType<typeof entriesOfItem>> }): VNode | null {
  if (entries.length === 0) return null
  return (
    <section aria-labelledby="said">
      <h2 class="govuk-heading-m" id="said">
        What was said and decided
      </h2>
      {entries.map(one => (
        <div key={one.id}>
          <Words text={one.words} lead={one.kind === 'decision' ? 'Decision' : 'Notes'} />
          {one.rationale ? <Words text={one.rationale} lead="Why" /> : null}
          <p class="govuk-hint">{dayInWords(one.meetingAt)}</p>
        </div>
      ))}
    </section>
  )
}
