import { answered, caseMoments, completedForm, isStageMoment, momentInWords } from '../../dues/index.ts'
import { dateQuestions, releasedForms } from '../../forms/index.ts'
import { optionsOf } from '../../lists/index.ts'
import type { Tx } from '../../platform/db/database.ts'
import { lowerFirst } from '../../platform/first-letter.ts'
import type { RuleChoices } from './rule-form.tsx'

/** Everything that a rule may name: services, moments of a case, days answered in forms, forms completed, flags. */
export async function ruleChoices(tx: Tx): Promise<RuleChoices> {
  const moments = Object.entries(caseMoments)
    .filter(([moment]) => !isStageMoment(moment))
    .map(([value, text]) => ({ value, text: capital(text) }))
  const forms = (await releasedForms(tx)).map(form => ({
    value: completedForm(form.code),
    text: `The day on which “${form.title}” was last completed`,
  }))
  const answers = (await dateQuestions(tx)).map(one => ({
    value: answered(one.form, one.question),
    text: `The day answered in “${one.formTitle}”: ${one.label}`,
  }))
  return {
    services: await serviceAreas(tx),
    anchors: [...moments, ...forms, ...answers],
    // Not by an answer: that something is no longer due would tell of an answer that is withheld.
    settlers: [...moments, ...forms],
    flagKinds: await optionsOf(tx, 'flag-kind'),
  }
}

export const serviceAreas = (tx: Tx) =>
  tx.selectFrom('service_areas').select(['code', 'name']).where('archived_at', 'is', null).orderBy('position').execute()

/** What a rule counts from, as somebody chose it. */
export const wordsOf = (choices: RuleChoices, moment: string): string =>
  lowerFirst(choices.anchors.find(one => one.value === moment)?.text ?? momentInWords(moment))

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
