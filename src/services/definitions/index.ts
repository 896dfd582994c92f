import type pg from 'pg'
import { installDefinitions } from '../../forms/index.ts'
import dash from './dash.json' with { type: 'json' }
import drugAndAlcoholAssessment from './drug-and-alcohol-assessment.json' with { type: 'json' }
import earlyHelpAssessment from './early-help-assessment.json' with { type: 'json' }
import housingSupportAssessment from './housing-support-assessment.json' with { type: 'json' }

/** The form definitions that come with the product, as data for an authority to release, change and version. */
export const shippedDefinitions: readonly unknown[] = [earlyHelpAssessment, drugAndAlcoholAssessment, dash, housingSupportAssessment]

/** Puts them into an authority's schema as released, where they are not there yet. Safe to run at every start. */
export function installShippedDefinitions(owner: pg.ClientBase, now: Date): Promise<number> {
  return installDefinitions(owner, shippedDefinitions, now)
}
