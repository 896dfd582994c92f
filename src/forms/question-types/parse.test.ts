import { describe, expect, test } from 'vitest'
import { fieldsFrom } from '../../platform/web/fields.ts'
import { nothingFilled, readPosted, validate } from '../index.ts'
import { formWith, someSurroundings } from '../testing/answers.ts'
import { typeOf } from './index.ts'

/** What a single question makes of posted fields: the answer, or the message. */
function readOne(question: object, fields: Record<string, string | string[]>): unknown {
  const form = formWith({ code: 'a', label: 'Date of birth', required: true, ...question })
  const entries = Object.entries(fields).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map(one => [name, one] as const),
  )
  const filled = readPosted(form, ['a'], fieldsFrom(entries), someSurroundings, nothingFilled)
  const message = validate(form, filled, someSurroundings, 'complete')[0]?.message
  if (message === undefined) return filled.answers.a
  const { question: asked, columns } = form.questions.get('a')!
  const ruled = [...columns.values()].flatMap(column => column.rules.map(rule => rule.message))
  // Whoever proof-reads a form is shown every message that it can give: none may come from anywhere else.
  expect([...typeOf(asked).messages(asked), ...ruled]).toContain(message.replace(/^Substance \d+: /, ''))
  return message
}

const day = (d: string, m: string, y: string, time?: string, which?: string) => ({
  'a-day': d,
  'a-month': m,
  'a-year': y,
  ...(time === undefined ? {} : { 'a-time': time }),
  ...(which === undefined ? {} : { 'a-which': which }),
})

describe('[U16] a date', () => {
  test.each([
    [day('27', '3', '1980'), '1980-03-27'],
    [day(' 7 ', 'March', '1980'), '1980-03-07'],
    [day('29', '2', '2024'), '2024-02-29'],
    [day('29', '2', '2023'), 'Date of birth must be a real date'],
    [day('31', '2', '2024'), 'Date of birth must be a real date'],
    [day('31', '4', '2024'), 'Date of birth must be a real date'],
    [day('0', '4', '2024'), 'Date of birth must be a real date'],
    [day('x', '4', '2024'), 'Date of birth must be a real date'],
    [day('', '4', '2024'), 'Date of birth must include a day'],
    [day('4', '', ''), 'Date of birth must include a month and year'],
    [day('4', '4', '80'), 'Year must include 4 numbers'],
    [day('', '', ''), 'Enter date of birth'],
  ])('%j is %s', (fields, expected) => {
    expect(readOne({ type: 'date' }, fields)).toBe(expected)
  })

  test('in the future is refused where it must be past, and today is not', () => {
    expect(readOne({ type: 'date', within: 'past' }, day('20', '11', '2026'))).toBe('Date of birth must be today or in the past')
    expect(readOne({ type: 'date', within: 'past' }, day('19', '11', '2026'))).toBe('2026-11-19')
    expect(readOne({ type: 'date', within: 'future' }, day('18', '11', '2026'))).toBe('Date of birth must be today or in the future')
  })
})

describe('[U11] a date and time', () => {
  test.each([
    ['winter time is UTC', day('19', '11', '2026', '2:30pm'), '2026-11-19T14:30:00Z'],
    ['summer time is an hour ahead', day('19', '7', '2026', '14.30'), '2026-07-19T13:30:00Z'],
    [
      'the missing hour in March',
      day('29', '3', '2026', '01:30'),
      'Date of birth must be a time that happened: the clocks went forward over that hour',
    ],
    ['just before it', day('29', '3', '2026', '00:59'), '2026-03-29T00:59:00Z'],
    ['just after it', day('29', '3', '2026', '02:00'), '2026-03-29T01:00:00Z'],
    [
      'the repeated hour in October asks which',
      day('25', '10', '2026', '1:30am'),
      'Select whether Date of birth was before or after the clocks went back',
    ],
    ['the first of them', day('25', '10', '2026', '1:30am', 'first'), '2026-10-25T00:30:00Z'],
    ['the second of them', day('25', '10', '2026', '1:30am', 'second'), '2026-10-25T01:30:00Z'],
    ['a time that is none', day('25', '10', '2026', '25:00'), 'Date of birth must include a real time, like 2:30pm'],
    ['no time', day('25', '10', '2026', ''), 'Date of birth must include a time'],
    ['no date', day('', '', '', '9:30'), 'Date of birth must include a date'],
    ['nothing', day('', '', '', ''), 'Enter date of birth'],
  ])('%s', (_, fields, expected) => {
    expect(readOne({ type: 'date-time' }, fields)).toBe(expected)
  })
})

describe('a number', () => {
  test.each([
    ['1,200', {}, 1200],
    ['£12.50', { decimals: 2 }, 12.5],
    ['−3', {}, -3],
    ['12.5', {}, 'Units must be a whole number'],
    ['1.234', { decimals: 2 }, 'Units must have no more than 2 decimal places'],
    ['twelve', {}, 'Units must be a number'],
    ['1e9', {}, 'Units must be a number'],
    ['29', { min: 0, max: 28 }, 'Units must be between 0 and 28'],
    ['-1', { min: 0 }, 'Units must be 0 or more'],
    ['101', { max: 100 }, 'Units must be 100 or less'],
    ['', {}, 'Enter units'],
    ['99999999999999999999', {}, 'Units must be a number'],
  ])('%s %j is %s', (typed, limits, expected) => {
    expect(readOne({ type: 'number', label: 'Units', ...limits }, { a: typed })).toBe(expected)
  })
})

