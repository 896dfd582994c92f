import type { PersonRecord } from '../../people/index.ts'
import { ageOn, type PlainDate } from '../../platform/plain-date.ts'

const ownLettersFrom = 16

/** The age of a child to whom no letter goes unless its writer means it; undefined for everybody else. */
export function childAge({ dateOfBirth }: Pick<PersonRecord, 'dateOfBirth'>, day: PlainDate): number | undefined {
  const age = dateOfBirth ? ageOn(dateOfBirth, day) : undefined
  return age != null && age < ownLettersFrom ? age : undefined
}

export const ageInWords = (age: number): string => (age === 1 ? '1 year old' : `${age} years old`)
