import { describe, expect, test } from 'vitest'
import { checkDefinition, formOf } from './check.ts'

const question = (more: object) => ({ code: 'a', type: 'text', label: 'A', ...more })
const definition = (...questions: object[]) => ({
  code: 'test-form',
  title: 'Test',
  version: 1,
  pages: [{ code: 'one', title: 'One', sections: [{ code: 'first', title: 'First', questions }] }],
})
const yes = { code: 'yes', label: 'Yes' }

describe('a definition that does not fit together is refused, naming the code', () => {
  test.each([
    ['a code used twice', [question({}), question({})], 'a', 'is used twice'],
    [
      'a column used twice',
      [question({ type: 'table', rowName: 'row', columns: [question({ code: 'c' }), question({ code: 'c' })] })],
      'a.c',
      'two columns',
    ],
    ['a code that expressions already have', [question({ code: 'today' })], 'today', 'is used twice'],
    ['a code that is no identifier', [question({ code: 'Date-of-birth' })], 'Date-of-birth › code', 'lower-case words'],
    ['a code that CEL reserves', [question({ code: 'namespace' })], 'namespace', 'keep for themselves'],
    ['an unknown type', [question({ type: 'colour' })], 'a › type', 'Invalid'],
    ['an unknown property', [question({ colour: 'red' })], 'a', 'colour'],
    ['no options', [question({ type: 'choice', options: [] })], 'a', 'has no options'],
    ['an option twice', [question({ type: 'choice', options: [yes, yes] })], 'a', 'same code'],
    ['an unknown code in a condition', [question({ shownWhen: "b == 'x'" })], 'a › shownWhen', 'Unknown variable: b'],
    ['a condition that is not yes or no', [question({}), question({ code: 'b', shownWhen: 'a' })], 'b › shownWhen', 'must give bool'],
    [
      'a rule of the wrong types',
      [question({ type: 'number', rules: [{ invalidWhen: "a > 'x'", message: 'No' }] })],
      'a › rule 1',
      'no such overload',
    ],
    [
      'a misspelt option',
      [question({ type: 'choice', options: [yes] }), question({ code: 'b', shownWhen: "a == 'yess'" })],
      'b › shownWhen',
      'a has no option yess',
    ],
    [
      'a misspelt option in a list',
      [question({ type: 'choices', options: [yes] }), question({ code: 'b', required: "'no' in a" })],
      'b › required',
      'a has no option no',
    ],
    [
      'a misspelt band',
      [
        question({ type: 'choice', options: [{ ...yes, score: 1 }] }),
        question({ code: 's', type: 'score', of: ['a'], bands: [{ from: 0, code: 'low', label: 'Low' }] }),
        question({ code: 'b', shownWhen: "s_band == 'lo'" }),
      ],
      'b › shownWhen',
      's has no band lo',
    ],
    ['a score of what carries none', [question({}), question({ code: 's', type: 'score', of: ['a'] })], 's', 'adds up a'],
    ['a condition on itself', [question({ shownWhen: "a == 'x'" })], 'a', 'depends on itself: a → a'],
    [
      'conditions in a circle',
      [question({ shownWhen: "c == 'x'" }), question({ code: 'b', shownWhen: "a == 'x'" }), question({ code: 'c', shownWhen: "b == 'x'" })],
      'a',
      'depends on itself: a → c → b → a',
    ],
    [
      'calculations in a circle',
      [
        question({ type: 'calculated', result: 'number', expression: 'b + 1' }),
        question({ code: 'b', type: 'calculated', result: 'number', expression: 'a + 1' }),
      ],
      'a',
      'depends on itself',
    ],
    [
      'a calculation of another type',
      [question({ type: 'calculated', result: 'number', expression: "'x'" })],
      'a › expression',
      'must give int or double',
    ],
    [
      'a column condition over an unknown column',
      [question({ type: 'table', rowName: 'row', columns: [question({ code: 'c', shownWhen: "row.d == 'x'" })] })],
      'a.c › shownWhen',
      'No such key: d',
    ],
  ])('%s', (_, questions, at, problem) => {
    const checked = checkDefinition(definition(...questions))
    expect(checked.ok).toBe(false)
    if (checked.ok) return
    expect(checked.problems[0]!.at).toContain(at)
    expect(checked.problems[0]!.problem).toContain(problem)
  })

  test('all problems are told at once', () => {
    const checked = checkDefinition(definition(question({ shownWhen: 'x' }), question({ code: 'b', shownWhen: 'y' })))
    expect(checked.ok ? 0 : checked.problems.length).toBe(2)
  })

  test('a list that does not exist, when the lists are known', () => {
    const asked = definition(question({ type: 'choice', options: { list: 'ethnicity' } }))
    expect(checkDefinition(asked).ok).toBe(true)
    expect(checkDefinition(asked, {})).toMatchObject({ ok: false, problems: [{ at: 'a' }] })
    expect(checkDefinition(asked, { ethnicity: [yes] }).ok).toBe(true)
  })

  test('data that is nothing like a definition', () => {
    for (const data of [null, 3, 'x', [], {}, { pages: 'x' }]) expect(checkDefinition(data).ok).toBe(false)
    expect(() => formOf({})).toThrow('not sound')
  })
})

describe('a form for people without an account', () => {
  const about = [question({ code: 'given' }), question({ code: 'family' }), question({ code: 'reason', type: 'long-text' })]
  const outside = (...questions: object[]) => checkDefinition({ ...definition(...questions), forOutside: true })

  test('says whom it is about and why', () => {
    expect(outside(...about).ok).toBe(true)
    const checked = outside(...about.slice(0, 2))
    expect(checked.ok ? [] : checked.problems.map(({ at }) => at)).toEqual(['reason'])
  })

  test.each([
    ['colleagues', { type: 'user' }],
    ['agencies', { type: 'agency' }],
    ['people on record', { type: 'person' }],
    ['a list of the authority', { type: 'choice', options: { list: 'referral-source' } }],
    ['people in a table', { type: 'table', rowName: 'row', columns: [question({ code: 'who', type: 'person' })] }],
  ])('shows no %s', (_what, more) => {
    const checked = outside(...about, question({ code: 'inside', ...more }))
    expect(checked.ok ? '' : checked.problems.map(({ problem }) => problem).join()).toContain('nobody outside may see')
  })
})
