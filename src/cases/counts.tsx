import type { VNode } from 'preact'
import type { Option } from '../lists/index.ts'
import { errorFor, type FieldError, Input } from '../ui/index.ts'
import type { Typed } from './typed.ts'

/** How many of each choice of a list, by its code; nought is left out. */
export type Counts = Readonly<Record<string, number>>

type Props = { name: string; legend: string; options: readonly Option[]; typed: Typed; errors: readonly FieldError[] }

export function CountsInput({ name, legend, options, typed, errors }: Props): VNode {
  return (
    <fieldset class="govuk-fieldset govuk-!-margin-bottom-6">
      <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">{legend}</legend>
      <div class="ly-counts">
        {options.map(one =>
          Input({
            name: `${name}-${one.code}`,
            label: one.label,
            classes: 'govuk-input--width-3',
            inputmode: 'numeric',
            value: typed.typed(`${name}-${one.code}`),
            errorMessage: errorFor(errors, `${name}-${one.code}`),
          }),
        )}
      </div>
    </fieldset>
  )
}

const most = 9_999

export function readCounts(typed: Typed, name: string, label: string, options: readonly Option[], errors: FieldError[]): Counts {
  const counts: Record<string, number> = {}
  for (const { code } of options) {
    const text = typed.text(`${name}-${code}`)
    if (/^0*$/.test(text)) continue
    if (/^\d+$/.test(text) && Number(text) <= most) counts[code] = Number(text)
    else errors.push({ field: `${name}-${code}`, message: `${label} must be whole numbers up to ${most.toLocaleString('en-GB')}` })
  }
  return counts
}

/** 'Food or drink 2, Naloxone kit 1', in the order of the list. */
export function countsInWords(counts: Counts, labels: ReadonlyMap<string, string>): string {
  const order = [...labels.keys()]
  return Object.entries(counts)
    .sort(([a], [b]) => order.indexOf(a) - order.indexOf(b))
    .map(([code, count]) => `${labels.get(code) ?? code} ${count}`)
    .join(', ')
}

export const total = (counts: Counts): number => Object.values(counts).reduce((sum, count) => sum + count, 0)

/** All of them together. */
export function added(all: readonly Counts[]): Counts {
  const sum: Record<string, number> = {}
  for (const counts of all) for (const [code, count] of Object.entries(counts)) sum[code] = (sum[code] ?? 0) + count
  return sum
}
