import { type PlainDate, readDateParts, type TypedDate } from '../platform/plain-date.ts'
import type { Fields } from '../platform/web/fields.ts'
import type { FieldError } from '../ui/index.ts'

/** Collects what is wrong with a posted form, in the order of its fields, while its values are read. */
export function readerOf(fields: Fields) {
  const errors: FieldError[] = []
  const refuse = (field: string, message: string) => void errors.push({ field, message })
  return {
    errors,
    refuse,
    /** Text that may be left out. */
    text(name: string, label: string, longest = 4_000): string {
      const text = fields.text(name)
      if ([...text].length > longest) refuse(name, `${label} must be ${longest} characters or fewer`)
      return text
    },
    /** Text that must be there. `missing` says what to do: 'Enter why the risk has changed'. */
    needed(name: string, label: string, missing: string, longest = 4_000): string {
      const text = this.text(name, label, longest)
      if (!text) refuse(name, missing)
      return text
    },
    /** One of a few. '' where it was not chosen, or is not one of them. */
    choice<T extends string>(name: string, allowed: readonly T[], missing: string): T | '' {
      const chosen = fields.text(name)
      const found = allowed.find(one => one === chosen)
      if (found === undefined) refuse(name, missing)
      return found ?? ''
    },
    /** A day that must be there. `bounds` may refuse it. */
    day(name: string, label: string, bounds: Bounds = {}): PlainDate | undefined {
      const reading = readDateParts(typedDate(fields, name), label)
      if (!reading.ok) {
        refuse(`${name}-${reading.error.parts[0] ?? 'day'}`, reading.error.message)
        return undefined
      }
      const wrong = outOfBounds(reading.value, label, bounds)
      if (wrong) refuse(`${name}-day`, wrong)
      return reading.value
    },
    /** A day that may be left out. */
    maybeDay(name: string, label: string, bounds: Bounds = {}): PlainDate | null {
      const { day, month, year } = typedDate(fields, name)
      return day.trim() || month.trim() || year.trim() ? (this.day(name, label, bounds) ?? null) : null
    },
  }
}

export type Bounds = { notAfter?: PlainDate; notAfterWords?: string; notBefore?: PlainDate; notBeforeWords?: string }

function outOfBounds(day: PlainDate, label: string, { notAfter, notAfterWords, notBefore, notBeforeWords }: Bounds): string | undefined {
  if (notAfter && day > notAfter) return `${label} must be ${notAfterWords ?? 'today or in the past'}`
  if (notBefore && day < notBefore) return `${label} must be ${notBeforeWords ?? 'today or in the future'}`
  return undefined
}

export const typedDate = (fields: Fields, name: string): TypedDate => ({
  day: fields.typed(`${name}-day`),
  month: fields.typed(`${name}-month`),
  year: fields.typed(`${name}-year`),
})
