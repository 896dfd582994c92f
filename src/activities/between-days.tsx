import type { VNode } from 'preact'
import { startOfDay } from '../platform/clock.ts'
import { addDays, formatDate, type PlainDate, parseDateText } from '../platform/plain-date.ts'
import { Button, errorFor, type FieldError, Input } from '../ui/index.ts'

export type Between = {
  /** As they stand in the boxes. */
  typed: { from: string; to: string }
  starts: Date
  ends: Date
  errors: readonly FieldError[]
}

/** The days that the address asks for, the last four weeks where it asks for none. Both are part of it. */
export function betweenDays(query: URLSearchParams, today: PlainDate): Between {
  const errors: FieldError[] = []
  const typed = { from: '', to: '' }
  const day = (name: 'from' | 'to', label: string, otherwise: PlainDate): PlainDate => {
    const text = query.get(name)?.trim()
    typed[name] = text || formatDate(otherwise)
    if (!text) return otherwise
    const reading = parseDateText(text, label)
    if (reading.ok) return reading.value
    errors.push({ field: name, message: reading.error.message })
    return otherwise
  }
  const from = day('from', 'From', addDays(today, -27))
  const to = day('to', 'To', today)
  if (to < from) errors.push({ field: 'to', message: 'To must be on or after From' })
  return { typed, starts: startOfDay(from), ends: startOfDay(addDays(to, 1)), errors }
}

export function BetweenDays({ action, between }: { action: string; between: Between }): VNode {
  const box = (name: 'from' | 'to', label: string) =>
    Input({
      name,
      label,
      classes: 'govuk-input--width-10',
      value: between.typed[name],
      errorMessage: errorFor(between.errors, name),
    })
  return (
    <form method="get" action={action} class="ly-narrow-by ly-no-print">
      {box('from', 'From (dd/mm/yyyy)')}
      {box('to', 'To (dd/mm/yyyy)')}
      <Button text="Show" classes="govuk-button--secondary" />
    </form>
  )
}

/** Says that a list of the latest stops before it has all of these days. One more than `most` was asked for. */
export function CutShort({ found, most }: { found: number; most: number }): VNode | null {
  if (found <= most) return null
  return <p class="govuk-body ly-strong">Only the latest {most.toLocaleString('en-GB')} are listed. Choose fewer days to see the others.</p>
}
