import { audit } from '../../audit/index.ts'
import { today } from '../../platform/clock.ts'
import { addressForLetters } from '../merge/address-for-letters.ts'
import { childAge } from '../merge/child-age.ts'
import type { LetterOptions } from '../merge/compose.ts'
import type { About, Writing } from '../merge/letter-of-case.ts'
import type { LetterTemplate } from '../templates/templates.queries.ts'
import { beginDraft } from './drafts.queries.ts'
import { filledNow } from './letter-now.ts'

/** Begins a letter: the template filled from the record, as far as the writer sees it. Answers the draft's id. */
export async function beginLetter(writing: Writing, about: About, template: LetterTemplate): Promise<string> {
  const { tx, actor, clock } = writing
  const { code, version, title, body } = template
  const { filled } = await filledNow(writing, about, 'template', body)
  const caseId = about.theCase.id
  const id = await beginDraft(tx, actor, clock.now(), {
    caseId,
    documentId: null,
    templateCode: code,
    templateVersion: version,
    title,
    // Conditions that are not met leave empty lines behind.
    wording: filled.wording.replaceAll(/\n{3,}/g, '\n\n').trim(),
    options: optionsFor(writing, about),
    sections: filled.sections,
  })
  await audit(tx, actor, clock.now(), {
    action: 'letter-begun',
    subject: { type: 'case', id: caseId },
    personId: about.person.id,
    caseId,
    detail: { template: `${code}/${version}`, sections: filled.sections },
  })
  return id
}

/** As the record asks: large print for whoever needs it, nothing posted where nothing may be, and nobody chosen for a child. */
const optionsFor = ({ clock }: Writing, { person }: About): LetterOptions => ({
  delivery: childAge(person, today(clock)) !== undefined ? '' : addressForLetters(person, today(clock)).ok ? 'post' : 'hand',
  addressee: '',
  language: 'en-GB',
  largePrint: person.communicationNeeds.includes('large-print'),
})
