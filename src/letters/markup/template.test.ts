import { describe, expect, test } from 'vitest'
import { conditionsOver } from '../merge/merge-fields.ts'
import { fill, type Values } from './fill.ts'
import { readTemplate, wordingOf } from './template.ts'
import { escapeWords, readWording } from './wording.ts'

const known = { isField: (name: string) => /^(person\.(name|telephone)|case\.reference)$/.test(name), environment: conditionsOver([]) }
const values = (words: Record<string, string>, person: Record<string, string> = {}): Values => ({
  fields: new Map(Object.entries(words).map(([name, text]) => [name, { words: text, mend: { what: '' } }])),
  scope: { person, case: {}, writer: {}, answers: {} },
  sectionOf: () => undefined,
})
const filled = (source: string, given: Values) => {
  const template = readTemplate(source, known)
  if (!template.ok) throw new Error(JSON.stringify(template.problems))
  return fill(template.parts, given)
}

describe('a template that does not fit together names the line and the field', () => {
  test.each([
    ['an unknown field', 'Dear\n{{person.nmae}}', 2, '{{person.nmae}}'],
    ['a condition that is none', "a\nb\n{{if person.nmae == 'x'}}\nc\n{{end}}", 3, 'person.nmae'],
    ['a condition that is not yes or no', '{{if person.name}}x{{end}}', 1, 'must give bool'],
    ['a part that is not closed', "x\n{{if person.name == 'x'}}\ny", 2, 'no {{end}}'],
    ['an end of nothing', 'x\n{{end}}', 2, 'no {{if'],
    ['two elses', "{{if person.name == 'x'}}\n{{else}}\n{{else}}\n{{end}}", 3, '{{else}}'],
    ['answers that are not named in full', '{{if has(answers.visit)}}x{{end}}', 1, 'must name each answer in full'],
    ['braces that are not closed', 'x {{person.name', 1, 'closed'],
  ])('%s', (_what, source, line, words) => {
    const template = readTemplate(source, known)
    expect(template).toMatchObject({ ok: false, problems: [{ line, problem: expect.stringContaining(words) }] })
  })

  test('a part that there is not, and a heading of no level, by the line of the template', () => {
    const source = "{{if person.name == 'x'}}\n@adress\n{{end}}\n\n#### Deep"
    expect(readWording(wordingOf(source))).toMatchObject({ ok: false, problems: [{ line: 2 }, { line: 5 }] })
  })
})

describe('conditional parts', () => {
  const source =
    "Dear {{person.name}},\n{{if person.interpreter == 'spoken'}}\nWe will bring an interpreter.\n{{else}}\nTell us.\n{{end}}\nYours"
  test.each([
    ['spoken', 'Dear Jago,\nWe will bring an interpreter.\nYours'],
    ['no', 'Dear Jago,\nTell us.\nYours'],
  ])('[F16] with an interpreter %s', (interpreter, wording) => {
    expect(filled(source, values({ 'person.name': 'Jago' }, { interpreter })).wording).toBe(wording)
  })
  test('what the record does not say counts as no', () => {
    expect(filled(source, values({ 'person.name': 'Jago' })).wording).toContain('Tell us.')
  })
  test('one stands within another, and within a line', () => {
    const nested = "{{if person.name == 'a'}}A{{if case.reference == 'r'}}B{{end}}{{end}}C"
    const both = { ...values({}), scope: { person: { name: 'a' }, case: { reference: 'r' }, writer: {}, answers: {} } }
    expect(filled(nested, both).wording).toBe('ABC')
  })
})

describe('fields', () => {
  test('what is missing stays in its place and is named once', () => {
    const { wording, missing } = filled('{{person.telephone}} and {{person.telephone}}', values({}))
    expect(wording).toBe('{{person.telephone}} and {{person.telephone}}')
    expect(missing.map(one => one.name)).toEqual(['person.telephone'])
  })

  test.each([
    ['marks', 'O*Neill_Smith [x](y) <b> {{case.reference}}'],
    ['a heading', '# Not a heading'],
    ['a list', '- not a list'],
    ['a number', '1984. It was'],
    ['a part', '@address'],
    ['an entity', '&lt;b&gt;'],
  ])('words of the record are never more than words: %s', (_what, words) => {
    const read = readWording(`${escapeWords(words)}\n`)
    expect(read).toEqual({ ok: true, parts: [{ kind: 'paragraph', content: [{ text: words }] }] })
    expect(readTemplate(escapeWords(words), known)).toMatchObject({ ok: true, parts: [{ kind: 'words' }] })
  })

  test('several lines stay in the cell of a table', () => {
    const { wording } = filled('| a |\n| --- |\n| {{person.name}} |', values({ 'person.name': 'one\ntwo | three' }))
    expect(readWording(wording)).toMatchObject({ ok: true, parts: [{ kind: 'table', rows: [[[{ text: 'one two | three' }]]] }] })
  })
})

test('the wording holds headings, lists, tables, emphasis and lines; HTML, links and code are words', () => {
  const read = readWording('# A\n\nb **c** *d*\ne\n\n1. f\n   - g\n\n| h |\n| --- |\n| i |\n\n<b>j</b> [k](http://l) `m`\n\n@signature')
  expect(read).toEqual({
    ok: true,
    parts: [
      { kind: 'heading', level: 1, content: [{ text: 'A' }] },
      {
        kind: 'paragraph',
        content: [{ text: 'b ' }, { text: 'c', strong: true }, { text: ' ' }, { text: 'd', emphasis: true }, { text: '\ne' }],
      },
      {
        kind: 'list',
        ordered: true,
        items: [
          [
            { kind: 'paragraph', content: [{ text: 'f' }] },
            { kind: 'list', ordered: false, items: [[{ kind: 'paragraph', content: [{ text: 'g' }] }]] },
          ],
        ],
      },
      { kind: 'table', head: [[{ text: 'h' }]], rows: [[[{ text: 'i' }]]] },
      { kind: 'paragraph', content: [{ text: '<b>j</b> [k](http://l) `m`' }] },
      { kind: 'inserted', part: 'signature' },
    ],
  })
})
