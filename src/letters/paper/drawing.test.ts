import { fileTypeFromBuffer } from 'file-type'
import { expect, test } from 'vitest'
import { pathOf, readDrawing } from './drawing.ts'
import { drawingAsPng } from './drawing-as-png.ts'

const line = [
  [10, 10],
  [200, 100],
] // prettier
const json = (strokes: unknown, more = {}) => JSON.stringify({ strokes, ...more })

test('the ways of a pen are read and drawn anew', async () => {
  const read = readDrawing(json([line, [[300, 50]]]))
  if (!read.ok) throw new Error(read.error)
  expect(pathOf(read.value)).toBe('M10 10L200 100M300 50L300 50')
  expect(await fileTypeFromBuffer(drawingAsPng(read.value))).toMatchObject({ mime: 'image/png' })
})

test.each([
  ['nothing', '', 'empty'],
  ['a dot', json([[[5, 5]]]), 'too-short'],
  ['no JSON', '{', 'not-readable'],
  ['a picture', 'data:image/png;base64,AAAA', 'not-readable'],
  [
    'a point outside the box',
    json([
      [
        [0, 0],
        [1001, 10],
      ],
    ]),
    'not-readable',
  ],
  [
    'half points',
    json([
      [
        [0, 0],
        [100.5, 10],
      ],
    ]),
    'not-readable',
  ],
  ['markup in place of a number', json([[[0, '"><script>']]]), 'not-readable'],
  ['something else beside', json([line], { onload: 'x' }), 'not-readable'],
  ['too many points', json([Array.from({ length: 4_001 }, (_, place) => [place % 1000, 1])]), 'not-readable'],
  ['too many strokes', json(Array.from({ length: 101 }, () => line)), 'not-readable'],
])('%s is no signature', (_what, text, error) => {
  expect(readDrawing(text)).toEqual({ ok: false, error })
})
