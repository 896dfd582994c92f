import type { PlainDate } from '../platform/plain-date.ts'

/** The days on which things happened to a case, by moment: for each the latest. */
export type Moments = ReadonlyMap<string, PlainDate>

/** Moments that every case can have, and how a rule speaks of them: 'counted from …'. */
export const caseMoments = {
  'stage/triage': 'the day on which the referral began to wait for a decision',
  'stage/allocation': 'the day on which it began to wait for a worker',
  'stage/start': 'the day on which the worker was given it',
  'stage/assessment': 'the day on which the assessment stage began',
  'stage/plan': 'the day on which planning began',
  'stage/review': 'the last review, or the plan where there was none yet',
  referred: 'the day on which the referral was received',
  accepted: 'the day on which the referral was accepted',
  allocated: 'the day on which it was last allocated',
  started: 'the day on which work started',
  'assessment-started': 'the day on which an assessment was first begun',
  assessed: 'the day on which an assessment was last completed',
  planned: 'the day on which the plan was made',
  reviewed: 'the day of the last review',
  reopened: 'the day on which the case was opened again',
} as const satisfies Record<string, string>

export type CaseMoment = keyof typeof caseMoments

/** A day answered in a form, and the completing of one. */
export const answered = (form: string, question: string): string => `answer/${form}/${question}`
export const completedForm = (form: string): string => `form/${form}`

export const isStageMoment = (moment: string): boolean => moment.startsWith('stage/')
export const isAnswerMoment = (moment: string): boolean => moment.startsWith('answer/')

/** The form that a moment is of, where it is of one. */
export function formOfMoment(moment: string): { form: string; question: string | null } | undefined {
  const [, kind, form = '', question] = /^(answer|form)\/([a-z0-9-]+)(?:\/([a-z0-9_-]+))?$/i.exec(moment) ?? []
  if (kind === 'answer') return question ? { form, question } : undefined
  return kind === 'form' && !question ? { form, question: null } : undefined
}

/** A moment in words, for whoever reads or changes a rule. */
export function momentInWords(moment: string): string {
  const known = (caseMoments as Record<string, string>)[moment]
  if (known) return known
  const form = formOfMoment(moment)
  if (!form) return moment
  return form.question ? `the day answered in ${form.form}, question ${form.question}` : `the day on which ${form.form} was last completed`
}
