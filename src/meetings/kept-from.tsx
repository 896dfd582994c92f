import type { VNode } from 'preact'
import { paths } from '../paths.ts'
import { londonDate } from '../platform/clock.ts'
import { formatDate } from '../platform/plain-date.ts'
import type { OfItem } from './frame.tsx'
import type { Withholding } from './items.queries.ts'
import type { Seat } from './meeting.ts'
import { partLabel } from './own-parts.ts'

/** `alone`: seats that nobody sits in who may hear of the item. */
type Props = { of: OfItem; held: readonly Withholding[]; alone: readonly Seat[] }

/** From whom an item is kept and was kept, who decided it and why: for those who run it and are not kept out. */
export function KeptFrom({ of: { item, kind, series, parties }, held, alone }: Props): VNode {
  return (
    <section aria-labelledby="withheld">
      <h2 class="govuk-heading-m" id="withheld">
        Who must not receive it
      </h2>
      {held.every(one => one.endedAt) ? <p class="govuk-body">Nobody is kept from it.</p> : null}
      {held.map(one => (
        <p class="govuk-body" key={one.id}>
          <strong>{one.holderName}</strong>: {one.part ? partLabel(kind, parties, one.part) : 'the whole case'}. {one.reason}{' '}
          <span class="ly-second">
            {one.by ?? 'By itself'}, {formatDate(londonDate(one.at))}
            {one.endedAt ? `. Ended by ${one.endedBy}, ${formatDate(londonDate(one.endedAt))}: ${one.endedReason}` : null}
          </span>
          {one.endedAt ? null : (
            <a class="govuk-link" href={paths.meetings.endWithholding(item.id, one.id)}>
              End this<span class="govuk-visually-hidden"> for {one.holderName}</span>
            </a>
          )}
        </p>
      ))}
      {alone.map(seat => (
        <p class="govuk-body" key={seat.id}>
          <strong>{seat.name}</strong>: nobody who sits there for it may hear of this case. What it is asked or given to do reaches nobody
          until{' '}
          <a class="govuk-link" href={paths.meetings.members(series.id)}>
            somebody else sits there<span class="govuk-visually-hidden"> for {seat.name}</span>
          </a>
          .
        </p>
      ))}
      <p class="govuk-body">
        <a class="govuk-link" href={paths.meetings.withhold(item.id)}>
          Keep it from an agency or a person
        </a>
      </p>
    </section>
  )
}
