import { formatDate, type PlainDate } from '../platform/plain-date.ts'
import { ethnicCategoryWords } from './ethnicity.ts'
import { communicationNeeds, interpreterNeeds, languageWords } from './needs.ts'
import { formatNhsNumber, type NhsNumber, nhsNumberStatuses } from './nhs-number.ts'
import type { Person } from './person.ts'
import { genders, sameAsRegistered, sexes } from './sex-and-gender.ts'

/** The fields of a person in the words that the pages and the history use, in their order; null where nothing is known. */
export function fieldsInWords(person: Partial<Person>): (readonly [field: string, words: string | null])[] {
  return (Object.keys(fieldLabels) as (keyof typeof fieldLabels)[]).map(field => [fieldLabels[field], fieldInWords(person, field)] as const)
}

/** What each column of a person is called on pages and in the history. */
export const fieldLabels = {
  given: 'First names',
  family: 'Surname',
  dateOfBirth: 'Date of birth',
  expectedDate: 'Expected date of birth',
  sex: 'Sex registered at birth',
  gender: 'Gender',
  genderSameAsRegistered: 'Gender the same as sex registered at birth',
  pronouns: 'Pronouns',
  nhsNumber: 'NHS number',
  nhsNumberStatus: 'NHS number status',
  ethnicCategory: 'Ethnicity',
  language: 'Language',
  interpreter: 'Interpreter',
  communicationNeeds: 'Communication needs',
  needsNote: 'About these needs',
  gpName: 'GP',
  gpPractice: 'GP practice',
  gpPracticeCode: 'Practice code',
  diedOn: 'Date of death',
  deathNote: 'About the death',
} as const satisfies Partial<Record<keyof Person, string>>
export type PersonField = keyof typeof fieldLabels

/** One field in words. */
export function fieldInWords(person: Partial<Person>, field: PersonField): string | null {
  const value = person[field]
  if (value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)) return null
  switch (field) {
    case 'dateOfBirth':
    case 'expectedDate':
    case 'diedOn':
      return formatDate(value as PlainDate)
    case 'sex':
      return labelIn(sexes, value)
    case 'gender':
      return labelIn(genders, value)
    case 'genderSameAsRegistered':
      return labelIn(sameAsRegistered, value)
    case 'nhsNumber':
      return formatNhsNumber(value as NhsNumber)
    case 'nhsNumberStatus':
      return labelIn(nhsNumberStatuses, value)
    case 'ethnicCategory':
      return ethnicCategoryWords(String(value)) ?? String(value)
    case 'language':
      return languageWords(String(value))
    case 'interpreter':
      return labelIn(interpreterNeeds, value)
    case 'communicationNeeds':
      return (value as readonly string[]).map(need => labelIn(communicationNeeds, need)).join('; ')
    default:
      return String(value)
  }
}

// A code that has left its list is shown as it stands: history must not lose it.
function labelIn(list: readonly { readonly code: string; readonly label: string }[], code: unknown): string {
  return list.find(item => item.code === code)?.label ?? String(code)
}
