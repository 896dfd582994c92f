import type { FastifyInstance } from 'fastify'
import type { Routes } from '../platform/web/routes.ts'
import { accountRoutes } from './account/account.routes.tsx'
import { createDoor, type RenderCalm } from './door.ts'
import type { Gate } from './gate.ts'
import { providerRoutes } from './outside/at-the-door.tsx'
import { passkeyRoutes } from './passkeys/at-the-door.tsx'
import { proofRoutes } from './proof/proof.tsx'
import { resetPasswordRoutes } from './reset-password/reset-password.tsx'
import { secondFactorRoutes } from './second-factor/at-the-door.tsx'
import { type TypedIn, unsavedRoutes } from './sessions/unsaved.tsx'
import { newPasswordRoutes } from './sign-in/new-password.tsx'
import { type SignInLink, signInRoutes } from './sign-in/sign-in.tsx'
import { signOutRoutes } from './sign-in/sign-out.tsx'
import { termsRoutes } from './sign-in/terms.tsx'

export type IdentityRoutesParts = {
  server: FastifyInstance
  routes: Routes
  gate: Gate
  /** Puts a page of the door into the calm layout. */
  renderCalm: RenderCalm
  /** Links under the sign-in form, such as a demonstration's outbox. */
  signInLinks?: readonly SignInLink[]
  typedIn?: TypedIn
}

/** Everything from the sign-in page to one's own account. */
export function identityRoutes({ server, routes, gate, renderCalm, signInLinks = [], typedIn }: IdentityRoutesParts): void {
  const door = createDoor(server, gate, renderCalm)
  signInRoutes(door, signInLinks)
  newPasswordRoutes(door)
  secondFactorRoutes(door)
  passkeyRoutes(door)
  providerRoutes(door)
  termsRoutes(door)
  signOutRoutes(door)
  resetPasswordRoutes(door)
  unsavedRoutes(routes, gate, typedIn)
  proofRoutes(routes, gate)
  accountRoutes(routes, gate)
}
