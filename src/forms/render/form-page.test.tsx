import fc from 'fast-check'
import { renderToString } from 'preact-render-to-string'
import { describe, expect, test } from 'vitest'
import type { Answers } from '../answer.ts'
import { type Filled, type Form, FormFacts, FormPage, formOf, readPosted, validate, workOut } from '../index.ts'
import { formWith, someAnswers, someSurroundings } from '../testing/answers.ts'
import { browserPost } from '../testing/browser-post.ts'

function pageOf(form: Form, filled: Filled, more: { addTo?: string; may?: 'edit' | 'read' } = {}): string {
  const workedOut = workOut(form, filled.answers, someSurroundings)
  return form.definition.pages
    .map(page =>
      renderToString(
        <FormPage
          form={form}
          page={page}
          filled={filled}
          workedOut={workedOut}
          errors={validate(form, filled, someSurroundings, 'draft', workedOut)}
          around={someSurroundings}
          sections={new Map(page.sections.map(section => [section.code, { may: more.may ?? 'edit', revision: 3 }]))}
          post={{ action: '/save', csrf: 'token', once: '' }}
          addTo={more.addTo}
          isLast
        />,
      ),
    )
    .join('')
}

const everyType = formWith(
  { code: 'line', type: 'text', label: 'Line' },
  { code: 'lines', type: 'long-text', label: 'Lines' },
  { code: 'amount', type: 'number', label: 'Amount', decimals: 2, prefix: '£' },
  { code: 'born', type: 'date', label: 'Born' },
  { code: 'at', type: 'date-time', label: 'At' },
  {
    code: 'one',
    type: 'choice',
    label: 'One',
    options: [
      { code: 'a', label: 'A' },
      { code: 'b', label: 'B' },
    ],
  },
  {
    code: 'many',
    type: 'choices',
    label: 'Many',
    options: [
      { code: 'a', label: 'A' },
      { code: 'b', label: 'B' },
      { code: 'c', label: 'C' },
    ],
  },
  { code: 'really', type: 'yes-no', label: 'Really?' },
  { code: 'who', type: 'person', label: 'Who' },
  { code: 'where', type: 'agency', label: 'Where' },
  { code: 'worker', type: 'user', label: 'Worker' },
  { code: 'papers', type: 'file', label: 'Papers' },
  { code: 'nhs', type: 'nhs-number', label: 'NHS number' },
  { code: 'post', type: 'postcode', label: 'Postcode' },
  {
    code: 'rows',
    type: 'table',
    label: 'Rows',
    rowName: 'row',
    columns: [
      { code: 'c', type: 'text', label: 'C' },
      { code: 'd', type: 'date', label: 'D' },
      {
        code: 'e',
        type: 'choices',
        label: 'E',
        options: [
          { code: 'x', label: 'X' },
          { code: 'y', label: 'Y' },
        ],
      },
    ],
  },
)
const codes = [...everyType.questions.keys()]

describe('a page of a form', () => {
  test('posts back the answers that it was given, whatever they are', () => {
    fc.assert(
      fc.property(someAnswers(everyType), answers => {
        const filled: Filled = { answers, typed: {} }
        const posted = readPosted(everyType, codes, browserPost(pageOf(everyType, filled)), someSurroundings, filled)
        expect(posted).toEqual(filled)
      }),
      { numRuns: 150 },
    )
  })

  test('shows again what could not be read, just as it was typed, with what to do about it', () => {
    const typed = { born: { 'born-day': ['31'], 'born-month': ['2'], 'born-year': ['1980'] }, amount: { amount: ['a "lot" <b>'] } }
    const html = pageOf(everyType, { answers: {}, typed })
    expect(readPosted(everyType, codes, browserPost(html), someSurroundings, { answers: {}, typed: {} }).typed).toEqual(typed)
    expect(html).toContain('There is a problem')
    expect(html).toContain('<a href="#born-day">Born must be a real date</a>')
    expect(html).toContain('<a href="#amount">Amount must be a number</a>')
    expect(html).toMatch(/id="born-day"/)
  })

  test('has a way to add a row and to take one off without script', () => {
    const filled: Filled = { answers: { rows: [{ c: 'first' }] }, typed: {} }
    expect(pageOf(everyType, filled)).toContain('name="_add"')
    expect(pageOf(everyType, filled)).toContain('value="rows-0"')
    expect(pageOf(everyType, filled, { addTo: 'rows' })).toContain('name="rows-1-c"')
  })

  test('shows a section that may only be read as facts, with nothing to post', () => {
    const html = pageOf(everyType, { answers: { line: 'Words' }, typed: {} }, { may: 'read' })
    expect(html).toContain('Words')
    expect([...browserPost(html).names()]).toEqual(['_csrf', '_asked'])
    expect(html).not.toContain('<button')
  })

  test('keeps a question that does not apply hidden, with its answer', () => {
    const form = formWith({ code: 'a', type: 'yes-no', label: 'A?' }, { code: 'b', type: 'text', label: 'B', shownWhen: 'a' })
    const answers: Answers = { a: false, b: 'kept' }
    const html = pageOf(form, { answers, typed: {} })
    expect(html).toMatch(/<div data-question="b" hidden/)
    expect(readPosted(form, ['a', 'b'], browserPost(html), someSurroundings, { answers: {}, typed: {} }).answers).toEqual(answers)
    const facts = renderToString(
      <FormFacts
        form={form}
        filled={{ answers, typed: {} }}
        workedOut={workOut(form, answers, someSurroundings)}
        around={someSurroundings}
        sections={new Set(['first'])}
      />,
    )
    expect(facts).not.toContain('kept')
  })

  test('writes what was typed as text, never as markup', () => {
    const html = pageOf(everyType, { answers: { line: '<script>alert(1)</script>', lines: '</textarea><script>x</script>' }, typed: {} })
    expect(html).not.toContain('<script>')
  })
})

test('a form is put together once and used often', () => {
  expect(formOf({ ...everyType.definition }).questions.size).toBe(codes.length)
})
