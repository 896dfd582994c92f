import type { VNode } from 'preact'
import { upperFirst } from '../platform/first-letter.ts'
import { type PlainDate, partsOf } from '../platform/plain-date.ts'
import type { Fields } from '../platform/web/fields.ts'
import { DateInput, type FieldError } from '../ui/index.ts'
import { typedDate } from './read-fields.ts'

type Props = { name: string; legend: string; hint?: string; typed: Fields; errors: readonly FieldError[]; start?: PlainDate | null }

/** The three boxes of a day: what was typed, or the day to begin with on a fresh page. */
export function DayInput({ name, legend, hint, typed, errors, start }: Props): VNode {
  const fresh = !typed.has(`${name}-day`)
  const given = start ? partsOf(start) : undefined
  const values = fresh ? { day: given?.day, month: given?.month, year: given?.year } : typedDate(typed, name)
  const isEmpty = !values.day && !values.month && !values.year
  const error = errors.find(one => one.field.startsWith(`${name}-`))
  const box = (part: 'day' | 'month' | 'year', width: 2 | 4) => ({
    id: `${name}-${part}`,
    name: `${name}-${part}`,
    label: upperFirst(part),
    value: values[part] ?? '',
    classes: `govuk-input--width-${width}${error && (isEmpty || error.field === `${name}-${part}`) ? ' govuk-input--error' : ''}`,
  })
  return (
    <DateInput
      id={name}
      fieldset={{ legend: { text: legend, classes: 'govuk-fieldset__legend--s' } }}
      hint={hint}
      errorMessage={error?.message}
      items={[box('day', 2), box('month', 2), box('year', 4)]}
    />
  )
}
