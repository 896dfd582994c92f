import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Answers, Filled } from './answer.ts'
import { keepBoth, mergeSection } from './merge.ts'

const filled = (answers: Answers): Filled => ({ answers, typed: {} })
const codes = ['a', 'b', 'c']

describe('two people in one section', () => {
  test.each([
    ['different questions: both stand', { a: 'x' }, { a: 'x', b: 'theirs' }, { a: 'x', c: 'mine' }, { a: 'x', b: 'theirs', c: 'mine' }, []],
    ['the same words in the same question', {}, { a: 'same' }, { a: 'same' }, { a: 'same' }, []],
    ['the same question: theirs stands, and it is told', { a: 'x' }, { a: 'theirs' }, { a: 'mine' }, { a: 'theirs' }, ['a']],
    ['I only looked', { a: 'x' }, { a: 'theirs' }, { a: 'x' }, { a: 'theirs' }, []],
    ['I emptied what they left alone', { a: 'x', b: 'y' }, { a: 'x', b: 'z' }, { b: 'y' }, { b: 'z' }, []],
    ['I emptied what they changed', { a: 'x' }, { a: 'theirs' }, {}, { a: 'theirs' }, ['a']],
  ] as const)('%s', (_, base, theirs, mine, merged, clashes) => {
    expect(mergeSection(codes, filled(base as Answers), filled(theirs as Answers), filled(mine as Answers))).toEqual({
      merged: filled(merged as Answers),
      clashes,
    })
  })

  test('my own other tab is no other person: my latest words stand, and what I left alone stays', () => {
    const merged = mergeSection(
      codes,
      filled({}),
      filled({ a: 'first tab', b: 'first tab' }),
      filled({ a: 'second tab' }),
      new Set(['a', 'b']),
    )
    expect(merged).toEqual({ merged: filled({ a: 'second tab', b: 'first tab' }), clashes: [] })
  })

  test('no word of either is ever lost: it stands, or it is told as a clash', () => {
    const answers = fc.dictionary(fc.constantFrom(...codes), fc.constantFrom('1', '2', '3'))
    fc.assert(
      fc.property(answers, answers, answers, (base, theirs, mine) => {
        const { merged, clashes } = mergeSection(codes, filled(base), filled(theirs), filled(mine))
        for (const code of codes) {
          if (clashes.includes(code)) continue
          if (mine[code] !== base[code]) expect(merged.answers[code]).toBe(mine[code])
          if (theirs[code] !== base[code]) expect(merged.answers[code]).toBe(theirs[code])
        }
      }),
    )
  })

  test('both can stand where the question has room for two', () => {
    expect(keepBoth({ type: 'long-text', code: 'a', label: 'A' }, 'theirs', 'mine')).toBe('theirs\n\nmine')
    expect(keepBoth({ type: 'choices', code: 'a', label: 'A', options: [] }, ['x', 'y'], ['y', 'z'])).toEqual(['x', 'y', 'z'])
    expect(keepBoth({ type: 'long-text', code: 'a', label: 'A' }, undefined, 'mine')).toBe('mine')
  })
})
