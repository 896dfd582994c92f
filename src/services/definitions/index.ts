import type pg from 'pg'
import { formOf, installDefinitions, type Question, questionsOf, type Section } from '../../forms/index.ts'
import commonAssessment from './common-assessment.json' with { type: 'json' }
import dash from './dash.json' with { type: 'json' }
import drugAndAlcoholAssessment from './drug-and-alcohol-assessment.json' with { type: 'json' }
import earlyHelpAssessment from './early-help-assessment.json' with { type: 'json' }
import housingSupportAssessment from './housing-support-assessment.json' with { type: 'json' }
import referralByAProfessional from './referral-by-a-professional.json' with { type: 'json' }
import referralByAnybody from './referral-by-anybody.json' with { type: 'json' }

const dashForm = formOf(dash).definition
const scoreOfDash = questionsOf(dashForm).find(question => question.code === 'dash_score')

/** The checklist of DASH and what it comes to, for other forms that ask it: one wording, one threshold. */
export const dashChecklist: Section = dashForm.pages[0]!.sections.find(section => section.code === 'checklist')!
export const dashScore: Question = scoreOfDash!

/** The form definitions that come with the product, as data for an authority to release, change and version. */
export const shippedDefinitions: readonly unknown[] = [
  earlyHelpAssessment,
  drugAndAlcoholAssessment,
  dash,
  housingSupportAssessment,
  commonAssessment,
  referralByAnybody,
  referralByAProfessional,
]

/** Puts them into an authority's schema as released, where they are not there yet. Safe to run at every start. */
export function installShippedDefinitions(owner: pg.ClientBase, now: Date): Promise<number> {
  return installDefinitions(owner, shippedDefinitions, now)
}
