import type { Routes } from '../platform/web/routes.ts'
import { addressRoutes } from './addresses/addresses.routes.tsx'
import { contactRoutes } from './contacts/contacts.routes.tsx'
import { deathRoutes } from './death/death.routes.tsx'
import { detailsRoutes } from './details/details.routes.tsx'
import { duplicateRoutes } from './duplicates/duplicates.routes.tsx'
import { editSectionRoutes } from './edit-section/edit-section.routes.tsx'
import { externalIdRoutes } from './external-ids/external-ids.routes.tsx'
import { historyRoutes } from './history/history.routes.tsx'
import { nameRoutes } from './names/names.routes.tsx'
import { registerRoutes } from './register-person/register.routes.tsx'
import type { PersonFrame } from './visit-person.tsx'

/** Every page about who somebody is. */
export function peopleRoutes(routes: Routes, frame: PersonFrame = {}): void {
  registerRoutes(routes, frame)
  detailsRoutes(routes, frame)
  editSectionRoutes(routes, frame)
  nameRoutes(routes, frame)
  addressRoutes(routes, frame)
  contactRoutes(routes, frame)
  externalIdRoutes(routes, frame)
  deathRoutes(routes, frame)
  historyRoutes(routes, frame)
  duplicateRoutes(routes, frame)
}
