import type { Fields } from '../platform/web/fields.ts'
import type { FieldError } from '../ui/index.ts'

export const longestLine = 200
export const longestWords = 6_000

/** A message for each box that holds more than it may. */
export const tooLong = (fields: Fields, boxes: Readonly<Record<string, string>>, most: number): FieldError[] =>
  Object.entries(boxes)
    .filter(([name]) => fields.text(name).length > most)
    .map(([field, label]) => ({ field, message: `${label} must be ${most.toLocaleString('en-GB')} letters or fewer` }))
