import { type RawBuilder, sql } from 'kysely'
import { type Person, personColumns } from '../people/index.ts'
import type { Tx } from '../platform/db/database.ts'
import { isId } from '../platform/id.ts'
import type { Relationship } from './relationship.ts'

/** Somebody at an end of a relationship, as far as the reader may see them. */
export type Somebody = Person & {
  /** One of which the reader sees the whole: of others they are not told when they end. */ readonly hasOpenCase: boolean
}

const columns = sql<Relationship>`
  r.id, r.person_id as "personId", r.other_id as "otherId", r.kind, r.kind_back as "kindBack", r.legal_roles as "legalRoles", r.legal_roles_back as "legalRolesBack",
  r.warnings, r.warnings_back as "warningsBack", r.other_name as "otherName", r.other_contact as "otherContact", r.from_on as "from",
  r.to_on as "to", r.note, r.one_sided as "oneSided", r.version`

/**
 * The relationships of a person that their own pages tell: those that another's record tells on its side alone are left out. Row-level security
 * has left out whatever is with somebody whom the reader may not see.
 */
export async function relationshipsOf(tx: Tx, personId: string): Promise<Relationship[]> {
  const { rows } = await statementFor(sql`r.person_id = ${personId} or r.other_id = ${personId} and not r.one_sided`).execute(tx)
  return rows
}

/** The relationships of any of these people, for a picture of one of them: nobody's one-sided ones but that person's own. */
export async function relationshipsAmong(tx: Tx, personIds: readonly string[], centre: string, limit: number): Promise<Relationship[]> {
  const ids = sql`any (${[...personIds]}::uuid[])`
  const { rows } = await sql<Relationship>`
    ${statementFor(sql`(r.person_id = ${ids} or r.other_id = ${ids}) and (not r.one_sided or r.person_id = ${centre})`)} limit ${limit}`.execute(
    tx,
  )
  return rows
}

function statementFor(whose: RawBuilder<unknown>): RawBuilder<Relationship> {
  return sql<Relationship>`
    select ${columns} from relationships r where (${whose}) and r.ended_at is null
    order by cardinality(r.warnings) + cardinality(r.warnings_back) desc, r.to_on is not null, r.recorded_at, r.id`
}

/** One relationship as this person's pages may tell it, held for a change where asked. */
export async function findRelationship(tx: Tx, personId: string, id: string, lock = false): Promise<Relationship | undefined> {
  if (!isId(id)) return undefined
  const { rows } = await sql<Relationship>`
    select ${columns} from relationships r
    where r.id = ${id} and (r.person_id = ${personId} or r.other_id = ${personId} and not r.one_sided) and r.ended_at is null
    ${lock ? sql`for update` : sql``}`.execute(tx)
  return rows[0]
}

/** The people at the other ends, by id. Records that were removed or merged are not among them. */
export async function somebodies(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, Somebody>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<Somebody>`
    select ${personColumns}, exists (select from caseload_entries w where w.person_id = p.id and w.closed_on is null) as "hasOpenCase"
    from people p where p.id = any (${[...new Set(ids)]}::uuid[]) and p.removed_at is null`.execute(tx)
  return new Map(rows.map(person => [person.id as string, person]))
}

export type RelationshipVersion = {
  readonly relationshipId: string
  readonly version: number
  readonly at: Date
  readonly author: string
  readonly what: 'added' | 'changed' | 'removed' | 'undone'
  readonly state: Relationship & { readonly removed: boolean }
}

/** What was recorded about the relationships of a person, the newest first: of those alone that their pages tell. */
export async function versionsOf(tx: Tx, personId: string, relationshipId?: string): Promise<RelationshipVersion[]> {
  const { rows } = await sql<RelationshipVersion & { personId: string; otherId: string | null }>`
    select v.relationship_id as "relationshipId", v.version, v.at, v.author, v.what, v.state, v.person_id as "personId", v.other_id as "otherId"
    from relationship_versions v join relationships r on r.id = v.relationship_id
    where (v.person_id = ${personId} or v.other_id = ${personId} and not r.one_sided)
      and (${relationshipId ?? null}::uuid is null or v.relationship_id = ${relationshipId ?? null}::uuid)
    order by v.at desc, v.version desc`.execute(tx)
  // Whose it is, the columns say: the record may have been merged into another since.
  return rows.map(({ personId, otherId, ...version }) => ({ ...version, state: { ...version.state, personId, otherId } }))
}
