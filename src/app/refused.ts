import { whoseCase } from '../access/index.ts'
import { audit } from '../audit/index.ts'
import { isId } from '../platform/id.ts'
import type { Visit } from '../platform/web/routes.ts'

/** What somebody asked for, as far as the address says. */
export type Asked = Pick<Visit, 'tx' | 'actor' | 'clock' | 'params'>

/**
 * Somebody asked for a page that is not there for them: a guessed address, a kept link to what is no longer shared, or what is withheld. They
 * are told no more than that there is no such page; it stands in their own audit, and in that of the person whose record it would have been
 * (U9, U13).
 */
export async function tellOfRefusal({ tx, actor, clock, params }: Asked, method: string, route: string): Promise<void> {
  const ids = Object.entries(params).filter(([, id]) => isId(id))
  const last = ids.at(-1)
  if (!last) return
  const { caseId, personId } = Object.fromEntries(ids)
  await audit(tx, actor, clock.now(), {
    action: 'page-refused',
    subject: { type: last[0].replace(/Id$/, ''), id: last[1] },
    caseId,
    personId: personId ?? (caseId && (await whoseCase(tx, caseId))),
    detail: { method, route },
  })
}
