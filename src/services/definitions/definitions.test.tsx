import fc from 'fast-check'
import { renderToString } from 'preact-render-to-string'
import { describe, expect, test } from 'vitest'
import {
  checkDefinition,
  exportColumns,
  exportRow,
  type Filled,
  FormFacts,
  FormPage,
  formOf,
  questionsOf,
  readPosted,
  validate,
  workOut,
} from '../../forms/index.ts'
import { someAnswers, someSurroundings } from '../../forms/testing/answers.ts'
import { browserPost } from '../../forms/testing/browser-post.ts'
import { shippedDefinitions } from './index.ts'

describe.each(shippedDefinitions.map(definition => [(definition as { code: string }).code, definition] as const))(
  'the form %s',
  (_, definition) => {
    test('fits together', () => {
      const checked = checkDefinition(definition)
      expect(checked.ok ? [] : checked.problems).toEqual([])
    })

    test('is rendered, filled, read back and exported with nothing lost', () => {
      const form = formOf(definition)
      const codes = [...form.questions.keys()]
      fc.assert(
        fc.property(someAnswers(form), answers => {
          const filled: Filled = { answers, typed: {} }
          const workedOut = workOut(form, answers, someSurroundings)
          const html = form.definition.pages
            .map(page =>
              renderToString(
                <FormPage
                  form={form}
                  page={page}
                  filled={filled}
                  workedOut={workedOut}
                  errors={validate(form, filled, someSurroundings, 'complete', workedOut)}
                  around={someSurroundings}
                  sections={new Map(page.sections.map(section => [section.code, { may: 'edit', revision: 1 }]))}
                  post={{ action: '/save', csrf: 'token', once: '' }}
                  isLast={false}
                />,
              ),
            )
            .join('')
          expect(readPosted(form, codes, browserPost(html), someSurroundings, filled)).toEqual(filled)
          const facts = renderToString(
            <FormFacts
              form={form}
              filled={filled}
              workedOut={workedOut}
              around={someSurroundings}
              sections={new Set(form.definition.pages.flatMap(page => page.sections.map(section => section.code)))}
            />,
          )
          expect(facts.match(/<dt/g)?.length ?? 0).toBe(workedOut.shown.size)
          expect(Object.keys(exportRow(form, workedOut.answers, someSurroundings))).toEqual(exportColumns(form).map(column => column.code))
        }),
        { numRuns: 25 },
      )
    })
  },
)

describe('the domestic abuse risk checklist', () => {
  const dash = formOf(shippedDefinitions.find(definition => (definition as { code: string }).code === 'dash'))
  const items = questionsOf(dash.definition)
    .filter(question => question.type === 'choice')
    .map(question => question.code)
  const withYes = (count: number) =>
    Object.fromEntries(items.map((code, place) => [code, place < count ? 'yes' : place % 2 === 0 ? 'no' : 'dont_know']))

  test('has 24 items', () => expect(items).toHaveLength(24))

  test.each([
    [0, 'standard', false],
    [9, 'standard', false],
    [10, 'medium', false],
    [13, 'medium', false],
    [14, 'high', true],
    [24, 'high', true],
  ])('%i yes answers are %s', (count, band, isHigh) => {
    const { answers } = workOut(dash, { ...withYes(count), judged_high: false }, someSurroundings)
    expect(answers.dash_score).toEqual({ score: count, band, answered: 24, of: 24 })
    expect(answers.high_risk).toBe(isHigh)
  })

  test('is high on professional judgement alone, with the reason asked for', () => {
    const filled = { answers: { ...withYes(2), judged_high: true, marac_referral: false }, typed: {} }
    expect(workOut(dash, filled.answers, someSurroundings).answers.high_risk).toBe(true)
    expect(validate(dash, filled, someSurroundings, 'complete').map(error => error.code)).toEqual([
      'safe_to_talk',
      'asked_at',
      'judgement_reason',
      'no_marac_reason',
    ])
  })
})
