import type { VNode } from 'preact'
import type { Fields } from '../platform/web/fields.ts'
import { Checkboxes, errorFor, type FieldError, Textarea } from '../ui/index.ts'
import type { OfItem } from './frame.tsx'
import { type HeardBefore, type KeptBefore, keyOfKept } from './heard-before.ts'
import { partLabel } from './own-parts.ts'

type KeptProps = { of: OfItem; heard: HeardBefore; typed: Fields; errors: readonly FieldError[] }

/** From whom it is kept as another case is: it stays so, unless whoever triages says otherwise and why. */
export function KeptFrom({ of: { kind, parties }, heard: { kept }, typed, errors }: KeptProps): VNode {
  return (
    <>
      <input type="hidden" name="_kept" value={kept.map(keyOfKept).join(' ')} />
      {Checkboxes({
        name: 'kept',
        fieldset: {
          legend: { text: 'It is kept from these, as another case about the same people is', classes: 'govuk-fieldset__legend--s' },
        },
        values: kept.filter(one => (typed.has('_kept') ? isTicked(typed, one) : !one.isLetIn)).map(keyOfKept),
        items: kept.map(one => ({
          value: keyOfKept(one),
          text: `${one.holderName}: ${one.part === null ? 'the whole case' : partLabel(kind, parties, one.part)}`,
          hint: { text: one.of ? `Case ${one.of.reference}: ${one.reason}` : one.reason },
        })),
      })}
      {Textarea({
        name: 'kept-why',
        id: 'kept-why',
        label: 'If you untick one: why may they receive this case?',
        hint: 'Those who run the meeting read it',
        value: typed.typed('kept-why'),
        rows: 2,
        errorMessage: errorFor(errors, 'kept-why'),
      })}
    </>
  )
}

export const isTicked = (fields: Fields, one: KeptBefore): boolean => fields.all('kept').includes(keyOfKept(one))

/** What was shown and unticked: all else stays kept, also what has been kept since the page was opened. */
export const untickedOf = (fields: Fields, { kept }: HeardBefore): KeptBefore[] =>
  kept.filter(one => !one.isLetIn && !isTicked(fields, one) && fields.text('_kept').split(' ').includes(keyOfKept(one)))
