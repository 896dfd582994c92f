import { expect, test } from 'vitest'
import { authorShown, somebodyElse } from './authors.ts'

const agencies = [
  { principal: 1, name: 'Porthkerris Council', isKnown: true },
  { principal: 2, name: 'Safe Haven, Porthkerris Council', isKnown: false },
  { principal: 3, name: 'Porthkerris', isKnown: true },
]

test.each<[what: string, author: string, agency: number | undefined, shown: string]>([
  ['of an agency that the reader knows of', 'Jory Nance, Porthkerris Council', undefined, 'Jory Nance, Porthkerris Council'],
  ['of one that they do not', 'Bryluen Carne, Safe Haven, Porthkerris Council', undefined, somebodyElse],
  ['as the row says whose they are', 'Bryluen Carne, Haven', 2, somebodyElse],
  ['as the row says, under an earlier name of the agency', 'Jory Nance, The old Council', 1, 'Jory Nance, The old Council'],
  ['of an agency that is called something else now', 'Bryluen Carne, Haven', undefined, somebodyElse],
  ['that is the system', 'Import of 02/03/2026', undefined, 'Import of 02/03/2026'],
])('[E7] an author %s', (_what, author, agency, shown) => {
  expect(authorShown(author, agencies, agency)).toBe(shown)
})
