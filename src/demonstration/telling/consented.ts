import { openPartToEdit } from '../../cases/index.ts'
import { type ConsentWords, changeConsent, consentsOfCase, recordConsent } from '../../consents/index.ts'
import { londonDate } from '../../platform/clock.ts'
import type { When } from '../calendar.ts'
import type { Stage } from '../play.ts'
import type { CaseOf } from './case-of.ts'
import type { Tale } from './tale.ts'

type Asked = Pick<ConsentWords, 'purposes' | 'answer' | 'how' | 'answeredBy'> & Partial<ConsentWords>

/** Asks for consent, and writes down what was said. */
export function askForConsent(tale: Tale, { ref }: CaseOf, when: When, by: string, asked: Asked): void {
  tale.happens(when, by, 'a consent', async stage => {
    const { tx, actor, now } = stage
    await recordConsent(tx, actor, now, await place(stage, ref.id), {
      shareWhat: '',
      shareWith: '',
      askedOn: londonDate(now),
      askedBy: actor.name,
      authority: '',
      capacity: 'no-doubt',
      capacityBecause: '',
      evidence: '',
      documentId: null,
      untilOn: null,
      withoutConsent: '',
      withoutBecause: '',
      because: '',
      ...asked,
    })
  })
}

/** Goes on against the last refusal of the case, by a lawful reason. */
export function goOnWithout(tale: Tale, { ref }: CaseOf, when: When, by: string, reason: string, because: string): void {
  tale.happens(when, by, 'going on without consent', async stage => {
    const { tx, actor, now } = stage
    const last = (await consentsOfCase(tx, ref.id))[0]
    if (!last) throw new Error('Nobody was asked.')
    await changeConsent(tx, actor, now, await place(stage, ref.id), last, { withoutConsent: reason, withoutBecause: because })
  })
}

async function place({ tx, actor }: Stage, caseId: string) {
  const part = await openPartToEdit(tx, actor, caseId, 'consent')
  if (!part) throw new Error('The consents are not theirs to write.')
  return part
}
