import type { OpenAction } from '../cases/index.ts'
import { answerSetsOf } from '../forms/index.ts'
import { paths } from '../paths.ts'
import type { Tx } from '../platform/db/database.ts'

/** Forms that nobody has completed: whoever closes the case says that they stay so, or opens them and completes or discards them first. */
export async function formsBeingWritten(tx: Tx, caseId: string): Promise<OpenAction[]> {
  const sets = await answerSetsOf(tx, caseId)
  return sets
    .filter(set => set.state === 'draft' || set.state === 'reopened')
    .map(set => ({
      key: `form:${set.id}`,
      text: `Form: ${set.title}, begun by ${set.startedBy} and not completed`,
      href: paths.forms.show(caseId, set.id),
      fates: [{ value: 'stays', text: 'It stays on record unfinished' }],
    }))
}
