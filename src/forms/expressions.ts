import { type ASTNode, Environment, type OverlayContext, type RootContext } from '@marcbachmann/cel-js'
import { londonDate } from '../platform/clock.ts'
import { ageOn, daysBetween, addDays as daysOn, isPlainDate } from '../platform/plain-date.ts'

/**
 * The one evaluator of expressions: the page, saving, rules and export all ask it. The language is CEL
 * (docs/decisions/0004-cel-for-expressions.md).
 *
 * What is missing is unknown, and an expression that needs something unknown has no answer: as a condition that reads as
 * false, as a calculation as unanswered, never as a fault. CEL's own `||` and `&&` still decide where one side is enough:
 * `a == 'x' || b == 'y'` is true as soon as either is. `answered(code)` asks outright. Tables are never unknown, only empty.
 *
 * Dates are text, 'YYYY-MM-DD', and moments are text in UTC, '2026-10-25T00:30:00Z': both sort as they should, so `<` compares.
 */

export type Scope = Readonly<Record<string, unknown>>

export interface Program {
  readonly source: string
  /** The names that it reads. */
  readonly uses: readonly string[]
  /** Is the condition true? Unknown is false. */
  test(scope: Scope): boolean
  /** The value, or undefined when it cannot be known yet. */
  value(scope: Scope): unknown
}

export type Variable = { readonly name: string; readonly type: string }
export type RowType = { readonly name: string; readonly fields: Readonly<Record<string, string>> }
export type Compiled =
  | { readonly ok: true; readonly program: Program; readonly literals: readonly Comparison[] }
  | { readonly ok: false; readonly error: string }

/** A name (or `row.column`) compared with a piece of text in an expression, so that a misspelt option can be found when it loads. */
export type Comparison = { readonly name: string; readonly column: string | undefined; readonly text: string }

/** The names that expressions have besides the questions' own. */
export const givenNames = ['today', 'now', 'row'] as const

/** An environment that knows these variables and no others. */
export function environmentFor(variables: readonly Variable[], rowTypes: readonly RowType[]): Environment {
  const environment = base.clone()
  for (const { name, fields } of rowTypes) environment.registerType(name, { fields: { ...fields } })
  for (const { name, type } of variables) environment.registerVariable(name, type)
  return environment
}

/** Whether expressions could speak of something by this name; CEL keeps some words for itself (`in`, `type`, `namespace`). */
export function canBeNamed(name: string): boolean {
  try {
    const environment = base.clone().registerVariable(name, 'string')
    return environment.check(`${name} == ''`).valid
  } catch {
    return false
  }
}

/** Compiles an expression, or says what is wrong with it. `wanted` are the CEL types that its result may have. */
export function compile(source: string, environment: Environment, wanted: readonly string[]): Compiled {
  try {
    if (source.length > longestExpression) return { ok: false, error: `is longer than ${longestExpression} characters` }
    const parsed = environment.parse(source)
    const unbounded = whatMayNotEnd(parsed.ast)
    if (unbounded) return { ok: false, error: unbounded }
    const checked = parsed.check()
    if (!checked.valid) return { ok: false, error: checked.error?.summary ?? 'does not make sense' }
    if (!wanted.includes(checked.type ?? 'dyn')) return { ok: false, error: `gives ${checked.type}, but must give ${wanted.join(' or ')}` }
    const uses = [...namesIn(parsed.ast)].filter(name => environment.hasVariable(name))
    const strict = isStrict(parsed.ast)
    const value = (scope: Scope): unknown => {
      // Without `||`, `&&`, `?:` or a macro nothing can make up for a missing name: no need to raise an error to find out.
      if (strict && uses.some(name => scope[name] === undefined)) return undefined
      return settled(() => parsed(scope))
    }
    return { ok: true, program: { source, uses, value, test: scope => value(scope) === true }, literals: comparisonsIn(parsed.ast) }
  } catch (error) {
    return { ok: false, error: summaryOf(error) }
  }
}

const longestExpression = 4_000
const loops = ['all', 'exists', 'exists_one', 'map', 'filter', 'bind', 'count', 'sum']

