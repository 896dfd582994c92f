import { createRequire } from 'node:module'
import { type Font, openSync } from 'fontkit'

const require = createRequire(import.meta.url)

/**
 * DejaVu Sans: Latin with every accent of Europe, Greek, Cyrillic, Arabic, Hebrew, Armenian, Georgian, in one family that may be embedded
 * freely (docs/decisions/0018). A character that a slanted or bold face lacks is set in the upright one.
 */
export const typefaceFiles = {
  regular: require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf'),
  strong: require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf'),
  emphasis: require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Oblique.ttf'),
  both: require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans-BoldOblique.ttf'),
} as const
export type Face = keyof typeof typefaceFiles

export function faceOf(style: { strong?: true; emphasis?: true }): Face {
  return style.strong ? (style.emphasis ? 'both' : 'strong') : style.emphasis ? 'emphasis' : 'regular'
}

/** The face that a character is set in: its own where that has it. */
export const faceFor = (character: string, wanted: Face): Face => (has(wanted, character) ? wanted : 'regular')

/** The characters that no face has, each once: a letter with one of them would show a box in its place. */
export function notInTypeface(text: string): readonly string[] {
  const missing = [...text].filter(one => {
    const point = one.codePointAt(0) ?? 0
    return point > 31 && !/\p{Cf}|\p{Zs}/u.test(one) && !has('regular', one)
  })
  return [...new Set(missing)]
}

/** Asked of every letter: remembered, since the answer is the same for ever and looking takes its time. */
function has(face: Face, character: string): boolean {
  const known = had[face].get(character)
  if (known !== undefined) return known
  const answer = opened(face).hasGlyphForCodePoint(character.codePointAt(0) ?? 32)
  had[face].set(character, answer)
  return answer
}
const had: Record<Face, Map<string, boolean>> = { regular: new Map(), strong: new Map(), emphasis: new Map(), both: new Map() }

const fonts = new Map<Face, Font>()
function opened(face: Face): Font {
  const known = fonts.get(face)
  if (known) return known
  const font = openSync(typefaceFiles[face]) as Font
  fonts.set(face, font)
  return font
}
