import { sql } from 'kysely'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'

export type Present = { readonly name: string; readonly seenAt: Date }

// The page says every minute that it is open; without script, only when something is pressed.
const presentMinutes = 3

/** Says that the actor has this form open. Only for somebody who may edit it: reading leaves no trace for others to see. */
export async function markPresent(tx: Tx, actor: Actor, now: Date, answerSetId: string): Promise<void> {
  await sql`
    insert into form_presence (answer_set_id, user_id, case_id, part, seen_at, readers, editors, withheld)
    select id, ${actor.userId}, case_id, part, ${now}, readers, editors, withheld from answer_sets where id = ${answerSetId}
    on conflict (answer_set_id, user_id) do update set seen_at = excluded.seen_at`.execute(tx)
}

/** Who else has it open now. */
export async function othersPresent(tx: Tx, actor: Actor, now: Date, answerSetId: string): Promise<Present[]> {
  const { rows } = await sql<Present>`
    select u.name, p.seen_at as "seenAt" from form_presence p join users u on u.id = p.user_id
    where p.answer_set_id = ${answerSetId} and p.user_id <> ${actor.userId} and p.seen_at > ${new Date(now.getTime() - presentMinutes * 60_000)}
    order by u.name`.execute(tx)
  return rows
}

/** Forgets who had a form open before an instant. For a nightly job, as the worker and the system itself. */
export async function forgetPresence(tx: Tx, before: Date): Promise<void> {
  await tx.deleteFrom('form_presence').where('seen_at', '<', before).execute()
}
