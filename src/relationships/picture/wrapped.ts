/** Room for words under a person, and the height of one line of them. */
export const roomForWords = 150
export const lineHeight = 16

/** How wide words are at most in the picture's 13 pixels, in bold: the server has no font to measure with, so every letter is taken as a wide one of its kind. */
export function widthOf(words: string): number {
  let width = 0
  for (const letter of words) {
    if (/\p{M}/u.test(letter)) continue
    if (/[\u1100-\u11ff\u2e80-\uffdc]|[\u{10000}-\u{10ffff}]/u.test(letter)) width += 15
    else if (/[ijl.,:;'’|!()I -]/.test(letter)) width += 5
    else if (/[mwMW@%…—]/.test(letter)) width += 13
    else width += /\p{Lu}/u.test(letter) ? 10 : 8
  }
  return width
}

/** Words in lines that fit; a word that is too long for one goes on in the next. Nothing is cut off: the end of a warning is part of it. */
export function wrapped(words: string): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of words.split(/\s+/).filter(Boolean).flatMap(pieces)) {
    const longer = line === '' ? word : `${line} ${word}`
    if (widthOf(longer) <= roomForWords) line = longer
    else {
      lines.push(line)
      line = word
    }
  }
  return line === '' ? lines : [...lines, line]
}

function pieces(word: string): string[] {
  if (widthOf(word) <= roomForWords) return [word]
  const found: string[] = []
  let piece = ''
  for (const letter of word) {
    if (widthOf(piece + letter) > roomForWords) {
      found.push(piece)
      piece = ''
    }
    piece += letter
  }
  return [...found, piece]
}
