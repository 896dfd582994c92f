import type { ComponentChildren, VNode } from 'preact'
import { foldedWords } from '../../texts/index.ts'
import { leftOut, markBegins, markEnds } from './find-texts.ts'

/** A piece of what was written, and whether it is what was looked for. */
export type Piece = { readonly text: string; readonly found: boolean }

/**
 * What was found, in the writer's own spelling. PostgreSQL marks words without their accents; letter for letter they stand at the same
 * place in what was written.
 */
export function piecesOf(headline: string, written: string): Piece[][] {
  const folded = foldedWords(written)
  return headline
    .split(leftOut)
    .map(fragment => {
      const pieces = fragment.split(markBegins).flatMap((part, place) => {
        const [found = '', after] = place === 0 ? ['', part] : part.split(markEnds)
        return [
          { text: found, found: true },
          { text: after ?? '', found: false },
        ]
      })
      const begins = folded.indexOf(pieces.map(piece => piece.text).join(''))
      return begins < 0 ? pieces : inOwnSpelling(pieces, written, begins)
    })
    .map(pieces => pieces.filter(piece => piece.text !== ''))
    .filter(pieces => pieces.length > 0)
}

function inOwnSpelling(pieces: readonly Piece[], written: string, begins: number): Piece[] {
  let place = begins
  return pieces.map(({ text, found }) => {
    place += text.length
    return { text: written.slice(place - text.length, place), found }
  })
}

/** The stretches of a text that were found, the words marked. */
export function Snippet({ headline, written }: { headline: string; written: string }): VNode | null {
  const stretches = piecesOf(headline, written)
  if (stretches.length === 0) return null
  const shown = stretches.map(stretch => stretch.map(piece => piece.text).join(''))
  const whole = stretches.length === 1 && shown[0]?.trim() === written.trim()
  return (
    <p class="ly-found__words">
      {!whole && !written.startsWith(shown[0] ?? '') ? '… ' : null}
      {stretches.map((stretch, place) => [place > 0 ? ' … ' : null, marked(stretch)])}
      {!whole && !written.endsWith(shown.at(-1) ?? '') ? ' …' : null}
    </p>
  )
}

/** The words of a line, those that were found marked. */
export function marked(pieces: readonly Piece[]): ComponentChildren {
  return pieces.map((piece, place) => (piece.found ? <mark key={place}>{piece.text}</mark> : piece.text))
}
