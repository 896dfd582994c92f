import type { SectionOfForm } from '../../access/index.ts'
import { sectionInText } from '../../access/index.ts'
import { paths } from '../../paths.ts'
import { linesThatTellWhere } from '../../people/index.ts'
import { today } from '../../platform/clock.ts'
import { type Filled, fill } from '../markup/fill.ts'
import { type Problem, readWording, type WordingPart } from '../markup/wording.ts'
import { addressForLetters, addressRefusals } from '../merge/address-for-letters.ts'
import { envelopeTo } from '../merge/addressees.ts'
import { compose } from '../merge/compose.ts'
import type { About, Writing } from '../merge/letter-of-case.ts'
import { vocabularyOf } from '../merge/read-template.ts'
import { valuesOf } from '../merge/values-of-case.ts'
import { allWordsOf, type Paper, type SignatureShown } from '../paper/paper.ts'
import { notInTypeface } from '../pdf/typefaces.ts'
import type { Draft } from './drafts.queries.ts'

/** Something that stands between a letter and its being produced, and where it is mended. */
export type Obstacle = { readonly field: string; readonly message: string; readonly href?: string }

/** A draft as it reads now: with what the record has come to say since, and with what is still in the way. */
export type LetterNow = {
  readonly filled: Filled
  readonly sections: readonly SectionOfForm[]
  readonly paper: Paper
  readonly obstacles: readonly Obstacle[]
}

export async function letterNow(
  visit: Writing,
  about: About,
  draft: Pick<Draft, 'title' | 'wording' | 'options' | 'sections'>,
  signature: SignatureShown | null = null,
): Promise<LetterNow> {
  const { filled, problems } = await filledNow(visit, about, 'letter', draft.wording)
  const wording = readWording(filled.wording)
  const parts: readonly WordingPart[] = wording.ok ? wording.parts : []
  const day = today(visit.clock)
  const paper = compose(parts, about, { title: draft.title, options: draft.options, day, signature })
  const sections = new Map([...draft.sections, ...filled.sections].map(section => [sectionInText(section), section]))
  const wrong = [...problems, ...(wording.ok ? [] : wording.problems)].sort((a, b) => a.line - b.line)
  return {
    filled,
    sections: [...sections.values()],
    paper,
    obstacles: [
      ...wrong.map(inWords),
      ...missing(filled),
      ...notToBePosted(visit, about, draft),
      ...whereTheyAre(visit, about, draft, filled),
      ...notToBePrinted(paper, parts),
    ],
  }
}

/**
 * Fills a template, whose conditions are settled by it once and for all, or the fields that are left in a letter. What cannot be read is left as
 * it was typed.
 */
export async function filledNow(
  visit: Writing,
  about: About,
  kind: 'template' | 'letter',
  source: string,
): Promise<{ filled: Filled; problems: readonly Problem[] }> {
  const vocabulary = await vocabularyOf(visit.tx)
  const template = kind === 'template' ? vocabulary.read(source) : vocabulary.readLetter(source)
  if (!template.ok) return { filled: { wording: source, missing: [], sections: [] }, problems: template.problems }
  return { filled: fill(template.parts, await valuesOf(visit, about, vocabulary.groups)), problems: [] }
}

const inWords = ({ line, problem }: Problem): Obstacle => ({ field: 'wording', message: `Line ${line}: ${problem}` })

const missing = ({ missing: fields }: Filled): Obstacle[] =>
  fields.map(({ name, mend }) => ({ field: 'wording', message: `{{${name}}}: ${mend.what}`, ...(mend.href ? { href: mend.href } : {}) }))

function notToBePosted(visit: Writing, { person }: About, { options }: Pick<Draft, 'options'>): Obstacle[] {
  if (options.delivery === '') return [{ field: 'delivery', message: 'Select who the letter goes to' }]
  if (options.delivery !== 'post') return []
  const address = addressForLetters(person, today(visit.clock))
  if (address.ok) return []
  const message = `${addressRefusals[address.error]}. Add an address for letters, or hand the letter over in person`
  return [{ field: 'delivery', message, href: paths.people.details(person.id) }]
}

/** A wording outlives what it was taken from: an address may have become confidential since, or been typed. */
function whereTheyAre(
  visit: Writing,
  { person, addressees }: About,
  { title, options }: Pick<Draft, 'title' | 'options'>,
  { wording }: Filled,
): Obstacle[] {
  const day = today(visit.clock)
  const told: Obstacle[] = linesThatTellWhere(wording, person, day).map(line => ({
    field: 'wording',
    message: `Line ${line} tells where the person lives, which is confidential. Take it out`,
  }))
  if (linesThatTellWhere(title, person, day).length > 0)
    told.push({ field: 'title', message: 'What the letter is tells where the person lives, which is confidential. Call it something else' })
  if (linesThatTellWhere(options.addressee, person, day).length > 0)
    told.push({ field: 'addressee', message: 'This is where the person lives, which is confidential: nothing is posted to it' })
  // A parent or carer may have fled since, or a warning have come up.
  for (const addressee of addressees) {
    const envelope = envelopeTo(addressee, day)
    if (addressee.warned && envelope !== undefined && envelope === options.addressee)
      told.push({ field: 'addressee', message: 'There is a warning between the two: no letter about the one goes to the other' })
    if (linesThatTellWhere(`${options.addressee}\n${wording}`, addressee.record, day).length > 0)
      told.push({ field: 'addressee', message: 'The letter tells where a parent or carer lives, which is confidential. Take it out' })
  }
  return told
}

function notToBePrinted(paper: Paper, parts: readonly WordingPart[]): Obstacle[] {
  if (parts.length === 0) return [{ field: 'wording', message: 'Write the letter' }]
  const strange = notInTypeface(allWordsOf(paper))
  if (strange.length === 0) return []
  const shown = strange.slice(0, 8).join(' ')
  return [{ field: 'wording', message: `These letters cannot be printed, since the typeface does not have them: ${shown}` }]
}
