import { paths } from '../paths.ts'
import { foldName } from '../people/index.ts'
import { partsOf } from '../platform/plain-date.ts'
import type { Term } from './understand.ts'

/** The address of the registration form with what was searched for in vain in its boxes already. */
export function registerLink(text: string, terms: readonly Term[]): string {
  const boxes = new URLSearchParams()
  const set = (name: string, value: string | undefined) => {
    if (value) boxes.set(name, value)
  }
  const names = namesIn(text, terms)
  set('given', names.given)
  set('family', names.family)
  for (const term of terms) {
    const first = term.alternatives.find(alternative => alternative.firm)
    if (!first) continue
    if (term.date) {
      const { day, month, year } = partsOf(term.date)
      set('dateOfBirth-day', String(day))
      set('dateOfBirth-month', String(month))
      set('dateOfBirth-year', String(year))
    } else if (first.kind === 'nhsNumber' && first.match === 'whole') set('nhsNumber', term.typed)
    else if (first.kind === 'postcode' && first.match === 'whole') set('postcode', first.token.slice(1))
    else if (first.kind === 'telephone' && first.match === 'whole') set('telephone', term.typed)
  }
  const query = boxes.toString()
  return query === '' ? paths.people.register : `${paths.people.register}?${query}`
}

/** 'Penrose, Jago' and 'Jago Penrose' are the same person; one word alone is a surname. */
function namesIn(text: string, terms: readonly Term[]): { given?: string | undefined; family?: string | undefined } {
  const typed = terms.filter(term => term.alternatives[0]?.kind === 'name').map(term => term.typed)
  const words = [...new Set(typed)].map(capitalised)
  if (words.length === 0) return {}
  const comma = text.indexOf(',')
  const surnameFirst = comma > 0 && foldName(text.slice(0, comma)).split(' ').length < words.length
  const family = surnameFirst ? words[0] : words.at(-1)
  const given = surnameFirst ? words.slice(1) : words.slice(0, -1)
  return { given: given.join(' '), family }
}

// Typed in a hurry, all in small letters; somebody who took the trouble of a capital is left alone.
function capitalised(word: string): string {
  return word === word.toLowerCase()
    ? word.replace(/(^|[\s'’-])(\p{L})/gu, (_, before: string, letter: string) => before + letter.toUpperCase())
    : word
}
