import type { Layout } from './layout.ts'
import { lineHeight, roomForWords } from './wrapped.ts'

export type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number }
/** Where somebody stands: the middle of their shape, and the box of the words under it. */
export type Spot = { readonly x: number; readonly y: number; readonly row: number; readonly label: Box }

export const columnWidth = 172
/** From the middle of a shape to where its words begin; no shape reaches as far. */
export const reach = 32
/** Room above a row for bows between its people, and for the lines that come down to it. */
const above = 58
const below = 8

/** Everybody's spot: a row is as high as the longest words in it, so that nobody's words reach anybody else or their words. */
export function stand(layout: Layout, linesOf: (id: string) => number): { spots: Map<string, Spot>; width: number; height: number } {
  const places = [...layout.places.values()]
  const tops: number[] = []
  let height = 0
  for (let row = 0; row < layout.rows; row++) {
    tops.push(height + above)
    const most = Math.max(0, ...places.filter(place => place.row === row).map(place => linesOf(place.id)))
    height += above + reach + most * lineHeight + below
  }
  const spots = new Map<string, Spot>()
  for (const { id, row, x } of places) {
    const middle = { x: (x + 0.5) * columnWidth, y: tops[row] ?? above }
    const label = { x: middle.x - roomForWords / 2, y: middle.y + reach, width: roomForWords, height: linesOf(id) * lineHeight }
    spots.set(id, { ...middle, row, label })
  }
  return { spots, width: Math.max(layout.columns, 2) * columnWidth, height }
}
