import type { ComponentChildren, VNode } from 'preact'
import type { Answered } from '../../forms/index.ts'
import { foldedWords } from '../../texts/index.ts'
import { leftOut, markBegins, markEnds } from './find-texts.ts'

/** A piece of what was written, and whether it is what was looked for. */
export type Piece = { readonly text: string; readonly found: boolean }

/** A stretch of what was written, and where in it it begins: -1 where it is not found again. */
export type StretchFound = { readonly begins: number; readonly pieces: readonly Piece[] }

/**
 * What was found, in the writer's own spelling. PostgreSQL marks words without their accents; letter for letter they stand at the same
 * place in what was written.
 */
export function stretchesIn(headline: string, written: string): StretchFound[] {
  const folded = foldedWords(written)
  let after = 0
  return headline
    .split(leftOut)
    .map(fragment => {
      const pieces = fragment.split(markBegins).flatMap((part, place) => {
        const [found = '', rest] = place === 0 ? ['', part] : part.split(markEnds)
        return [
          { text: found, found: true },
          { text: rest ?? '', found: false },
        ]
      })
      const text = pieces.map(piece => piece.text).join('')
      const begins = folded.indexOf(text, after)
      if (begins >= 0) after = begins + text.length
      return { begins, pieces: begins < 0 ? pieces : inOwnSpelling(pieces, written, begins) }
    })
    .map(({ begins, pieces }) => ({ begins, pieces: pieces.filter(piece => piece.text !== '') }))
    .filter(({ pieces }) => pieces.length > 0)
}

function inOwnSpelling(pieces: readonly Piece[], written: string, begins: number): Piece[] {
  let place = begins
  return pieces.map(({ text, found }) => {
    place += text.length
    return { text: written.slice(place - text.length, place), found }
  })
}

/** The stretches of a text that were found, the words marked. Of a form only the answers that have the words, each after its question. */
export function Snippet({
  headline,
  written,
  answers = [],
}: {
  headline: string
  written: string
  answers?: readonly Answered[]
}): VNode | null {
  const stretches = stretchesIn(headline, written)
  const found = answersWith(stretches, written, answers)
  if (found.length === 0) return <Words stretches={stretches.map(({ pieces }) => pieces)} written={written} />
  return (
    <>
      {found.map(({ question, words, stretches }, place) => (
        <Words key={place} stretches={stretches} written={words} question={question} />
      ))}
    </>
  )
}

type AnswerFound = Answered & { readonly stretches: readonly (readonly Piece[])[] }

/** Nothing when what was written are not these answers, or a stretch is not found in them again. */
function answersWith(stretches: readonly StretchFound[], written: string, answers: readonly Answered[]): AnswerFound[] {
  const isTheirs = answers.map(({ words }) => words).join('\n') === written
  if (!isTheirs || stretches.some(({ begins }) => begins < 0)) return []
  let ends = -1
  return answers.flatMap(answer => {
    const begins = ends + 1
    ends = begins + answer.words.length
    const inside = stretches.map(stretch => within(stretch, begins, ends)).filter(pieces => pieces.some(piece => piece.found))
    return inside.length > 0 ? [{ ...answer, stretches: inside }] : []
  })
}

/** What of a stretch stands from one place to another. */
function within({ begins, pieces }: StretchFound, from: number, to: number): Piece[] {
  let place = begins
  return pieces.flatMap(({ text, found }) => {
    const part = text.slice(Math.max(from - place, 0), Math.max(to - place, 0))
    place += text.length
    return part === '' ? [] : [{ text: part, found }]
  })
}

type WordsProps = { stretches: readonly (readonly Piece[])[]; written: string; question?: string }

function Words({ stretches, written, question }: WordsProps): VNode | null {
  if (stretches.length === 0) return null
  const shown = stretches.map(stretch => stretch.map(piece => piece.text).join(''))
  const whole = stretches.length === 1 && shown[0]?.trim() === written.trim()
  return (
    <p class="ly-found__words">
      {question && (/[?:]$/.test(question) ? `${question} ` : `${question}: `)}
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
