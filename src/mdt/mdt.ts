import type { MeetingKind } from '../meetings/index.ts'
import { mdtReferral, mdtResearch, mdtShared } from './forms.ts'

/** The multi-disciplinary team about people with complex needs, as data: work goes on between its meetings, on one form of all. */
export const mdt: MeetingKind = {
  code: 'mdt',
  name: 'Multi-disciplinary team',
  about: 'Agencies plan together for somebody with complex needs, and work on one record of it between meetings.',
  classification: 'OFFICIAL-SENSITIVE · MDT members only',
  criteria: [
    'Several needs come together, and one service alone cannot meet them.',
    'They fall out of services, or services do not know of each other.',
  ],
  defaults: { weeks: 2, itemMinutes: 20, quorum: 3, researchDays: 2, closesAfterDays: 365, repeatMonths: 12, repeatAnchor: 'meeting' },
  lasts: 120,
  agencies: [
    { code: 'COU', label: 'Council' },
    { code: 'HOU', label: 'Housing' },
    { code: 'MH', label: 'Mental health' },
    { code: 'SUB', label: 'Drug and alcohol' },
    { code: 'PRI', label: 'Primary care' },
    { code: 'POL', label: 'Police' },
    { code: 'PRO', label: 'Probation' },
    { code: 'VOL', label: 'Voluntary sector' },
    { code: 'OTH', label: 'Other' },
  ],
  parts: [
    { code: 'addresses', label: 'Where they live and stay' },
    { code: 'risks', label: 'Risks' },
  ],
  parties: [{ role: 'person', label: 'Person', part: 'person', from: 'questions', family: 'family', given: 'given', born: 'born' }],
  sameIn: ['person'],
  referral: mdtReferral,
  shared: mdtShared,
  staysOn: true,
  partOfSection: { addresses: 'addresses', risks: 'risks', why: 'words' },
  summary: 'why_now',
  reaching: [],
  score: null,
  criterion: 'criteria',
  research: { form: mdtResearch, ofAgency: {} },
  flag: null,
  measures: [{ code: 'without-consent', label: 'Referred without the person’s agreement', question: 'agrees', is: [false] }],
  counted: [],
  rates: [],
  aboutFigures: 'Each person counts once, at the meeting that last talked about them.',
}
