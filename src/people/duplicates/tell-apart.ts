import { sql } from 'kysely'
import { auditAll } from '../../audit/index.ts'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { authorOf, listsOfPerson } from '../change-person.ts'

/** Remembers that a person is not any of these others (F11): they are not offered to each other again. */
export async function tellApart(
  tx: Tx,
  actor: Actor,
  now: Date,
  personId: string,
  others: readonly string[],
  reason: string | null = null,
): Promise<void> {
  if (others.length === 0) return
  await sql`
    insert into not_duplicates (person_id, other_id, decided_at, decided_by, reason, readers, editors, withheld)
    select p.id, o.id, ${now}, ${authorOf(actor)}, ${reason}, ${listsOfPerson}
    from people p cross join people o where p.id = ${personId} and o.id = any (${[...others]}::uuid[]) and o.id <> p.id
    on conflict do nothing`.execute(tx)
  await auditAll(
    tx,
    actor,
    now,
    others.map(other => ({ action: 'person-told-apart', subject: { type: 'person', id: other }, personId, detail: { other } })),
  )
}
