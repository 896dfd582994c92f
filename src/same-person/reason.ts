import type { FieldError } from '../ui/index.ts'

/** Nothing about who is whom is done without a reason. */
export function reasonErrors(reason: string, missing: string): FieldError[] {
  if (reason === '') return [{ field: 'reason', message: missing }]
  return [...reason].length > 500 ? [{ field: 'reason', message: 'The reason must be 500 characters or fewer' }] : []
}
