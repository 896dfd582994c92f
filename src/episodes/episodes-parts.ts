import type { CasePanel, CasesParts } from '../cases/index.ts'
import type { ConsentsParts } from '../consents/index.ts'

/** What the pages of episodes need from modules beside and above. */
export type EpisodesParts = Pick<CasesParts, 'personBanner' | 'tabs'> & {
  mayConsentFor: ConsentsParts['mayConsentFor']
}

/** What stands on an episode's own page beside what is here: its plan, notes and documents; tasks, messages and the like in the narrow column. */
export type EpisodePanels = { panels: readonly CasePanel[]; sidePanels: readonly CasePanel[] }