/** Every list within a list multiplies the time of one evaluation, and a few patterns take for ever: either could halt the server for everybody. */
function whatMayNotEnd(node: ASTNode, isInLoop = false): string | undefined {
  const called = node.op === 'rcall' || node.op === 'call' ? node.args[0] : ''
  const isLoop = loops.includes(called) && (node.op === 'rcall' || (node.op === 'call' && node.args[1].length > 1))
  if (called === 'matches') return 'cannot use matches(), since some patterns take for ever'
  if (isLoop && isInLoop) return `goes through a list within a list, or one after another (${called}): it may go through one list at a time`
  for (const part of partsOf(node)) {
    const found = whatMayNotEnd(part, isInLoop || isLoop)
    if (found) return found
  }
  return undefined
}

/** What every scope begins with. */
export function scopeAt(now: Date): { today: string; now: string } {
  return { today: londonDate(now), now: `${now.toISOString().slice(0, 19)}Z` }
}

const base = new Environment({ limits: { maxAstNodes: 500, maxDepth: 40 } })
  .registerVariable('today', 'string')
  .registerVariable('now', 'string')
  .registerFunction('yearsBetween(string, string): int', (from: string, to: string) => BigInt(known(ageOn(day(from), day(to)))))
  .registerFunction('daysBetween(string, string): int', (from: string, to: string) => BigInt(daysBetween(day(from), day(to))))
  .registerFunction('addDays(string, int): string', (from: string, days: bigint) => daysOn(day(from), Number(days)))
  .registerFunction('dateOf(string): string', (moment: string) => londonDate(new Date(moment)))
  .registerFunction(
    'round(double, int): double',
    (value: number, places: bigint) => Math.round(value * 10 ** Number(places)) / 10 ** Number(places),
  )
  .registerFunction('answered(ast): bool', ({ args }: { args: ASTNode[] }) => answeredMacro(args[0]!))
  .registerFunction('count(list): int', (rows: unknown[]) => BigInt(rows.length))
  .registerFunction('count(list, ast, ast): int', ({ args }: { args: ASTNode[] }) =>
    eachRowMacro(args, 'bool', 'int', hits => BigInt(hits.filter(hit => hit === true).length)),
  )
  .registerFunction('sum(list, ast, ast): double', ({ args }: { args: ASTNode[] }) =>
    eachRowMacro(args, 'number', 'double', values => values.reduce<number>((total, value) => total + Number(value), 0)),
  )

// CEL keeps whole numbers and decimals strictly apart; someone who writes a form does not: `age >= 18`, `cost * 4`.
for (const [operator, apply] of [
  ['+', (a: number, b: number) => a + b],
  ['-', (a: number, b: number) => a - b],
  ['*', (a: number, b: number) => a * b],
  ['/', (a: number, b: number) => a / b],
] as const) {
  base.registerOperator(`double ${operator} int`, (a, b) => apply(a, Number(b)))
  base.registerOperator(`int ${operator} double`, (a, b) => apply(Number(a), b))
}
base.registerOperator('double == int', (a, b) => a === Number(b))

type Checker = {
  check(node: ASTNode, context: Context): CelType
  getType(name: string): CelType
  createError(code: string, message: string, node: ASTNode): Error
}
type Evaluator = { run(node: ASTNode, context: Context): unknown; tryEval(node: ASTNode, context: Context): unknown }
type Context = RootContext | OverlayContext
type CelType = Parameters<RootContext['forkWithVariable']>[1] & { readonly name: string; readonly valueType?: CelType }

function answeredMacro(asked: ASTNode) {
  return {
    typeCheck(checker: Checker, _macro: unknown, context: Context) {
      if (asked.op !== 'id' && asked.op !== '.')
        throw checker.createError('invalid_macro_argument', 'answered() asks about one question', asked)
      checker.check(asked, context)
      return checker.getType('bool')
    },
    evaluate(evaluator: Evaluator, _macro: unknown, context: Context) {
      const value = evaluator.tryEval(asked, context)
      return !(value instanceof Error) && value !== undefined && !(Array.isArray(value) && value.length === 0)
    },
  }
}

