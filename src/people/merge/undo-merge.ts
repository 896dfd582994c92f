import { sql } from 'kysely'
import { moveBack, rowsOfMerge } from '../../access/index.ts'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { authorOf, changePerson } from '../change-person.ts'
import { formatClientId } from '../client-id.ts'
import { refreshTokens } from '../findable.ts'
import { findRecord, personColumns } from '../person.queries.ts'
import type { Person, PersonRecord } from '../person.ts'
import { indexesOf, setTo } from './merge-people.ts'
import type { MergeOnRecord } from './merges.queries.ts'
import { type Change, columnOf, isSame, units } from './units.ts'

export type FieldBack = { readonly title: string; readonly isChangedSince: boolean }

/** Which fields go back to what they said before the merge, and which were changed since and stay as they are now. */
export function fieldsBack(kept: Person, fields: MergeOnRecord['fields']): (FieldBack & { column: string; before: unknown })[] {
  const all = Object.entries(fields).flatMap(([column, { before, after }]: [string, Change]) => {
    const field = (Object.keys(columnOf) as (keyof Person)[]).find(one => columnOf[one] === column)
    const title = units.find(one => field !== undefined && one.fields.includes(field))?.title
    if (field === undefined || title === undefined) return []
    return [{ column, before, title, isChangedSince: !isSame(kept[field], after) }]
  })
  // What belongs together goes back together or not at all.
  const changed = new Set(all.filter(one => one.isChangedSince).map(one => one.title))
  return all.map(one => ({ ...one, isChangedSince: changed.has(one.title) }))
}

/**
 * Takes a merge back: both records are again what they were. What has been recorded on the kept record since stays with it; what has been
 * added to a case goes where the case goes. The caller has shown that the actor may, and holds the kept record.
 */
export async function undoMerge(
  tx: Tx,
  actor: Actor,
  now: Date,
  { kept, merge, reason }: { kept: PersonRecord; merge: MergeOnRecord; reason: string },
): Promise<void> {
  const { rows } = await sql<Person>`
    select ${personColumns} from people p where p.id = ${merge.mergedId} and p.merged_into = ${kept.id} for update`.execute(tx)
  const merged = rows[0]
  if (!merged) throw new Error('A merge was undone that does not stand.')
  const made = (await rowsOfMerge(tx, merge.id)).filter(row => row.what === 'made')
  for (const table of ['person_names', 'person_identifiers']) {
    const ids = made.filter(row => row.table === table).map(row => row.id)
    await sql`update ${sql.table(table)} set ended_at = ${now} where id = any (${ids}::uuid[]) and ended_at is null`.execute(tx)
  }
  await changePerson(tx, actor, now, merged, {
    section: 'Record',
    changes: [{ field: 'Record', before: `Merged into LY ${formatClientId(kept.clientId)}`, after: 'Of its own' }],
    reason,
    set: sql`removed_at = null, removed_reason = null, merged_into = null`,
    findable: false,
    action: 'person-merge-undone',
  })
  await sql`update merges set undone_at = ${now}, undone_by = ${authorOf(actor)}, undone_reason = ${reason} where id = ${merge.id}`.execute(
    tx,
  )
  await moveBack(tx, { id: merge.id, kept: kept.id, merged: merged.id })
  const back = fieldsBack(kept, merge.fields).filter(one => !one.isChangedSince)
  const [keptNow, mergedNow] = [await findRecord(tx, kept.id), await findRecord(tx, merged.id)]
  if (!keptNow || !mergedNow) throw new Error('A merge was undone by somebody who does not see both records.')
  await changePerson(tx, actor, now, keptNow, {
    section: 'Record',
    changes: [
      {
        field: 'Record',
        before: `With LY ${formatClientId(merged.clientId)}`,
        after: `LY ${formatClientId(merged.clientId)} is a record of its own again`,
      },
    ],
    reason,
    set: sql.join([...back.map(({ column, before }) => setTo(column, before)), ...(await indexesOf(tx, keptNow, now))]),
    findable: true,
    action: 'person-merge-undone',
  })
  // Its addresses may have been changed, and one made secret, while they were the kept record's.
  await sql`update people set ${sql.join(await indexesOf(tx, mergedNow, now))} where id = ${merged.id}`.execute(tx)
  await refreshTokens(tx, merged.id)
}
