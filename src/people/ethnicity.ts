/**
 * Ethnic category as the NHS asks it: the sixteen categories of the 2001 census, not stated and not known ("16+1").
 * Source: NHS Data Dictionary, ETHNIC CATEGORY. The codes are permanent; national returns use them as they stand.
 */
export const ethnicCategories = [
  { code: 'A', group: 'White', label: 'British' },
  { code: 'B', group: 'White', label: 'Irish' },
  { code: 'C', group: 'White', label: 'Any other White background' },
  { code: 'D', group: 'Mixed', label: 'White and Black Caribbean' },
  { code: 'E', group: 'Mixed', label: 'White and Black African' },
  { code: 'F', group: 'Mixed', label: 'White and Asian' },
  { code: 'G', group: 'Mixed', label: 'Any other mixed background' },
  { code: 'H', group: 'Asian or Asian British', label: 'Indian' },
  { code: 'J', group: 'Asian or Asian British', label: 'Pakistani' },
  { code: 'K', group: 'Asian or Asian British', label: 'Bangladeshi' },
  { code: 'L', group: 'Asian or Asian British', label: 'Any other Asian background' },
  { code: 'M', group: 'Black or Black British', label: 'Caribbean' },
  { code: 'N', group: 'Black or Black British', label: 'African' },
  { code: 'P', group: 'Black or Black British', label: 'Any other Black background' },
  { code: 'R', group: 'Other ethnic groups', label: 'Chinese' },
  { code: 'S', group: 'Other ethnic groups', label: 'Any other ethnic group' },
  { code: 'Z', group: null, label: 'Not stated: asked, and would rather not say' },
  { code: '99', group: null, label: 'Not known: not asked yet' },
] as const

export type EthnicCategory = (typeof ethnicCategories)[number]['code']

/** True of a code on the list. */
export function isEthnicCategory(code: string): code is EthnicCategory {
  return ethnicCategories.some(category => category.code === code)
}

/** 'Mixed: White and Asian', or undefined for a code that is not on the list. */
export function ethnicCategoryWords(code: string): string | undefined {
  const category = ethnicCategories.find(each => each.code === code)
  if (!category) return undefined
  return category.group === null ? category.label : `${category.group}: ${category.label}`
}
