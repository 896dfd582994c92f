import type { VNode } from 'preact'
import type { CasesParts } from '../cases/index.ts'
import type { Visit } from '../platform/web/routes.ts'

/** What the pages of sharing need from modules beside and above. */
export type SharingParts = Pick<CasesParts, 'personBanner' | 'tabs'> & {
  /** The case's own page as the visit's actor finds it; null where they find none. */
  caseAsSeen: (visit: Visit, caseId: string) => Promise<VNode | null>
}
