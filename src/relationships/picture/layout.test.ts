import { describe, expect, test } from 'vitest'
import { type Line, layOut } from './layout.ts'

const line = (from: string, to: string, shape: Line['shape'], generations = 0): Line => ({
  id: `${from}-${to}`,
  from,
  to,
  shape,
  generations,
})
const rowOf = (layout: ReturnType<typeof layOut>, id: string) => layout.places.get(id)!.row
const xOf = (layout: ReturnType<typeof layOut>, id: string) => layout.places.get(id)!.x

describe('[F21] a picture of a family', () => {
  const lines = [
    line('jago', 'oksana', 'parent', 1),
    line('jago', 'denzel', 'parent', 1),
    line('oksana', 'denzel', 'partner'),
    line('jago', 'wella', 'sibling'),
    line('oksana', 'halyna', 'parent', 1),
    line('jago', 'friend', 'other'),
  ]
  const people = ['jago', 'oksana', 'denzel', 'wella', 'friend', 'halyna']
  const layout = layOut('jago', people, lines)

  test('has a row for each generation, the oldest on top', () => {
    expect(['halyna', 'oksana', 'jago'].map(id => rowOf(layout, id))).toEqual([0, 1, 2])
    expect(rowOf(layout, 'wella')).toBe(2)
    expect(layout.rows).toBe(3)
  })

  test('has partners side by side', () => {
    expect(Math.abs(xOf(layout, 'oksana') - xOf(layout, 'denzel'))).toBe(1)
  })

  test('has children under the middle of their parents, before those who only know them', () => {
    expect(xOf(layout, 'jago')).toBeLessThan(xOf(layout, 'friend'))
  })

  test('puts nobody on another, and leaves nobody out', () => {
    const spots = [...layout.places.values()].map(({ row, x }) => `${row} ${x}`)
    expect(new Set(spots).size).toBe(people.length)
  })
})

test('a line read from the child’s or the parent’s end makes the same picture', () => {
  expect(rowOf(layOut('mother', ['mother', 'child'], [line('mother', 'child', 'parent', -1)]), 'child')).toBe(1)
  expect(rowOf(layOut('mother', ['mother', 'child'], [line('child', 'mother', 'parent', 1)]), 'child')).toBe(1)
})

test('relationships in a circle end, and somebody alone is a picture too', () => {
  const circle = [line('a', 'b', 'parent', 1), line('b', 'c', 'parent', 1), line('c', 'a', 'parent', 1)]
  expect(layOut('a', ['a', 'b', 'c'], circle).places.size).toBe(3)
  expect(layOut('a', ['a'], [])).toMatchObject({ rows: 1, columns: 1 })
})
