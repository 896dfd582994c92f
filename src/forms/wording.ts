import { lowerFirst, upperFirst } from '../platform/first-letter.ts'
import type { Column, Question } from './definition/shape.ts'

/**
 * How messages speak of a question. GOV.UK error messages begin with what to do ("Enter …", "Select …") or with the answer's
 * name ("Date of birth must be …"); a label that is itself a question fits neither, so its answer is spoken of instead.
 */

/** For the start of a sentence: 'Date of birth', 'The answer to ‘Who is at home?’'. */
export function theAnswer(question: Question | Column): string {
  if (question.name !== undefined) return upperFirst(question.name)
  return isQuestion(question.label) ? `The answer to ‘${question.label}’` : upperFirst(question.label)
}

/** For after a verb: 'date of birth', 'an answer to ‘Who is at home?’'. */
export function anAnswer(question: Question | Column): string {
  if (question.name !== undefined) return question.name
  return isQuestion(question.label) ? `an answer to ‘${question.label}’` : lowerFirst(question.label)
}

export const enter = (question: Question | Column): string => `Enter ${anAnswer(question)}`
export const select = (question: Question | Column): string => `Select ${anAnswer(question)}`

/** '1,234.5' */
export function shownNumber(value: number, decimals?: number): string {
  return value.toLocaleString('en-GB', { maximumFractionDigits: decimals ?? 6, useGrouping: Math.abs(value) >= 10_000 })
}

function isQuestion(label: string): boolean {
  return label.trimEnd().endsWith('?')
}
