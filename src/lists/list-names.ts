import type { ListName } from './options.ts'

/** What the lists that come with Lanyard are called, for whoever keeps them. One that is not here is an authority's own, for its forms. */
const names: Readonly<Record<string, string>> = {
  'age-band': 'Age bands',
  'alert-kind': 'Kinds of alert on a person',
  'asb-incident-kind': 'Anti-social behaviour: kinds of incident',
  'asb-outcome': 'Anti-social behaviour: what came of a target group’s work',
  'asb-stage-reason': 'Anti-social behaviour: why somebody moved to another stage',
  'asb-warning-stage': 'Anti-social behaviour: warning stages, in their order',
  'closure-outcome': 'Outcomes when a case closes',
  'closure-reason': 'Reasons why a case closes',
  'consent-authority': 'By what right somebody consents for another',
  'consent-capacity': 'What is found of capacity to consent',
  'consent-how': 'How consent is given',
  'contact-outcome': 'Outcomes of a contact',
  'court-purpose': 'What a hearing is for',
  'decline-reason': 'Reasons why a referral is declined',
  'document-kind': 'Kinds of document',
  'drop-in-gender': 'Genders of people who drop in',
  'drop-in-reason': 'Why people drop in',
  'flag-kind': 'Kinds of flag on a case',
  'group-outcome': 'What came of a place in a group',
  'handed-out': 'What is handed out',
  'lawful-basis': 'Lawful bases of a share',
  'mdt-outcome': 'What came of a multi-disciplinary team’s work',
  'meeting-work': 'Work between meetings',
  'note-type': 'Kinds of note',
  'outreach-contact': 'Contacts on outreach',
  'referral-source': 'Where referrals come from',
  'review-outcome': 'Outcomes of a review',
  'without-consent': 'Reasons for going on without consent',
}

export const nameOfList = (list: ListName): string => names[list] ?? list
