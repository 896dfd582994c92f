import type { VNode } from 'preact'
import { parseTimeText, toInstant } from '../platform/clock.ts'
import { lowerFirst } from '../platform/first-letter.ts'
import { readDateParts } from '../platform/plain-date.ts'
import { DateInput, errorFor, type FieldError, Input, Radios } from '../ui/index.ts'
import type { Typed } from './typed.ts'

/** What the boxes are called: 'Date it happened' and 'Time it happened'. */
export type InstantWords = { date: string; time: string }

/**
 * Reads a day and a time on the clocks of London. What is wrong is added to `errors`: a day or time that is none, the hour that the clocks
 * skipped in March, and the hour that happened twice in October until it is said which of the two is meant.
 */
export function readInstant(typed: Typed, name: string, words: InstantWords, errors: FieldError[]): Date | undefined {
  const date = readDateParts(
    { day: typed.typed(`${name}-day`), month: typed.typed(`${name}-month`), year: typed.typed(`${name}-year`) },
    words.date,
  )
  if (!date.ok) errors.push({ field: `${name}-${date.error.parts[0] ?? 'day'}`, message: date.error.message })
  const time = parseTimeText(typed.text(`${name}-time`))
  if (!time) errors.push({ field: `${name}-time`, message: `Enter the ${lowerFirst(words.time)}, like 14:30 or 2:30pm` })
  if (!date.ok || !time) return undefined
  const which = typed.text(`${name}-which`)
  const instant = toInstant(date.value, time, which === 'first' || which === 'second' ? which : undefined)
  if (instant.ok) return instant.value
  errors.push({ field: `${name}-${instant.error === 'time-happened-twice' ? 'which' : 'time'}`, message: instant.message })
  return undefined
}

/** Whether anything of it was typed: for a day and time that may be left out. */
export const isInstantTyped = (typed: Typed, name: string): boolean =>
  ['day', 'month', 'year', 'time'].some(part => typed.text(`${name}-${part}`) !== '')

type Props = { name: string; words: InstantWords; typed: Typed; errors: readonly FieldError[]; hint?: string }

/** The boxes of a day and a time; and, over the hour that happens twice, the question which of the two is meant. */
export function InstantInput({ name, words, typed, errors, hint }: Props): VNode {
  const parts = ['day', 'month', 'year']
  const dateError = errors.find(error => parts.some(part => error.field === `${name}-${part}`))
  return (
    <>
      {DateInput({
        id: name,
        namePrefix: name,
        fieldset: { legend: { text: words.date } },
        ...(hint ? { hint } : {}),
        values: Object.fromEntries(parts.map(part => [part, typed.typed(`${name}-${part}`)])),
        errorMessage: dateError?.message,
      })}
      {Input({
        name: `${name}-time`,
        id: `${name}-time`,
        label: words.time,
        hint: 'For example, 14:30 or 2:30pm',
        classes: 'govuk-input--width-5',
        value: typed.typed(`${name}-time`),
        errorMessage: errorFor(errors, `${name}-time`),
      })}
      {happensTwice(typed, name)
        ? Radios({
            name: `${name}-which`,
            fieldset: { legend: { text: 'The clocks go back that night. Which of the two is it?' } },
            value: typed.text(`${name}-which`),
            items: [
              { value: 'first', text: 'Before the clocks went back (summer time)' },
              { value: 'second', text: 'After the clocks went back (winter time)' },
            ],
            errorMessage: errorFor(errors, `${name}-which`),
          })
        : null}
    </>
  )
}

/** Whether the clocks are put back over this time, so that the form must ask which of two hours is meant. */
function happensTwice(typed: Typed, name: string): boolean {
  const date = readDateParts({ day: typed.typed(`${name}-day`), month: typed.typed(`${name}-month`), year: typed.typed(`${name}-year`) })
  const time = parseTimeText(typed.text(`${name}-time`))
  if (!date.ok || !time) return false
  const reading = toInstant(date.value, time)
  return !reading.ok && reading.error === 'time-happened-twice'
}
