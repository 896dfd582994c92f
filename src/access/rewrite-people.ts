import { sql } from 'kysely'
import { protectedTables } from '../../db/protected-tables.ts'
import { asKeeper } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import { holdMemberships, holdPeople } from './hold.ts'
import { type Lists, nobody, sorted } from './lists.ts'
import { membershipsOf, ownersOf } from './memberships.ts'
import { type CaseOfPerson, listsForPerson } from './person-lists.ts'

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
  const ids = [...new Set(personIds)]
  await holdMemberships(keeper, 'to-read')
  await holdPeople(keeper, ids)
  const lists = await listsOf(keeper, ids)
  await writeLists(keeper, lists)
  await giveTokens(keeper, ids)
}

type PersonRow = { id: string; removed: boolean; registeredBy: number; commissioners: number; cases: CaseOfPerson[] }

async function listsOf(keeper: Tx, ids: readonly string[]): Promise<Map<string, Lists>> {
  const { rows } = await sql<PersonRow>`
    select p.id, p.removed_at is not null as removed, p.registered_by as "registeredBy", a.commissioners,
      coalesce((select json_agg(json_build_object('readers', c.readers, 'editors', c.editors, 'withheld', c.withheld)) from cases c where c.person_id = p.id and c.removed_at is null), '[]') as cases
    from people p cross join authorities a where p.id = any (${ids as string[]}::uuid[])`.execute(keeper)
  const withheld = sorted(rows.flatMap(row => row.cases.flatMap(one => one.withheld)))
  const concerned = sorted(
    rows.flatMap(row => row.cases.filter(one => one.withheld.length > 0).flatMap(one => [...one.readers, ...one.editors])),
  )
  const members = withheld.length === 0 ? [] : await membershipsOf(keeper, withheld)
  const owners = withheld.length === 0 ? new Map() : await ownersOf(keeper, concerned)
  return new Map(rows.map(row => [row.id, row.removed ? nobody() : listsForPerson({ ...row, members, owners })]))
}

const personTables = protectedTables.filter(table => table.of === 'person')

async function writeLists(keeper: Tx, lists: ReadonlyMap<string, Lists>): Promise<void> {
  const column = (which: keyof Lists) => sql`${[...lists.values()].map(one => `{${one[which].join(',')}}`)}::text[]`
  await sql`
    with lists as materialized (
      select id, readers::int[] as readers, editors::int[] as editors, withheld::int[] as withheld
      from unnest(${[...lists.keys()]}::uuid[], ${column('readers')}, ${column('editors')}, ${column('withheld')}) as l (id, readers, editors, withheld)
    ), ${sql.join(
      personTables.map(
        ({ table, key }) => sql`${sql.ref(`${table}_written`)} as (
          update ${sql.table(table)} t set readers = l.readers, editors = l.editors, withheld = l.withheld
          from lists l where t.${sql.ref(key)} = l.id and (t.readers, t.editors, t.withheld) is distinct from (l.readers, l.editors, l.withheld))`,
      ),
    )}
    select 1`.execute(keeper)
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
