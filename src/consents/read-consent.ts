import { readerOf } from '../cases/index.ts'
import { isOption, type Option } from '../lists/index.ts'
import { ageOn, type PlainDate } from '../platform/plain-date.ts'
import type { Fields } from '../platform/web/fields.ts'
import type { FieldError } from '../ui/index.ts'
import { type Answer, mayAnswerThemselves, mustSayWhy, type Purpose, purposes, unlikeTheirAge } from './consent.ts'
import type { ConsentWords } from './keep-consent.ts'

/** Somebody who may consent for the person, as relationships on record have it. */
export type MayConsent = { id: string; name: string; relation: string; authority: string }

export type KnownForConsent = {
  how: readonly Option[]
  capacity: readonly Option[]
  authority: readonly Option[]
  mayConsent: readonly MayConsent[]
  papers: readonly { id: string; title: string }[]
  /** Whose consent it is: what they can decide follows their age. */
  born: PlainDate | null
}

export const isPurpose = (text: string): text is Purpose => Object.hasOwn(purposes, text)

export function readConsent(fields: Fields, known: KnownForConsent, today: PlainDate): ConsentWords | { errors: FieldError[] } {
  const read = readerOf(fields)
  const asked = fields.all('purposes').filter(isPurpose)
  if (asked.length === 0) read.refuse('purposes', 'Select what they were asked to agree to')
  const toShare = asked.includes('share')
  const answer = read.choice<Answer>('answer', ['given', 'refused', 'not-asked'], 'Select what they said')
  // A no says as exactly as a yes what it was about; neither says that anything may be shared before it is answered.
  const shareWhat = toShare ? read.needed('share-what', 'What it was about', 'Enter what they were asked to share', 500) : ''
  const shareWith = toShare ? read.needed('share-with', 'With whom', 'Enter with whom they were asked to share it', 500) : ''
  const askedOn = read.day('asked', answer === 'not-asked' ? 'The day' : 'The day they were asked', { notAfter: today })
  const age = known.born && askedOn && known.born <= askedOn ? (ageOn(known.born, askedOn) ?? null) : null
  const said = answer !== 'not-asked' && answer !== '' ? readWhoSaid(read, fields, known, age) : nobodySaid
  const askedBy = read.needed('asked-by', 'Who asked', 'Enter who asked them', 200)
  const evidence = read.text('evidence', 'What shows it', 1_000)
  const documentId = fields.text('document') || null
  if (documentId && !known.papers.some(one => one.id === documentId)) read.refuse('document', 'Select a document of this case')
  const untilOn =
    answer === 'given' ? read.maybeDay('until', 'The last day', { notBefore: today, notBeforeWords: 'today or in the future' }) : null
  const because = answer === 'not-asked' ? read.needed('because', 'Why', 'Enter why they were not asked', 1_000) : ''
  if (read.errors.length > 0 || !answer || !askedOn) return { errors: read.errors }
  const without = { withoutConsent: '', withoutBecause: '' }
  return { purposes: asked, shareWhat, shareWith, answer, askedOn, askedBy, ...said, evidence, documentId, untilOn, because, ...without }
}

type WhoSaid = Pick<ConsentWords, 'how' | 'answeredBy' | 'authority' | 'capacity' | 'capacityBecause'>
const nobodySaid: WhoSaid = { how: '', answeredBy: '', authority: '', capacity: '', capacityBecause: '' }
export const themselves = 'The person'

/** How they were asked, whether they can decide it, and who answered: somebody who cannot decide it is answered for by whoever has the right to. */
function readWhoSaid(read: ReturnType<typeof readerOf>, fields: Fields, known: KnownForConsent, age: number | null): WhoSaid {
  const how = fields.text('how')
  if (!isOption(known.how, how)) read.refuse('how', 'Select how they were asked')
  const capacity = fields.text('capacity')
  if (!isOption(known.capacity, capacity)) read.refuse('capacity', 'Select whether they can decide this')
  const unlike = unlikeTheirAge(capacity, age)
  if (unlike) read.refuse('capacity', unlike)
  const capacityBecause = mustSayWhy(capacity)
    ? read.needed('capacity-because', 'What that rests on', 'Enter what that rests on', 1_000)
    : read.text('capacity-because', 'What that rests on', 1_000)
  const by = fields.text('by')
  const relative = known.mayConsent.find(one => one.id === by)
  if (by === 'person') {
    // Neither their yes nor their no decides it. What they said is kept all the same, under what shows it.
    if (capacity && !mayAnswerThemselves(capacity))
      read.refuse(
        'by',
        'They cannot decide this: select somebody who has the right to decide it for them, and write what they said themselves under “What shows it?”',
      )
    return { how, capacity, capacityBecause, answeredBy: themselves, authority: '' }
  }
  if (relative)
    return {
      how,
      capacity,
      capacityBecause,
      answeredBy: `${relative.name}, ${relative.relation.toLowerCase()}`,
      authority: relative.authority,
    }
  if (by !== 'other') read.refuse('by', 'Select who answered')
  const answeredBy = by === 'other' ? read.needed('by-name', 'Their name', 'Enter who answered', 200) : ''
  const authority = fields.text('authority')
  if (by === 'other' && !isOption(known.authority, authority)) read.refuse('authority', 'Select by what right they answer for the person')
  return { how, capacity, capacityBecause, answeredBy, authority }
}
