import { describe, expect, test } from 'vitest'
import { type Line, layOut } from './layout.ts'
import { type Box, reach, stand } from './standing.ts'
import { roomForWords, widthOf, wrapped } from './wrapped.ts'

const words = [
  'PENROSE',
  'Grandparent',
  'Uncle',
  'Must not be contacted',
  'not on record',
  'Alleged perpetrator of harm to Jago',
  'WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW',
  'To Oksana: Half-brother or half-sister (no longer)',
]

/** Always the same families: a generator of numbers that begins where it is told to. */
function numbers(seed: number): (below: number) => number {
  let state = seed
  return below => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((state / 2_147_483_648) * below)
  }
}

function family(seed: number) {
  const next = numbers(seed)
  const people = Array.from({ length: 1 + next(40) }, (_, index) => `p${index}`)
  const lines = people.slice(1).map((to, index): Line => {
    const [shape, generations] = (
      [
        ['parent', 1],
        ['parent', -1],
        ['partner', 0],
        ['sibling', 0],
        ['other', 0],
        ['other', 2],
      ] as const
    )[next(6)]!
    return { id: to, from: people[next(index + 1)]!, to, shape, generations }
  })
  const labels = new Map(people.map(id => [id, Array.from({ length: 1 + next(5) }, () => words[next(words.length)]!).flatMap(wrapped)]))
  return { people, labels, standing: stand(layOut('p0', people, lines), id => labels.get(id)!.length) }
}

const isOver = (a: Box, b: Box) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height

describe('[F21] in a picture of a family', () => {
  test('no words stand on other words or on anybody’s shape, whatever the family', () => {
    for (let seed = 1; seed <= 200; seed++) {
      const { people, standing } = family(seed)
      const spots = people.map(id => standing.spots.get(id)!)
      const boxes = spots.flatMap(({ x, y, label }) => [label, { x: x - reach, y: y - reach, width: 2 * reach, height: 2 * reach }])
      boxes.forEach((box, index) => {
        expect(box.x >= 0 && box.y >= 0 && box.x + box.width <= standing.width && box.y + box.height <= standing.height).toBe(true)
        expect(boxes.slice(index + 1).filter(other => isOver(box, other))).toEqual([])
      })
    }
  })

  test('words are wrapped to their room with nothing left out', () => {
    for (const some of words) {
      expect(wrapped(some).every(line => widthOf(line) <= roomForWords)).toBe(true)
      expect(wrapped(some).join('').replaceAll(' ', '')).toBe(some.replaceAll(' ', ''))
    }
  })
})
