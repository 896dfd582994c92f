import bidiFactory from 'bidi-js'
import type { Spans } from '../paper/paper.ts'
import { type Face, faceFor, faceOf } from './typefaces.ts'

/** A piece of a line that is set in one go: one face, one direction. `text` is in the order of reading. */
export type Run = {
  readonly text: string
  readonly face: Face
  /** From right to left: its letters join and change places, so that it is shaped as a whole. */
  readonly isTurned: boolean
}
/** A line as it stands on paper: its runs from left to right. */
export type SetLine = {
  readonly runs: readonly Run[]
  readonly width: number
  /** What it says, in the order of reading: what a screen reader is told where the order on paper is another. */
  readonly text: string
  readonly isRightToLeft: boolean
  /** Whether anything in it runs from right to left. */
  readonly isMixed: boolean
}
export type Measure = (text: string, face: Face) => number

// The package is CommonJS and says that it has a default export; what Node hands over is the function itself.
const bidi = (bidiFactory as unknown as typeof bidiFactory.default)()

/** Breaks a paragraph into lines of at most `width`, in the order in which their letters stand on paper (Unicode UAX #9). */
export function setLines(spans: Spans, width: number, measure: Measure, base: 'ltr' | 'auto' = 'auto'): SetLine[] {
  return pieces(spans).flatMap(({ text, faces }) => {
    const { levels, paragraphs } = bidi.getEmbeddingLevels(text, base === 'auto' ? undefined : base)
    const isRightToLeft = ((paragraphs[0]?.level ?? 0) & 1) === 1
    return breakLines(text, faces, width, measure).map(([start, end]): SetLine => {
      const runs = inVisualOrder(text, faces, levels, start, end)
      return {
        runs,
        width: runs.reduce((sum, run) => sum + measure(run.text, run.face), 0),
        text: text.slice(start, end),
        isRightToLeft,
        isMixed: levels.slice(start, end).some(level => level > 0),
      }
    })
  })
}

type Piece = { text: string; faces: Face[] }

/** The text between forced line breaks, with the face of every UTF-16 unit. */
function pieces(spans: Spans): Piece[] {
  const all: Piece[] = [{ text: '', faces: [] }]
  for (const span of spans) {
    for (const [place, text] of span.text.split('\n').entries()) {
      if (place > 0) all.push({ text: '', faces: [] })
      const piece = all[all.length - 1] as Piece
      for (const character of text.replaceAll('\t', ' ')) {
        const face = faceFor(character, faceOf(span))
        piece.text += character
        for (let unit = 0; unit < character.length; unit++) piece.faces.push(face)
      }
    }
  }
  return all
}

/** Where lines begin and end: at spaces, and within a word only where it is longer than a line. Each word is measured once. */
function breakLines(text: string, faces: readonly Face[], width: number, measure: Measure): [number, number][] {
  const lines: [number, number][] = []
  let [start, end, used] = [0, 0, 0]
  for (const found of text.matchAll(/\S+/gu)) {
    const [from, to] = [found.index, found.index + found[0].length]
    const word = widthOf(text, faces, from, to, measure)
    const gap = widthOf(text, faces, end, from, measure)
    if (end > start && used + gap + word > width) {
      lines.push([start, end])
      ;[start, used] = [from, 0]
    } else used += gap
    used += word
    end = to
    while (used > width && end - start > 1) {
      const fits = mostThatFits(text, faces, start, end, width, measure)
      lines.push([start, fits.end])
      start = fits.end
      // What remains is measured as a whole only for the last line of it: a word may be as long as a letter.
      used -= fits.width
      if (used <= width) used = widthOf(text, faces, start, end, measure)
    }
  }
  lines.push([start, end])
  return lines
}

/** How far a word that is longer than a line goes on to it: one letter at least. */
function mostThatFits(text: string, faces: readonly Face[], start: number, end: number, width: number, measure: Measure) {
  let [place, used] = [start, 0]
  while (place < end) {
    const one = measure(text.charAt(place), faces[place] ?? 'regular')
    if (place > start && used + one > width) break
    used += one
    place++
  }
  return { end: place, width: used }
}

function widthOf(text: string, faces: readonly Face[], start: number, end: number, measure: Measure): number {
  let width = 0
  for (let from = start; from < end; ) {
    let to = from + 1
    while (to < end && faces[to] === faces[from]) to++
    width += measure(text.slice(from, to), faces[from] ?? 'regular')
    from = to
  }
  return width
}

/** Runs from left to right. Each keeps the order of reading inside: the typeface's own shaping turns it round. */
function inVisualOrder(text: string, faces: readonly Face[], levels: Uint8Array, start: number, end: number): Run[] {
  const logical: { from: number; to: number; level: number; face: Face }[] = []
  for (let from = start; from < end; ) {
    let to = from + 1
    while (to < end && levels[to] === levels[from] && faces[to] === faces[from]) to++
    logical.push({ from, to, level: levels[from] ?? 0, face: faces[from] ?? 'regular' })
    from = to
  }
  // UAX #9, L2: from the highest level down to the lowest odd one, turn round what is at that level or above.
  const highest = Math.max(0, ...logical.map(run => run.level))
  for (let level = highest; level >= 1; level--) {
    for (let from = 0; from < logical.length; from++) {
      if ((logical[from]?.level ?? 0) < level) continue
      let to = from
      while (to < logical.length && (logical[to]?.level ?? 0) >= level) to++
      logical.splice(from, to - from, ...logical.slice(from, to).reverse())
      from = to
    }
  }
  return logical.map(({ from, to, level, face }) => {
    const isTurned = (level & 1) === 1
    return { text: isTurned ? turned(text.slice(from, to)) : text.slice(from, to), face, isTurned }
  })
}

/**
 * A run from right to left as the typeface wants it: in the order of reading where it has a letter of such a script, since shaping turns it
 * round, and turned already where it is marks alone. A bracket that opens to the right opens to the left (UAX #9, L4).
 */
function turned(text: string): string {
  const characters = [...text].map(one => bidi.getMirroredCharacter(one) ?? one)
  const isShaped = characters.some(one => ['R', 'AL'].includes(bidi.getBidiCharTypeName(one)))
  return (isShaped ? characters : characters.reverse()).join('')
}