/** `count(table, r, r.a == 'x')`, `sum(table, r, r.cost)`: a row that lacks what is asked of it is left out, and spoils nothing. */
function eachRowMacro(args: ASTNode[], wanted: 'bool' | 'number', result: string, gather: (values: unknown[]) => unknown) {
  const [rows, row, each] = args as [ASTNode, ASTNode, ASTNode]
  let rowType: CelType
  return {
    typeCheck(checker: Checker, _macro: unknown, context: Context) {
      if (row.op !== 'id') throw checker.createError('invalid_macro_argument', 'the second part names a row', row)
      const listType = checker.check(rows, context)
      if (!listType.valueType) throw checker.createError('invalid_macro_argument', 'the first part must be a table', rows)
      rowType = listType.valueType
      const given = checker.check(each, context.forkWithVariable(row.args, rowType)).name
      const fits = wanted === 'bool' ? given === 'bool' : given === 'double' || given === 'int'
      if (!fits)
        throw checker.createError(
          'invalid_macro_argument',
          `the third part must give ${wanted === 'bool' ? 'true or false' : 'a number'}`,
          each,
        )
      return checker.getType(result)
    },
    evaluate(evaluator: Evaluator, _macro: unknown, context: Context) {
      const values = (evaluator.run(rows, context) as unknown[]).map(value =>
        evaluator.tryEval(each, context.forkWithVariable(row.args as string, rowType).setIterValue(value, evaluator)),
      )
      return gather(values.filter(value => value !== undefined && !(value instanceof Error)))
    },
  }
}

function settled(evaluate: () => unknown): unknown {
  // Only to learn "unknown": a trace of where nobody needs it costs more than the evaluation.
  const depth = Error.stackTraceLimit
  Error.stackTraceLimit = 0
  try {
    const value = evaluate()
    return typeof value === 'bigint' ? Number(value) : value
  } catch {
    return undefined
  } finally {
    Error.stackTraceLimit = depth
  }
}

function partsOf(node: ASTNode): ASTNode[] {
  const parts = (Array.isArray(node.args) ? node.args.flat(3) : [node.args]) as unknown[]
  return parts.filter((part): part is ASTNode => typeof part === 'object' && part !== null && 'op' in part)
}

function namesIn(node: ASTNode, found = new Set<string>()): Set<string> {
  if (node.op === 'id') found.add(node.args)
  for (const part of partsOf(node)) namesIn(part, found)
  return found
}

function isStrict(node: ASTNode): boolean {
  if (['||', '&&', '?:', 'rcall'].includes(node.op) || (node.op === 'call' && ['answered', 'has', 'count', 'sum'].includes(node.args[0])))
    return false
  return partsOf(node).every(isStrict)
}

function comparisonsIn(node: ASTNode): Comparison[] {
  const found = partsOf(node).flatMap(comparisonsIn)
  if (node.op !== '==' && node.op !== '!=' && node.op !== 'in') return found
  const [left, right] = node.args
  return [...found, ...pair(left, right), ...pair(right, left)]
}

function pair(subject: ASTNode, other: ASTNode): Comparison[] {
  const texts = other.op === 'list' ? other.args : [other]
  const name = subject.op === 'id' ? subject.args : subject.op === '.' && subject.args[0].op === 'id' ? subject.args[0].args : undefined
  if (name === undefined) return []
  const column = subject.op === '.' ? subject.args[1] : undefined
  return texts.flatMap(text => (text.op === 'value' && typeof text.args === 'string' ? [{ name, column, text: text.args }] : []))
}

function day(text: string) {
  return isPlainDate(text) ? text : londonDate(new Date(text))
}

function known<T>(value: T | undefined): T {
  if (value === undefined) throw new RangeError('not known')
  return value
}

function summaryOf(error: unknown): string {
  return error instanceof Error ? ((error as Error & { summary?: string }).summary ?? error.message) : String(error)
}
