import { sql } from 'kysely'
import { page } from '../../platform/web/answer.ts'
import type { FormCase, FormHappening, FormsHost } from '../pages/host.ts'

/** A host that knows cases and nothing else: pages of forms without the record around them. */
export function plainHost(): FormsHost & { happenings: FormHappening[] } {
  const happenings: FormHappening[] = []
  return {
    happenings,
    async openCase({ tx, actor }, caseId): Promise<FormCase | undefined> {
      if (!/^[0-9a-f-]{36}$/.test(caseId)) return undefined
      const { rows } = await sql<Pick<FormCase, 'personId' | 'serviceArea' | 'mayEdit' | 'endedOn'>>`
        select person_id as "personId", service_area as "serviceArea", editors && ${actor.writePrincipals}::int[] as "mayEdit", closed_on as "endedOn" from cases where id = ${caseId}`.execute(
        tx,
      )
      const row = rows[0]
      return (
        row && {
          id: caseId,
          ...row,
          isSeenWhole: true,
          name: 'Early help – PENROSE, Jago',
          people: async () => [],
          section: 'work',
          page: async (title, body, options) => page(`${title} – Early help – PENROSE, Jago`, <div>{body}</div>, options),
        }
      )
    },
    keepFile: async (_visit, _case, upload) =>
      upload.name.endsWith('.exe')
        ? { ok: false, message: 'The selected file must be a PDF, a picture or a document' }
        : { ok: true, file: { id: '0197f3a0-0000-7000-8000-00000000000f', name: upload.name, bytes: upload.bytes } },
    happened: async (_visit, happening) => {
      happenings.push(happening)
    },
  }
}
