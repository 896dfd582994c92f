import type { MeetingKind } from '../meetings/index.ts'

/**
 * The anti-social behaviour case review, once called the community trigger: somebody who suffers it asks the agencies to look together at what was done.
 *
 * The threshold may be no higher than three complaints, each made within a month of what it is about and no more than six months before the review is
 * asked for: Anti-social Behaviour, Crime and Policing Act 2014, section 104 and its explanatory notes (legislation.gov.uk), compared. How persistent it
 * is, the harm, and whether what was done was enough are weighed as well. By when each step is due is local: ten, fifteen and twenty working days are one
 * area's, unverified for any other; five to tell whoever asked is Lanyard's suggestion.
 */
export const caseReview: NonNullable<MeetingKind['review']> = {
  name: 'Case review',
  role: 'victim',
  log: 'complaints',
  rules: { complaints: 3, withinMonths: 6, madeWithinMonths: 1, acknowledgeDays: 10, decideDays: 15, reviewDays: 20, tellDays: 5 },
  mostComplaints: 3,
  weighed: [
    { code: 'persistence', label: 'How persistent it is' },
    { code: 'harm', label: 'The harm that it does, or could' },
    { code: 'response', label: 'Whether what was done about it was enough' },
  ],
  inReferral: { asked: 'review_asked', on: 'review_asked_on' },
}
