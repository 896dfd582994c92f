import dash from './dash.json' with { type: 'json' }
import drugAndAlcoholAssessment from './drug-and-alcohol-assessment.json' with { type: 'json' }
import earlyHelpAssessment from './early-help-assessment.json' with { type: 'json' }
import housingSupportAssessment from './housing-support-assessment.json' with { type: 'json' }

/** The form definitions that come with the product, as data for an authority to release, change and version. */
export const shippedDefinitions: readonly unknown[] = [earlyHelpAssessment, drugAndAlcoholAssessment, dash, housingSupportAssessment]
