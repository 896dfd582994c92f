import { describe, expect, test } from 'vitest'
import { fieldsFrom } from '../platform/web/fields.ts'
import { exportColumns, exportRow, nothingFilled, readPosted, validate, workOut } from './index.ts'
import { formWith, someSurroundings } from './testing/answers.ts'

const form = formWith(
  {
    code: 'home',
    type: 'choice',
    label: 'Home',
    required: true,
    options: [
      { code: 'own', label: 'Own', score: 0 },
      { code: 'none', label: 'None', score: 5 },
    ],
  },
  { code: 'sleeps', type: 'text', label: 'Where they sleep', shownWhen: "home == 'none'", required: true },
  { code: 'found', type: 'yes-no', label: 'Found', shownWhen: "sleeps == 'Quay'" },
  {
    code: 'days',
    type: 'number',
    label: 'Days',
    required: "home == 'none'",
    rules: [{ invalidWhen: "days > 7 && home == 'own'", message: 'Days must be 7 or less in a home of one’s own' }],
  },
  {
    code: 'need',
    type: 'score',
    label: 'Need',
    of: ['home'],
    bands: [
      { from: 0, code: 'low', label: 'Low' },
      { from: 5, code: 'high', label: 'High' },
    ],
  },
  { code: 'weeks', type: 'calculated', label: 'Weeks', result: 'number', expression: 'days / 7' },
  { code: 'plan', type: 'long-text', label: 'Plan', shownWhen: "need_band == 'high'", required: true },
)

const filled = (answers: Record<string, string | number | boolean>) => ({ answers, typed: {} })

describe('hidden questions', () => {
  test('follow one from another: hiding one hides what depended on its answer', () => {
    const all = { home: 'none', sleeps: 'Quay', found: true, days: 14, plan: 'Bed' }
    expect([...workOut(form, all, someSurroundings).shown]).toEqual(['home', 'sleeps', 'found', 'days', 'need', 'weeks', 'plan'])
    expect([...workOut(form, { ...all, home: 'own' }, someSurroundings).shown]).toEqual(['home', 'days', 'need', 'weeks'])
  })

  test('are kept in the draft and left out of what is completed and exported', () => {
    const draft = filled({ home: 'own', sleeps: 'Quay', plan: 'Bed', days: 3 })
    const completed = workOut(form, draft.answers, someSurroundings).answers
    expect(completed).toEqual({ home: 'own', days: 3, need: { score: 0, band: 'low', answered: 1, of: 1 }, weeks: 3 / 7 })
    expect(exportRow(form, completed, someSurroundings)).toMatchObject({
      home: 'Own',
      home_code: 'own',
      sleeps: null,
      days: 3,
      need: 0,
      need_band: 'Low',
    })
    expect(exportColumns(form).map(column => column.code)).toEqual([
      'home',
      'home_code',
      'sleeps',
      'found',
      'days',
      'need',
      'need_band',
      'weeks',
      'plan',
    ])
  })

  test('are never wrong and never missing', () => {
    expect(validate(form, filled({ home: 'own', days: 2 }), someSurroundings, 'complete')).toEqual([])
  })
})

describe('completing', () => {
  test('asks for what is required, in the order of the form', () => {
    expect(validate(form, nothingFilled, someSurroundings, 'complete').map(error => error.message)).toEqual(['Select home'])
    expect(validate(form, filled({ home: 'none' }), someSurroundings, 'complete').map(error => error.message)).toEqual([
      'Enter where they sleep',
      'Enter days',
      'Enter plan',
    ])
  })

  test('a draft may lack anything, but what is there must be right', () => {
    expect(validate(form, filled({ home: 'none' }), someSurroundings, 'draft')).toEqual([])
    expect(validate(form, filled({ home: 'own', days: 8 }), someSurroundings, 'draft')).toMatchObject([
      { code: 'days', field: 'days', page: 'one', message: 'Days must be 7 or less in a home of one’s own' },
    ])
  })

  test('what could not be read is kept as typed and told in words', () => {
    const posted = readPosted(
      form,
      ['home', 'days'],
      fieldsFrom([
        ['home', 'none'],
        ['days', 'a fortnight'],
      ]),
      someSurroundings,
      nothingFilled,
    )
    expect(posted).toEqual({ answers: { home: 'none' }, typed: { days: { days: ['a fortnight'] } } })
    expect(validate(form, posted, someSurroundings, 'draft').map(error => error.message)).toEqual(['Days must be a number'])
  })

  test('questions that were not on the page keep their answers', () => {
    const before = filled({ home: 'none', days: 2 })
    expect(readPosted(form, ['days'], fieldsFrom([['days', '']]), someSurroundings, before).answers).toEqual({ home: 'none' })
  })
})
