import type { DueRule } from '../index.ts'

/** A rule for tests, plain where nothing is said. */
export const aRule = (more: Partial<DueRule> = {}): DueRule => ({
  id: '00000000-0000-4000-8000-000000000001',
  code: 'first-visit',
  serviceArea: '',
  version: 1,
  inUse: true,
  words: 'Make the first visit',
  anchor: 'accepted',
  settledBy: '',
  repeats: false,
  number: 10,
  unit: 'days',
  monthEnd: 'last-day',
  closedDay: 'stays',
  daysBefore: null,
  daysAfter: null,
  flagKind: '',
  source: '',
  verified: false,
  ...more,
})
