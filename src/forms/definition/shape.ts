import { z } from 'zod'

/**
 * The shape of a form definition: pages hold sections, sections hold questions. It is data, never code; conditions, rules
 * and calculations are CEL expressions over question codes (see ../expressions.ts). What the shape cannot say, that the
 * codes fit together, is checked by ./check.ts.
 */

// Codes name variables in expressions, so they are CEL identifiers; a hyphen is left free to part a field's name ('dob-day').
const code = z.string().regex(/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/, 'a code is lower-case words joined by underscores, like date_of_birth')
const slug = z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'a code is lower-case words joined by hyphens, like early-help-assessment')
const words = z.string().trim().min(1).max(500)
const expression = z.string().trim().min(1).max(1000)

/** Where a fact comes from and whether anyone has checked it there; shown to whoever edits the definition. */
const provenance = z.strictObject({ source: words, verified: z.boolean(), note: words.optional() })

const option = z.strictObject({
  code: z.string().min(1).max(60),
  label: words,
  hint: words.optional(),
  score: z.number().optional(),
  exclusive: z.boolean().optional().describe('In choices: cannot be ticked with any other, like "None of these"'),
  provenance: provenance.optional(),
})
const options = z.union([z.array(option), z.strictObject({ list: slug })])

const rule = z.strictObject({
  invalidWhen: expression.describe('True when the answer is wrong'),
  message: words.describe('What to do about it: shown at this question and in the summary'),
})

const asked = {
  code,
  label: words,
  name: words.optional().describe('What messages call it when the label is a question: "date of birth"'),
  hint: words.optional(),
  required: z.union([z.boolean(), expression]).optional(),
  shownWhen: expression.optional(),
  rules: z.array(rule).optional(),
  provenance: provenance.optional(),
}

const text = z.strictObject({
  ...asked,
  type: z.literal('text'),
  minLength: z.int().min(1).optional(),
  maxLength: z.int().min(1).max(2000).optional(),
})
const longText = z.strictObject({
  ...asked,
  type: z.literal('long-text'),
  minLength: z.int().min(1).optional(),
  maxLength: z.int().min(1).max(50_000).optional(),
  rows: z.int().min(2).max(30).optional(),
})
const number = z.strictObject({
  ...asked,
  type: z.literal('number'),
  min: z.number().optional(),
  max: z.number().optional(),
  decimals: z.int().min(0).max(6).optional(),
  prefix: words.optional(),
  suffix: words.optional(),
})
const date = z.strictObject({ ...asked, type: z.literal('date'), within: z.enum(['past', 'future']).optional() })
const dateTime = z.strictObject({ ...asked, type: z.literal('date-time'), within: z.enum(['past', 'future']).optional() })
const choice = z.strictObject({ ...asked, type: z.literal('choice'), options, look: z.enum(['radios', 'select']).optional() })
const choices = z.strictObject({ ...asked, type: z.literal('choices'), options })
const yesNo = z.strictObject({ ...asked, type: z.literal('yes-no') })
const person = z.strictObject({ ...asked, type: z.literal('person') })
const agency = z.strictObject({ ...asked, type: z.literal('agency') })
const user = z.strictObject({ ...asked, type: z.literal('user') })
const file = z.strictObject({ ...asked, type: z.literal('file') })
const nhsNumber = z.strictObject({ ...asked, type: z.literal('nhs-number') })
const postcode = z.strictObject({ ...asked, type: z.literal('postcode') })

const column = z.discriminatedUnion('type', [text, longText, number, date, choice, choices, yesNo, person, nhsNumber, postcode])
const table = z.strictObject({
  ...asked,
  type: z.literal('table'),
  rowName: words.describe('What one row is: "substance"'),
  columns: z.array(column).min(1),
  minRows: z.int().min(0).optional(),
  maxRows: z.int().min(1).max(100).optional(),
})

const computed = {
  code,
  label: words,
  name: words.optional(),
  hint: words.optional(),
  shownWhen: expression.optional(),
  provenance: provenance.optional(),
}
const band = z.strictObject({ from: z.number(), code: z.string().min(1), label: words, provenance: provenance.optional() })
const score = z.strictObject({
  ...computed,
  type: z.literal('score'),
  of: z.array(code).min(1).describe('The questions whose options carry scores'),
  bands: z.array(band).optional().describe('In order: each holds from its number up to the next'),
})
const calculated = z.strictObject({
  ...computed,
  type: z.literal('calculated'),
  result: z.enum(['number', 'text', 'date', 'yes-no']),
  expression,
})

const question = z.discriminatedUnion('type', [
  text,
  longText,
  number,
  date,
  dateTime,
  choice,
  choices,
  yesNo,
  person,
  agency,
  user,
  file,
  nhsNumber,
  postcode,
  table,
  score,
  calculated,
])
const section = z.strictObject({
  code: slug,
  title: words,
  hint: words.optional(),
  shownWhen: expression.optional(),
  questions: z.array(question).min(1),
})
const page = z.strictObject({ code: slug, title: words, shownWhen: expression.optional(), sections: z.array(section).min(1) })

/** A whole definition, as stored and as shipped in src/services/definitions. */
export const definitionShape = z.strictObject({
  code: slug,
  title: words,
  version: z.int().min(1),
  purpose: words.optional().describe('Said at the top of the form: what it is for'),
  serviceAreas: z.array(slug).optional().describe('Whose own form it is: offered first on their cases'),
  besideThePerson: z
    .boolean()
    .optional()
    .describe('Filled in with somebody who may have to hide it: its pages have "Exit this page" and a title that says nothing'),
  forOutside: z
    .boolean()
    .optional()
    .describe('For people without an account, on a referral page: it takes nothing from lists, agencies or colleagues'),
  provenance: provenance.optional(),
  pages: z.array(page).min(1),
})

export type FormDefinition = z.infer<typeof definitionShape>
export type Page = z.infer<typeof page>
export type Section = z.infer<typeof section>
export type Question = z.infer<typeof question>
export type Column = z.infer<typeof column>
export type Option = z.infer<typeof option>
export type QuestionTypeName = Question['type']
export type QuestionOf<T extends QuestionTypeName> = Extract<Question, { type: T }>
