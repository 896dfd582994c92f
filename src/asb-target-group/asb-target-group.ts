import type { MeetingKind } from '../meetings/index.ts'
import { targetGroupReferral, targetGroupResearch } from './referral.ts'

const row = { from: 'rows', family: 'family', given: 'given', born: 'born' } as const

/** The group that takes on anti-social behaviour which one agency cannot end, as data. */
export const asbTargetGroup: MeetingKind = {
  code: 'asb-target-group',
  name: 'ASB target group',
  about: 'Agencies agree what each will do about anti-social behaviour that goes on, by people and in places.',
  classification: 'OFFICIAL-SENSITIVE · Target group members only',
  criteria: [
    'It goes on although one agency has acted.',
    'It does serious harm, or may.',
    'Several people or households suffer it, or it is about a place.',
    'Somebody who suffers it has asked for a case review.',
  ],
  defaults: { weeks: 4, itemMinutes: 10, quorum: 3, researchDays: 5, closesAfterDays: 90, repeatMonths: 12, repeatAnchor: 'meeting' },
  lasts: 120,
  agencies: [
    { code: 'POL', label: 'Police' },
    { code: 'COU', label: 'Council' },
    { code: 'HOU', label: 'Housing' },
    { code: 'YJS', label: 'Youth justice' },
    { code: 'HEA', label: 'Health' },
    { code: 'SUB', label: 'Drug and alcohol' },
    { code: 'FIR', label: 'Fire service' },
    { code: 'OTH', label: 'Other' },
  ],
  parts: [
    { code: 'perpetrators', label: 'Who causes it' },
    { code: 'victims', label: 'Who suffers it' },
    { code: 'locations', label: 'Where it happens' },
  ],
  parties: [
    { role: 'perpetrator', label: 'Causes it', part: 'perpetrators', table: 'perpetrators', ...row },
    { role: 'victim', label: 'Suffers it', part: 'victims', table: 'victims', ...row },
    { role: 'location', label: 'Where', part: 'locations', table: 'locations', ...row, family: 'place', given: '', born: '' },
  ],
  sameIn: ['perpetrator'],
  referral: targetGroupReferral,
  shared: null,
  staysOn: false,
  partOfSection: { perpetrators: 'perpetrators', victims: 'victims', locations: 'locations', behaviour: 'words' },
  summary: 'what_happens',
  reaching: [{ question: 'victims_contact' }],
  score: null,
  criterion: 'criteria',
  research: { form: targetGroupResearch, ofAgency: {} },
  flag: { kind: 'asb-target-group', from: 'meeting', caution: '' },
  measures: [
    { code: 'hate', label: 'With an element of hate', question: 'hate', is: [true] },
    { code: 'vulnerable', label: 'Somebody who suffers it is vulnerable', question: 'vulnerable', is: [true] },
    { code: 'review', label: 'Case review asked for', question: 'review_asked', is: [true] },
  ],
  counted: [
    { role: 'perpetrator', label: 'People who cause it' },
    { role: 'victim', label: 'People who suffer it' },
    { role: 'location', label: 'Places' },
  ],
  rates: [{ code: 'repeat-rate', label: 'Repeats', of: 'cases', count: 'repeats' }],
  aboutFigures: 'What was heard.',
}
