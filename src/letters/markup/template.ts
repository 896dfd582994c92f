import type { Environment } from '@marcbachmann/cel-js'
import { compile, type Program } from '../../forms/index.ts'
import type { Problem } from './wording.ts'

/**
 * A template: wording with fields of the record, `{{person.name}}`, and parts under a condition in CEL, `{{if person.interpreter == 'spoken'}}` …
 * `{{else}}` … `{{end}}`. What is between the braces and does not begin with one of these words is a field.
 */
export type TemplatePart =
  | { readonly kind: 'words'; readonly text: string }
  | { readonly kind: 'field'; readonly name: string; readonly line: number }
  | {
      readonly kind: 'if'
      readonly condition: Program
      readonly whenTrue: readonly TemplatePart[]
      readonly otherwise: readonly TemplatePart[]
    }

export type Template =
  | { readonly ok: true; readonly parts: readonly TemplatePart[] }
  | { readonly ok: false; readonly problems: readonly Problem[] }

type Token = { readonly kind: 'words'; readonly text: string } | { readonly kind: 'brace'; readonly inside: string; readonly line: number }
type Open = {
  readonly line: number
  readonly condition: Program | undefined
  whenTrue: TemplatePart[]
  otherwise: TemplatePart[] | undefined
}
type Knowledge = {
  readonly isField: (name: string) => boolean
  /** What conditions may speak of. None in a letter: its template's conditions were settled when it was begun, and its writer adds no others. */
  readonly environment: Environment | undefined
}

/** An answer as a condition names it. A letter is withheld with the sections that its conditions ask, so these must be plain to read. */
export const answerName = /\banswers\.\w+\.\w+/g
const byFullName = (condition: string): string => `the condition “${condition}” must name each answer in full: answers.form.question`

/** Takes a template apart, or says everything that is wrong with it, each by its line and with the field that it is about. */
export function readTemplate(source: string, known: Knowledge): Template {
  const problems: Problem[] = []
  const root: TemplatePart[] = []
  const open: Open[] = []
  const here = () => {
    const inner = open.at(-1)
    return inner ? (inner.otherwise ?? inner.whenTrue) : root
  }
  for (const token of tokensOf(source)) {
    if (token.kind === 'words') {
      const stray = /\{\{|\}\}/.exec(token.text)
      if (stray) problems.push({ line: lineAt(source, token.text, stray.index), problem: 'braces that are opened must be closed: {{…}}' })
      here().push({ kind: 'words', text: token.text })
      continue
    }
    const { inside, line } = token
    const condition = /^if\s+(.*)$/s.exec(inside)?.[1]
    if (condition !== undefined && !known.environment) {
      problems.push({ line, problem: 'a letter holds no conditions: take {{if …}} out, with its {{else}} and {{end}}' })
      open.push({ line, condition: undefined, whenTrue: [], otherwise: undefined })
    } else if (condition !== undefined && known.environment) {
      const compiled = compile(condition, known.environment, ['bool'])
      if (/\banswers\b/.test(condition.replaceAll(answerName, ''))) problems.push({ line, problem: byFullName(condition) })
      if (!compiled.ok) problems.push({ line, problem: `the condition “${condition}” cannot be used: ${compiled.error}` })
      open.push({ line, condition: compiled.ok ? compiled.program : undefined, whenTrue: [], otherwise: undefined })
    } else if (inside === 'else') {
      const inner = open.at(-1)
      if (!inner || inner.otherwise) problems.push({ line, problem: '{{else}} has no {{if …}} before it' })
      else inner.otherwise = []
    } else if (inside === 'end') {
      const inner = open.pop()
      if (!inner) problems.push({ line, problem: '{{end}} has no {{if …}} before it' })
      else if (inner.condition)
        here().push({ kind: 'if', condition: inner.condition, whenTrue: inner.whenTrue, otherwise: inner.otherwise ?? [] })
    } else if (known.isField(inside)) {
      here().push({ kind: 'field', name: inside, line })
    } else {
      problems.push({ line, problem: `there is no field {{${inside}}}` })
    }
  }
  for (const { line } of open) problems.push({ line, problem: '{{if …}} has no {{end}} after it' })
  return problems.length > 0 ? { ok: false, problems: problems.sort((a, b) => a.line - b.line) } : { ok: true, parts: root }
}

/** The template as wording alone, line for line: so that what is wrong with its headings and tables is told by the line that it stands in. */
export function wordingOf(source: string): string {
  return source.replaceAll(/^[ \t]*\{\{\s*(if\s[^{}]*|else|end)\s*\}\}[ \t]*$/gm, '').replaceAll(/\{\{[^{}]*\}\}/g, 'x')
}

/** Words and braces in turn. A brace of its own line takes the line with it, so that a condition leaves no gap. */
function* tokensOf(source: string): Generator<Token> {
  let from = 0
  for (const found of source.matchAll(/\{\{([^{}]*)\}\}/g)) {
    const inside = found[1]?.trim() ?? ''
    let [start, end] = [found.index, found.index + found[0].length]
    const line = source.slice(0, start).split('\n').length
    if (/^(if\s|else$|end$)/.test(inside)) {
      const lineStart = source.lastIndexOf('\n', start - 1) + 1
      const lineEnd = source.indexOf('\n', end) < 0 ? source.length : source.indexOf('\n', end)
      const isAlone = source.slice(lineStart, start).trim() === '' && source.slice(end, lineEnd).trim() === ''
      if (isAlone && lineStart >= from) [start, end] = [lineStart, Math.min(lineEnd + 1, source.length)]
    }
    if (start > from) yield { kind: 'words', text: source.slice(from, start) }
    yield { kind: 'brace', inside, line }
    from = end
  }
  if (from < source.length) yield { kind: 'words', text: source.slice(from) }
}

function lineAt(source: string, part: string, index: number): number {
  const before = source.indexOf(part)
  return source.slice(0, Math.max(before, 0) + index).split('\n').length
}
