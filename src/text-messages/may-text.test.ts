import { describe, expect, test } from 'vitest'
import { type SafeToContact, safeAlways, type Telephone } from '../people/index.ts'
import type { PlainTime } from '../platform/clock.ts'
import { type Candidate, type Mobile, mayText, usualHours } from './may-text.ts'

const number = '+447700900123' as Telephone
const mobile = (part: Partial<Omit<Mobile, 'safe'>> = {}, safe: Partial<SafeToContact> = {}): Mobile => ({
  number,
  whose: null,
  stopped: false,
  shared: false,
  ...part,
  safe: { ...safeAlways, ...safe },
})
const somebody = (part: Partial<Candidate> = {}): Candidate => ({
  personId: 'p',
  about: null,
  caseId: 'c',
  given: 'Oksana',
  family: 'Kovalenko',
  dateOfBirth: null,
  hasDied: false,
  restricted: false,
  mayEdit: true,
  mobiles: [mobile()],
  ...part,
})
const friday = new Date('2026-11-20T09:30:00Z')
const why = (candidate: Candidate, { at = friday, alone = false } = {}) => {
  const decided = mayText(candidate, at, usualHours, alone)
  return decided.ok ? decided.number : decided.why
}
const time = (text: string) => text as PlainTime

describe('[U7] somebody is texted, or left out', () => {
  test.each<[string, Candidate, string]>([
    ['safe at any time', somebody(), number],
    ['not the sender’s to change', somebody({ mayEdit: false }), 'not-yours'],
    ['has died', somebody({ hasDied: true }), 'deceased'],
    ['restricted', somebody({ restricted: true }), 'restricted'],
    ['no number', somebody({ mobiles: [] }), 'no-mobile'],
    ['a landline', somebody({ mobiles: [mobile({ number: '+441632960777' as Telephone })] }), 'no-mobile'],
    ['never', somebody({ mobiles: [mobile({}, { use: 'never' })] }), 'never'],
    ['call only', somebody({ mobiles: [mobile({}, { use: 'call-only' })] }), 'no-texts'],
    ['text only', somebody({ mobiles: [mobile({}, { use: 'text-only' })] }), number],
    ['no message', somebody({ mobiles: [mobile({}, { leaveMessage: false })] }), 'no-message'],
    ['stopped', somebody({ mobiles: [mobile({ stopped: true })] }), 'stopped'],
    ['somebody else’s phone', somebody({ mobiles: [mobile({ whose: 'mother' })] }), 'somebody-elses'],
    ['shared', somebody({ mobiles: [mobile({ shared: true })] }), 'shared'],
    ['a word to be read first', somebody({ mobiles: [mobile({}, { note: 'Hang up if a man answers' })] }), 'read-first'],
    ['safe on Friday', somebody({ mobiles: [mobile({}, { days: [5] })] }), number],
    ['safe on Monday', somebody({ mobiles: [mobile({}, { days: [1] })] }), 'not-this-day'],
    ['safe in the afternoon', somebody({ mobiles: [mobile({}, { from: time('13:00'), to: time('15:00') })] }), 'not-this-time'],
    [
      'unsafe number beside a safe one',
      somebody({ mobiles: [mobile({ number: '+447700900999' as Telephone }, { use: 'never' }), mobile()] }),
      number,
    ],
    [
      'never beside not now: the one nearer to being right says why',
      somebody({ mobiles: [mobile({}, { use: 'never' }), mobile({}, { days: [1] })] }),
      'not-this-day',
    ],
  ])('%s', (_what, candidate, expected) => expect(why(candidate)).toBe(expected))

  test.each<[string, Partial<Omit<Mobile, 'safe'>> & { safe?: Partial<SafeToContact> }, boolean]>([
    ['a restricted case', {}, true],
    ['a shared number', { shared: true }, true],
    ['a word to be read first', { safe: { note: 'Ask for the dentist' } }, true],
    ['somebody else’s phone', { whose: 'mother' }, false],
    ['a number that has stopped', { stopped: true }, false],
    ['one that is never safe', { safe: { use: 'never' } }, false],
  ])('alone, by somebody who has the record open, %s', (_what, { safe, ...part }, may) => {
    const decided = mayText(somebody({ restricted: true, mobiles: [mobile(part, safe)] }), friday, usualHours, true)
    expect(decided.ok).toBe(may)
  })

  test.each([
    // Winter: London is at UTC. Summer: an hour ahead.
    ['2026-11-20T07:59:00Z', 'quiet-hours'],
    ['2026-11-20T08:00:00Z', number],
    ['2026-11-20T19:59:00Z', number],
    ['2026-11-20T20:00:00Z', 'quiet-hours'],
    ['2026-06-19T06:59:00Z', 'quiet-hours'],
    ['2026-06-19T07:00:00Z', number],
    ['2026-06-19T19:00:00Z', 'quiet-hours'],
    // The night on which the clocks go back, and the morning after.
    ['2026-10-25T00:30:00Z', 'quiet-hours'],
    ['2026-10-25T07:30:00Z', 'quiet-hours'],
    ['2026-10-25T08:00:00Z', number],
  ])('at %s: %s', (at, expected) => expect(why(somebody(), { at: new Date(at) })).toBe(expected))
})
