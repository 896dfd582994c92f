/**
 * Sex and gender are two questions and two columns: one is what was registered at birth, which clinical thresholds and
 * statutory returns ask for; the other is how the person lives and wants to be spoken of. Neither is worked out of the other.
 * Sources: NHS Data Dictionary, PERSON STATED SEX and GENDER IDENTITY CODE; ONS census 2021 wording of the two questions.
 */
export const sexes = [
  { code: 'F', label: 'Female' },
  { code: 'M', label: 'Male' },
  { code: 'I', label: 'Indeterminate: could not be classed as either' },
  { code: 'X', label: 'Not known: not recorded' },
] as const
export type Sex = (typeof sexes)[number]['code']

export const genders = [
  { code: 'woman', label: 'Woman, trans women included' },
  { code: 'man', label: 'Man, trans men included' },
  { code: 'girl', label: 'Girl' },
  { code: 'boy', label: 'Boy' },
  { code: 'non-binary', label: 'Non-binary' },
  { code: 'other', label: 'Another way' },
  { code: 'not-said', label: 'Would rather not say' },
] as const
export type Gender = (typeof genders)[number]['code']

/** Whether gender is the same as the sex registered at birth, as the person says. Asked on its own, and never required. */
export const sameAsRegistered = [
  { code: 'yes', label: 'Yes' },
  { code: 'no', label: 'No' },
  { code: 'not-said', label: 'Would rather not say' },
] as const
export type SameAsRegistered = (typeof sameAsRegistered)[number]['code']
