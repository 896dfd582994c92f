import { z } from 'zod'

/**
 * A signature as it was drawn: the ways that the pen took, not a picture. Nothing that a browser calls an image is ever opened here; the
 * points are numbers within a box, few enough to be looked at, and are drawn anew for the page, the PDF and the Word document.
 */
export type Drawing = { readonly strokes: readonly Stroke[] }
export type Stroke = readonly (readonly [number, number])[]

export const drawingWidth = 1000
export const drawingHeight = 300
const mostStrokes = 100
const mostPoints = 4_000
/** Shorter ways than this are a slip of the finger, not a name. */
const shortest = 60

const within = (most: number) => z.int().min(0).max(most)
const shape = z.strictObject({
  strokes: z
    .array(z.array(z.tuple([within(drawingWidth), within(drawingHeight)])).min(1))
    .min(1)
    .max(mostStrokes),
})

export type DrawingReading =
  | { readonly ok: true; readonly value: Drawing }
  | { readonly ok: false; readonly error: 'empty' | 'too-short' | 'not-readable' }

/** Reads what the canvas posted. */
export function readDrawing(text: string): DrawingReading {
  if (text.trim() === '') return { ok: false, error: 'empty' }
  const read = shape.safeParse(jsonOf(text))
  if (!read.success) return { ok: false, error: 'not-readable' }
  const drawing = read.data
  if (drawing.strokes.reduce((sum, stroke) => sum + stroke.length, 0) > mostPoints) return { ok: false, error: 'not-readable' }
  return lengthOf(drawing) < shortest ? { ok: false, error: 'too-short' } : { ok: true, value: drawing }
}

/** The ways as an SVG path: M and L with whole numbers, and nothing else. */
export function pathOf({ strokes }: Drawing): string {
  return strokes
    .map(stroke => {
      const [[x, y] = [0, 0], ...rest] = stroke
      // A dot is a line to itself: with round ends it shows.
      const on = rest.length > 0 ? rest : [[x, y]]
      return `M${x} ${y}${on.map(([toX, toY]) => `L${toX} ${toY}`).join('')}`
    })
    .join('')
}

function lengthOf({ strokes }: Drawing): number {
  let length = 0
  for (const stroke of strokes) {
    for (const [place, [x, y]] of stroke.entries()) {
      const before = stroke[place - 1]
      if (before) length += Math.hypot(x - before[0], y - before[1])
    }
  }
  return length
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
