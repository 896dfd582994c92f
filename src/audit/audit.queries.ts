import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../platform/db/database.ts'

export type AuditLine = {
  id: number
  at: Date
  userId: string | null
  actor: string
  agency: string | null
  action: string
  subject: string
  personId: string | null
  /** Null where the reader of the audit may not see the person. */
  person: string | null
  caseReference: string | null
  detail: Record<string, unknown>
  address: string
  /** Where the next page of older lines begins. */
  mark: string
}

export type AuditOf = { personId: string } | { userId: string }
export type AuditFilter = { from?: Date | undefined; before?: Date | undefined; agency?: number | undefined; action?: string | undefined }

/** Lines of the audit, the newest first; row-level security leaves out those of agencies whose audit the actor may not read. */
export async function findAudit(
  tx: Tx,
  of: AuditOf,
  filter: AuditFilter,
  { olderThan, limit }: { olderThan?: string | undefined; limit: number },
): Promise<AuditLine[]> {
  const mark = olderThan === undefined ? undefined : /^(\d{1,16})-(\d{1,18})$/.exec(olderThan)
  const older = mark
    ? sql`and (e.at, e.id) < ('epoch'::timestamptz + ${mark[1]}::bigint * interval '1 microsecond', ${mark[2]}::bigint)`
    : sql``
  const { rows } = await sql<AuditLine>`${linesOf(of, filter, older)} limit ${limit}`.execute(tx)
  return rows.map(withPerson)
}

/** All of them, some at once, from one reading: page by page each would sort all that is older again. */
export async function* allAudit(tx: Tx, of: AuditOf, filter: AuditFilter): AsyncIterable<AuditLine[]> {
  await sql`declare audit_lines no scroll cursor for ${linesOf(of, filter)}`.execute(tx)
  for (;;) {
    const { rows } = await sql<AuditLine>`fetch 1000 from audit_lines`.execute(tx)
    if (rows.length === 0) break
    yield rows.map(withPerson)
  }
  await sql`close audit_lines`.execute(tx)
}

const withPerson = (row: AuditLine): AuditLine => ({ ...row, person: row.person || null })

const linesOf = (of: AuditOf, filter: AuditFilter, older = sql``): RawBuilder<unknown> => sql`
    select e.id, e.at, e.user_id as "userId", e.actor, a.name as agency, e.action, e.subject_type as subject, e.person_id as "personId",
      concat_ws(', ', p.family_name, p.given_name) as person, c.reference as "caseReference", e.detail, e.address,
      (extract(epoch from e.at) * 1000000)::bigint || '-' || e.id as mark
    from audit_events e
      left join agencies a on a.principal = e.agency
      left join people p on p.id = e.person_id
      left join cases c on c.id = e.case_id
    where ${whose(of)} ${within(filter)} ${older}
    order by e.at desc, e.id desc`

/** What can be chosen in the filters: agencies and actions that there are lines of. */
export async function auditChoices(tx: Tx, of: AuditOf): Promise<{ agencies: { principal: number; name: string }[]; actions: string[] }> {
  const agencies = await sql<{ principal: number; name: string }>`
    select a.principal, a.name from agencies a where exists (select from audit_events e where ${whose(of)} and e.agency = a.principal) order by a.name`.execute(
    tx,
  )
  const actions = await sql<{ action: string }>`select distinct e.action from audit_events e where ${whose(of)}`.execute(tx)
  return { agencies: agencies.rows, actions: actions.rows.map(row => row.action) }
}

/** How a person is called, to somebody who may see them. */
export async function namePerson(tx: Tx, personId: string): Promise<string | undefined> {
  const { rows } = await sql<{
    name: string
  }>`select concat_ws(', ', family_name, given_name) as name from people where id = ${personId}`.execute(tx)
  return rows[0] && (rows[0].name || 'A child not yet born')
}

export async function nameUser(tx: Tx, userId: string): Promise<{ name: string; agency: string } | undefined> {
  const { rows } = await sql<{ name: string; agency: string }>`
    select u.name, a.name as agency from users u join agencies a on a.principal = u.agency where u.id = ${userId}`.execute(tx)
  return rows[0]
}

/** What was done to a record that was merged into another is part of what was done to the one that was kept. */
const whose = (of: AuditOf): RawBuilder<unknown> =>
  'personId' in of
    ? sql`e.person_id = any (array(with recursive r (id) as (select ${of.personId}::uuid union
        select m.id from people m join r on m.merged_into = r.id) select id from r))`
    : sql`e.user_id = ${of.userId}`

function within({ from, before, agency, action }: AuditFilter): RawBuilder<unknown> {
  return sql`${from ? sql`and e.at >= ${from}` : sql``} ${before ? sql`and e.at < ${before}` : sql``}
    ${agency === undefined ? sql`` : sql`and e.agency = ${agency}`} ${action === undefined ? sql`` : sql`and e.action = ${action}`}`
}
