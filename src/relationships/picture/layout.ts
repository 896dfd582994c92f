import type { Shape } from '../terms.ts'

// Where everybody stands in a picture of a family and those around it: rows by generation, partners side by side, children under parents.
// Pure: knows ids and lines, and nothing of who they are.

export type Line = {
  readonly id: string
  readonly from: string
  readonly to: string
  readonly shape: Shape
  /** How many generations `to` is above `from`. */
  readonly generations: number
}
export type Place = { readonly id: string; readonly row: number; readonly x: number }
export type Layout = { readonly places: ReadonlyMap<string, Place>; readonly rows: number; readonly columns: number }

/** Places the people who can be reached from the centre, which comes first. Columns are numbers of people; a row of fewer stands in the middle. */
export function layOut(centre: string, people: readonly string[], lines: readonly Line[]): Layout {
  const generations = generationsFrom(centre, people, lines)
  const oldest = Math.max(...generations.values())
  const rows = new Map<number, string[]>()
  for (const id of people) {
    const row = oldest - generations.get(id)!
    rows.set(row, [...(rows.get(row) ?? []), id])
  }
  const filled = [...rows].sort(([a], [b]) => a - b).map(([, members]) => members)
  const columns = Math.max(...filled.map(row => row.length))
  const places = new Map<string, Place>()
  filled.forEach((members, row) => {
    const ordered = orderOf(members, lines, places)
    ordered.forEach((id, index) => {
      places.set(id, { id, row, x: index + (columns - ordered.length) / 2 })
    })
  })
  return { places, rows: filled.length, columns }
}

/** The generation of each person above the centre's own; family lines count before others, which hang beside whoever they are known through. */
function generationsFrom(centre: string, people: readonly string[], lines: readonly Line[]): Map<string, number> {
  const known = new Set(people)
  const found = new Map([[centre, 0]])
  const spread = (some: readonly Line[]) => {
    for (let grown = true; grown; ) {
      grown = false
      for (const { from, to, generations } of some) {
        if (!known.has(from) || !known.has(to)) continue
        const [a, b] = [found.get(from), found.get(to)]
        if (a !== undefined && b === undefined) found.set(to, a + generations)
        else if (b !== undefined && a === undefined) found.set(from, b - generations)
        else continue
        grown = true
      }
    }
  }
  spread(lines.filter(line => line.shape !== 'other'))
  spread(lines)
  for (const id of people) if (!found.has(id)) found.set(id, 0)
  return found
}

/** Family first, under the middle of their parents where these stand already, else in the order given; partners next to each other. */
function orderOf(members: readonly string[], lines: readonly Line[], places: ReadonlyMap<string, Place>): string[] {
  const under = (id: string): number => {
    const above = lines.flatMap(line => {
      const other = line.from === id ? line.to : line.to === id ? line.from : undefined
      const place = other === undefined ? undefined : places.get(other)
      return place && line.shape !== 'other' ? [place.x] : []
    })
    return above.length === 0 ? Number.POSITIVE_INFINITY : above.reduce((sum, x) => sum + x, 0) / above.length
  }
  const isFamily = (id: string) => lines.some(line => line.shape !== 'other' && (line.from === id || line.to === id))
  const waiting = members.map((id, index) => ({ id, under: under(id), beside: isFamily(id) ? 0 : 1, index }))
  waiting.sort((a, b) => a.beside - b.beside || (a.under === b.under ? a.index - b.index : a.under - b.under))
  const ordered: string[] = []
  for (const { id } of waiting) {
    if (ordered.includes(id)) continue
    ordered.push(id)
    for (const line of lines) {
      if (line.shape !== 'partner') continue
      const partner = line.from === id ? line.to : line.to === id ? line.from : undefined
      if (partner !== undefined && members.includes(partner) && !ordered.includes(partner)) ordered.push(partner)
    }
  }
  return ordered
}
