import { holdItemsKept, letChange } from '../access/index.ts'
import { audit } from '../audit/index.ts'
import { paths } from '../paths.ts'
import {
  choicesBetween,
  findRecord,
  formatClientId,
  mergePeople,
  type PersonFrame,
  type PersonRecord,
  readingPerson,
} from '../people/index.ts'
import { may } from '../platform/actor.ts'
import { notFound, redirect } from '../platform/web/answer.ts'
import type { Routes, Visit } from '../platform/web/routes.ts'
import type { FieldError } from '../ui/index.ts'
import { askPage, cannotPage } from './ask-page.tsx'
import { type KeptApart, keptApart, keptApartPage } from './kept-apart.tsx'
import { mergePage, versionsOf } from './merge-page.tsx'
import { reasonErrors } from './reason.ts'
import { answerRequest, openRequests } from './requests.ts'
import { standingOn } from './standing.ts'

/** Merging one record into another of the same person: side by side, field by field, with what will happen to whom, and a confirmation. */
export function mergeRoutes(routes: Routes, frame: PersonFrame): void {
  routes.get('/people/:personId/merge/:otherId', { may: 'read-records' }, visit =>
    readingPerson(visit, async kept => {
      const merged = await otherOf(visit, kept)
      const standing = merged && (await standingOn(visit.tx, visit.actor, [kept, merged]))
      if (!merged || !standing) return notFound()
      if (standing === 'nothing') return may(visit.actor, 'merge-people') ? cannotPage(frame, visit, kept, merged) : notFound()
      if (standing === 'ask') return askPage(frame, visit, kept, merged, [])
      const apart = await keptApart(visit.tx, [kept.id, merged.id])
      return apart ? keptApartPage(frame, visit, kept, merged, apart) : mergePage(frame, visit, kept, merged, [])
    }),
  )

  routes.post('/people/:personId/merge/:otherId', { may: 'merge-people' }, async visit => {
    const { tx, actor, clock, fields } = visit
    await holdItemsKept(tx)
    const found = await bothHeld(visit)
    if (!found) return notFound()
    const { kept, merged, apart } = found
    if (apart) return keptApartPage(frame, visit, kept, merged, apart)
    const reason = fields.text('reason')
    const errors: FieldError[] = reasonErrors(reason, 'Enter how you know that they are the same person')
    if (fields.text('confirm') !== 'yes')
      errors.push({ field: 'confirm', message: 'Confirm that you have compared the two records and that they are of one person' })
    if (fields.text('versions') !== versionsOf(kept, merged))
      errors.push({ field: 'reason', message: 'One of the records was changed while you were looking. Look at them again, then merge' })
    if (errors.length > 0) return mergePage(frame, visit, kept, merged, errors)
    const taken = new Set(
      choicesBetween(kept, merged)
        .filter(one => fields.text(one.unit.key) === 'merged')
        .map(one => one.unit.key),
    )
    for (const request of await openRequests(tx, { personId: kept.id, otherId: merged.id }))
      await answerRequest(tx, actor, clock.now(), request, 'merged', reason)
    await mergePeople(tx, actor, clock.now(), { kept, merged, taken, reason })
    return redirect(paths.samePerson.show(kept.id), {
      notice: `LY ${formatClientId(merged.clientId)} was merged into this record, and leads here now`,
    })
  })
}

/** The other record, which has been looked at as well (U9). */
export async function otherOf({ tx, actor, clock, params }: Visit, record: PersonRecord): Promise<PersonRecord | undefined> {
  const other = params.otherId === record.id ? undefined : await findRecord(tx, params.otherId ?? '')
  if (other)
    await audit(tx, actor, clock.now(), { action: 'person-compared', subject: { type: 'person', id: other.id }, personId: other.id })
  return other
}

type Held = { kept: PersonRecord; merged: PersonRecord; apart: KeptApart | undefined }

/** Both records, held for the change after their cases, by somebody who may merge them. In one order, so that two merges wait for each other. */
async function bothHeld({ tx, actor, params }: Visit): Promise<Held | undefined> {
  const ids = [params.personId ?? '', params.otherId ?? ''] as const
  const [one, other] = [await findRecord(tx, ids[0]), await findRecord(tx, ids[1])]
  if (!one || !other || one.id === other.id || (await standingOn(tx, actor, [one, other])) !== 'merge') return undefined
  const apart = await keptApart(tx, ids)
  if (!(await letChange(tx, actor, ids))) return undefined
  const held = new Map<string, PersonRecord>()
  for (const id of [...ids].sort()) {
    const record = await findRecord(tx, id, true)
    if (!record) return undefined
    held.set(id, record)
  }
  return { kept: held.get(ids[0])!, merged: held.get(ids[1])!, apart }
}