describe('words', () => {
  test.each([
    [{ type: 'text', maxLength: 5 }, 'abcdef', 'Name must be 5 characters or fewer'],
    [{ type: 'text', maxLength: 5 }, '👩‍👩‍👧', '👩‍👩‍👧'],
    [{ type: 'text', minLength: 3 }, 'ab', 'Name must be 3 characters or more'],
    [{ type: 'text' }, '  Ann   Penrose ', 'Ann Penrose'],
    [{ type: 'text' }, '   ', 'Enter name'],
    [{ type: 'long-text' }, 'one\r\n\r\ntwo \n', 'one\n\ntwo'],
    [{ type: 'nhs-number' }, '943 476 5919', '9434765919'],
    [{ type: 'nhs-number' }, '9434765918', 'Name must be a real 10-digit NHS number: check each digit and their order'],
    [{ type: 'postcode' }, 'tr184qa', 'TR18 4QA'],
    [{ type: 'postcode' }, 'zz993vz', 'ZZ99 3VZ'],
    [{ type: 'postcode' }, 'QV1 1AA', 'Name must be a full UK postcode, like TR18 4QA'],
  ])('%j typed %j is %j', (question, typed, expected) => {
    expect(readOne({ label: 'Name', ...question }, { a: typed })).toBe(expected)
  })

  test('over-long text is kept whole, so that nothing typed is lost', () => {
    const form = formWith({ code: 'a', type: 'text', label: 'Name' })
    const filled = readPosted(form, ['a'], fieldsFrom([['a', 'x'.repeat(5000)]]), someSurroundings, nothingFilled)
    expect(filled.answers.a).toHaveLength(5000)
    expect(validate(form, filled, someSurroundings, 'draft')[0]!.message).toBe('Name must be 200 characters or fewer')
  })
})

describe('choosing', () => {
  const options = [
    { code: 'food', label: 'Food' },
    { code: 'rent', label: 'Rent' },
    { code: 'none', label: 'None', exclusive: true },
  ]
  test.each([
    [{ type: 'choices', options }, { a: ['rent', 'food'] }, ['food', 'rent']],
    [{ type: 'choices', options }, { a: ['food', 'none'] }, 'Worries must be either ‘None’ or other options, not both'],
    [{ type: 'choices', options }, { a: ['forged'] }, 'Worries must be one of the options on the page'],
    [{ type: 'choices', options }, {}, 'Select worries'],
    [{ type: 'choice', options: options.slice(0, 2) }, { a: 'forged' }, 'Worries must be one of the options on the page'],
    [{ type: 'choice', options: options.slice(0, 2) }, {}, 'Select worries'],
    [{ type: 'yes-no', name: 'they worry' }, {}, 'Select yes if they worry'],
    [{ type: 'yes-no' }, { a: 'no' }, false],
    [{ type: 'agency' }, { a: '12' }, { id: '12', name: 'Kerrier Treatment' }],
    [{ type: 'agency' }, { a: '13' }, 'Worries must be one of the list'],
    [{ type: 'person' }, { a: ' Sarah  Penrose ' }, { name: 'Sarah Penrose' }],
    [
      { type: 'person' },
      { a: '', 'a-record': someSurroundings.people[0]!.id },
      { name: 'Sarah Penrose', id: someSurroundings.people[0]!.id },
    ],
    [{ type: 'person' }, { a: 'Gran', 'a-record': 'forged' }, { name: 'Gran' }],
  ])('%j with %j is %j', (question, fields, expected) => {
    expect(readOne({ label: 'Worries', ...question }, fields)).toEqual(expected)
  })
})

describe('a table', () => {
  const table = {
    type: 'table',
    label: 'Substances',
    rowName: 'substance',
    maxRows: 3,
    columns: [
      { code: 'name', type: 'text', label: 'Name', required: true },
      {
        code: 'days',
        type: 'number',
        label: 'Days',
        min: 0,
        max: 28,
        rules: [{ invalidWhen: "row.name == 'Tea' && row.days < 28", message: 'Tea is drunk every day' }],
      },
    ],
  }
  test.each([
    [
      'rows',
      { 'a-rows': '2', 'a-0-name': 'Gin', 'a-0-days': '3', 'a-1-name': 'Tea', 'a-1-days': '28' },
      [
        { name: 'Gin', days: 3 },
        { name: 'Tea', days: 28 },
      ],
    ],
    ['empty rows dropped', { 'a-rows': '3', 'a-0-name': '', 'a-1-name': 'Tea' }, [{ name: 'Tea' }]],
    ['a removed row dropped', { 'a-rows': '2', 'a-0-name': 'Gin', 'a-1-name': 'Tea', _remove: 'a-0' }, [{ name: 'Tea' }]],
    ['a missing cell', { 'a-rows': '2', 'a-0-name': 'Gin', 'a-1-days': '3' }, 'Substance 2: Enter name'],
    ['a cell that cannot be read', { 'a-rows': '1', 'a-0-name': 'Gin', 'a-0-days': 'x' }, 'Substance 1: Days must be a number'],
    ['a cell beyond its limits', { 'a-rows': '1', 'a-0-name': 'Gin', 'a-0-days': '29' }, 'Substance 1: Days must be between 0 and 28'],
    ['a rule within a row', { 'a-rows': '1', 'a-0-name': 'Tea', 'a-0-days': '1' }, 'Substance 1: Tea is drunk every day'],
    ['no rows', { 'a-rows': '1' }, 'Add at least one substance'],
    ['a forged number of rows', { 'a-rows': '1e9', 'a-0-name': 'Gin' }, [{ name: 'Gin' }]],
  ])('%s', (_, fields, expected) => {
    expect(readOne(table, fields)).toEqual(expected)
  })
})
