import { formatTime, londonDate, londonTime, type PlainTime, parseTimeText, toInstant } from '../../platform/clock.ts'
import { formatLongDate } from '../../platform/plain-date.ts'
import { Fieldset, Input, Radios } from '../../ui/index.ts'
import type { QuestionOf } from '../definition/shape.ts'
import { enter, theAnswer } from '../wording.ts'
import { dateBoxes, dateFields, dateMessages, parseDate } from './date.tsx'
import { answer, labelOf, legendPart, mistake, type QuestionType, shared } from './question-type.ts'

type Moment = QuestionOf<'date-time'>

/** A moment, kept in UTC ('2026-10-25T00:30:00Z') and typed and shown as the clocks of London show it. */
export const dateTime: QuestionType<Moment, string> = {
  celType: () => 'string',
  toCel: (_, value) => value,
  parse(question, fields, name) {
    const label = theAnswer(question)
    const typedTime = fields.text(`${name}-time`)
    const day = parseDate(fields, name, label)
    if (!day.ok) return day
    if (day.answer === undefined)
      return typedTime === '' ? answer<string>(undefined) : mistake(`${label} must include a date`, `${name}-day`)
    if (typedTime === '') return mistake(`${label} must include a time`, `${name}-time`)
    const time = parseTimeText(typedTime)
    if (time === undefined) return mistake(notTime(question), `${name}-time`)
    const which = fields.text(`${name}-which`)
    const instant = toInstant(day.answer, time, which === 'first' || which === 'second' ? which : undefined)
    if (instant.ok) return answer(inUtc(instant.value))
    if (instant.error === 'time-does-not-exist') return mistake(lostHour(question), `${name}-time`)
    return mistake(twiceHour(question), `${name}-which`)
  },
  unparse(_, value, name) {
    const instant = new Date(value)
    const day = londonDate(instant)
    const time = londonTime(instant)
    const plain = toInstant(day, time)
    const which =
      plain.ok || plain.error !== 'time-happened-twice'
        ? {}
        : { [`${name}-which`]: [plain.first.getTime() === instant.getTime() ? 'first' : 'second'] }
    return { ...dateFields(day, name), [`${name}-time`]: [time], ...which }
  },
  check(question, value, name, around) {
    const now = inUtc(around.now)
    const wrong = (question.within === 'past' && value > now) || (question.within === 'future' && value < now)
    return wrong ? { message: wrongSide(question), field: `${name}-day` } : undefined
  },
  missing: enter,
  messages: question => [
    ...dateMessages(enter(question), theAnswer(question)),
    `${theAnswer(question)} must include a date`,
    `${theAnswer(question)} must include a time`,
    notTime(question),
    lostHour(question),
    twiceHour(question),
    ...(question.within ? [wrongSide(question)] : []),
  ],
  show: (_, value) => [shownMoment(value)],
  export: (_, value) => ({ '': value ?? null }),
  field(given) {
    const { name, fields, mistake: wrong } = given
    const aboutTime = wrong?.field === `${name}-time` || wrong?.field === `${name}-which`
    const isTwice = wrong?.field === `${name}-which` || fields.has(`${name}-which`)
    return Fieldset({
      ...legendPart(given),
      children: [
        dateBoxes({
          ...given,
          question: { label: 'Date', hint: given.question.hint },
          mistake: aboutTime ? undefined : wrong,
          optional: false,
        }),
        Input({
          name: `${name}-time`,
          label: 'Time',
          hint: 'For example, 2:30pm or 14:30',
          value: fields.typed(`${name}-time`),
          classes: 'govuk-input--width-5',
          errorMessage: wrong?.field === `${name}-time` ? { text: wrong.message } : undefined,
        }),
        isTwice
          ? Radios({
              name: `${name}-which`,
              fieldset: { legend: `The clocks went back that night, so this time came twice. Which was it?` },
              ...shared({ question: {}, mistake: wrong?.field === `${name}-which` ? wrong : undefined }),
              value: fields.text(`${name}-which`),
              items: [
                { value: 'first', text: 'The first time, before the clocks went back' },
                { value: 'second', text: 'The second time, after the clocks went back' },
              ],
            })
          : null,
      ],
    })
  },
}

/** '27 March 2026 at 2:30pm'; in the repeated hour it also says which. */
export function shownMoment(value: string): string {
  const instant = new Date(value)
  const day = londonDate(instant)
  const time = londonTime(instant)
  const plain = toInstant(day, time)
  const which =
    plain.ok || plain.error !== 'time-happened-twice'
      ? ''
      : plain.first.getTime() === instant.getTime()
        ? ' (before the clocks went back)'
        : ' (after the clocks went back)'
  return `${formatLongDate(day)} at ${formatTime(time as PlainTime)}${which}`
}

function inUtc(instant: Date): string {
  return `${instant.toISOString().slice(0, 19)}Z`
}

const notTime = (question: Moment) => `${theAnswer(question)} must include a real time, like 2:30pm`
const lostHour = (question: Moment) => `${theAnswer(question)} must be a time that happened: the clocks went forward over that hour`
const twiceHour = (question: Moment) => `Select whether ${labelOf({ question, optional: false })} was before or after the clocks went back`
const wrongSide = (question: Moment) => `${theAnswer(question)} must be now or in the ${question.within}`
