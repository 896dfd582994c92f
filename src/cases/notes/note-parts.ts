import type { Visit } from '../../platform/web/routes.ts'
import type { PartOfCase } from '../part-of-case.ts'
import type { FrameParts } from '../part-page.tsx'
import type { FoundToChoose } from './cases-to-write.ts'

/** What the pages of notes need from modules above. */
export type NoteParts = FrameParts & {
  /** People whom the actor may see, by what was typed. Whom of them the page shows, it audits. */
  findPeople: (visit: Visit, typed: string) => Promise<readonly FoundToChoose[]>
  /** Puts the next hearing into the calendar, in the transaction of the note that tells of it. */
  bookHearing: (visit: Visit, part: PartOfCase, hearing: { at: Date; court: string }) => Promise<void>
}
