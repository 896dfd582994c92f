import type { PlainDate } from '../../platform/plain-date.ts'
import type { FieldError } from '../../ui/index.ts'
import { ethnicCategories } from '../ethnicity.ts'
import type { PersonField } from '../field-words.ts'
import { communicationNeeds, interpreterNeeds, languages } from '../needs.ts'
import { nhsNumberStatuses } from '../nhs-number.ts'
import { genders, sameAsRegistered, sexes } from '../sex-and-gender.ts'

export type Choice = { readonly code: string; readonly label: string; readonly group?: string | null }

export type SectionField = {
  readonly field: PersonField
  readonly column: string
  readonly kind: 'name' | 'text' | 'long-text' | 'date' | 'one-of' | 'one-of-many' | 'several' | 'nhs-number' | 'language'
  readonly hint?: string
  readonly choices?: readonly Choice[]
  /** Longest text taken. */
  readonly longest?: number
}

export type Values = Partial<Record<PersonField, string | readonly string[] | null>>

export type Section = {
  readonly key: string
  readonly title: string
  /** The h1 of its page. */
  readonly heading: string
  readonly fields: readonly SectionField[]
  /** Whether the person is found by any of it. */
  readonly findable: boolean
  /** What the fields must be together. */
  readonly check?: (values: Values, today: PlainDate) => FieldError[]
}

/** The parts of a person that are changed on a page each: what is asked, and what must be true of the answers together. */
export const sections: readonly Section[] = [
  {
    key: 'name',
    title: 'Name',
    heading: 'Change name',
    findable: true,
    fields: [
      { field: 'given', column: 'given_name', kind: 'name', hint: 'All first and middle names. Leave empty if the person has one name' },
      { field: 'family', column: 'family_name', kind: 'name' },
      { field: 'pronouns', column: 'pronouns', kind: 'text', longest: 40, hint: 'As the person says: she/her, he/him, they/them' },
    ],
    check: values =>
      values.given === null && values.family === null ? [{ field: 'family', message: 'Enter a surname or a first name' }] : [],
  },
  {
    key: 'birth',
    title: 'Birth, sex and gender',
    heading: 'Change birth, sex and gender',
    findable: true,
    fields: [
      { field: 'dateOfBirth', column: 'date_of_birth', kind: 'date', hint: 'For example, 27 3 2014' },
      { field: 'expectedDate', column: 'expected_date', kind: 'date', hint: 'Only for a child not yet born' },
      { field: 'sex', column: 'sex', kind: 'one-of', choices: sexes },
      { field: 'gender', column: 'gender', kind: 'one-of', choices: genders, hint: 'As the person says' },
      { field: 'genderSameAsRegistered', column: 'gender_same_as_registered', kind: 'one-of', choices: sameAsRegistered },
    ],
    check: (values, today) => {
      const errors: FieldError[] = []
      if (typeof values.dateOfBirth === 'string' && values.dateOfBirth > today)
        errors.push({ field: 'dateOfBirth-day', message: 'Date of birth must be today or in the past' })
      if (typeof values.dateOfBirth === 'string' && values.expectedDate)
        errors.push({
          field: 'expectedDate-day',
          message: 'Remove the expected date of birth, or the date of birth: a person has one of them',
        })
      return errors
    },
  },
  {
    key: 'nhs-number',
    title: 'NHS number',
    heading: 'Change NHS number',
    findable: true,
    fields: [
      { field: 'nhsNumber', column: 'nhs_number', kind: 'nhs-number', hint: '10 digits, like 999 123 4560' },
      { field: 'nhsNumberStatus', column: 'nhs_number_status', kind: 'one-of', choices: nhsNumberStatuses },
    ],
    check: values =>
      values.nhsNumber && !values.nhsNumberStatus
        ? [{ field: 'nhsNumberStatus', message: 'Select how far the NHS number has been traced' }]
        : [],
  },
  {
    key: 'needs',
    title: 'Language and needs',
    heading: 'Change language and needs',
    findable: false,
    fields: [
      { field: 'language', column: 'language', kind: 'language', choices: languages, hint: 'The language to speak with them in' },
      { field: 'interpreter', column: 'interpreter', kind: 'one-of', choices: interpreterNeeds },
      {
        field: 'communicationNeeds',
        column: 'communication_needs',
        kind: 'several',
        choices: communicationNeeds,
        hint: 'Select all that apply',
      },
      { field: 'needsNote', column: 'needs_note', kind: 'long-text', longest: 1_000, hint: 'What helps, in a sentence or two' },
    ],
  },
  {
    key: 'ethnicity',
    title: 'Ethnicity',
    heading: 'Change ethnicity',
    findable: false,
    fields: [
      { field: 'ethnicCategory', column: 'ethnic_category', kind: 'one-of-many', choices: ethnicCategories, hint: 'As the person says' },
    ],
  },
  {
    key: 'gp',
    title: 'GP',
    heading: 'Change GP',
    findable: false,
    fields: [
      { field: 'gpName', column: 'gp_name', kind: 'text', longest: 100 },
      { field: 'gpPractice', column: 'gp_practice', kind: 'text', longest: 200 },
      {
        field: 'gpPracticeCode',
        column: 'gp_practice_code',
        kind: 'text',
        longest: 10,
        hint: 'The practice code of the NHS, like A81001, if you know it',
      },
    ],
  },
]

/** The section by its key in the address of the page. */
export function sectionOf(key: string): Section | undefined {
  return sections.find(section => section.key === key)
}
