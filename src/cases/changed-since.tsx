import type { VNode } from 'preact'
import { formatInstant } from '../platform/clock.ts'
import type { Tx } from '../platform/db/database.ts'
import type { Case } from './load-case.ts'
import type { CaseEventKind } from './status.ts'
import { eventWords } from './words.ts'

/** One thing that somebody typed, in words. */
export type Reading = { label: string; value: string }
export type Since = { words: string; author: string; at: Date }

/** What was recorded about a case after the version that a page was opened at. */
export async function changesSince(tx: Tx, theCase: Case, version: number): Promise<Since[]> {
  if (!Number.isInteger(version) || version >= theCase.version) return []
  const rows = await tx
    .selectFrom('case_events')
    .select(['kind', 'author', 'recorded_at', 'data'])
    .where('case_id', '=', theCase.id)
    .where('position', '>', version)
    .orderBy('position')
    .execute()
  return rows.map(row => ({ words: eventWords(row.kind as CaseEventKind, row.data), author: row.author, at: row.recorded_at }))
}

/** Theirs beside yours: nothing of either is lost, and nothing is saved until whoever was later has seen what was earlier. */
export function Changed({ since, yours }: { since: readonly Since[]; yours: readonly Reading[] }): VNode {
  return (
    <div class="govuk-error-summary" data-module="govuk-error-summary">
      <div role="alert">
        <h2 class="govuk-error-summary__title">This changed while you were writing</h2>
        <div class="govuk-error-summary__body">
          <p>Yours has not been saved yet. Look at both, change yours if you need to, and save it.</p>
          <div class="ly-both">
            <section>
              <h3 class="govuk-heading-s">What happened meanwhile</h3>
              <ul class="govuk-list">
                {since.map((one, i) => (
                  <li key={i}>
                    {one.words}
                    <span class="ly-second">
                      {one.author}, {formatInstant(one.at)}
                    </span>
                  </li>
                ))}
              </ul>
            </section>
            <section>
              <h3 class="govuk-heading-s">Yours</h3>
              <ul class="govuk-list">
                {yours.map(one => (
                  <li key={one.label}>
                    {one.label}: {one.value}
                  </li>
                ))}
              </ul>
            </section>
          </div>
        </div>
      </div>
    </div>
  )
}
