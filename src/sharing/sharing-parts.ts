import type { VNode } from 'preact'
import type { CasesParts } from '../cases/index.ts'
import type { Tx } from '../platform/db/database.ts'
import type { Visit } from '../platform/web/routes.ts'

/** What the pages of sharing need from modules beside and above. */
export type SharingParts = Pick<CasesParts, 'personBanner' | 'tabs'> & {
  /** The case's own page as the visit's actor finds it; null where they find none. */
  caseAsSeen: (visit: Visit, caseId: string) => Promise<VNode | null>
  /** What is kept from somebody on a record is kept from them in meetings as well: whom to tell of what follows. */
  afterWithholding: (tx: Tx, now: Date) => Promise<void>
}
