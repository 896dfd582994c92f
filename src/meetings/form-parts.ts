import type { Column, Option, Question } from '../forms/index.ts'

// Parts that forms of several kinds of meeting are made of, as data.

export const yesNoNotKnown: Option[] = [
  { code: 'yes', label: 'Yes' },
  { code: 'no', label: 'No' },
  { code: 'not_known', label: 'Not known' },
]

/** Surname, first name and date of birth of somebody, under codes that begin so: `victim_family`. `whose` is how a mistake names them. */
export const namesOfSomebody = (prefix: string, whose: string): readonly Question[] => [
  { code: `${prefix}family`, type: 'text', label: 'Surname', name: `${whose} surname`, required: true, maxLength: 100 },
  { code: `${prefix}given`, type: 'text', label: 'First name', name: `${whose} first name`, required: true, maxLength: 100 },
  { code: `${prefix}born`, type: 'date', label: 'Date of birth', name: `${whose} date of birth`, within: 'past' },
]

/** The same of several people, as columns of a table. */
export const namesOfPeople: readonly Column[] = [
  { code: 'family', type: 'text', label: 'Surname', required: true, maxLength: 100 },
  { code: 'given', type: 'text', label: 'First name', required: true, maxLength: 100 },
  { code: 'born', type: 'date', label: 'Date of birth', within: 'past' },
]
/** And of children: a baby may not have been given a surname yet, or nobody may know it. */
export const namesOfChildren: readonly Column[] = namesOfPeople.map(one => (one.code === 'family' ? { ...one, required: false } : one))
