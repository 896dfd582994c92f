import type { FoundToChoose, FrameParts } from '../cases/index.ts'
import type { Visit } from '../platform/web/routes.ts'

/** What the pages of groups need from modules beside and above. */
export type GroupParts = FrameParts & {
  /** People whom the actor may see, by what was typed. Whom of them the page shows, it audits. */
  findPeople: (visit: Visit, typed: string) => Promise<readonly FoundToChoose[]>
  /** Whether texts go out here at all. */
  texting?: boolean
}
