import { goesWith, partsKeptFrom } from '../access/index.ts'
import type { FormDefinition } from '../forms/index.ts'
import type { Visit } from '../platform/web/routes.ts'
import type { OfItem } from './frame.tsx'
import type { Measure, MeetingKind } from './kind.ts'

/** The part of an item that a section of its referral belongs to: what a withholding can name. */
export const partOf = (kind: MeetingKind, section: string): string => kind.partOfSection[section] ?? 'referral'

/** The part of a question of the referral. */
export const partOfQuestion = (kind: MeetingKind, code: string): string =>
  partOf(kind, sectionsOf(kind.referral).find(section => section.questions.some(one => one.code === code))?.code ?? '')

/** The part of what a return counts: of the question that it is an answer to, or of whoever is of that age. */
export const partOfMeasure = (kind: MeetingKind, measure: Measure): string =>
  'question' in measure
    ? partOfQuestion(kind, measure.question)
    : (kind.parties.find(one => one.role === measure.ageOf)?.part ?? partOf(kind, ''))

/** The sections of a form that are open to the actor. What is kept from them is no part of it for them: nothing asks them for what they could not write. */
export async function openSections({ tx, actor }: Visit, { item, kind }: OfItem, definition: FormDefinition): Promise<string[]> {
  const kept = await partsKeptFrom(tx, actor, item.id)
  return sectionsOf(definition)
    .map(section => section.code)
    .filter(code => !kept.some(one => goesWith(one, partOf(kind, code))))
}

const sectionsOf = (definition: FormDefinition) => definition.pages.flatMap(page => page.sections)
