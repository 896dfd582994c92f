import { expect, test } from 'vitest'
import { urgentWordsIn } from './urgent-words.ts'

test.each([
  ['He threatened to kill me', ['kill', 'threat']],
  ['She took an overdose last week', ['overdose']],
  ['HE CHOKED ME', ['strangle']],
  ['I have nowhere to sleep tonight', ['tonight', 'nowhere to go']],
  ['My skills are not what they were, and I need a placement', []],
  ['', []],
])('“%s” is shown with %j', (reason, shown) => expect(urgentWordsIn({ reason, consent: true }).sort()).toEqual([...shown].sort()))
