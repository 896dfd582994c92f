import { recordKeptFor } from '../people/index.ts'
import type { Visit } from '../platform/web/routes.ts'

/** Where a page of a merged record is now: the same page of the record that was kept, for whoever may see that one. */
export async function movedRecord({ tx, path }: Pick<Visit, 'tx' | 'path'>): Promise<string | undefined> {
  const [, personId, rest = ''] = /^\/people\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(\/.*)?$/.exec(path) ?? []
  const kept = personId && (await recordKeptFor(tx, personId))
  return kept ? `/people/${kept}${rest}` : undefined
}
