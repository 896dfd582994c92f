import { type RawBuilder, sql } from 'kysely'
import { protectedTables } from '../../db/protected-tables.ts'
import { asKeeper } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import { holdMemberships, holdPeople } from './hold.ts'
import type { Lists } from './lists.ts'
import { listsOfPeople, withMerged } from './lists-of-people.ts'

/**
 * Writes who may see these people on to every row about them: whoever reads one of their cases, and the commissioners. Until somebody
 * has a first case, the post that registered them. Used after a case was added; `rewriteCase` does it too.
 */
export async function rewritePeople(tx: Tx, personIds: readonly string[]): Promise<void> {
  await asKeeper(tx, keeper => rewritePeopleAsKeeper(keeper, personIds))
}

/**
 * Rewrites everybody who may have to be hidden from somebody else than before: after a user's posts, their agency or what their roles
 * allow has changed. Give the user's principal, whose agencies of now and before are looked up, and that of any agency beside; with none,
 * everybody who is withheld from anybody is rewritten, as after a change of a role.
 */
export async function rewritePeopleWithheldFrom(tx: Tx, holders?: readonly number[]): Promise<void> {
  await asKeeper(tx, async keeper => {
    await holdMemberships(keeper, 'to-change')
    const given = [...(holders ?? [])]
    const { rows } = await sql<{ personId: string }>`
      select distinct c.person_id as "personId" from withholdings w join cases c on c.id = w.case_id
      where w.ended_at is null and w.answer_set_id is null and (${holders === undefined} or w.holder in (
          select unnest(${given}::int[])
          union select u.agency from users u where u.principal = any (${given}::int[])
          union select o.agency from posts o join users u on u.id = o.user_id where u.principal = any (${given}::int[])))`.execute(keeper)
    await rewritePeopleAsKeeper(
      keeper,
      rows.map(row => row.personId),
    )
  })
}

export async function rewritePeopleAsKeeper(keeper: Tx, personIds: readonly string[]): Promise<void> {
  if (personIds.length === 0) return
  await holdMemberships(keeper, 'to-read')
  const ids = await withMerged(keeper, [...new Set(personIds)])
  await holdPeople(keeper, ids)
  const lists = await listsOfPeople(keeper, ids)
  await writeLists(keeper, lists)
  await giveTokens(keeper, ids)
}

type Side = { table: string; key: string; prefix: '' | 'other_' }

/**
 * Every table with lists of a person, under the columns that hold them. A row between two people is in both: it carries the lists of each. So does one
 * of something else and a person.
 */
const ownSide: Side[] = protectedTables.flatMap(({ of, table, key }) =>
  of === 'person' || of === 'two people' ? [{ table, key, prefix: '' }] : [],
)
const otherSide: Side[] = protectedTables.flatMap(one =>
  'otherKey' in one && one.otherKey ? [{ table: one.table, key: one.otherKey, prefix: 'other_' }] : [],
)

async function writeLists(keeper: Tx, lists: ReadonlyMap<string, Lists>): Promise<void> {
  const column = (which: keyof Lists) => sql`${[...lists.values()].map(one => `{${one[which].join(',')}}`)}::text[]`
  // A statement changes a row once, and both people of a row may be among these: so first the one side, then the other.
  for (const sides of [ownSide, otherSide])
    await sql`
      with lists as materialized (
        select id, readers::int[] as readers, editors::int[] as editors, withheld::int[] as withheld
        from unnest(${[...lists.keys()]}::uuid[], ${column('readers')}, ${column('editors')}, ${column('withheld')}) as l (id, readers, editors, withheld)
      ), ${sql.join(sides.map(updateOf))}
      select 1`.execute(keeper)
}

function updateOf({ table, key, prefix }: Side): RawBuilder<unknown> {
  const [readers, editors, withheld] = ['readers', 'editors', 'withheld'].map(one => sql.ref(`${prefix}${one}`))
  return sql`${sql.ref(`${table}_written`)} as (
    update ${sql.table(table)} t set ${readers} = l.readers, ${editors} = l.editors, ${withheld} = l.withheld
    from lists l where t.${sql.ref(key)} = l.id and (t.${readers}, t.${editors}, t.${withheld}) is distinct from (l.readers, l.editors, l.withheld))`
}

/** Gives a person's search tokens to exactly those who may read the person. */
async function giveTokens(keeper: Tx, personIds: readonly string[]): Promise<void> {
  await sql`
    insert into person_tokens (principal, token, person_id)
    select distinct r, k.token, k.person_id
    from people p join person_tokens k on k.person_id = p.id cross join unnest(p.readers) r
    where p.id = any (${personIds as string[]}::uuid[])
    on conflict do nothing`.execute(keeper)
  await sql`
    delete from person_tokens k using people p
    where k.person_id = p.id and p.id = any (${personIds as string[]}::uuid[]) and k.principal <> all (p.readers)`.execute(keeper)
}
