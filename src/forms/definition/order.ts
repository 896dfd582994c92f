import type { Placed } from './form.ts'

export type Sorted = { readonly ok: true; readonly order: readonly string[] } | { readonly ok: false; readonly cycle: readonly string[] }

/** What decides whether a question is shown, and its value if it is worked out, must not come back to the question itself. */
export function inOrder(placed: ReadonlyMap<string, Placed>): Sorted {
  const order: string[] = []
  const state = new Map<string, 'open' | 'done'>()
  const visit = (code: string, path: readonly string[]): readonly string[] | undefined => {
    if (state.get(code) === 'done') return undefined
    if (state.get(code) === 'open') return [...path.slice(path.indexOf(code)), code]
    state.set(code, 'open')
    for (const needed of dependenciesOf(placed.get(code)!, placed)) {
      const cycle = visit(needed, [...path, code])
      if (cycle) return cycle
    }
    state.set(code, 'done')
    order.push(code)
    return undefined
  }
  for (const code of placed.keys()) {
    const cycle = visit(code, [])
    if (cycle) return { ok: false, cycle }
  }
  return { ok: true, order }
}

/** The questions that decide whether one is shown, and what it comes to. */
export function dependenciesOf(item: Placed, placed: ReadonlyMap<string, Placed>): string[] {
  const programs = item.calculation ? [...item.shownWhen, item.calculation] : item.shownWhen
  const read = programs.flatMap(program => program.uses).map(name => (placed.has(name) ? name : name.replace(/_band$/, '')))
  const added = item.question.type === 'score' ? item.question.of : []
  return [...read, ...added].filter(code => placed.has(code))
}
