import { describe, expect, test } from 'vitest'
import { compile, environmentFor, scopeAt } from './expressions.ts'

const environment = environmentFor(
  [
    { name: 'age', type: 'double' },
    { name: 'name', type: 'string' },
    { name: 'home', type: 'bool' },
    { name: 'born', type: 'string' },
    { name: 'needs', type: 'list<string>' },
    { name: 'substances', type: 'list<Row_substances>' },
  ],
  [{ name: 'Row_substances', fields: { substance: 'string', days: 'double' } }],
)
const now = scopeAt(new Date('2026-03-29T23:30:00Z'))

function evaluate(source: string, scope: Record<string, unknown>): unknown {
  const compiled = compile(source, environment, ['bool', 'int', 'double', 'string', 'dyn'])
  if (!compiled.ok) throw new Error(compiled.error)
  return compiled.program.value({ ...now, substances: [], ...scope })
}

describe('an expression', () => {
  test.each([
    ['age >= 18', { age: 18 }, true],
    ['age == 18', { age: 18 }, true],
    ['age * 4 + 1', { age: 2 }, 9],
    ["home || name == 'x'", { home: true }, true],
    ["home && name == 'x'", { home: false }, false],
    ["'food' in needs", { needs: ['food', 'rent'] }, true],
    ["name in ['a', 'b']", { name: 'b' }, true],
    // 29 March 2026, 11.30pm in UTC, is already the 30th in London.
    ["today == '2026-03-30'", {}, true],
    ['yearsBetween(born, today)', { born: '2008-03-31' }, 17],
    ['yearsBetween(born, today)', { born: '2008-03-30' }, 18],
    ['daysBetween(born, today)', { born: '2026-03-01' }, 29],
    ['addDays(born, 3)', { born: '2026-02-27' }, '2026-03-02'],
    ["born < '2026-01-01'", { born: '2025-12-31' }, true],
    ["dateOf('2026-03-29T23:30:00Z') == today", {}, true],
    ['count(substances)', { substances: [{ days: 2 }, {}] }, 2],
    ['count(substances, s, s.days >= 24)', { substances: [{ days: 28 }, {}, { days: 24 }, { days: 1 }] }, 2],
    ['sum(substances, s, s.days)', { substances: [{ days: 28 }, {}, { days: 2 }] }, 30],
    ["substances.exists(s, s.substance == 'alcohol')", { substances: [{ days: 1 }, { substance: 'alcohol' }] }, true],
    [
      "substances.exists(s, s.days > 2.0) && needs.all(n, n != 'x') && count(substances) == 1",
      { substances: [{ days: 3 }], needs: ['food'] },
      true,
    ],
    ['round(age / 3, 1)', { age: 10 }, 3.3],
    ['answered(name)', { name: 'x' }, true],
    ['answered(name)', {}, false],
    ['!answered(name)', {}, true],
  ] as const)('%s with %j is %j', (source, scope, expected) => {
    expect(evaluate(source, scope)).toEqual(expected)
  })

  test.each([
    ['age >= 18'],
    ['!home'],
    ["name != 'x'"],
    ["!(name == 'x')"],
    ["home && name == 'x'"],
    ["home || name == 'x'"],
    ['age + 1 > 0'],
    ["'food' in needs"],
    ['yearsBetween(born, today) >= 18'],
    ["home ? 'a' : 'b'"],
  ])('%s is unknown, never a fault, while nothing is answered', source => {
    expect(evaluate(source, {})).toBeUndefined()
  })

  test('a table without rows counts as nought, not as unknown', () => {
    expect(evaluate('count(substances)', {})).toBe(0)
    expect(evaluate('sum(substances, s, s.days)', {})).toBe(0)
  })

  test('an impossible calculation is unknown', () => {
    expect(evaluate('age / 0', { age: 1 })).not.toBe(1)
    expect(evaluate("yearsBetween('not a date', today)", {})).toBeUndefined()
    expect(evaluate('yearsBetween(born, today)', { born: '2027-01-01' })).toBeUndefined()
  })
})

describe('an expression is refused when it loads', () => {
  test.each([
    ['heigth > 3', 'Unknown variable: heigth'],
    ["age == 'old'", 'no such overload: double == string'],
    ['age', 'gives double, but must give bool'],
    ['substances.exists(s, s.dose > 3)', 'No such key: dose'],
    ['sum(substances, s, s.substance)', 'the third part must give a number'],
    ['count(name, s, true)', /list|table|overload/],
    ['age >', /Unexpected|EOF/],
    ["answered('x')", 'answered() asks about one question'],
    ['process.exit(1)', /Unknown|found/],
  ])('%s: %s', (source, problem) => {
    const compiled = compile(source, environment, ['bool'])
    expect(compiled.ok ? '' : compiled.error).toMatch(problem)
  })

  test.each([
    ['substances.all(a, substances.all(b, true))'],
    ['substances.exists(a, !needs.exists(b, b == a.substance))'],
    ['count(substances, a, count(substances, b, true) > 1) > 0'],
    ['needs.map(a, a + a).map(b, b + b).size() > 0'],
    ["cel.bind(a, ['x'], cel.bind(b, a + a, b + b)).size() > 0"],
    ["{'a': needs.filter(a, needs.exists_one(b, b == a))}.size() > 0"],
  ])('%s goes through a list for every entry of another, which could halt the server', source => {
    const compiled = compile(source, environment, ['bool'])
    expect(compiled.ok ? '' : compiled.error).toContain('it may go through one list at a time')
  })

  test.each([["name.matches('(a+)+$')"], ["needs.exists(a, a.matches('b'))"]])('%s may never end', source => {
    const compiled = compile(source, environment, ['bool'])
    expect(compiled.ok ? '' : compiled.error).toContain('cannot use matches()')
  })

  test('one that is too long', () => {
    const compiled = compile(`'${'x'.repeat(4_000)}' == name`, environment, ['bool'])
    expect(compiled.ok ? '' : compiled.error).toBe('is longer than 4000 characters')
  })

  test('one that is too large', () => {
    const compiled = compile(Array.from({ length: 400 }, () => 'home').join(' || '), environment, ['bool'])
    expect(compiled.ok).toBe(false)
  })
})
