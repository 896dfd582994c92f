import { type Actor, theSystem } from '../platform/actor.ts'
import type { Clock } from '../platform/clock.ts'
import type { Database } from '../platform/db/database.ts'
import type { Carrier } from './carrier.ts'
import type { ReceiversOf } from './receivers.ts'

/** What the jobs of texts are made of. */
export type TextWork = {
  /** Connected as lanyard_worker. */
  worker: Database
  clock: Clock
  carrier: Carrier
  receiversOf: ReceiversOf
  /** A user as they are now; nobody when they have been disabled. */
  actorOf: (userId: string) => Promise<Actor | undefined>
}

/** Hearing of receipts and answers is nobody's: the system itself, holding no principal. */
export const system = theSystem('Text messages')
