import fc from 'fast-check'
import {
  type Answer,
  type Answers,
  type Column,
  checkDefinition,
  type Form,
  type Question,
  questionsOf,
  type Surroundings,
} from '../index.ts'

/** Answers that somebody could give, for property tests. */

export const someSurroundings: Surroundings = {
  now: new Date('2026-11-19T09:30:00Z'),
  lists: {},
  people: [
    { id: '0197f3a0-0000-7000-8000-000000000001', name: 'Sarah Penrose' },
    { id: '0197f3a0-0000-7000-8000-000000000002', name: 'Jago Penrose' },
  ],
  agencies: [
    { id: '11', name: 'Porthkerris Housing' },
    { id: '12', name: 'Kerrier Treatment' },
  ],
  users: [{ id: '21', name: 'Morwenna Tregear' }],
  received: {},
}

/** Any answers at all to a form, each question answered or not; conditions are not looked at. */
export function someAnswers(form: Form): fc.Arbitrary<Answers> {
  const each = questionsOf(form.definition)
    .filter(question => question.type !== 'score' && question.type !== 'calculated')
    .map(question => [question.code, someAnswer(question)] as const)
  return fc.record(Object.fromEntries(each), { requiredKeys: [] }) as fc.Arbitrary<Answers>
}

/** One answer that the question takes. */
export function someAnswer(question: Question | Column): fc.Arbitrary<Answer> {
  switch (question.type) {
    case 'text':
      return words.map(text => text.replace(/\s+/g, ' ').trim()).filter(text => text !== '')
    case 'long-text':
      return words.map(text => text.trimEnd()).filter(text => text.trim() !== '')
    case 'number': {
      const scale = 10 ** (question.decimals ?? 0)
      return fc
        .integer({ min: Math.ceil((question.min ?? -1000) * scale), max: Math.floor((question.max ?? 1000) * scale) })
        .map(whole => whole / scale || 0)
    }
    case 'date':
      return fc
        .date({ min: new Date('1900-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
        .map(day => day.toISOString().slice(0, 10))
    case 'date-time':
      return fc
        .date({ min: new Date('1980-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
        .map(at => `${at.toISOString().slice(0, 16)}:00Z`)
    case 'choice':
      return fc.constantFrom(...optionCodes(question.options))
    case 'choices':
      return fc.subarray(optionCodes(question.options), { minLength: 1 })
    case 'yes-no':
      return fc.boolean()
    case 'person':
      return fc.oneof(
        words.map(name => ({ name: name.replace(/\s+/g, ' ').trim() })).filter(({ name }) => name !== ''),
        fc.constantFrom(...someSurroundings.people).map(({ id, name }) => ({ id, name })),
      )
    case 'agency':
      return fc.constantFrom(...someSurroundings.agencies)
    case 'user':
      return fc.constantFrom(...someSurroundings.users)
    case 'file':
      return fc.uniqueArray(
        fc.record({ id: fc.uuid(), name: words.map(name => name.trim()).filter(name => name !== ''), bytes: fc.nat() }),
        { minLength: 1, maxLength: 3, selector: one => one.id },
      )
    case 'nhs-number':
      return fc.constantFrom('9000000009', '9434765919')
    case 'postcode':
      return fc.constantFrom('TR18 4QA', 'EC1A 1BB', 'ZZ99 3VZ', 'BFPO 57')
    case 'table':
      return fc.array(
        fc
          .record(Object.fromEntries(question.columns.map(column => [column.code, someAnswer(column)])), { requiredKeys: [] })
          .filter(row => Object.keys(row).length > 0) as fc.Arbitrary<Readonly<Record<string, Answer>>>,
        { minLength: 1, maxLength: Math.min(question.maxRows ?? 4, 4) },
      )
    default:
      throw new Error(`Nobody answers a ${question.type}`)
  }
}

/** A form of one page with these questions. */
export function formWith(...questions: readonly unknown[]): Form {
  const checked = checkDefinition({
    code: 'test-form',
    title: 'Test form',
    version: 1,
    pages: [{ code: 'one', title: 'One', sections: [{ code: 'first', title: 'First', questions }] }],
  })
  if (!checked.ok) throw new Error(JSON.stringify(checked.problems))
  return checked.form
}

const words = fc.oneof(
  fc.string({ minLength: 1, maxLength: 60, unit: 'grapheme' }).map(text => text.replace(/[\r\0]/g, '').normalize('NFC')),
  fc.constantFrom(
    "O'Brien & Sons <b>",
    'Zoë "Zed" Ågård',
    'She said:\n\n"I am all right"\n',
    '\nfirst line empty',
    'نص عربي',
    '100% of 5 < 6 &amp; more',
  ),
)

function optionCodes(options: unknown): string[] {
  return (options as { code: string }[]).map(option => option.code)
}
