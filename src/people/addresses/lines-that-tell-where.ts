import type { PlainDate } from '../../platform/plain-date.ts'
import { type Address, isCurrent, isSecretAddress } from '../person.ts'

/** What of an address can be told. */
export type Told = Pick<Address, 'kind' | 'lines' | 'town' | 'postcode' | 'from' | 'to' | 'confidential'>

/**
 * The lines in which a text says an address at which the person must not be found, as they are counted from 1. Empty is as it should be. Only
 * letters and digits are compared, across the ends of lines: an address is typed in many ways. A part of one tells it too: `7 Hidden Lane` of
 * `Safe House 7 Hidden Lane, Trewidden`; the town alone, or `Flat 2`, does not.
 */
export function linesThatTellWhere(text: string, { addresses }: { readonly addresses: readonly Told[] }, today: PlainDate): number[] {
  return linesThatTell(
    text,
    addresses.filter(address => isCurrent(address, today) && isSecretAddress(address)),
  )
}

/** The lines in which a text says any of these addresses, secret today or not. */
export function linesThatTell(text: string, hidden: readonly Told[]): number[] {
  const { letters, lineAt, starts, ends } = folded(text)
  const lines = new Set<number>()
  const find = (secret: string, isWhole: boolean): void => {
    for (let at = letters.indexOf(secret); at >= 0; at = letters.indexOf(secret, at + 1))
      if (isWhole || (starts.has(at) && ends.has(at + secret.length))) lines.add(lineAt[at]!)
  }
  for (const address of hidden) {
    for (const whole of wholeLinesOf(address)) find(whole, true)
    for (const run of runsOf(address)) find(run, false)
    for (const place of linesWithAllOf(text, address)) lines.add(place)
  }
  return [...lines].sort((a, b) => a - b)
}

/** A line with a house number, and the postcode, also where they are written together with something else. */
const wholeLinesOf = ({ lines, postcode }: Told): string[] =>
  [...(lines ?? '').split('\n').filter(line => /\d/.test(line)), postcode ?? '']
    .map(line => wordsOf(line).join(''))
    // 'Flat 2' is said of many places.
    .filter(whole => whole.length > 5)

/** Lines with the number of the house and every telling word that stands beside it, in whatever order: `Net Loft 2` for `2 Net Loft`. */
function linesWithAllOf(text: string, { lines }: Told): number[] {
  const wanted = (lines ?? '')
    .split('\n')
    .map(line => wordsOfLine(line).filter(one => one.isNumber || one.isTelling))
    .filter(words => words.some(one => one.isNumber) && words.some(one => one.isTelling && !units.has(one.word)))
  return text.split('\n').flatMap((line, place) => {
    const said = new Set(wordsOf(line))
    return wanted.some(words => words.every(({ word }) => said.has(word))) ? [place + 1] : []
  })
}

type Word = { readonly word: string; readonly isNumber: boolean; readonly isName: boolean; readonly isTelling: boolean }

/** Every run of two or more words of an address that holds the number of the house, or its name, and something more than `the` or `flat`. */
function runsOf({ lines, town }: Told): Set<string> {
  const words = [...(lines ?? '').split('\n').flatMap(wordsOfLine), ...wordsOf(town ?? '').map(word => wordIn(word, false))]
  const runs = new Set<string>()
  for (let from = 0; from < words.length; from++)
    for (let to = from + 2; to <= words.length; to++) {
      const run = words.slice(from, to)
      const telling = run.filter(one => one.isTelling)
      const tellsNumber = run.some(one => one.isNumber) && telling.some(({ word }) => !units.has(word))
      const tellsName = telling.length > 1 && telling.some(one => one.isName)
      if (tellsNumber || tellsName) runs.add(run.map(one => one.word).join(''))
    }
  return runs
}

/** What stands before the number of a house, or in a line without one, is its name. */
function wordsOfLine(line: string): Word[] {
  const words = wordsOf(line)
  const number = words.findIndex(word => /\d/.test(word))
  return words.map((word, place) => wordIn(word, number < 0 || place < number))
}

function wordIn(word: string, isName: boolean): Word {
  const isNumber = /\d/.test(word)
  return { word, isNumber, isName, isTelling: !isNumber && word.length > 2 && !joining.has(word) }
}

const joining = new Set(['the', 'and', 'near', 'off'])
const units = new Set(['flat', 'apartment', 'apt', 'room', 'unit', 'block', 'floor', 'house', 'number', 'box'])

const plain = (text: string): string => text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase()
const wordsOf = (text: string): string[] => plain(text).match(/[\p{L}\p{N}]+/gu) ?? []

/** A text as letters and digits alone, with the line that each is of, and where words start and end. */
function folded(text: string) {
  const lineAt: number[] = []
  const starts = new Set<number>()
  const ends = new Set<number>()
  let letters = ''
  for (const [place, line] of text.split('\n').entries())
    for (const word of wordsOf(line)) {
      starts.add(letters.length)
      letters += word
      ends.add(letters.length)
      for (let one = 0; one < word.length; one++) lineAt.push(place + 1)
    }
  return { letters, lineAt, starts, ends }
}
