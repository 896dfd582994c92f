import type { PersonFrame } from '../people/index.ts'
import type { Routes } from '../platform/web/routes.ts'
import { relationshipHistoryRoutes } from './history.routes.tsx'
import { householdRoutes } from './households/households.routes.tsx'
import { networkRoutes } from './network.routes.tsx'
import { professionalRoutes } from './professionals/professionals.routes.tsx'
import { relationshipRoutes } from './relationships.routes.tsx'

/** The pages of a person's family and network. */
export function relationshipsRoutes(routes: Routes, frame: PersonFrame): void {
  networkRoutes(routes, frame)
  relationshipRoutes(routes, frame)
  relationshipHistoryRoutes(routes, frame)
  householdRoutes(routes, frame)
  professionalRoutes(routes, frame)
}

/** Those around a person whom the reader may see, and the parts of pages that show them. */
export { type Known, knownAround } from './around.ts'
/** Records what two people are to each other. */
export { addRelationship, type NewRelationship } from './change-relationship.ts'
export { DangersAround, FamilyPanel, needsAround } from './family-panel.tsx'
/** The step before something is recorded about two people: who is the other? */
export { findSomebody } from './find-somebody.tsx'
/** Puts somebody into a household. */
export { joinHousehold } from './households/households.ts'
/** Who holds a legal role for somebody. */
export { legalRolesFor } from './legal-roles.ts'
/** Professionals from outside the system. */
export { addProfessional, type Professional, professionalsOf } from './professionals/professionals.ts'
/** Who can be told about a child in their stead. */
export { whoAnswersFor } from './who-answers.ts'
export { Reach } from './words.tsx'
