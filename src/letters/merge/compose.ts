import { spokenName } from '../../people/index.ts'
import { formatLongDate, type PlainDate } from '../../platform/plain-date.ts'
import type { InsertedPart, WordingPart } from '../markup/wording.ts'
import { type Block, type Paper, paragraph, type SignatureShown } from '../paper/paper.ts'
import { addressForLetters, type Delivery } from './address-for-letters.ts'
import type { About } from './letter-of-case.ts'

/** How one letter is to be: chosen by its writer. */
export type LetterOptions = {
  /** Empty where nobody has chosen yet: a letter about a child is not theirs by itself. */
  readonly delivery: Delivery | ''
  /** Somebody else's name and address, in lines. Empty where the letter is to the person. */
  readonly addressee: string
  readonly language: string
  readonly largePrint: boolean
}

export type Composing = {
  readonly title: string
  readonly options: LetterOptions
  readonly day: PlainDate
  readonly signature: SignatureShown | null
}

/** The letter as it will be printed: its wording, with the parts that the record fills in their places. */
export function compose(parts: readonly WordingPart[], about: About, { title, options, day, signature }: Composing): Paper {
  const insert: Record<InsertedPart, () => Block[]> = {
    letterhead: () => [{ kind: 'letterhead', name: about.writer.agencyName, lines: about.writer.letterhead }],
    address: () => [{ kind: 'address', lines: addressedTo(about, options, day) }],
    date: () => [paragraph(formatLongDate(day))],
    reference: () => [paragraph(`Our reference: ${about.theCase.reference}`)],
    signature: () => [{ kind: 'signature', signature, lines: signedBy(about) }],
  }
  return {
    title,
    language: options.language,
    largePrint: options.largePrint,
    foot: about.theCase.reference,
    blocks: parts.flatMap(part => (part.kind === 'inserted' ? insert[part.part]() : [part])),
  }
}

/** Nothing of where somebody lives stands on what is handed to them. */
function addressedTo({ person }: About, { delivery, addressee }: LetterOptions, day: PlainDate): string[] {
  if (delivery === 'other')
    return addressee
      .split('\n')
      .map(line => line.trim())
      .filter(Boolean)
  if (delivery === 'hand') return [spokenName(person), 'By hand']
  if (delivery === '') return ['(not yet chosen who it goes to)']
  const address = addressForLetters(person, day)
  return [spokenName(person), ...(address.ok ? address.lines : ['(no address to which this may be posted)'])]
}

function signedBy({ writer, theCase }: About): string[] {
  return [writer.name, writer.jobTitle, theCase.teamName, writer.telephone || theCase.teamTelephone].filter(Boolean)
}
