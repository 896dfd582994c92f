import { formatLongDate, isPlainDate } from '../../platform/plain-date.ts'
import { InsetText } from '../../ui/index.ts'
import type { ScoreAnswer } from '../answer.ts'
import type { QuestionOf } from '../definition/shape.ts'
import { shownNumber } from '../wording.ts'
import { answer, type QuestionType } from './question-type.ts'

type Result = string | number | boolean

/** The sum of other answers' scores, and the band that it falls in. */
export const score: QuestionType<QuestionOf<'score'>, ScoreAnswer> = {
  celType: () => 'double',
  toCel: (_, value) => value.score,
  parse: () => answer<ScoreAnswer>(undefined),
  unparse: () => ({}),
  check: () => undefined,
  missing: () => '',
  messages: () => [],
  show(question, value) {
    const label = bandLabel(question, value.band)
    const whole = value.answered < value.of ? ` (${value.answered} of ${value.of} answered)` : ''
    return [`${shownNumber(value.score)}${label ? `: ${label}` : ''}${whole}`]
  },
  export: (question, value) => ({ '': value?.score ?? null, _band: value ? (bandLabel(question, value.band) ?? null) : null }),
  field: given => shownResult(given.question.label, given.name, given.fields.text(given.name), given.question.hint),
}

/** The outcome of an expression. */
export const calculated: QuestionType<QuestionOf<'calculated'>, Result> = {
  celType: question => ({ number: 'double', text: 'string', date: 'string', 'yes-no': 'bool' })[question.result],
  toCel: (_, value) => value,
  parse: () => answer<Result>(undefined),
  unparse: () => ({}),
  check: () => undefined,
  missing: () => '',
  messages: () => [],
  show(_, value) {
    if (typeof value === 'number') return [shownNumber(value, 2)]
    if (typeof value === 'boolean') return [value ? 'Yes' : 'No']
    return [isPlainDate(value) ? formatLongDate(value) : value]
  },
  export: (_, value) => ({ '': typeof value === 'boolean' ? (value ? 'Yes' : 'No') : (value ?? null) }),
  field: given => shownResult(given.question.label, given.name, given.fields.text(given.name), given.question.hint),
}

/** The band of a score: the last whose `from` it reaches. */
export function bandOf(question: QuestionOf<'score'>, total: number): string | undefined {
  return question.bands?.findLast(band => total >= band.from)?.code
}

function bandLabel(question: QuestionOf<'score'>, code: string | undefined): string | undefined {
  return question.bands?.find(band => band.code === code)?.label
}

/** `data-worked-out` lets the autosaving page put a new outcome in place. */
function shownResult(label: string, name: string, shown: string, hint: string | undefined) {
  return InsetText({
    children: [
      <strong key="label">{label}: </strong>,
      <output key="outcome" id={name} data-worked-out={name}>
        {shown || 'not known yet'}
      </output>,
      hint ? (
        <span key="hint" class="govuk-hint govuk-!-margin-bottom-0">
          {hint}
        </span>
      ) : null,
    ],
  })
}
