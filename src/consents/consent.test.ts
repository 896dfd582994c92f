import { describe, expect, test } from 'vitest'
import { asPlainDate } from '../platform/plain-date.ts'
import { type Answer, type Consent, latestOf, mayAnswerThemselves, mustSayWhy, standingFor } from './consent.ts'

const today = asPlainDate('2026-11-17')
const consent = (more: Partial<Consent>): Consent => ({
  consentId: 'a',
  version: 1,
  purposes: ['assess'],
  shareWhat: '',
  shareWith: '',
  answer: 'given',
  askedOn: today,
  askedBy: 'Tamsin Rowe',
  how: 'in-person',
  answeredBy: 'The person',
  authority: '',
  capacity: 'no-doubt',
  capacityBecause: '',
  evidence: '',
  documentId: null,
  untilOn: null,
  withoutConsent: '',
  withoutBecause: '',
  because: '',
  author: 'Tamsin Rowe',
  recordedAt: new Date('2026-11-01T09:00:00Z'),
  ...more,
})

describe('how a consent stands', () => {
  const cases: [words: string, consents: Consent[], state: string, wentOnWithout?: boolean][] = [
    ['nobody wrote anything down', [], 'unknown'],
    ['a yes', [consent({})], 'given'],
    ['a yes until today', [consent({ untilOn: today })], 'given'],
    ['a yes until yesterday', [consent({ untilOn: asPlainDate('2026-11-16') })], 'ran-out'],
    ['a no', [consent({ answer: 'refused' })], 'refused'],
    ['a yes that was taken back', [consent({}), consent({ version: 2, answer: 'withdrawn' })], 'refused'],
    ['not asked', [consent({ answer: 'not-asked' })], 'not-asked'],
    ['a yes to something else', [consent({ purposes: ['share'] })], 'unknown'],
    [
      'a no gone on without',
      [consent({ answer: 'refused' }), consent({ version: 2, answer: 'refused', withoutConsent: 'crime' })],
      'refused',
      true,
    ],
    [
      'a second no after one that was gone on without',
      [
        consent({ answer: 'refused', withoutConsent: 'crime' }),
        consent({ consentId: 'b', answer: 'refused', recordedAt: new Date('2026-11-02T09:00:00Z') }),
      ],
      'refused',
    ],
    [
      'a yes after a no',
      [consent({ answer: 'refused' }), consent({ consentId: 'b', recordedAt: new Date('2026-11-02T09:00:00Z') })],
      'given',
    ],
  ]
  test.each(cases)('%s', (_, consents, state, wentOnWithout = false) => {
    expect(standingFor(consents, 'assess', today)).toMatchObject({ state, wentOnWithout })
  })

  test('what was asked last comes first, also when an earlier one changes later', () => {
    const versions = [
      consent({}),
      consent({ consentId: 'b', recordedAt: new Date('2026-11-02T09:00:00Z') }),
      consent({ version: 2, answer: 'withdrawn' satisfies Answer, recordedAt: new Date('2026-11-03T09:00:00Z') }),
    ]
    expect(latestOf(versions).map(one => [one.consentId, one.version])).toEqual([
      ['b', 1],
      ['a', 2],
    ])
  })
})

test('whoever cannot decide it does not answer for themselves, and a finding says why', () => {
  expect(['no-doubt', 'has', 'child-understands', 'lacks', 'child-does-not'].map(mayAnswerThemselves)).toEqual([
    true,
    true,
    true,
    false,
    false,
  ])
  expect(['no-doubt', 'has', 'lacks'].map(mustSayWhy)).toEqual([false, true, true])
})
