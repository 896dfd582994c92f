import type { ReviewDue, ReviewStepName } from './review.ts'

/** What each step of a review is called. */
export const stepWords: Record<ReviewStepName, string> = {
  asked: 'Asked for',
  acknowledged: 'Acknowledged',
  met: 'Reaches the threshold',
  'not-met': 'Does not reach the threshold',
  held: 'Review held',
  told: 'Whoever asked was told the outcome',
  dropped: 'Taken back by whoever asked',
}
export const dueStepWords: Record<ReviewDue['step'], string> = {
  acknowledged: 'Acknowledge it',
  decided: 'Decide whether it reaches the threshold',
  held: 'Hold the review',
  told: 'Tell whoever asked',
}

/** As whom somebody asked. */
export const askedAs = [
  { value: 'victim', text: 'Somebody who suffers it' },
  { value: 'representative', text: 'Somebody for them, such as a relative, an advocate or a councillor' },
  { value: 'business', text: 'A business' },
  { value: 'community', text: 'A community group' },
] as const
export const askedAsWords = (code: string): string => askedAs.find(one => one.value === code)?.text ?? ''
