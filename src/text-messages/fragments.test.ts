import { describe, expect, test } from 'vitest'
import { costOf, plainly } from './fragments.ts'

describe('a text costs', () => {
  test.each([
    ['160 plain characters', 'a'.repeat(160), 1],
    ['161', 'a'.repeat(161), 2],
    ['306, two times 153', 'a'.repeat(306), 2],
    ['307', 'a'.repeat(307), 3],
    ['918, as much as GOV.UK Notify takes', 'a'.repeat(918), 6],
    ['160 with a character that takes two places', `€${'a'.repeat(159)}`, 2],
    ['159 with one', `€${'a'.repeat(158)}`, 1],
    ['what the alphabet has of accents', `Zoë, café, ñ, à`.replace('ë', 'e'), 1],
    ['70 characters with one outside the alphabet', `ŵ${'a'.repeat(69)}`, 1],
    ['71', `ŵ${'a'.repeat(70)}`, 2],
    ['134, two times 67', `ŵ${'a'.repeat(133)}`, 2],
    ['135', `ŵ${'a'.repeat(134)}`, 3],
    ['69 with an emoji, which takes two places', `🙂${'a'.repeat(68)}`, 1],
    ['70 with an emoji', `🙂${'a'.repeat(69)}`, 2],
    ['Ukrainian', 'Доброго дня', 1],
  ])('%s', (_what, text, fragments) => expect(costOf(text).fragments).toBe(fragments))

  test('and says which characters make it dear', () => {
    expect(costOf('Bore da, Siân ŵŵ').costly).toEqual(['â', 'ŵ'])
    expect(costOf('Plain.').costly).toEqual([])
  })
})

test('what a word processor puts in is written plainly', () => {
  expect(plainly('It’s “here” – at 10…')).toBe('It\'s "here" - at 10...')
  expect(costOf(plainly('It’s here')).costly).toEqual([])
})
