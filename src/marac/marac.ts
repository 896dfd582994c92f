import type { MeetingKind } from '../meetings/index.ts'
import { maracReferral } from './referral.ts'
import { advocateContact, maracResearch } from './research.ts'

/**
 * The multi-agency risk assessment conference, as data. Sources: safelives.org.uk (repeat, quarterly return), kingston.gov.uk (criteria, the anchor of a
 * repeat); what is unverified is marked in its forms. Every number is a default that whoever sets a series up changes.
 */
export const marac: MeetingKind = {
  code: 'marac',
  name: 'MARAC',
  about: 'Agencies share what they know of victims of domestic abuse at the highest risk, and agree what each will do to keep them safe.',
  classification: 'OFFICIAL-SENSITIVE · MARAC members only',
  criteria: [
    'The risk checklist reaches the threshold (visible high risk).',
    'It does not, and in your judgement the risk is high.',
    'What happens is becoming more frequent or worse.',
    'There may be so-called honour-based abuse.',
    'It was heard in the last 12 months and there has been any abuse since, however small: always refer it again.',
  ],
  defaults: { weeks: 1, itemMinutes: 12, quorum: 4, researchDays: 2, closesAfterDays: 28, repeatMonths: 12, repeatAnchor: 'referral' },
  lasts: 180,
  agencies: [
    { code: 'POL', label: 'Police' },
    { code: 'IDVA', label: 'IDVA service' },
    { code: 'CSC', label: 'Children’s social care' },
    { code: 'PRI', label: 'Primary care' },
    { code: 'SEC', label: 'Hospital' },
    { code: 'EDU', label: 'Education' },
    { code: 'HOU', label: 'Housing' },
    { code: 'MH', label: 'Mental health' },
    { code: 'PRO', label: 'Probation' },
    { code: 'VOL', label: 'Voluntary sector' },
    { code: 'SUB', label: 'Drug and alcohol' },
    { code: 'ASC', label: 'Adult social care' },
    { code: 'MASH', label: 'MASH' },
    { code: 'OTH', label: 'Other' },
  ],
  parts: [
    { code: 'victim', label: 'The victim and how to reach them' },
    { code: 'children', label: 'The children' },
    { code: 'perpetrator', label: 'The alleged perpetrator' },
  ],
  parties: [
    {
      role: 'victim',
      label: 'Victim',
      part: 'victim',
      from: 'questions',
      family: 'victim_family',
      given: 'victim_given',
      born: 'victim_born',
    },
    {
      role: 'perpetrator',
      label: 'Alleged perpetrator',
      part: 'perpetrator',
      from: 'questions',
      family: 'perpetrator_family',
      given: 'perpetrator_given',
      born: 'perpetrator_born',
    },
    { role: 'child', label: 'Child', part: 'children', from: 'rows', table: 'children', family: 'family', given: 'given', born: 'born' },
  ],
  sameIn: [['victim', 'perpetrator']],
  referral: maracReferral,
  shared: null,
  staysOn: false,
  outcomes: null,
  stages: null,
  logs: [],
  review: null,
  partOfSection: {
    victim: 'victim',
    'safe-contact': 'victim',
    equality: 'victim',
    'victims-view': 'victim',
    'what-happened': 'words',
    'criminal-justice': 'words',
    checklist: 'words',
    criteria: 'words',
    children: 'children',
    perpetrator: 'perpetrator',
  },
  summary: 'what_happened',
  reaching: [
    { question: 'never_how', isWarning: true },
    { question: 'safe_how' },
    { question: 'safe_telephone' },
    { question: 'interpreter' },
  ],
  score: 'dash_score',
  criterion: 'criteria',
  research: { form: maracResearch, ofAgency: { IDVA: { form: advocateContact, part: 'victim', reaches: true } } },
  flag: {
    kind: 'marac',
    from: 'meeting',
    caution:
      'Whoever causes the harm must not learn from a record that agencies have met. Think twice before you flag theirs, or one that they can ask to see.',
  },
  measures: [
    { code: 'minoritised', label: 'Victim Black, Asian or racially minoritised', question: 'minoritised', is: ['yes'] },
    { code: 'lgbt', label: 'Victim LGBT+', question: 'lgbt', is: ['yes'] },
    { code: 'disability', label: 'Victim with a disability', question: 'disabled', is: ['yes'] },
    { code: 'male', label: 'Male victim', question: 'victim_gender', is: ['male'] },
    { code: 'victim-16-17', label: 'Victim aged 16 or 17', ageOf: 'victim', from: 16, to: 17 },
    { code: 'perpetrator-under-18', label: 'Person causing harm aged 17 or under', ageOf: 'perpetrator', from: 0, to: 17 },
  ],
  counted: [{ role: 'child', label: 'Children' }],
  // Formulas as safelives.org.uk's labels have them; the ranges of repeats, partners and men are from memory.
  rates: [
    { code: 'repeat-rate', label: 'Repeats', of: 'cases', count: 'repeats', range: [28, 40], verified: false },
    {
      code: 'partner-rate',
      label: 'Referred by others than the police',
      of: 'referred by others than',
      agency: 'POL',
      range: [25, 40],
      verified: false,
    },
    { code: 'male-rate', label: 'Male victims', of: 'cases', count: 'male', range: [5, 10], verified: false },
    { code: 'minoritised-rate', label: 'Black, Asian or racially minoritised victims', of: 'cases', count: 'minoritised' },
    { code: 'lgbt-rate', label: 'LGBT+ victims', of: 'cases', count: 'lgbt' },
    { code: 'disability-rate', label: 'Victims with a disability', of: 'cases', count: 'disability' },
    { code: 'per-10000', label: 'Cases for every 10,000 adult women', of: 'population', count: 'cases', range: [40, 40] },
  ],
  aboutFigures:
    'For SafeLives’ quarterly return: cases that were heard. Rates are published over twelve months; 40 cases for every 10,000 adult women are expected.',
}
