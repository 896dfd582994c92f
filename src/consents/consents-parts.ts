import type { FrameParts } from '../cases/index.ts'
import type { Visit } from '../platform/web/routes.ts'
import type { MayConsent } from './read-consent.ts'

/** What the pages of consent need from modules beside and above. */
export type ConsentsParts = FrameParts & {
  /** Who may consent for somebody, as the relationships on record have it and the reader may see. */
  mayConsentFor: (visit: Visit, personId: string) => Promise<readonly MayConsent[]>
}
