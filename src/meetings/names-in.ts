import type { Answer, Row } from '../forms/index.ts'
import type { Party } from './meeting.ts'

/** Whole, and each word of them: "Morwenna" of "Morwenna Jane", "Nguyen" of "Smith-Nguyen". Short ones too, as many surnames are. */
export function namesOf(parties: readonly Pick<Party, 'familyName' | 'givenName'>[]): string[] {
  const whole = parties.flatMap(one => [one.givenName, one.familyName])
  const words = whole.flatMap(name => name.split(/[\s-]+/).filter(word => !isParticle(word, name)))
  return [...new Set([...whole, ...words].filter(isName))]
}

/** 'van' of "van Gogh", which gives nobody away by itself. */
const isParticle = (word: string, name: string): boolean => !/^\p{Lu}/u.test(word) && /\p{Lu}/u.test(name)
/** Not an initial. */
const isName = (text: string): boolean => [...text].filter(letter => /\p{L}/u.test(letter)).length > 1

/** Words with a capital in what is said of somebody, such as a street: what would give them away in other words. */
export function capitalsIn(answers: readonly (Answer | undefined)[]): string[] {
  const texts = answers.flatMap(answer =>
    typeof answer === 'string'
      ? [answer]
      : isRows(answer)
        ? answer.flatMap(row => Object.values(row).filter(one => typeof one === 'string'))
        : [],
  )
  const found = texts.flatMap(text =>
    [...text.matchAll(/(?<=[\s,(]|^)\p{Lu}[\p{L}’'-]+(?:\s\p{Lu}[\p{L}’'-]+)*/gu)].flatMap(one =>
      telling(one[0].split(/\s/), one[0] !== text.trim() && /(^|[.!?:]\s+)$/.test(text.slice(0, one.index))),
    ),
  )
  return [...new Set(found)]
}

/** Not a word with which a sentence begins, which is one like any other, nor a short one by itself: "GP". */
function telling(words: readonly string[], begins: boolean): string[] {
  const rest = begins && (words.length === 1 || words[0]!.length < 4) ? words.slice(1) : words
  return rest.length > 1 || (rest[0]?.length ?? 0) > 3 ? [rest.join(' ')] : []
}
const isRows = (answer: Answer | undefined): answer is readonly Row[] =>
  Array.isArray(answer) && answer.every(one => typeof one === 'object' && one !== null && !Array.isArray(one))

/** Those of these names that stand in a text as words of their own, in capitals or not. */
export const namesIn = (names: readonly string[], text: string): string[] =>
  names.filter(name =>
    (asWords.has(name.toLowerCase()) ? [capitalised(name), name.toUpperCase()] : [name]).some(one =>
      new RegExp(`(?<!\\p{L})${escaped(one)}(?!\\p{L})`, asWords.has(name.toLowerCase()) ? 'u' : 'iu').test(text),
    ),
  )

/** Surnames that are English words as well: by a capital alone, else every text would have them. */
const asWords: ReadonlySet<string> = new Set(
  'ah am an as at be by do eh go ha he hi if in is it me my no of oh on or so to up us we may will can long'.split(' '),
)
const capitalised = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1).toLowerCase()
const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
