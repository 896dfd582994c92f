import { sql } from 'kysely'
import { type Actor, asKeeper } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'

/**
 * People who have every one of these search tokens, whether the actor may see them or not: for asking whether any service is involved with them
 * (E7), by somebody who knows who they are already. Ids to ask by, never to show. Nobody of whom a case is withheld from the actor: that another
 * service works with somebody is not told to whom one of them hides from.
 */
export async function peopleKnownBy(tx: Tx, actor: Actor, tokens: readonly string[]): Promise<string[]> {
  const each = [...new Set(tokens)]
  return asKeeper(tx, async keeper => {
    // Everybody on record has the commissioners among their readers, so theirs are all the tokens that there are, each once.
    const { rows } = await sql<{ id: string }>`
      select k.person_id as id from authorities a join person_tokens k on k.principal = a.commissioners and k.token = any (${each}::text[])
      where not exists (select from cases c where c.person_id = k.person_id and c.withheld && ${[...actor.principals]}::int[])
      group by k.person_id having count(*) = ${each.length} order by k.person_id limit 5`.execute(keeper)
    return rows.map(row => row.id)
  })
}
