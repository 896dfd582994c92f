import { sql } from 'kysely'
import { asKeeper } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import { holdPeople } from './hold.ts'

/**
 * Gives people exactly these search tokens, each to whoever may read the person. Only the keeper writes tokens: a token names who may
 * find by it, and that follows from the person's readers and from nothing else.
 */
export async function writePersonTokens(
  tx: Tx,
  people: readonly { readonly personId: string; readonly tokens: readonly string[] }[],
): Promise<void> {
  const ids: string[] = []
  const tokens: string[] = []
  for (const person of people) {
    for (const token of person.tokens) {
      ids.push(person.personId)
      tokens.push(token)
    }
  }
  await asKeeper(tx, async keeper => {
    await holdPeople(
      keeper,
      people.map(person => person.personId),
    )
    await sql`
      with wanted as materialized (select * from unnest(${ids}::uuid[], ${tokens}::text[]) as w (person_id, token)),
      gone as (
        delete from person_tokens k
        where k.person_id = any (${people.map(person => person.personId)}::uuid[])
          and not exists (select from wanted w where w.person_id = k.person_id and w.token = k.token))
      insert into person_tokens (principal, token, person_id)
      select r, w.token, p.id from wanted w join people p on p.id = w.person_id cross join unnest(p.readers) r
      on conflict do nothing`.execute(keeper)
  })
}
