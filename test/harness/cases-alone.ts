import type { casesRoutes } from '../../src/cases/index.ts'

/** What the routes of cases are given where nothing else of the product is there. */
export const casesAlone: Parameters<typeof casesRoutes>[1] = {
  personBanner: async () => null,
  tabs: [],
  panels: [],
  sidePanels: [],
  openActionsOf: async () => [],
  endActions: async () => {},
  tellOwner: async () => {},
}
